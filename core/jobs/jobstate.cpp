// JobState: bounded histories.
#include "core/jobs/jobstate.h"

#include <QThreadPool>

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::array<std::int64_t, AgeHistogram::kBins> kLower{
    0,           1 * kSecond,  2 * kSecond, 5 * kSecond, 10 * kSecond, 30 * kSecond, kMinute,
    5 * kMinute, 30 * kMinute, 2 * kHour,   12 * kHour,  kDay,         7 * kDay};

} // namespace

std::int64_t AgeHistogram::lowerMs(std::size_t i)
{
    return kLower[i];
}

void AgeHistogram::add(std::int64_t ageMs)
{
    // A source's clock may run ahead of ours.
    const std::int64_t age = std::max<std::int64_t>(ageMs, 0);
    const auto above = std::upper_bound(kLower.begin(), kLower.end(), age);
    ++m_counts[static_cast<std::size_t>(above - kLower.begin()) - 1];
    ++m_total;
    m_oldest = std::max(m_oldest.value_or(0), age);
}

std::shared_ptr<FoundDifferences> FoundDifferences::make()
{
    return {new FoundDifferences, [](FoundDifferences *gone) {
                // None any more once the application has gone.
                auto *pool = QThreadPool::globalInstance();
                if (pool == nullptr) return delete gone;
                pool->start([gone] { delete gone; });
            }};
}

void FoundDifferences::add(Difference difference)
{
    ++counts[difference.what];
    if (difference.ageMs) {
        if (difference.what == EntryClass::Stale) ages.add(*difference.ageMs);
        auto &oldest = oldestMs[static_cast<std::size_t>(difference.what)];
        oldest = std::max(oldest.value_or(0), *difference.ageMs);
    }
    if (some.size() >= kMost) return;
    // Room for all of them at once, which costs nothing before it is written to: to move tens of
    // thousands into a larger place takes 15 ms.
    if (some.empty()) some.reserve(kMost);
    some.push_back(std::move(difference));
}

void FoundDifferences::forgetSome()
{
    QThreadPool::globalInstance()->start([gone = std::exchange(some, {})] {});
}

std::vector<Bytes> ChosenDifferences::keys() const
{
    std::vector<Bytes> keys;
    keys.reserve(which.size());
    for (const std::uint32_t number : which) keys.push_back(found->some[number].key);
    return keys;
}

void ChangedKeys::add(const Bytes &key)
{
    if (some.size() < kMost)
        some.push_back(key);
    else
        isCut = true;
}

// When it is full, every two points become one.
void RateHistory::add(const Point &point)
{
    m_points.push_back(point);
    if (m_points.size() < kMost) return;
    std::vector<Point> half;
    half.reserve(kMost);
    for (std::size_t i = 0; i + 1 < m_points.size(); i += 2) {
        const Point &a = m_points[i];
        const Point &b = m_points[i + 1];
        // Percentiles are not averaged: the worse one stays.
        half.push_back({b.wallMs, (a.rows + b.rows) / 2, a.slowed || b.slowed,
                        std::max(a.probeUs, b.probeUs), std::max(a.lagP50Ms, b.lagP50Ms),
                        std::max(a.lagP99Ms, b.lagP99Ms)});
    }
    m_points = std::move(half);
}

std::optional<double> JobState::share() const
{
    if (!progress.total || *progress.total <= 0) return std::nullopt;
    return std::clamp(static_cast<double>(progress.done) / static_cast<double>(*progress.total),
                      0.0, 1.0);
}

void JobState::take(const JobProgress &now, std::int64_t wallMs)
{
    progress = now;
    if (now.total) rows = std::max(rows, now.done);
    const bool slowed = !now.slowedBy.isEmpty();
    // A sync that has nothing to do is drawn all the same: that its source is quiet is the news.
    if (now.rowsPerSecond > 0 || kind == QLatin1String("sync"))
        rates.add({wallMs, now.rowsPerSecond, slowed, now.probeUs, now.lagP50Ms, now.lagP99Ms});
    if (!slowed) return;
    // The reason tells the rate, too, and so is another sentence each time.
    constexpr std::int64_t kSameMs = 1'000;
    const bool same = slowdown && wallMs - slowdown->toMs <= kSameMs;
    slowdown = Slowdown{now.slowedBy, same ? slowdown->fromMs : wallMs, wallMs};
}

} // namespace kvscope
