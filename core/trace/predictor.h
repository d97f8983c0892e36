// Predictor: which keys will be asked for next, learned from a trace's own past.
//
//   past ──────┬─────┬─────┬─────┬─────┬─────┬─────┐ now
//              t                 └ the window behind t, long past by now
//              └ what was known of each key at t        = one sample: known at t -> asked how often
//
// At the end of every quarter of a window it writes down what it knows of some keys; a window later
// it knows how often each was asked for, and keeps both as a sample. Boosted trees learn from the
// latest samples how often a key is asked for in the window to come. What a key is known by:
// recency, counts that decay at several half-lives, the counts of the last quarters, age, the mean
// and the spread of the time between accesses, the time of day, size. The idea of learning from
// one's own past at a sliding boundary is LRB's (Song et al., NSDI 2020).
//
// Time is counted in accesses: what a cache sees of a window is how many requests it has. The clock
// of the trace serves for the time of day alone.
#pragma once

#include "core/trace/access.h"
#include "core/trace/boostedtrees.h"

#include <limits>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

namespace kvscope::trace {

/// A key and what is expected of it in the next window.
struct Ranked
{
    std::string_view key;    ///< valid until the next observe()
    double expected = 0;     ///< accesses
    double lastWindow = 0;   ///< accesses in the last window
    std::uint32_t bytes = 0; ///< as last seen; 0: unknown
    float cost = 0;          ///< as last seen; 0: unknown
};

/// Not thread-safe. Memory: at most `mostKeys` keys with about 150 bytes each beside their names,
/// and `mostSamples` samples; of more keys it forgets those that were not asked for longest.
class Predictor
{
  public:
    struct Options
    {
        std::uint64_t window = 100'000; ///< accesses to look ahead; 4 at least
        std::size_t mostKeys = 4'000'000;
        std::size_t mostSamples = 60'000;
        std::uint32_t seed = 1;
        BoostedTrees::Shape shape{};
    };

    explicit Predictor(Options options);

    void observe(const Access &access);

    /// Every key it follows, by what it expects of them, most first; equal ones by how often and
    /// how lately they were asked for. With too short a past to learn from (less than two windows)
    /// that alone decides. At most `most` of them.
    std::vector<Ranked> rank(std::size_t most = std::numeric_limits<std::size_t>::max());
    /// The same by how often they were asked for in the last window, then by how lately: what it
    /// has to beat.
    std::vector<Ranked>
    rankByLastWindow(std::size_t most = std::numeric_limits<std::size_t>::max());

    std::size_t keys() const { return m_states.size(); }
    std::uint64_t accesses() const { return m_now; }
    std::size_t samples() const { return m_samples.size(); }

  private:
    static constexpr std::size_t kQuarters = 4;
    static constexpr std::size_t kHalfLives = 6; // window / 64 … window · 16
    static constexpr std::size_t kWindowHalfLife = 3;

    struct State
    {
        std::string key;
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::array<float, kHalfLives> decayed{};             // as of `last`
        std::array<std::uint16_t, kQuarters + 1> quarters{}; // [0]: the running one
        std::uint64_t quarter = 0;                           // whose count stands in quarters[0]
        float meanGap = 0;                                   // since the second access
        float gapSpread = 0;                                 // mean of squared deviations
        float lastGap = 0;
        std::uint32_t count = 0;
        std::uint32_t bytes = 0;
        float cost = 0;
        std::uint16_t minuteOfDay = 0; // of the last access
    };
    struct Pending // a sample whose window has not passed yet
    {
        std::uint32_t state;
        Sample sample;
    };
    struct Boundary
    {
        std::uint64_t quarter;
        std::vector<Pending> pending;
    };

    std::uint32_t stateOf(std::string_view key);
    void closeQuarter();
    void label(Boundary &boundary);
    void takeSamples();
    void forgetOldest();
    float inQuarter(const State &state, std::size_t back) const;
    float inLastWindow(const State &state) const;
    void closeQuarterIfOver();
    Features featuresOf(const State &state) const;
    float priorOf(const State &state) const;
    std::vector<Ranked> topOf(std::vector<std::pair<Ranked, std::uint64_t>> all,
                              std::size_t most) const;

    Options m_options;
    std::uint64_t m_quarterLength;
    std::array<double, kHalfLives> m_halfLives{};
    std::vector<State> m_states;
    std::unordered_map<std::uint64_t, std::uint32_t> m_index; // by the hash of the key
    std::uint64_t m_now = 0;
    std::uint64_t m_quarter = 0; // the running one
    std::int32_t m_minuteOfDay = -1;
    std::vector<Boundary> m_boundaries;
    std::vector<Sample> m_samples; // a ring once it is full
    std::size_t m_nextSample = 0;
    BoostedTrees m_forest;
    std::mt19937 m_random;
};

} // namespace kvscope::trace
