// CheckJob: the two passes. Looks and verdicts are in checkverdicts.cpp.
#include "core/jobs/checkjob.h"

#include "core/base/hash.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <deque>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr std::uint64_t kSampleSeed = 0x7361'6d70'6c65;
constexpr std::size_t kPagesAhead = 8; // of SCAN, while the job works on others
constexpr int kScanCount = 1'000;

} // namespace

// SCAN's pages on their way from the store's thread to the job's.
class CheckJob::ScanQueue
{
  public:
    // True while there is room for more.
    bool push(Result<ScanPage> page)
    {
        const std::lock_guard lock(m_mutex);
        m_pages.push_back(std::move(page));
        m_came.notify_one();
        return m_pages.size() < kPagesAhead;
    }
    Result<ScanPage> pop()
    {
        std::unique_lock lock(m_mutex);
        m_came.wait(lock, [this] { return !m_pages.empty(); });
        Result<ScanPage> page = std::move(m_pages.front());
        m_pages.pop_front();
        return page;
    }
    bool isLow() const
    {
        const std::lock_guard lock(m_mutex);
        return m_pages.size() <= kPagesAhead / 2;
    }

  private:
    mutable std::mutex m_mutex;
    std::condition_variable m_came;
    std::deque<Result<ScanPage>> m_pages; // guarded by m_mutex
};

QJsonObject CheckReport::toJson() const
{
    QJsonObject classes;
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        classes.insert(QLatin1String(entryClassName(of)), qint64{counts[of]});
    }
    const auto reached = nines(differing(), compared());
    return {{QStringLiteral("compared"), qint64{compared()}},
            {QStringLiteral("counts"), classes},
            {QStringLiteral("nines"), reached ? QJsonValue(*reached) : QJsonValue()},
            {QStringLiteral("nines_low"), ninesLow(differing(), compared())},
            {QStringLiteral("seconds"), seconds},
            {QStringLiteral("repaired"), qint64{repaired}}};
}

CheckJob::CheckJob(Store &store, Journal &journal, JobControl &control, CheckOptions options,
                   Sinks sinks, const Clock &clock)
    : m_store(store), m_journal(journal), m_control(control), m_options(std::move(options)),
      m_sinks(std::move(sinks)), m_clock(clock), m_verdict(m_options.binding),
      m_pace(store, control, m_options.rate, clock), m_meter(m_sinks.progress)
{}

std::optional<Error> CheckJob::run()
{
    const Clock::Instant start = m_clock.now();
    std::optional<Error> error = work();
    const std::chrono::duration<double> took = m_clock.now() - start;
    m_report.seconds = took.count();
    m_meter.flush();
    return error;
}

std::optional<Error> CheckJob::work()
{
    m_meter.startPhase(Words::tr("Opening the source"), {});
    for (auto *rows : {&m_rows, &m_finder}) {
        auto opened = BoundRows::open(m_options.binding, m_options.sourceUrl, m_control.token());
        if (!opened) return opened.error();
        rows->emplace(std::move(*opened));
    }
    m_looker.emplace(m_store, m_options.binding, m_verdict, *m_finder);
    if (auto error = passRows()) return error;
    m_report.duplicateKeys = static_cast<std::int64_t>(m_known.seal());
    m_report.fingerprintBytes = m_known.memoryBytes();
    if (m_report.duplicateKeys > 0 && m_sinks.remark)
        m_sinks.remark(Words::tr("%1 keys are made by more than one row; the key template should "
                                 "tell them apart")
                           .arg(m_report.duplicateKeys));
    if (m_options.sample == 0)
        if (auto error = passOrphans()) return error;
    if (auto error = settle()) return error;
    return m_options.repair == Repair::None ? std::nullopt : repair();
}

// ---- Pass A

std::optional<Error> CheckJob::passRows()
{
    const auto total = m_rows->source->countRows();
    if (m_options.sample > 0 && total && *total > m_options.sample) {
        const double share = static_cast<double>(m_options.sample) / static_cast<double>(*total);
        m_sampleBelow = static_cast<std::uint64_t>(share * 18'446'744'073'709'551'615.0);
    }
    m_meter.startPhase(Words::tr("Comparing rows"), total);
    if (const auto sought = m_rows->source->seek({}); !sought) return sought.error();
    const BulkReadOptions options = readOptionsFor(m_options.binding);
    std::optional<Error> error;
    bool ended = false;
    while (!error && !ended && m_pace.await(m_pace.batchRows())) {
        if (m_window.isFull()) {
            auto [slot, answer] = m_window.take();
            error = compare(slot, answer);
            if (error) break;
        }
        Slot &slot = m_window.next();
        const auto filled = fill(slot);
        if (!filled) {
            error = filled.error();
        } else if (!*filled) {
            ended = true;
        } else {
            m_store.bulk().read(slot.batch.keys, options, m_window.send());
            m_meter.setSlowedBy(m_pace.slowedBy());
            m_meter.setDone(m_done);
        }
    }
    while (!m_window.isEmpty()) {
        auto [slot, answer] = m_window.take();
        if (!error) error = compare(slot, answer);
    }
    m_meter.setDone(m_done);
    if (!error && !ended) error = Error(ErrorCode::Cancelled);
    return error;
}

