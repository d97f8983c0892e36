// ByteIo: numbers and texts as bytes, for what a journal keeps.
#pragma once

#include "core/base/bytes.h"
#include "core/source/rowpage.h"

#include <cstdint>

namespace kvscope::byteio {

/// Eight bytes, the lowest first.
inline void putNumber(Bytes &out, std::int64_t number)
{
    const auto bits = static_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8)
        out += static_cast<char>((bits >> shift) & 0xFFU);
}

inline void putText(Bytes &out, BytesView text)
{
    putNumber(out, static_cast<std::int64_t>(text.size()));
    out.append(text);
}

inline void putFields(Bytes &out, const FieldTuple &fields)
{
    putNumber(out, static_cast<std::int64_t>(fields.size()));
    for (const Field &field : fields) {
        out += static_cast<char>(field.kind);
        putText(out, field.text);
    }
}

/// Reads on; `good` turns false for good when something is missing.
struct Reader
{
    BytesView rest;
    bool good = true;

    unsigned char byte()
    {
        if (rest.empty()) {
            good = false;
            return 0;
        }
        const auto value = static_cast<unsigned char>(rest[0]);
        rest.remove_prefix(1);
        return value;
    }
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
    /// Of things that take a byte each at least.
    std::int64_t count()
    {
        const std::int64_t n = number();
        if (n < 0 || static_cast<std::uint64_t>(n) > rest.size()) good = false;
        return good ? n : 0;
    }
    FieldTuple fields()
    {
        FieldTuple tuple;
        for (std::int64_t left = count(); left > 0 && good; --left) {
            const unsigned char kind = byte();
            if (kind > static_cast<unsigned char>(CellKind::Blob)) good = false;
            tuple.push_back({static_cast<CellKind>(kind), text()});
        }
        return tuple;
    }
    /// Everything was read, and nothing missed.
    bool ended() const { return good && rest.empty(); }
};

} // namespace kvscope::byteio
