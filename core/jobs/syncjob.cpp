// SyncJob: polls, notifications and sweeps by turns.
#include "core/jobs/syncjob.h"

#include "core/async/errortext.h"
#include "core/jobs/syncjobsweep.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

using std::chrono::milliseconds;

constexpr int kRestFactor = 9; // of what a poll takes: a tenth of the time at most
constexpr milliseconds kLongestRest{5'000};
constexpr milliseconds kNap{20};
constexpr milliseconds kSweepNap{2}; // between its pages
constexpr milliseconds kTellEvery{100};
constexpr milliseconds kSaveEvery{500};
constexpr milliseconds kRetryAfter{500};
constexpr int kMostFailures = 60;            // of a store or a source that may come back
constexpr std::size_t kMostRecent = 200'000; // rows whose values are remembered, twice

bool mayPass(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::ConnectionLost:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::Unreachable:
    case ErrorCode::TimedOut:
    case ErrorCode::Loading:
    case ErrorCode::SourceFailed:
        return true;
    default:
        return false;
    }
}

double msSince(Clock::Instant start, Clock::Instant now)
{
    return std::chrono::duration<double, std::milli>(now - start).count();
}

} // namespace

QJsonObject SyncReport::toJson() const
{
    const bool any = lag.count() > 0;
    return {
        {QStringLiteral("rows"), qint64{rows}},
        {QStringLiteral("written"), qint64{written}},
        {QStringLiteral("lag_p99_ms"), any ? QJsonValue(lag.quantile(0.99) / 1000) : QJsonValue()},
        {QStringLiteral("removed"), qint64{removed}},
        {QStringLiteral("swept"), qint64{swept}},
        {QStringLiteral("unsettled"), qint64{unsettled}}};
}

SyncJob::SyncJob(Store &store, Journal &journal, JobControl &control, SyncOptions options,
                 Sinks sinks, const Clock &clock)
    : m_store(store), m_journal(journal), m_control(control), m_options(std::move(options)),
      m_sinks(std::move(sinks)), m_clock(clock), m_pace(store, control, 0, clock)
{}

SyncJob::~SyncJob() = default;

std::optional<Error> SyncJob::run()
{
    std::optional<Error> error = work();
    if (m_sweep) m_report.swept = m_sweep->swept();
    tell(true);
    const std::optional<Error> unsaved = saveCheckpoint(true);
    return error ? error : unsaved;
}

void SyncJob::noteNewest(const RowPage &page, std::size_t news)
{
    FieldTuple last = page.tuple(page.rows() - 1, m_followOrder);
    const bool sameVersion = m_newest && m_newest->front() == last.front();
    m_ties = sameVersion ? m_ties + news : page.rows();
    m_newest = std::move(last);
}

bool SyncJob::isNews(const Bytes &key, const ValueMark &mark)
{
    if (const auto found = m_recent.find(key); found != m_recent.end())
        return found->second != mark;
    const auto found = m_older.find(key);
    if (found == m_older.end() || found->second != mark) return true;
    m_recent.insert(m_older.extract(found));
    return false;
}

std::optional<Error> SyncJob::bring(const std::vector<Bytes> &keys, SyncWriter::Gone gone,
                                    Clock::Instant since, std::int64_t &rows)
{
    for (std::size_t first = 0; first < keys.size(); first += SyncWriter::kMostAtOnce) {
        const std::size_t count = std::min(SyncWriter::kMostAtOnce, keys.size() - first);
        if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
        const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first);
        const auto brought =
            m_writer->bring({begin, begin + static_cast<std::ptrdiff_t>(count)}, gone);
        if (!brought) return brought.error();
        if (brought->refusal) return brought->refusal;
        const std::int64_t changed = brought->written + brought->removed;
        rows +=
            gone == SyncWriter::Gone::Keep ? static_cast<std::int64_t>(count) : brought->removed;
        m_report.written += changed;
        m_report.removed += brought->removed;
        m_report.unsettled += brought->unsettled;
        if (changed == 0) continue;
        const double lag = msSince(since, m_clock.now());
        for (Histogram *histogram : {&m_report.lag, &m_lagNow})
            histogram->record(static_cast<std::uint64_t>(std::max(lag, 0.0) * 1000),
                              static_cast<std::uint64_t>(changed));
        m_status.lagMs = lag;
    }
    return std::nullopt;
}

