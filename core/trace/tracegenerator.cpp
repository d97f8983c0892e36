// TraceGenerator: its own random numbers, since the standard's distributions differ by library.
#include "core/trace/tracegenerator.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace kvscope::trace {
namespace {

class Random
{
  public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15ULL + 1) {}

    // xorshift64* (Vigna 2016).
    std::uint64_t next()
    {
        m_state ^= m_state >> 12U;
        m_state ^= m_state << 25U;
        m_state ^= m_state >> 27U;
        return m_state * 0x2545F4914F6CDD1DULL;
    }
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

  private:
    std::uint64_t m_state;
};

std::vector<double> zipf(std::size_t keys, double skew)
{
    std::vector<double> sums(keys);
    double sum = 0;
    for (std::size_t i = 0; i < keys; ++i)
        sums[i] = sum += 1 / std::pow(static_cast<double>(i + 1), skew);
    return sums;
}

} // namespace

std::vector<Request> generateTrace(const TraceShape &shape)
{
    Random random(shape.seed);
    const std::vector<double> popularity = zipf(shape.lasting, shape.skew);
    using Due = std::pair<std::size_t, std::size_t>; // request, periodic key
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    const auto periodOf = [&](std::size_t key) {
        return shape.period + key % (shape.period / 3 + 1);
    };
    for (std::size_t key = 0; key < shape.periodic; ++key)
        due.emplace(random.below(periodOf(key)), key);
    std::vector<Request> requests;
    requests.reserve(shape.requests);
    for (std::size_t i = 0; i < shape.requests; ++i) {
        Request request;
        request.seconds = static_cast<std::int64_t>(i / 10);
        const double kind = random.unit();
        if (kind < shape.shareLasting) {
            const double at = random.unit() * popularity.back();
            const auto found = std::lower_bound(popularity.begin(), popularity.end(), at);
            request.key = "lasting:" + std::to_string(found - popularity.begin());
        } else if (kind < shape.shareLasting + shape.sharePassing) {
            const std::size_t generation = i / shape.passingLife;
            request.key =
                "passing:" + std::to_string(generation) + ':' + std::to_string(random.below(200));
        } else if (kind < shape.shareLasting + shape.sharePassing + shape.shareOnce ||
                   due.empty() || due.top().first > i) {
            request.key = "once:" + std::to_string(i);
        } else {
            const std::size_t key = due.top().second;
            due.pop();
            due.emplace(i + periodOf(key), key);
            request.key = "periodic:" + std::to_string(key);
        }
        request.bytes = 64 + static_cast<std::uint32_t>(request.key.size() * 8);
        requests.push_back(std::move(request));
    }
    return requests;
}

} // namespace kvscope::trace
