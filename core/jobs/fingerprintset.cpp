// FingerprintSet: sorted parts and interpolation.
#include "core/jobs/fingerprintset.h"

#include "core/base/hash.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::uint64_t kKeySeed = 0x6669'6e67'6572'7072;
constexpr std::uint64_t kMarkSeed = 0x6d61'726b'206f'6e65;
constexpr std::uint64_t kMarkSeed2 = 0x6d61'726b'2074'776f;
constexpr unsigned kPartShift = 56;
constexpr std::size_t kFirstRoom = 64;

} // namespace

void FingerprintSet::add(BytesView key)
{
    const std::uint64_t hash = hashBytes(key, kKeySeed);
    auto &part = m_parts[hash >> kPartShift];
    if (part.size() == part.capacity())
        part.reserve(std::max(kFirstRoom, part.capacity() + part.capacity() / 5));
    part.push_back(hash);
    ++m_size;
}

std::size_t FingerprintSet::seal()
{
    std::size_t repeated = 0;
    for (auto &part : m_parts) {
        std::sort(part.begin(), part.end());
        for (std::size_t i = 1; i < part.size(); ++i)
            if (part[i] == part[i - 1]) m_repeated.push_back(part[i]);
        const auto end = std::unique(part.begin(), part.end());
        repeated += static_cast<std::size_t>(part.end() - end);
        part.erase(end, part.end());
        part.shrink_to_fit();
    }
    std::sort(m_repeated.begin(), m_repeated.end());
    m_repeated.erase(std::unique(m_repeated.begin(), m_repeated.end()), m_repeated.end());
    m_size -= repeated;
    return repeated;
}

bool FingerprintSet::isRepeated(BytesView key) const
{
    return !m_repeated.empty() &&
           std::binary_search(m_repeated.begin(), m_repeated.end(), hashBytes(key, kKeySeed));
}

// The 32 bits below the part's byte, as a share of the part.
std::size_t FingerprintSet::guess(const std::vector<std::uint64_t> &part, std::uint64_t hash)
{
    const std::uint64_t share = (hash >> 24U) & 0xFFFFFFFFU;
    return static_cast<std::size_t>((share * part.size()) >> 32U);
}

bool FingerprintSet::contains(BytesView key) const
{
    return holds(hashBytes(key, kKeySeed));
}

std::vector<std::size_t> FingerprintSet::unknownIn(const KeyBatch &keys) const
{
    std::vector<std::uint64_t> hashes(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        hashes[i] = hashBytes(keys[i], kKeySeed);
        const auto &part = m_parts[hashes[i] >> kPartShift];
        if (!part.empty()) __builtin_prefetch(part.data() + guess(part, hashes[i]));
    }
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!holds(hashes[i])) unknown.push_back(i);
    return unknown;
}

bool FingerprintSet::holds(std::uint64_t hash) const
{
    const auto &part = m_parts[hash >> kPartShift];
    if (part.empty()) return false;
    std::size_t at = guess(part, hash);
    while (at > 0 && part[at] > hash) --at;
    while (at + 1 < part.size() && part[at] < hash) ++at;
    return part[at] == hash;
}

std::size_t FingerprintSet::memoryBytes() const
{
    std::size_t bytes = sizeof(*this);
    for (const auto &part : m_parts) bytes += part.capacity() * sizeof(std::uint64_t);
    return bytes;
}

ValueMark ValueMark::of(BytesView bytes)
{
    return {hashBytes(bytes, kMarkSeed), hashBytes(bytes, kMarkSeed2)};
}

} // namespace kvscope
