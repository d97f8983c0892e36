// Predictor: histories of keys, samples, and the ranking.
#include "core/trace/predictor.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kvscope::trace {
namespace {

constexpr std::uint64_t kHashSeed = 0x7EACE;
constexpr float kGapWeight = 0.25F;        // of the newest gap in mean and spread
constexpr std::size_t kLeastSamples = 200; // fewer teach nothing
constexpr float kLeastPrior = 0.02F;       // of a key that was not asked for at all
constexpr std::int64_t kDay = 86'400;

float logOf(double value)
{
    return static_cast<float>(std::log2(value + 1));
}

} // namespace

Predictor::Predictor(Options options)
    : m_options(options), m_quarterLength(std::max<std::uint64_t>(options.window / kQuarters, 1)),
      m_forest(options.shape), m_random(options.seed)
{
    for (std::size_t i = 0; i < kHalfLives; ++i)
        m_halfLives[i] =
            static_cast<double>(options.window) * std::pow(4.0, static_cast<double>(i) - 3);
}

std::uint32_t Predictor::stateOf(std::string_view key)
{
    const auto [at, isNew] =
        m_index.try_emplace(hashBytes(key, kHashSeed), static_cast<std::uint32_t>(m_states.size()));
    if (isNew) {
        State state;
        state.key = key;
        state.first = state.last = m_now;
        state.quarter = m_quarter;
        m_states.push_back(std::move(state));
    }
    return at->second;
}

void Predictor::observe(const Access &access)
{
    closeQuarterIfOver();
    if (access.seconds) m_minuteOfDay = static_cast<std::int32_t>((*access.seconds % kDay) / 60);
    State &state = m_states[stateOf(access.key)];
    const auto gap = static_cast<double>(m_now - state.last);
    if (state.count > 0) {
        const auto newest = static_cast<float>(gap);
        const float off = newest - state.meanGap;
        if (state.count == 1) {
            state.meanGap = newest;
        } else {
            state.meanGap += kGapWeight * off;
            state.gapSpread += kGapWeight * (off * off - state.gapSpread);
        }
        state.lastGap = newest;
    }
    for (std::size_t i = 0; i < kHalfLives; ++i)
        state.decayed[i] =
            state.decayed[i] * static_cast<float>(std::exp2(-gap / m_halfLives[i])) + 1;
    if (state.quarter != m_quarter) {
        const std::uint64_t passed = m_quarter - state.quarter;
        for (std::size_t i = state.quarters.size(); i-- > 0;)
            state.quarters[i] = i >= passed ? state.quarters[i - passed] : std::uint16_t{0};
        state.quarter = m_quarter;
    }
    if (state.quarters[0] < std::numeric_limits<std::uint16_t>::max()) ++state.quarters[0];
    ++state.count;
    state.last = m_now;
    if (access.bytes > 0) state.bytes = access.bytes;
    if (access.cost > 0) state.cost = static_cast<float>(access.cost);
    if (m_minuteOfDay >= 0) state.minuteOfDay = static_cast<std::uint16_t>(m_minuteOfDay);
    ++m_now;
}

// Accesses in the quarter that ended `back` quarters ago, 0 being the one that ends now. Within a
// quarter it is put together of two calendar quarters in proportion.
float Predictor::inQuarter(const State &state, std::size_t back) const
{
    const std::uint64_t behind = m_quarter - state.quarter;
    const auto slot = [&](std::size_t i) {
        return i >= behind && i - behind < state.quarters.size()
                   ? static_cast<float>(state.quarters[i - behind])
                   : 0.0F;
    };
    const float passed =
        static_cast<float>(m_now % m_quarterLength) / static_cast<float>(m_quarterLength);
    if (back == 0) return slot(0) + (1 - passed) * slot(1);
    return passed * slot(back) + (1 - passed) * slot(back + 1);
}

float Predictor::inLastWindow(const State &state) const
{
    float sum = 0;
    for (std::size_t i = 0; i < kQuarters; ++i) sum += inQuarter(state, i);
    return sum;
}

// As often as in the last window, or as its rate at a half-life of one says: half of each.
float Predictor::priorOf(const State &state) const
{
    const auto window = static_cast<double>(m_options.window);
    const double recency = static_cast<double>(m_now - state.last);
    const double rate = state.decayed[kWindowHalfLife] *
                        std::exp2(-recency / m_halfLives[kWindowHalfLife]) * std::numbers::ln2 *
                        window / m_halfLives[kWindowHalfLife];
    return kLeastPrior + (inLastWindow(state) + static_cast<float>(rate)) / 2;
}

Features Predictor::featuresOf(const State &state) const
{
    const auto now = static_cast<double>(m_now);
    const double recency = now - static_cast<double>(state.last);
    Features features{};
    std::size_t at = 0;
    features[at++] = logOf(recency);
    features[at++] = logOf(now - static_cast<double>(state.first));
    for (std::size_t i = 0; i < kHalfLives; ++i)
        features[at++] =
            state.decayed[i] * static_cast<float>(std::exp2(-recency / m_halfLives[i]));
    features[at++] = inLastWindow(state);
    features[at++] = inQuarter(state, 0);
    features[at++] = inQuarter(state, 1);
    features[at++] = inQuarter(state, 2) + inQuarter(state, 3);
    features[at++] = logOf(state.count);
    const double mean = state.count > 1 ? double{state.meanGap} : now;
    features[at++] = logOf(mean);
    features[at++] = logOf(std::sqrt(double{state.gapSpread}) / (mean + 1) * 16);
    features[at++] = logOf(state.lastGap);
    // How much of the usual time between two accesses has passed: above 1 it is due.
    features[at++] = static_cast<float>(std::min(recency / (mean + 1), 64.0));
    features[at++] = logOf(state.bytes);
    const int apart = m_minuteOfDay < 0 ? 0 : std::abs(m_minuteOfDay - int{state.minuteOfDay});
    features[at++] = static_cast<float>(std::min(apart, 1440 - apart));
    features[at++] = static_cast<float>(std::max(m_minuteOfDay, 0));
    return features;
}