std::optional<Error> SyncJob::poll()
{
    const Clock::Instant start = m_clock.now();
    if (start - m_recentSince > m_options.overlap + milliseconds(1'000)) {
        m_older = std::exchange(m_recent, {});
        m_recentSince = start;
    }
    while (m_history.size() > 1 && start - m_history[1].at >= m_options.overlap)
        m_history.pop_front();
    const EntryVerdict verdict(m_options.binding);
    RowPage page;
    MappedBatch batch;
    for (bool first = true;; first = false) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        const auto read =
            first ? readFirst(page) : m_follower->read(page, SyncWriter::kMostAtOnce, kBatchBytes);
        if (!read) return read.error();
        if (page.empty()) break;
        batch.clear();
        m_rows->mapper.map(page, 0, batch);
        if (!batch.faults.empty() && !m_faultsTold && m_sinks.remark) {
            m_faultsTold = true;
            m_sinks.remark(faultText(batch.faults[0].fault, m_options.binding, page,
                                     batch.faults[0].row, m_rows->mapper.orderColumns()));
        }
        std::unordered_map<Bytes, ValueMark> news;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            Bytes key(batch.keys[i]);
            const ValueMark mark = verdict.markOf(batch, i);
            if (isNews(key, mark)) news.insert_or_assign(std::move(key), mark);
        }
        std::vector<Bytes> keys;
        keys.reserve(news.size());
        for (const auto &[key, mark] : news) keys.push_back(key);
        if (auto error = bring(keys, SyncWriter::Gone::Keep, m_lastPoll, m_report.rows))
            return error;
        noteNewest(page, news.size());
        for (auto &[key, mark] : news) m_recent.insert_or_assign(key, mark);
        if (m_recent.size() > kMostRecent) { // forgotten ones are compared with their entries again
            m_older = std::exchange(m_recent, {});
            m_recentSince = m_clock.now();
        }
        tell(false);
        if (auto error = saveCheckpoint(false)) return error;
    }
    if (m_newest) m_history.push_back({start, *m_newest, m_ties});
    m_status.pollMs = msSince(start, m_clock.now());
    m_lastPoll = start;
    return std::nullopt;
}

std::optional<Error> SyncJob::takeNotified()
{
    const Clock::Instant heard = m_clock.now();
    const auto told = m_listener->take();
    const std::vector<Bytes> &names = m_rows->mapper.keyColumns();
    const std::vector<Bytes> parts = m_options.binding.key.columns();
    std::unordered_set<Bytes> keys;
    for (const SyncListener::Told &each : told) {
        if (each.size() != names.size()) continue; // the poll finds it
        std::vector<BytesView> values;
        values.reserve(parts.size());
        for (const Bytes &part : parts)
            values.push_back(each[static_cast<std::size_t>(
                std::find(names.begin(), names.end(), part) - names.begin())]);
        keys.insert(m_options.binding.key.expand(values));
    }
    auto error =
        bring({keys.begin(), keys.end()}, SyncWriter::Gone::Remove, m_lastHeard, m_report.rows);
    m_lastHeard = heard;
    return error;
}

// Until the next poll: listens, or sleeps.
std::optional<Error> SyncJob::rest(milliseconds time)
{
    const Clock::Instant until = m_clock.now() + time;
    while (m_clock.now() < until) {
        const auto left = std::chrono::ceil<milliseconds>(until - m_clock.now());
        const auto nap = std::min(left, m_sweep->isRunning() ? kSweepNap : kNap);
        if (!m_listener) {
            if (!m_control.sleep(nap)) return Error(ErrorCode::Cancelled);
        } else {
            m_listener->wait(nap);
            if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
            if (auto error = takeNotified()) return error;
        }
        const auto gone = m_sweep->step();
        if (!gone) return gone.error();
        if (const QString refusal = m_sweep->takeRefusal(); !refusal.isEmpty() && m_sinks.remark)
            m_sinks.remark(refusal);
        if (auto error =
                bring(*gone, SyncWriter::Gone::Remove, m_sweep->goneSince(), m_report.rows))
            return error;
        tell(false);
    }
    return std::nullopt;
}

// A store or a source that went away may come back: what was not brought is read again then.
std::optional<Error> SyncJob::ride(std::optional<Error> error)
{
    if (!error) {
        m_failures = 0;
        return std::nullopt;
    }
    if (!mayPass(*error) || ++m_failures > kMostFailures) return error;
    if (m_failures == 1 && m_sinks.remark) m_sinks.remark(errorLine(*error));
    if (!m_control.sleep(kRetryAfter)) return Error(ErrorCode::Cancelled);
    if (error->code() == ErrorCode::SourceFailed) connectAgain();
    return std::nullopt;
}

