// SyncJob: polls, notifications and sweeps by turns.
#include "core/jobs/syncjob.h"

#include "core/async/errortext.h"
#include "core/jobs/syncjobsweep.h"
#include "core/source/sqltext.h"

#include <QCoreApplication>
#include <QRegularExpression>

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
constexpr int kMostFailures = 60; // of a store or a source that may come back
constexpr std::size_t kMostTies = 5'000;
constexpr std::size_t kLearnRows = 1'000;

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

bool isSql(const QString &url)
{
    static const QRegularExpression sql(
        QStringLiteral("^(sqlite|postgres|postgresql|mysql|mariadb|odbc):"));
    return sql.match(url).hasMatch();
}

bool isPostgres(const QString &url)
{
    return url.startsWith(QLatin1String("postgres"));
}

// Every database takes such a name for itself, in whatever case it was declared.
bool isPlainName(const Bytes &name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }) && (name[0] < '0' || name[0] > '9');
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

std::optional<Error> SyncJob::openFollower()
{
    const Binding &binding = m_options.binding;
    const QString url = sourceUrlOf(binding, m_options.sourceUrl);
    auto source = makeRowSource(url, m_options.sourceUrl.isEmpty() ? binding.folder : QString());
    if (!source) return source.error();
    m_follower = std::move(*source);
    m_follower->setStopToken(m_control.token());
    if (const auto opened = m_follower->open(); !opened) return opened.error();
    RowQuery query;
    query.rows = binding.rows;
    query.order = {binding.version};
    for (const Bytes &name : binding.order)
        if (name != binding.version) query.order.push_back(name);
    query.needed = binding.columns();
    const auto columns = m_follower->prepare(query);
    if (!columns) return columns.error();
    for (const Bytes &name : query.order)
        for (std::size_t i = 0; i < columns->size(); ++i)
            if ((*columns)[i].name == name) m_followOrder.push_back(i);
    return std::nullopt;
}

// The mapper tells whose a key is by what it has seen of ours.
void SyncJob::learnKeys()
{
    RowPage page;
    MappedBatch batch;
    if (m_rows->source->seek(std::nullopt) && m_rows->source->read(page, kLearnRows, kBatchBytes))
        m_rows->mapper.map(page, 0, batch);
    (void)m_rows->source->seek(std::nullopt);
}

// The newest row of now, so that only what changes from now on is followed. A query for the highest
// version where that can be asked, else one pass over all rows.
Result<bool> SyncJob::findNow()
{
    const Binding &binding = m_options.binding;
    const QString url = sourceUrlOf(binding, m_options.sourceUrl);
    std::unique_ptr<RowSource> narrow;
    if (isSql(url) && isPlainName(binding.version)) {
        auto source =
            makeRowSource(url, m_options.sourceUrl.isEmpty() ? binding.folder : QString());
        if (!source) return failure(source.error());
        narrow = std::move(*source);
        narrow->setStopToken(m_control.token());
        if (const auto opened = narrow->open(); !opened) return opened;
        const QString name = QString::fromStdString(binding.version);
        const QString rows = asSubquery(binding.rows);
        RowQuery query;
        query.rows = QStringLiteral("SELECT * FROM %1 kv_now WHERE kv_now.%2 = "
                                    "(SELECT max(kv_max.%2) FROM %1 kv_max)")
                         .arg(rows, name);
        query.order = {binding.version};
        for (const Bytes &each : binding.order)
            if (each != binding.version) query.order.push_back(each);
        query.needed = binding.columns();
        if (const auto prepared = narrow->prepare(query); !prepared)
            return failure(prepared.error());
    }
    RowSource &source = narrow ? *narrow : *m_follower;
    if (const auto sought = source.seek(std::nullopt); !sought) return sought;
    RowPage page;
    MappedBatch batch;
    const EntryVerdict verdict(binding);
    while (true) {
        const auto read = source.read(page, SyncWriter::kMostAtOnce, kBatchBytes);
        if (!read) return read;
        if (page.empty()) return true;
        noteNewest(page, page.rows());
        if (m_ties > kMostTies) continue;
        batch.clear();
        m_rows->mapper.map(page, 0, batch);
        for (std::size_t i = 0; i < batch.size(); ++i)
            m_recent[Bytes(batch.keys[i])] = verdict.markOf(batch, i);
    }
}

void SyncJob::noteNewest(const RowPage &page, std::size_t news)
{
    FieldTuple last = page.tuple(page.rows() - 1, m_followOrder);
    const bool sameVersion = m_newest && m_newest->front() == last.front();
    m_ties = sameVersion ? m_ties + news : page.rows();
    m_newest = std::move(last);
}