// Everything that looks back stands exactly at the end of a quarter here.
void Predictor::closeQuarterIfOver()
{
    if (m_now / m_quarterLength == m_quarter) return;
    m_quarter = m_now / m_quarterLength;
    for (Boundary &boundary : m_boundaries)
        if (m_quarter - boundary.quarter >= kQuarters) label(boundary);
    std::erase_if(m_boundaries, [](const Boundary &b) { return b.pending.empty(); });
    if (m_states.size() > m_options.mostKeys) forgetOldest();
    takeSamples();
}

void Predictor::label(Boundary &boundary)
{
    for (Pending &pending : boundary.pending) {
        pending.sample.count = inLastWindow(m_states[pending.state]);
        if (m_samples.size() < m_options.mostSamples) {
            m_samples.push_back(pending.sample);
        } else {
            m_samples[m_nextSample] = pending.sample;
            m_nextSample = (m_nextSample + 1) % m_samples.size();
        }
    }
    boundary.pending.clear();
}

// Keys that were asked for lately are few and matter most; of the others some stand for all.
void Predictor::takeSamples()
{
    const double most = static_cast<double>(m_options.mostSamples) / (2 * kQuarters);
    double recent = 0;
    for (const State &state : m_states) recent += inLastWindow(state) > 0 ? 1 : 0;
    const double others = static_cast<double>(m_states.size()) - recent;
    const double shareRecent = std::min(1.0, most * 0.7 / std::max(recent, 1.0));
    const double shareOther = std::min(1.0, most * 0.3 / std::max(others, 1.0));
    std::uniform_real_distribution<double> chance(0, 1);
    Boundary boundary{m_quarter, {}};
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        const double share = inLastWindow(m_states[i]) > 0 ? shareRecent : shareOther;
        if (chance(m_random) >= share) continue;
        Sample sample{featuresOf(m_states[i]), priorOf(m_states[i]), 0,
                      static_cast<float>(1 / share)};
        boundary.pending.push_back({static_cast<std::uint32_t>(i), sample});
    }
    if (!boundary.pending.empty()) m_boundaries.push_back(std::move(boundary));
}

// Half of them goes: those that were not asked for longest. Samples that wait for their window lose
// the forgotten keys, which is where most counts of zero come from; the others carry on.
void Predictor::forgetOldest()
{
    std::vector<std::uint64_t> lasts;
    lasts.reserve(m_states.size());
    for (const State &state : m_states) lasts.push_back(state.last);
    const auto middle = lasts.begin() + static_cast<std::ptrdiff_t>(lasts.size() / 2);
    std::nth_element(lasts.begin(), middle, lasts.end());
    const std::uint64_t oldest = *middle;
    constexpr std::uint32_t kGone = 0xFFFFFFFFU;
    std::vector<std::uint32_t> moved(m_states.size(), kGone);
    std::vector<State> kept;
    kept.reserve(m_states.size() / 2 + 1);
    m_index.clear();
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        if (m_states[i].last < oldest) continue;
        moved[i] = static_cast<std::uint32_t>(kept.size());
        m_index.emplace(hashBytes(m_states[i].key, kHashSeed), moved[i]);
        kept.push_back(std::move(m_states[i]));
    }
    m_states = std::move(kept);
    for (Boundary &boundary : m_boundaries) {
        std::erase_if(boundary.pending, [&](const Pending &p) { return moved[p.state] == kGone; });
        for (Pending &pending : boundary.pending) pending.state = moved[pending.state];
    }
}

std::vector<Ranked> Predictor::topOf(std::vector<std::pair<Ranked, std::uint64_t>> all,
                                     std::size_t most) const
{
    const auto before = [](const auto &a, const auto &b) {
        if (a.first.expected != b.first.expected) return a.first.expected > b.first.expected;
        if (a.first.lastWindow != b.first.lastWindow)
            return a.first.lastWindow > b.first.lastWindow;
        return a.second > b.second;
    };
    const std::size_t count = std::min(most, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                      before);
    std::vector<Ranked> top;
    top.reserve(count);
    for (std::size_t i = 0; i < count; ++i) top.push_back(all[i].first);
    return top;
}

std::vector<Ranked> Predictor::rank(std::size_t most)
{
    closeQuarterIfOver();
    if (m_samples.size() < kLeastSamples) return rankByLastWindow(most);
    m_forest.fit(m_samples);
    std::vector<std::pair<Ranked, std::uint64_t>> all;
    all.reserve(m_states.size());
    for (const State &state : m_states)
        all.push_back({{state.key, m_forest.predict(featuresOf(state), priorOf(state)),
                        inLastWindow(state), state.bytes, state.cost},
                       state.last});
    return topOf(std::move(all), most);
}

std::vector<Ranked> Predictor::rankByLastWindow(std::size_t most)
{
    closeQuarterIfOver();
    std::vector<std::pair<Ranked, std::uint64_t>> all;
    all.reserve(m_states.size());
    for (const State &state : m_states) {
        const double count = inLastWindow(state);
        all.push_back({{state.key, count, count, state.bytes, state.cost}, state.last});
    }
    return topOf(std::move(all), most);
}

} // namespace kvscope::trace