std::optional<Error> SyncJob::work()
{
    const Binding &binding = m_options.binding;
    if (binding.version.empty())
        return Error(ErrorCode::InvalidBinding,
                     {QStringLiteral("version"),
                      Words::tr("sync follows a version column, and the binding names none")});
    if (!binding.key.isInvertible())
        return Error(ErrorCode::InvalidBinding,
                     {QStringLiteral("key"),
                      Words::tr("sync needs a key that tells which row it came from")});
    const Clock::Instant start = m_clock.now();
    m_lastPoll = m_lastHeard = m_recentSince = start;
    auto rows = BoundRows::open(binding, m_options.sourceUrl, m_control.token());
    if (!rows) return rows.error();
    m_rows.emplace(std::move(*rows));
    if (auto error = openFollower()) return error;
    learnKeys();
    m_writer.emplace(m_store, binding, *m_rows);
    m_sweep = std::make_unique<Sweep>(m_store, binding, *m_rows, m_options, m_clock);
    listen();
    if (m_options.resume && m_options.resume->last &&
        m_options.resume->last->size() == m_followOrder.size()) {
        m_newest = m_options.resume->last;
        m_ties = static_cast<std::size_t>(m_options.resume->counters["ties"]);
    } else if (const auto now = findNow(); !now) {
        return now.error();
    }
    if (m_newest) m_history.push_back({m_clock.now() - m_options.overlap, *m_newest, m_ties});
    // Whoever is told that it follows may rely on a restart that goes on from here.
    if (auto error = saveCheckpoint(true)) return error;
    tell(true);
    while (true) {
        const bool over = m_options.duration && m_clock.now() - start >= *m_options.duration;
        if (auto error = ride(poll())) return error;
        if (over && m_failures == 0) return std::nullopt;
        listen();
        milliseconds time =
            std::clamp(milliseconds(std::llround(m_status.pollMs * kRestFactor)),
                       m_options.pollEvery, std::max(kLongestRest, m_options.pollEvery));
        if (m_options.duration) {
            const auto left =
                std::chrono::ceil<milliseconds>(*m_options.duration - (m_clock.now() - start));
            time = std::min(time, std::max(left, milliseconds(0)));
        }
        if (auto error = ride(rest(time))) return error;
        if (auto error = saveCheckpoint(false)) return error;
    }
}

void SyncJob::tellLag(Clock::Instant at)
{
    if (at - m_lagSince >= kLagSpan / 2) {
        std::swap(m_lagBefore, m_lagNow);
        m_lagNow.clear();
        // After a long silence what lies before it says nothing of now.
        if (at - m_lagSince >= kLagSpan) m_lagBefore.clear();
        m_lagSince = at;
    }
    Histogram span = m_lagBefore;
    span.add(m_lagNow);
    const bool any = span.count() > 0;
    m_status.lagP50Ms = any ? std::optional(span.quantile(0.5) / 1000) : std::nullopt;
    m_status.lagP99Ms = any ? std::optional(span.quantile(0.99) / 1000) : std::nullopt;
}

void SyncJob::tell(bool now)
{
    const Clock::Instant at = m_clock.now();
    if (!m_sinks.status || (!now && at - m_told < kTellEvery)) return;
    m_told = at;
    m_status.rows = m_report.rows;
    m_status.written = m_report.written;
    m_status.slowedBy = m_pace.slowedBy();
    m_status.probeUs = m_pace.probeP99Us();
    tellLag(at);
    m_sinks.status(m_status);
}

// The oldest watermark that a poll would begin at: what came late is found again.
std::optional<Error> SyncJob::saveCheckpoint(bool now)
{
    if (m_options.run.isEmpty() || m_history.empty()) return std::nullopt;
    const Clock::Instant at = m_clock.now();
    if (!now && at - m_saved < kSaveEvery) return std::nullopt;
    m_saved = at;
    Checkpoint checkpoint;
    checkpoint.last = m_history.front().tuple;
    checkpoint.counters = {{"rows", m_report.rows},
                           {"written", m_report.written},
                           {"ties", static_cast<std::int64_t>(m_history.front().ties)}};
    const auto saved = m_journal.saveCheckpoint(m_options.run, checkpoint);
    if (!saved) return saved.error();
    return std::nullopt;
}

} // namespace kvscope
