// JobQueue: the threads, and what crosses between them and the window's.
#include "core/jobs/jobqueue.h"

#include "core/async/errortext.h"
#include "core/jobs/runreport.h"

#include <QDateTime>

#include <algorithm>
#include <thread>

namespace kvscope {
namespace {

constexpr std::size_t kDifferencesAtOnce = 256;
// Of each value that the window keeps: 100,000 differences stay within some 100 MB.
constexpr std::size_t kShownBytes = 512;
constexpr auto kDifferencesWait = std::chrono::milliseconds(100);

RunRecord::State endState(const std::optional<Error> &error)
{
    if (!error) return RunRecord::State::Done;
    return error->code() == ErrorCode::Cancelled ? RunRecord::State::Cancelled
                                                 : RunRecord::State::Failed;
}

std::int64_t nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

// Collects differences on the job's thread: all go to the report, a bounded number to the window.
class DifferenceSink
{
  public:
    using Deliver = std::function<void(std::vector<Difference>)>;

    DifferenceSink(RunReportWriter &report, Deliver deliver)
        : m_report(report), m_deliver(std::move(deliver))
    {}
    ~DifferenceSink() { flush(); }
    DifferenceSink(const DifferenceSink &) = delete;
    DifferenceSink &operator=(const DifferenceSink &) = delete;

    void add(const Difference &difference)
    {
        m_report.add(difference);
        if (m_sent++ < FoundDifferences::kMost) {
            m_waiting.push_back(shortened(difference, kShownBytes));
        } else {
            // Counted by class and age alone.
            Difference counted;
            counted.what = difference.what;
            counted.ageMs = difference.ageMs;
            m_waiting.push_back(std::move(counted));
        }
        const auto now = std::chrono::steady_clock::now();
        if (m_waiting.size() >= kDifferencesAtOnce || now - m_flushed > kDifferencesWait) flush();
    }
    void flush()
    {
        m_flushed = std::chrono::steady_clock::now();
        if (!m_waiting.empty()) m_deliver(std::exchange(m_waiting, {}));
    }