// In front of all rows of an equal version, where they are few enough to be read again.
std::optional<FieldTuple> SyncJob::pollStart() const
{
    if (m_history.empty()) return std::nullopt;
    const FieldTuple &start = m_history.front().tuple;
    if (m_history.front().ties > kMostTies) return start;
    FieldTuple floor = start;
    for (std::size_t i = 1; i < floor.size(); ++i) {
        if (floor[i].kind == CellKind::Integer)
            floor[i].text = std::to_string(std::numeric_limits<std::int64_t>::min());
        else if (floor[i].kind == CellKind::Text)
            floor[i].text.clear();
        else
            return start;
    }
    return floor;
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
        m_report.lag.record(static_cast<std::uint64_t>(std::max(lag, 0.0) * 1000),
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
    if (const auto sought = m_follower->seek(pollStart()); !sought) return sought.error();
    const EntryVerdict verdict(m_options.binding);
    RowPage page;
    MappedBatch batch;
    while (true) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        const auto read = m_follower->read(page, SyncWriter::kMostAtOnce, kBatchBytes);
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
        for (const auto &[key, mark] : news) keys.push_back(key);
        if (auto error = bring(keys, SyncWriter::Gone::Keep, m_lastPoll, m_report.rows))
            return error;
        noteNewest(page, news.size());
        for (auto &[key, mark] : news) m_recent.insert_or_assign(key, mark);
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
        if (auto error = bring(*gone, SyncWriter::Gone::Remove, m_lastPoll, m_report.rows))
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
    const QString url = sourceUrlOf(binding, m_options.sourceUrl);
    if (isPostgres(url))
        if (auto listener = SyncListener::open(url, SyncListener::channelOf(binding.name)))
            m_listener = std::move(*listener);
    m_status.listening = m_listener != nullptr;
    if (m_options.resume && m_options.resume->last &&
        m_options.resume->last->size() == m_followOrder.size()) {
        m_newest = m_options.resume->last;
        m_ties = static_cast<std::size_t>(m_options.resume->counters["ties"]);
    } else if (const auto now = findNow(); !now) {
        return now.error();
    }
    if (m_newest) m_history.push_back({m_clock.now() - m_options.overlap, *m_newest, m_ties});
    tell(true);
    while (true) {
        const bool over = m_options.duration && m_clock.now() - start >= *m_options.duration;
        if (auto error = ride(poll())) return error;
        if (over && m_failures == 0) return std::nullopt;
        if (m_listener && m_listener->hasEnded()) m_listener.reset();
        m_status.listening = m_listener != nullptr;
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

void SyncJob::tell(bool now)
{
    const Clock::Instant at = m_clock.now();
    if (!m_sinks.status || (!now && at - m_told < kTellEvery)) return;
    m_told = at;
    m_status.rows = m_report.rows;
    m_status.written = m_report.written;
    m_status.slowedBy = m_pace.slowedBy();
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

QString SyncJob::triggerSql(const Binding &binding)
{
    static const QRegularExpression from(
        QStringLiteral("^\\s*SELECT\\s.*?\\sFROM\\s+([\\w.\"]+)\\s*(WHERE\\s.*)?;?\\s*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = from.match(binding.rows);
    const QString channel = SyncListener::channelOf(binding.name);
    QStringList old;
    QStringList fresh;
    std::vector<Bytes> seen;
    for (const Bytes &column : binding.key.columns()) {
        if (std::find(seen.begin(), seen.end(), column) != seen.end()) continue;
        seen.push_back(column);
        QString name = QString::fromStdString(column);
        if (!isPlainName(column))
            name = QLatin1Char('"') + name.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
                   QLatin1Char('"');
        old << QStringLiteral("OLD.%1::text").arg(name);
        fresh << QStringLiteral("NEW.%1::text").arg(name);
    }
    const QString comma = QStringLiteral(", ");
    QString text;
    if (!match.hasMatch())
        text += QStringLiteral("-- ") +
                Words::tr("The binding reads more than one table: put the one that holds the key's "
                          "columns in place of YOUR_TABLE.") +
                QLatin1Char('\n');
    text += QStringLiteral(
                "CREATE OR REPLACE FUNCTION %1_changed() RETURNS trigger LANGUAGE plpgsql AS $$\n"
                "BEGIN\n"
                "  IF TG_OP <> 'INSERT' THEN\n"
                "    PERFORM pg_notify('%1', json_build_array(%2)::text);\n"
                "  END IF;\n"
                "  IF TG_OP <> 'DELETE' THEN\n"
                "    PERFORM pg_notify('%1', json_build_array(%3)::text);\n"
                "  END IF;\n"
                "  RETURN NULL;\n"
                "END $$;\n"
                "CREATE TRIGGER %1_changed AFTER INSERT OR UPDATE OR DELETE ON %4\n"
                "  FOR EACH ROW EXECUTE FUNCTION %1_changed();\n")
                .arg(channel, old.join(comma), fresh.join(comma),
                     match.hasMatch() ? match.captured(1) : QStringLiteral("YOUR_TABLE"));
    return text;
}

} // namespace kvscope
