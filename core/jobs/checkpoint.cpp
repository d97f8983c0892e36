// Checkpoint: lengths and bytes, with a word in front that says which layout it is.
#include "core/jobs/checkpoint.h"

#include "core/jobs/byteio.h"

namespace kvscope {
namespace {

constexpr BytesView kLayout = "kvc1";

} // namespace

std::int64_t Checkpoint::counter(const Bytes &name) const
{
    const auto found = counters.find(name);
    return found == counters.end() ? 0 : found->second;
}

Bytes Checkpoint::encoded() const
{
    Bytes out(kLayout);
    out += last ? '\1' : '\0';
    if (last) byteio::putFields(out, *last);
    byteio::putText(out, storeRunId);
    byteio::putNumber(out, static_cast<std::int64_t>(counters.size()));
    for (const auto &[name, value] : counters) {
        byteio::putText(out, name);
        byteio::putNumber(out, value);
    }
    return out;
}

std::optional<Checkpoint> Checkpoint::decoded(BytesView bytes)
{
    if (!bytes.starts_with(kLayout) || bytes.size() == kLayout.size()) return std::nullopt;
    Checkpoint checkpoint;
    byteio::Reader reader{bytes.substr(kLayout.size())};
    if (reader.byte() != 0) checkpoint.last = reader.fields();
    checkpoint.storeRunId = reader.text();
    for (std::int64_t left = reader.count(); left > 0 && reader.good; --left) {
        const Bytes name = reader.text();
        checkpoint.counters[name] = reader.number();
    }
    if (!reader.ended()) return std::nullopt;
    return checkpoint;
}

} // namespace kvscope
