// describeDifference: from an offset to layer, head and part.
#include "core/labrun/blockdifference.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::BlockCheckJob)
};

constexpr std::size_t kShown = 4; // bytes: a float

Bytes hex(const std::byte *bytes, std::size_t count)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    Bytes text;
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = std::to_integer<unsigned>(bytes[i]);
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

Bytes placeOf(const llm::KvLayout &layout, std::size_t offset)
{
    const std::size_t stretch = layout.blockBytes() / (layout.layers() * layout.kvHeads());
    const std::size_t head = offset / stretch;
    const std::size_t inside = offset % stretch;
    const struct
    {
        const char *name;
        std::size_t begin;
    } parts[] = {{"K", 0},
                 {"V", layout.values()},
                 {"K scales", layout.keyScales()},
                 {"V scales", layout.valueScales()}};
    const auto *part = &parts[0];
    for (const auto &one : parts)
        if (inside >= one.begin) part = &one;
    return "layer " + std::to_string(head / layout.kvHeads()) + ", head " +
           std::to_string(head % layout.kvHeads()) + ", " + part->name + ", byte " +
           std::to_string(inside - part->begin) + ": ";
}

} // namespace

void describeDifference(const llm::KvLayout &layout, const std::byte *kept,
                        const std::byte *computed, Difference &difference)
{
    const std::size_t bytes = layout.blockBytes();
    std::size_t first = bytes;
    std::size_t count = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (kept[i] == computed[i]) continue;
        first = std::min(first, i);
        ++count;
    }
    const std::size_t at = std::min(first / kShown * kShown, bytes - kShown);
    difference.cache.there = difference.source.there = true;
    difference.cache.bytes = placeOf(layout, at) + hex(kept + at, kShown);
    difference.source.bytes = placeOf(layout, at) + hex(computed + at, kShown);
    difference.remark = Words::tr("%1 of %2 bytes differ").arg(count).arg(bytes).toStdString();
}

} // namespace kvscope
