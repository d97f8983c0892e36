// The policies' choices.
#include "core/llm/policies.h"

#include <algorithm>
#include <cstring>
#include <sstream>

namespace kvscope::llm {
namespace {

/// Calls `visit(place, weight)` for each live cell that a row of weights speaks of.
template<class Visit>
void eachWeight(const KvCache &cache, std::span<const float> weights, Visit visit)
{
    for (std::size_t b = 0; b * kBlockTokens < weights.size(); ++b) {
        const std::uint16_t live = cache.table()[b].live;
        for (std::size_t slot = 0; slot < kBlockTokens; ++slot)
            if (((live >> slot) & 1U) != 0)
                visit(CellPlace{b, slot}, weights[b * kBlockTokens + slot]);
    }
}

} // namespace

void HeavyHitters::attended(KvCache &cache, std::span<const float> weights)
{
    eachWeight(cache, weights,
               [&](CellPlace place, float weight) { cache.addMass(place, weight); });
}

std::size_t HeavyHitters::choose(const KvCache &cache, std::span<const CellPlace> candidates)
{
    const auto least = std::ranges::min_element(
        candidates, {}, [&](CellPlace place) { return cache.cell(place).mass; });
    return static_cast<std::size_t>(least - candidates.begin());
}

void ObservationWindow::attended(KvCache &cache, std::span<const float> weights)
{
    m_current.resize(static_cast<std::size_t>(cache.nextIndex()));
    eachWeight(cache, weights, [&](CellPlace place, float weight) {
        m_current[static_cast<std::size_t>(cache.cell(place).index)] += weight;
    });
}

void ObservationWindow::tokenDone(KvCache &)
{
    m_window.push_back(std::move(m_current));
    m_current.clear();
    if (m_window.size() > kRecentCells) m_window.pop_front();
}

std::string ObservationWindow::memory() const
{
    std::string out;
    for (const std::vector<float> &given : m_window) {
        const std::uint64_t size = given.size();
        out.append(reinterpret_cast<const char *>(&size), sizeof size);
        out.append(reinterpret_cast<const char *>(given.data()), given.size() * sizeof(float));
    }
    return out;
}

bool ObservationWindow::restore(const std::string &memory)
{
    m_window.clear();
    for (std::size_t at = 0; at < memory.size();) {
        std::uint64_t size = 0;
        if (memory.size() - at < sizeof size) return false;
        std::memcpy(&size, memory.data() + at, sizeof size);
        at += sizeof size;
        if (size > (memory.size() - at) / sizeof(float) || m_window.size() == kRecentCells)
            return false;
        std::vector<float> &given = m_window.emplace_back(static_cast<std::size_t>(size));
        std::memcpy(given.data(), memory.data() + at, given.size() * sizeof(float));
        at += given.size() * sizeof(float);
    }
    return true;
}

std::size_t ObservationWindow::choose(const KvCache &cache, std::span<const CellPlace> candidates)
{
    std::vector<float> mass(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto index = static_cast<std::size_t>(cache.cell(candidates[i]).index);
        for (const std::vector<float> &given : m_window)
            if (index < given.size()) mass[i] += given[index];
    }
    std::size_t least = 0;
    float leastMass = 0;
    for (std::size_t i = 0; i < mass.size(); ++i) {
        const std::size_t from = i < 2 ? 0 : i - 2;
        const std::size_t to = std::min(mass.size(), i + 3);
        const float pooled = *std::max_element(mass.begin() + static_cast<std::ptrdiff_t>(from),
                                               mass.begin() + static_cast<std::ptrdiff_t>(to));
        if (i != 0 && pooled >= leastMass) continue;
        least = i;
        leastMass = pooled;
    }
    return least;
}

std::string AnyCell::memory() const
{
    std::ostringstream out;
    out << m_random;
    return out.str();
}

bool AnyCell::restore(const std::string &memory)
{
    std::istringstream in(memory);
    in >> m_random;
    return !in.fail();
}

std::size_t LongestKeys::choose(const KvCache &cache, std::span<const CellPlace> candidates)
{
    const auto most = std::ranges::max_element(
        candidates, {}, [&](CellPlace place) { return cache.cell(place).keyNorm; });
    return static_cast<std::size_t>(most - candidates.begin());
}

} // namespace kvscope::llm
