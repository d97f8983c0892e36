// Checkpoint: lengths and bytes, with a word in front that says which layout it is.
#include "core/jobs/checkpoint.h"

#include <cstring>

namespace kvscope {
namespace {

constexpr BytesView kLayout = "kvc1";

void putNumber(Bytes &out, std::int64_t number)
{
    const auto bits = static_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8)
        out += static_cast<char>((bits >> shift) & 0xFFU);
}

void putText(Bytes &out, BytesView text)
{
    putNumber(out, static_cast<std::int64_t>(text.size()));
    out.append(text);
}

// Reads on; `good` turns false for good when something is missing.
struct Reader
{
    BytesView rest;
    bool good = true;

    std::int64_t number()
    {
        if (rest.size() < 8) {
            good = false;
            return 0;
        }
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < 8; ++i)
            bits |= std::uint64_t{static_cast<unsigned char>(rest[i])} << (8 * i);
        rest.remove_prefix(8);
        return static_cast<std::int64_t>(bits);
    }
    Bytes text()
    {
        const auto length = static_cast<std::uint64_t>(number());
        if (!good || length > rest.size()) {
            good = false;
            return {};
        }
        Bytes bytes(rest.substr(0, length));
        rest.remove_prefix(length);
        return bytes;
    }
    // Of things that take a byte each at least.
    std::int64_t count()
    {
        const std::int64_t n = number();
        if (n < 0 || static_cast<std::uint64_t>(n) > rest.size()) good = false;
        return good ? n : 0;
    }
};

} // namespace

Bytes Checkpoint::encoded() const
{
    Bytes out(kLayout);
    out += last ? '\1' : '\0';
    if (last) {
        putNumber(out, static_cast<std::int64_t>(last->size()));
        for (const Field &field : *last) {
            out += static_cast<char>(field.kind);
            putText(out, field.text);
        }
    }
    putText(out, storeRunId);
    putNumber(out, static_cast<std::int64_t>(counters.size()));
    for (const auto &[name, value] : counters) {
        putText(out, name);
        putNumber(out, value);
    }
    return out;
}

std::optional<Checkpoint> Checkpoint::decoded(BytesView bytes)
{
    if (!bytes.starts_with(kLayout) || bytes.size() == kLayout.size()) return std::nullopt;
    Checkpoint checkpoint;
    const bool begun = bytes[kLayout.size()] != '\0';
    Reader reader{bytes.substr(kLayout.size() + 1)};
    if (begun) {
        checkpoint.last.emplace();
        for (std::int64_t left = reader.count(); left > 0 && reader.good; --left) {
            if (reader.rest.empty()) return std::nullopt;
            const auto kind = static_cast<unsigned char>(reader.rest[0]);
            if (kind > static_cast<unsigned char>(CellKind::Blob)) return std::nullopt;
            reader.rest.remove_prefix(1);
            checkpoint.last->push_back({static_cast<CellKind>(kind), reader.text()});
        }
    }
    checkpoint.storeRunId = reader.text();
    for (std::int64_t left = reader.count(); left > 0 && reader.good; --left) {
        const Bytes name = reader.text();
        checkpoint.counters[name] = reader.number();
    }
    if (!reader.good || !reader.rest.empty()) return std::nullopt;
    return checkpoint;
}

} // namespace kvscope
