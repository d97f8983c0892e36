// HashIndex: insertion, removal by shifting back, growth in one pass.
#include "core/keyindex/hashindex.h"

#include <algorithm>
#include <new>

namespace kvscope::keyindex {
namespace {

constexpr std::size_t kMaxSlots = KeyArena::kMaxKeys / 4 * 6;

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t load(const char *at, std::size_t length)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, length);
    return word;
}

constexpr std::uint64_t kOdd1 = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t kOdd2 = 0xD6E8FEB86659FD93U;

} // namespace

std::uint64_t hashBytes(BytesView bytes, std::uint64_t seed)
{
    const char *at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t hash = seed ^ mix(left ^ kOdd1, kOdd2);
    for (; left >= 8; left -= 8, at += 8) hash = mix(hash ^ load(at, 8), kOdd1);
    if (left != 0) hash = mix(hash ^ load(at, left), kOdd2);
    return mix(hash ^ kOdd2, kOdd1 ^ seed);
}

HashIndex::HashIndex() : m_region((kMaxSlots + kTail) * sizeof(std::uint64_t))
{
    m_region.ensure((m_homes + kTail) * sizeof(std::uint64_t));
}

bool HashIndex::insert(std::uint64_t hash, std::uint32_t id)
{
    if (m_count * 5 >= m_homes * 4 && !grow()) return false;
    const auto h = static_cast<std::uint32_t>(hash >> 32U);
    std::size_t end = m_homes + kTail - 1;
    std::size_t at = home(h);
    while (m_slots()[at] != 0 && static_cast<std::uint32_t>(m_slots()[at] >> 32U) <= h) ++at;
    std::size_t free = at;
    while (m_slots()[free] != 0) ++free;
    // The last slot stays free: it ends every search.
    if (free >= end) {
        if (!grow()) return false;
        return insert(hash, id);
    }
    std::memmove(m_slots() + at + 1, m_slots() + at, (free - at) * sizeof(std::uint64_t));
    m_slots()[at] = (static_cast<std::uint64_t>(h) << 32U) | (static_cast<std::uint64_t>(id) + 1);
    ++m_count;
    return true;
}

void HashIndex::erase(std::uint64_t hash, std::uint32_t id)
{
    const auto h = static_cast<std::uint32_t>(hash >> 32U);
    const std::uint64_t wanted =
        (static_cast<std::uint64_t>(h) << 32U) | (static_cast<std::uint64_t>(id) + 1);
    std::size_t at = home(h);
    while (m_slots()[at] != wanted) {
        if (m_slots()[at] == 0) return;
        ++at;
    }
    // Those behind move one to the left until one stands in its own home.
    std::size_t next = at + 1;
    while (m_slots()[next] != 0 &&
           home(static_cast<std::uint32_t>(m_slots()[next] >> 32U)) < next) {
        m_slots()[at++] = m_slots()[next++];
    }
    m_slots()[at] = 0;
    --m_count;
}

bool HashIndex::grow()
{
    constexpr std::size_t kGiveBackEvery = std::size_t{1} << 18U; // slots: 2 MiB
    const std::size_t homes = m_homes + std::max(m_homes / 4, std::size_t{1024});
    if (homes > kMaxSlots) return false;
    Region larger(m_region.capacity());
    auto *to = reinterpret_cast<std::uint64_t *>(larger.bytes());
    const std::size_t oldEnd = m_homes + kTail;
    std::size_t free = 0; // the first slot behind what was placed
    for (std::size_t i = 0; i < oldEnd; ++i) {
        if (i % kGiveBackEvery == 0) m_region.discardBelow(i * sizeof(std::uint64_t));
        const std::uint64_t slot = m_slots()[i];
        if (slot == 0) continue;
        const std::size_t wanted = ((slot >> 32U) * homes) >> 32U;
        const std::size_t at = std::max(wanted, free);
        if (at + 1 >= homes + kTail || !larger.ensure((at + 2) * sizeof(std::uint64_t)))
            throw std::bad_alloc();
        to[at] = slot;
        free = at + 1;
    }
    if (!larger.ensure((homes + kTail) * sizeof(std::uint64_t))) throw std::bad_alloc();
    m_region.swap(larger);
    m_homes = homes;
    return true;
}

} // namespace kvscope::keyindex