  private:
    RunReportWriter &m_report;
    Deliver m_deliver;
    std::vector<Difference> m_waiting;
    std::chrono::steady_clock::time_point m_flushed;
    std::size_t m_sent = 0;
};

Result<RunRecord> recordFor(const JobSpec &spec, const QString &storeName, Journal &journal)
{
    if (!spec.resumeRun.isEmpty()) {
        auto record = journal.find(spec.resumeRun);
        if (!record) return record;
        if (const auto reopened = journal.reopen(record->id); !reopened)
            return failure(reopened.error());
        return record;
    }
    RunRecord record;
    record.kind = spec.kind;
    record.bindingName = spec.binding.name;
    record.binding = spec.binding.publicJson();
    record.source = spec.source;
    record.store = storeName;
    record.options = spec.options;
    return journal.begin(std::move(record));
}

} // namespace

struct JobQueue::Entry
{
    JobState state;
    JobSpec spec;
    MakeStore makeStore;
    JobControl control;
    std::unique_ptr<Store> store; // outlives the thread, as the next
    std::unique_ptr<Store> primary{};
    std::jthread thread;
};

JobQueue::JobQueue(QString stateFolder, QObject *parent)
    : QObject(parent), m_folder(std::move(stateFolder))
{}

JobQueue::~JobQueue()
{
    for (const auto &entry : m_entries) entry->control.cancel();
    for (const auto &entry : m_entries)
        if (entry->thread.joinable()) entry->thread.join();
}

int JobQueue::start(JobSpec spec, const QString &storeName, MakeStore makeStore)
{
    auto entry = std::make_unique<Entry>();
    JobState &state = entry->state;
    state.number = ++m_lastNumber;
    state.kind = spec.kind;
    state.bindingName = spec.binding.name;
    state.bindingPath = spec.bindingPath;
    state.store = storeName;
    state.options = spec.options;
    state.startedMs = nowMs();
    entry->spec = std::move(spec);
    entry->makeStore = std::move(makeStore);
    m_entries.push_back(std::move(entry));
    const int number = m_lastNumber;
    emit changed(number);
    startWaiting();
    return number;
}

void JobQueue::startWaiting()
{
    for (const bool following : {false, true}) {
        const auto isOfThem = [following](const Entry &entry) {
            return (entry.state.kind == QLatin1String("sync")) == following;
        };
        const int most = following ? kMostFollowing : kMostAtOnce;
        auto running = std::count_if(m_entries.begin(), m_entries.end(), [&](const auto &entry) {
            return isOfThem(*entry) && entry->state.phase == JobState::Phase::Running;
        });
        for (std::size_t i = 0; i < m_entries.size() && running < most; ++i) {
            Entry &entry = *m_entries[i];
            if (!isOfThem(entry) || entry.state.phase != JobState::Phase::Waiting) continue;
            launch(entry);
            ++running;
        }
    }
}

void JobQueue::launch(Entry &entry)
{
    entry.state.phase = JobState::Phase::Running;
    entry.state.startedMs = nowMs();

    const int number = entry.state.number;
    // What reaches a job that was forgotten meanwhile is dropped.
    const auto on = [this, number](auto change) {
        return m_lifetime.guard([this, number, change](auto &&...told) {
            if (Entry *one = this->entry(number)) change(*one, std::move(told)...);
        });
    };
    const auto began = on([this](Entry &one, const QString &run) {
        one.state.run = run;
        emit this->began(one.state.number);
        emit changed(one.state.number);
    });
    const auto progress = on([this](Entry &one, const JobProgress &now) {
        one.state.take(now, nowMs());
        emit changed(one.state.number);
    });
    const auto found = on([this](Entry &one, std::vector<Difference> some) {
        for (Difference &difference : some) one.state.differences->add(std::move(difference));
        emit changed(one.state.number);
    });
    const auto remark = on([](Entry &one, const QString &sentence) {
        if (one.state.remarks.size() < JobState::kMostRemarks) one.state.remarks << sentence;
    });
    const auto finished =
        on([this](Entry &one, JobOutcome outcome) { finish(one, std::move(outcome)); });
    const auto failed = [finished](const Error &error) { finished(JobOutcome{error, {}}); };

    auto store = entry.makeStore(entry.spec.access);
    if (!store) return failed(store.error());
    entry.store = std::move(*store);
    entry.store->open();
    if (entry.spec.makePrimary) {
        auto primary = entry.spec.makePrimary(Access::ReadOnly);
        if (!primary) return failed(primary.error());
        entry.primary = std::move(*primary);
        entry.primary->open();
    }

    // The entry stays where it is until its thread has ended.
    Entry *const self = &entry;
    entry.thread = std::jthread([self, folder = m_folder, began, progress, found, remark, finished,
                                 failed] {
        auto journal = Journal::open(folder);
        if (!journal) return failed(journal.error());
        const auto record = recordFor(self->spec, self->state.store, *journal);
        if (!record) return failed(record.error());
        began(record->id);
        RunReportWriter report(folder, record->id);
        JobOutcome outcome;
        {
            DifferenceSink differences(
                report, [&found](std::vector<Difference> some) { found(std::move(some)); });
            JobContext context{*self->store,
                               *journal,
                               self->control,
                               record->id,
                               self->spec.resumeRun.isEmpty() ? std::nullopt : record->checkpoint,
                               progress,
                               [&](const Difference &one) { differences.add(one); },
                               remark,
                               report,
                               self->primary.get()};
            outcome = self->spec.work(context);
        }
        if (outcome.error) {
            outcome.result.insert(QStringLiteral("error"), errorText(*outcome.error).cause);
        }
        if (const auto kept = report.finish(); !kept) remark(errorLine(kept.error()));
        const auto noted = journal->finish(record->id, endState(outcome.error), outcome.result);
        if (!outcome.error && !noted) outcome.error = noted.error();
        finished(std::move(outcome));
    });
}

void JobQueue::finish(Entry &entry, JobOutcome outcome)
{
    // Its last act was to tell of its end.
    if (entry.thread.joinable()) entry.thread.join();
    entry.store.reset();
    entry.primary.reset();
    entry.spec.work = {};
    entry.spec.makePrimary = {};
    entry.makeStore = {};
    JobState &state = entry.state;
    state.phase = JobState::Phase::Ended;
    state.paused = false;
    state.ending = false;
    state.endedMs = nowMs();
    state.error = std::move(outcome.error);
    state.result = std::move(outcome.result);
    state.changed = std::move(outcome.changed);
    const int number = state.number;
    emit changed(number);
    emit ended(number);
    forgetOld();
    startWaiting();
}

// Of the ended ones the newest stay; the differences of the older ones are in their reports.
void JobQueue::forgetOld()
{
    std::size_t ended = 0;
    for (auto it = m_entries.rbegin(); it != m_entries.rend(); ++it) {
        JobState &state = (*it)->state;
        if (state.isActive()) continue;
        if (++ended > 2 && state.differences.use_count() == 1) state.differences->forgetSome();
    }
    for (auto it = m_entries.begin(); it != m_entries.end() && ended > kMostEnded;) {
        if ((*it)->state.isActive()) {
            ++it;
            continue;
        }
        it = m_entries.erase(it);
        --ended;
    }
}

void JobQueue::pause(int number)
{
    Entry *one = entry(number);
    if (!one || one->state.phase != JobState::Phase::Running || one->state.paused) return;
    one->control.pause();
    one->state.paused = true;
    emit changed(number);
}

void JobQueue::resume(int number)
{
    Entry *one = entry(number);
    if (!one || !one->state.paused) return;
    one->control.resume();
    one->state.paused = false;
    emit changed(number);
}

void JobQueue::cancel(int number)
{
    Entry *one = entry(number);
    if (!one || !one->state.isActive() || one->state.ending) return;
    if (one->state.phase == JobState::Phase::Waiting)
        return finish(*one, {Error(ErrorCode::Cancelled), {}});
    one->state.ending = true;
    one->control.cancel();
    emit changed(number);
}

void JobQueue::cancelAll()
{
    std::vector<int> numbers;
    // Those that wait first, or they would take the places that become free.
    for (const auto phase : {JobState::Phase::Waiting, JobState::Phase::Running})
        for (const auto &one : m_entries)
            if (one->state.phase == phase) numbers.push_back(one->state.number);
    for (const int number : numbers) cancel(number);
}

JobQueue::Entry *JobQueue::entry(int number) const
{
    for (const auto &one : m_entries)
        if (one->state.number == number) return one.get();
    return nullptr;
}

const JobState *JobQueue::find(int number) const
{
    const Entry *one = entry(number);
    return one ? &one->state : nullptr;
}

std::vector<const JobState *> JobQueue::jobs() const
{
    std::vector<const JobState *> all;
    for (auto it = m_entries.rbegin(); it != m_entries.rend(); ++it) all.push_back(&(*it)->state);
    return all;
}

const JobState *JobQueue::active() const
{
    for (const bool following : {false, true}) {
        for (const auto phase : {JobState::Phase::Running, JobState::Phase::Waiting}) {
            for (const auto &one : m_entries) {
                const bool follows = one->state.kind == QLatin1String("sync");
                if (one->state.phase == phase && follows == following) return &one->state;
            }
        }
    }
    return nullptr;
}

int JobQueue::activeCount() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
                                          [](const auto &one) { return one->state.isActive(); }));
}

const JobState *JobQueue::latest(const QString &bindingName, const QString &store,
                                 const QString &kind) const
{
    for (auto it = m_entries.rbegin(); it != m_entries.rend(); ++it) {
        const JobState &state = (*it)->state;
        if (state.bindingName == bindingName && state.store == store &&
            (kind.isEmpty() || state.kind == kind))
            return &state;
    }
    return nullptr;
}

} // namespace kvscope
