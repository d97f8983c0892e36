// JobState: what the window knows of one job, from the moment it was asked for.
#pragma once

#include "core/binding/binding.h"
#include "core/jobs/difference.h"
#include "core/jobs/jobcontrol.h"

#include <QJsonObject>
#include <QStringList>

#include <memory>

namespace kvscope {

/// How many entries are how old, by the age of the source's version.
class AgeHistogram
{
  public:
    static constexpr std::size_t kBins = 13;
    /// Where bin `i` begins, in milliseconds; the last one has no end.
    static std::int64_t lowerMs(std::size_t i);

    void add(std::int64_t ageMs);
    std::int64_t count(std::size_t bin) const { return m_counts[bin]; }
    std::int64_t total() const { return m_total; }
    /// Nothing while it is empty.
    std::optional<std::int64_t> oldestMs() const { return m_oldest; }

  private:
    std::array<std::int64_t, kBins> m_counts{};
    std::int64_t m_total = 0;
    std::optional<std::int64_t> m_oldest;
};

/// Differences of one check: the first ones whole, all of them counted.
struct FoundDifferences
{
    /// The table holds no more; the run's report has the rest.
    static constexpr std::size_t kMost = 100'000;

    std::vector<Difference> some; ///< at most kMost
    ClassCounts counts;           ///< of all that were told
    AgeHistogram ages;            ///< of all stale ones that have an age
    std::array<std::optional<std::int64_t>, kEntryClasses> oldestMs;

    /// Empty ones that go on the pool: to free very many takes the window's thread too long.
    static std::shared_ptr<FoundDifferences> make();

    std::int64_t total() const { return counts.total(); }
    /// Counts it and, while there is room, keeps it.
    void add(Difference difference);
    /// Keeps the counts alone.
    void forgetSome();
};

/// Some of them. Requires: nothing is added to `found` any more.
struct ChosenDifferences
{
    std::shared_ptr<const FoundDifferences> found;
    std::vector<std::uint32_t> which; ///< into found->some

    bool isEmpty() const { return which.empty(); }
    /// A moment for very many: any thread.
    std::vector<Bytes> keys() const;
};

/// Rows a second over the life of a job, coarser the longer it runs.
class RateHistory
{
  public:
    struct Point
    {
        std::int64_t wallMs = 0;
        double rows = 0; ///< a second
        bool slowed = false;
        std::optional<std::int64_t> probeUs{}; ///< p99, as in JobProgress
        std::optional<std::int64_t> lagP50Ms{};
        std::optional<std::int64_t> lagP99Ms{};
    };
    static constexpr std::size_t kMost = 1'200;

    void add(const Point &point);
    const std::vector<Point> &points() const { return m_points; }

  private:
    std::vector<Point> m_points;
};

/// A stretch in which a job went slower than it could.
struct Slowdown
{
    QString reason; ///< translated; of its last moment
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0; ///< of its last moment so far
};

/// What a job changed in its store, for views that show it.
struct ChangedKeys
{
    /// More are not told one by one.
    static constexpr std::size_t kMost = 10'000;

    std::vector<Bytes> some; ///< at most kMost
    bool isCut = false;      ///< there are others

    void add(const Bytes &key);
};

struct JobState
{
    enum class Phase : std::uint8_t { Waiting, Running, Ended };
    int number = 0; ///< within this session
    QString kind;   ///< "warm", "check", "sync", "undo", "repair"
    QString bindingName;
    QString bindingPath; ///< empty: of no file
    QString store;       ///< its name
    QString run;         ///< in the journal; empty until it began
    QJsonObject options;
    Phase phase = Phase::Waiting;
    bool paused = false;
    bool ending = false; ///< cancelled, and not ended yet
    std::int64_t startedMs = 0;
    std::int64_t endedMs = 0;
    JobProgress progress;
    std::int64_t rows = 0; ///< the most that a phase of known length has dealt with so far
    RateHistory rates;
    std::optional<Slowdown> slowdown; ///< the last one
    /// Of a check; grows while it runs. Shared with who shows it. Never null.
    std::shared_ptr<FoundDifferences> differences = FoundDifferences::make();
    QStringList remarks; ///< at most kMostRemarks
    static constexpr int kMostRemarks = 100;
    std::optional<Error> error; ///< Ended: why it ended early
    QJsonObject result;         ///< Ended: as in the journal
    ChangedKeys changed;        ///< Ended

    bool isActive() const { return phase != Phase::Ended; }
    /// 0 … 1 of what it does now, where that is known.
    std::optional<double> share() const;
    /// Takes over what the job told of itself.
    void take(const JobProgress &now, std::int64_t wallMs);
};

} // namespace kvscope
