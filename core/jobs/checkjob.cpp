// CheckJob: the two passes. Looks and verdicts are in checkverdicts.cpp, checkpoints in
// checkresume.cpp.
#include "core/jobs/checkjob.h"

#include "core/base/hash.h"
#include "core/jobs/rowcount.h"
#include "core/jobs/scanpages.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr std::uint64_t kSampleSeed = 0x7361'6d70'6c65;
constexpr int kMostStarts = 3; // of the passes, where the store is started anew meanwhile
constexpr int kScanCount = 1'000;
constexpr int kPoliteScanCount = 200; // a server answers it in some 50 µs
constexpr auto kSampleCount = std::chrono::minutes(30);

} // namespace

QJsonObject CheckReport::toJson() const
{
    QJsonObject classes;
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        classes.insert(QLatin1String(entryClassName(of)), qint64{counts[of]});
    }
    QJsonArray histogram;
    for (std::size_t i = 0; i < ages.size(); ++i) {
        const bool open = i == kAgeLimitsMs.size();
        histogram.append(QJsonObject{
            {QStringLiteral("under_ms"), open ? QJsonValue() : QJsonValue(qint64{kAgeLimitsMs[i]})},
            {QStringLiteral("count"), qint64{ages[i]}}});
    }
    const auto reached = nines(differing(), compared());
    return {{QStringLiteral("compared"), qint64{compared()}},
            {QStringLiteral("counts"), classes},
            {QStringLiteral("ages"), histogram},
            {QStringLiteral("duplicate_keys"), qint64{duplicateKeys}},
            {QStringLiteral("nines"), reached ? QJsonValue(*reached) : QJsonValue()},
            {QStringLiteral("nines_low"), ninesLow(differing(), compared())},
            {QStringLiteral("seconds"), seconds},
            {QStringLiteral("waited_seconds"), waitedSeconds},
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
    m_started = m_clock.now();
    std::optional<Error> error = work();
    const std::chrono::duration<double> took = m_clock.now() - m_started;
    m_report.seconds = m_earlierSeconds + took.count();
    m_report.waitedSeconds =
        m_earlierWaitedSeconds + std::chrono::duration<double>(m_waited).count();
    m_lease.reset();
    m_meter.flush();
    return error;
}

std::optional<Error> CheckJob::work()
{
    m_meter.startPhase(Words::tr("Opening the source"), {});
    for (auto *rows : {&m_rows, &m_finder}) {
        auto opened = BoundRows::open(m_options.binding, m_options.sourceUrl, m_control.token(),
                                      RowQuery::Columns::Needed);
        if (!opened) return opened.error();
        rows->emplace(std::move(*opened));
    }
    m_looker.emplace(m_store, m_options.binding, m_verdict, *m_finder);
    if (m_options.repair != Repair::None) {
        auto lease = JobLease::take(
            m_store, {.name = m_options.binding.name.toStdString(),
                      .work = m_options.run.toStdString(),
                      .etcd = m_options.etcd.isEmpty() ? m_options.binding.etcd : m_options.etcd});
        if (!lease) return lease.error();
        m_lease = std::move(*lease);
    }
    if (auto error = begin()) return error;
    // What was compared with a server that was started anew since says nothing of this one.
    for (int starts = 1;; ++starts) {
        if (auto error = passes()) return error;
        const auto same = isStoreTheSame();
        if (!same) return same.error();
        if (*same) break;
        if (starts == kMostStarts) return Error(ErrorCode::StoreRestarted);
        startAnew();
    }
    if (m_stage == Stage::Looks) {
        if (auto error = settle()) return error;
        const auto same = isStoreTheSame();
        if (!same) return same.error();
        if (!*same) return Error(ErrorCode::StoreRestarted);
        if (m_options.repair != Repair::None)
            if (auto error = enter(Stage::Repair)) return error;
    }
    return m_options.repair == Repair::None ? std::nullopt : repair();
}