Result<bool> CheckJob::fill(Slot &slot)
{
    const auto read = m_rows->source->read(slot.page, m_pace.batchRows(), kBatchBytes);
    if (!read || slot.page.empty()) return read ? Result<bool>(false) : read;
    m_done += static_cast<std::int64_t>(slot.page.rows());
    slot.batch.clear();
    m_rows->mapper.map(slot.page, 0, slot.batch);
    if (m_sampleBelow > 0) {
        keepSample(slot.batch);
    } else {
        for (std::size_t i = 0; i < slot.batch.size(); ++i) m_known.add(slot.batch.keys[i]);
    }
    return true;
}

// A key is in the sample by its hash, so that each has the same chance and a second check looks at
// the same ones.
void CheckJob::keepSample(MappedBatch &batch) const
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (hashBytes(batch.keys[i], kSampleSeed) >= m_sampleBelow) continue;
        batch.entries[kept] = batch.entries[i];
        batch.keys.spans[kept] = batch.keys.spans[i];
        ++kept;
    }
    batch.entries.resize(kept);
    batch.keys.spans.resize(kept);
    batch.faults.clear();
}

std::optional<Error> CheckJob::compare(Slot &slot, const Result<BulkPage> &answer)
{
    if (!answer) return answer.error();
    std::vector<Suspect> found;
    for (std::size_t i = 0; i < slot.batch.size(); ++i) {
        const EntryClass what = m_verdict.classify(slot.batch, i, *answer, i);
        if (what == EntryClass::Match) {
            ++m_report.counts[EntryClass::Match];
            continue;
        }
        Suspect suspect;
        suspect.key = Bytes(slot.batch.keys[i]);
        suspect.row = slot.page.tuple(slot.batch.entries[i].row, m_rows->mapper.orderColumns());
        found.push_back(std::move(suspect));
    }
    if (auto error = tellFaults(slot)) return error;
    return suspect(std::move(found));
}

std::optional<Error> CheckJob::tellFaults(const Slot &slot)
{
    for (const MappedBatch::Fault &fault : slot.batch.faults) {
        ++m_report.counts[EntryClass::Unknown];
        if (!m_sinks.difference) continue;
        Difference difference;
        difference.what = EntryClass::Unknown;
        difference.remark = faultText(fault.fault, m_options.binding, slot.page, fault.row,
                                      m_rows->mapper.orderColumns())
                                .toStdString();
        m_sinks.difference(difference);
    }
    return std::nullopt;
}

// ---- Pass B

std::optional<Error> CheckJob::passOrphans()
{
    m_meter.startPhase(Words::tr("Looking for orphans"), {});
    std::int64_t seen = 0;
    auto queue = std::make_shared<ScanQueue>();
    ScanOptions options;
    options.match = m_options.binding.key.glob();
    options.count = kScanCount;
    // The sink may run before scan() has returned, so it only says that the queue is long.
    auto crowded = std::make_shared<std::atomic<bool>>(false);
    const std::unique_ptr<Scan> scan =
        m_store.keySpace().scan(options, [queue, crowded](Result<ScanPage> page) {
            if (!queue->push(std::move(page))) crowded->store(true);
        });
    bool paused = false;
    while (m_control.mayGoOn()) {
        if (crowded->exchange(false) && !paused) {
            scan->pause();
            paused = true;
        }
        if (paused && queue->isLow()) {
            scan->resume();
            paused = false;
        }
        const Result<ScanPage> page = queue->pop();
        if (!page) return page.error();
        seen += static_cast<std::int64_t>(page->keys.size());
        if (auto error = takeScanned(page->keys)) return error;
        m_meter.setDone(seen);
        if (page->last) return std::nullopt;
        if (!m_pace.await(page->keys.size())) break;
    }
    return Error(ErrorCode::Cancelled);
}

// The version beside a string is no entry of its own.
bool CheckJob::isCompanion(BytesView key) const
{
    const Binding &binding = m_options.binding;
    if (!binding.storesVersion() || binding.value.type != ValueRule::Type::String) return false;
    const Bytes end = ':' + binding.versionField;
    return key.ends_with(end) && m_known.contains(key.substr(0, key.size() - end.size()));
}

std::optional<Error> CheckJob::takeScanned(const KeyBatch &keys)
{
    std::vector<Suspect> found;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const BytesView key = keys[i];
        if (m_known.contains(key) || isCompanion(key)) continue;
        auto fields = m_rows->mapper.fieldsOf(key);
        if (!fields || !m_foreign.emplace(key).second) continue;
        Suspect suspect;
        suspect.key = Bytes(key);
        suspect.row = std::move(*fields);
        suspect.orphan = true;
        found.push_back(std::move(suspect));
    }
    return suspect(std::move(found));
}

} // namespace kvscope