std::optional<Error> CheckJob::passes()
{
    if (m_stage == Stage::Rows) {
        if (auto error = saveAtEnd(passRows())) return error;
        if (auto error = enter(m_options.sample > 0 ? Stage::Looks : Stage::Orphans)) return error;
    }
    if (m_stage == Stage::Orphans || m_options.sample > 0) {
        m_report.duplicateKeys = static_cast<std::int64_t>(m_known.seal());
        m_report.fingerprintBytes = m_known.memoryBytes();
    }
    if (m_stage == Stage::Orphans) {
        if (auto error = saveAtEnd(passOrphans())) return error;
        if (auto error = enter(Stage::Looks)) return error;
    }
    // Suspects whose keys more than one row makes must be told apart.
    if (m_stage == Stage::Looks && !m_knowsAll && m_report.duplicateKeys > 0)
        if (auto error = learnKeys()) return error;
    if (m_report.duplicateKeys > 0 && m_sinks.remark)
        m_sinks.remark(Words::tr("%1 keys are made by more than one row; the key template should "
                                 "tell them apart")
                           .arg(m_report.duplicateKeys));
    return std::nullopt;
}

// ---- Pass A

std::optional<Error> CheckJob::passRows()
{
    // A sample is a share of all: for that a count may take as long as it needs.
    if (m_options.sample > 0) m_meter.startPhase(Words::tr("Counting rows"), {});
    std::optional<std::int64_t> total;
    std::optional<RowCount> counting;
    if (m_options.sample > 0)
        total = m_rows->source->countRows(kSampleCount);
    else
        counting.emplace(m_options.binding, m_options.sourceUrl);
    if (m_options.sample > 0 && !total) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        if (m_sinks.remark)
            m_sinks.remark(Words::tr("The source does not tell how many rows there are, so all are "
                                     "compared instead of a sample."));
    }
    if (m_options.sample > 0 && total && *total > m_options.sample) {
        const double share = static_cast<double>(m_options.sample) / static_cast<double>(*total);
        m_sampleBelow = static_cast<std::uint64_t>(share * 18'446'744'073'709'551'615.0);
    }
    m_meter.startPhase(Words::tr("Comparing rows"), total);
    if (const auto sought = m_rows->source->seek(m_checkpoint.last); !sought) return sought.error();
    const BulkReadOptions options = readOptionsFor(m_options.binding);
    std::optional<Error> error;
    bool ended = false;
    while (!error && !ended && m_pace.await(m_pace.batchRows())) {
        if (m_window.isFull()) {
            auto [slot, answer] = m_window.take();
            error = compare(slot, answer);
            if (!error) error = settleIfMany();
            if (!error) error = saveCheckpoint(Save::WhenDue);
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
            m_meter.setProbe(m_pace.probeP99Us());
            if (const auto count = counting ? counting->ready() : std::nullopt) {
                m_meter.setTotal(*count);
                counting.reset();
            }
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
    m_rows->mapper.map(slot.page, 0, slot.batch, RowMapper::Compose::Later);
    if (m_sampleBelow > 0) keepSample(slot.batch);
    if (m_knowsAll)
        for (std::size_t i = 0; i < slot.batch.size(); ++i) m_known.add(slot.batch.keys[i]);
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

// What fits the row as it stands needs no value of ours to be compared with.
EntryClass CheckJob::classify(Slot &slot, std::size_t i, const BulkPage &answer)
{
    const bool json = m_options.binding.value.type == ValueRule::Type::Json;
    const BulkEntry &entry = answer.entries[i];
    if (!json || entry.state != BulkEntry::State::There)
        return m_verdict.classify(slot.batch, i, answer, i);
    RowMapper &mapper = m_rows->mapper;
    const BytesView held = answer.text(entry.value);
    if (mapper.agrees(slot.page, slot.batch.entries[i], held)) return m_verdict.agreeing(entry);
    mapper.compose(slot.page, i, slot.batch);
    const EntryClass what = m_verdict.classify(slot.batch, i, answer, i);
    if (what == m_verdict.agreeing(entry)) mapper.learn(held);
    return what;
}

// A page counts whole or, where a look at its suspects fails, not at all.
std::optional<Error> CheckJob::compare(Slot &slot, const Result<BulkPage> &answer)
{
    if (!answer) return answer.error();
    const ClassCounts before = m_report.counts;
    std::vector<Suspect> found;
    for (std::size_t i = 0; i < slot.batch.size(); ++i) {
        const EntryClass what = classify(slot, i, *answer);
        if (what == EntryClass::Match) {
            ++m_report.counts[EntryClass::Match];
            continue;
        }
        Suspect suspect;
        suspect.key = Bytes(slot.batch.keys[i]);
        suspect.row = slot.page.tuple(slot.batch.entries[i].row, m_rows->mapper.orderColumns());
        suspect.cache = m_verdict.markOf(*answer, i);
        // A command for many keys is refused for one of them: nothing was seen of the others.
        suspect.looks = what == EntryClass::Unknown ? 0 : 1;
        found.push_back(std::move(suspect));
    }
    if (auto error = suspect(std::move(found))) {
        m_report.counts = before;
        return error;
    }
    tellFaults(slot);
    m_compared += static_cast<std::int64_t>(slot.page.rows());
    m_checkpoint.last = slot.page.tuple(slot.page.rows() - 1, m_rows->mapper.orderColumns());
    return std::nullopt;
}

void CheckJob::tellFaults(const Slot &slot)
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
}

// ---- Pass B

// A process that goes on where another ended has seen only some of the keys: it reads them again,
// which costs the source a pass and the store nothing.
std::optional<Error> CheckJob::learnKeys()
{
    m_meter.startPhase(Words::tr("Reading the keys again"), m_rows->source->countRows());
    if (const auto sought = m_rows->source->seek({}); !sought) return sought.error();
    m_known = FingerprintSet();
    Slot slot;
    std::int64_t read = 0;
    while (m_control.mayGoOn()) {
        slot.page.reset(m_rows->columns.size());
        const auto more = m_rows->source->read(slot.page, m_pace.batchRows(), kBatchBytes);
        if (!more) return more.error();
        if (slot.page.empty()) {
            m_knowsAll = true;
            m_report.duplicateKeys = static_cast<std::int64_t>(m_known.seal());
            return std::nullopt;
        }
        slot.batch.clear();
        m_rows->mapper.map(slot.page, 0, slot.batch, RowMapper::Compose::Later);
        for (std::size_t i = 0; i < slot.batch.size(); ++i) m_known.add(slot.batch.keys[i]);
        m_meter.setDone(read += static_cast<std::int64_t>(slot.page.rows()));
    }
    return Error(ErrorCode::Cancelled);
}

std::optional<Error> CheckJob::passOrphans()
{
    if (!m_knowsAll)
        if (auto error = learnKeys()) return error;
    m_meter.startPhase(Words::tr("Looking for orphans"), {});
    return scanOrphans();
}

std::optional<Error> CheckJob::scanOrphans()
{
    std::int64_t seen = 0;
    const int count = m_pace.rate() ? kPoliteScanCount : kScanCount;
    ScanPages pages(m_store.keySpace(),
                    {.match = m_options.binding.key.glob(), .count = count, .cursor = m_cursor});
    while (m_control.mayGoOn()) {
        const Result<ScanPage> page = pages.next();
        if (!page) return page.error();
        seen += static_cast<std::int64_t>(page->keys.size());
        if (auto error = takeScanned(page->keys)) return error;
        m_cursor = page->cursor;
        m_meter.setSlowedBy(m_pace.slowedBy());
        m_meter.setProbe(m_pace.probeP99Us());
        m_meter.setDone(seen);
        if (page->last) return std::nullopt;
        if (auto error = settleIfMany()) return error;
        if (auto error = saveCheckpoint(Save::WhenDue)) return error;
        // The server looked at that many, however few of them are ours.
        if (!m_pace.await(std::max(page->keys.size(), static_cast<std::size_t>(count)))) break;
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
    const ClassCounts before = m_report.counts;
    std::vector<Suspect> found;
    for (const std::size_t i : m_known.unknownIn(keys)) {
        const BytesView key = keys[i];
        if (isCompanion(key)) continue;
        auto fields = m_rows->mapper.fieldsOf(key);
        if (!fields || !m_foreign.insert(hashBytes(key, kForeignSeed))) continue;
        Suspect suspect;
        suspect.key = Bytes(key);
        suspect.row = std::move(*fields);
        suspect.orphan = true;
        found.push_back(std::move(suspect));
    }
    auto error = suspect(std::move(found));
    if (error) m_report.counts = before;
    return error;
}

} // namespace kvscope
