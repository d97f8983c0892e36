// WarmupJob: read, map, send; four batches in flight; what the server could not decide is decided
// here.
#include "core/jobs/warmupjob.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/binding/rowversion.h"
#include "core/jobs/changesteps.h"
#include "core/jobs/storerun.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr auto kCheckpointEvery = std::chrono::milliseconds(500);
constexpr int kMostRounds = 3; // of writing again what the server forgot the script of

} // namespace

QJsonObject WarmupReport::toJson() const
{
    return {{QStringLiteral("rows"), qint64{rows}},
            {QStringLiteral("written"), qint64{written}},
            {QStringLiteral("newer_kept"), qint64{newerKept}},
            {QStringLiteral("skipped"), qint64{skipped}},
            {QStringLiteral("seconds"), seconds}};
}

WarmupJob::WarmupJob(Store &store, Journal &journal, JobControl &control, WarmupOptions options,
                     Sinks sinks, const Clock &clock)
    : m_store(store), m_journal(journal), m_control(control), m_options(std::move(options)),
      m_sinks(std::move(sinks)), m_clock(clock), m_pace(store, control, m_options.rate, clock),
      m_meter(m_sinks.progress)
{}

std::optional<Error> WarmupJob::run()
{
    const Clock::Instant start = m_clock.now();
    std::optional<Error> error = work();
    const std::chrono::duration<double> took = m_clock.now() - start;
    m_report.seconds += took.count();
    m_meter.flush();
    return error;
}

std::optional<Error> WarmupJob::work()
{
    m_meter.startPhase(Words::tr("Opening the source"), {});
    // What ranks the rows may be another column than those of the binding.
    const bool byColumn = m_options.order.kind == WarmOrder::Kind::Column;
    auto rows = BoundRows::open(m_options.binding, m_options.sourceUrl, m_control.token(),
                                byColumn ? RowQuery::Columns::All : RowQuery::Columns::Needed);
    if (!rows) return rows.error();
    m_rows.emplace(std::move(*rows));
    readStoreRunId();
    const bool ranks = m_options.order.kind != WarmOrder::Kind::Key;
    // One that ended among the ranked rows begins again.
    if (m_options.resume && ranks && m_options.resume->counters["ranked"] == 0)
        m_options.resume.reset();
    if (m_options.resume) {
        m_checkpoint = *m_options.resume;
        m_report.rows = m_checkpoint.counters["rows"];
        m_report.written = m_checkpoint.counters["written"];
        m_report.newerKept = m_checkpoint.counters["newer_kept"];
        m_report.skipped = m_checkpoint.counters["skipped"];
    }
    m_checkpoint.storeRunId = m_storeRunId;
    std::optional<Error> error = prepare();
    if (!error && ranks) error = writeRanked();
    if (!error) error = writeAll();
    // What a server acknowledged that was started anew since may be lost.
    if (!error && !m_options.dryRun) {
        const auto now = storeRunId(m_store);
        if (now && *now != m_storeRunId) error = Error(ErrorCode::StoreRestarted);
    }
    const std::optional<Error> unsaved = saveCheckpoint(true);
    return error ? error : unsaved;
}

std::optional<Error> WarmupJob::prepare()
{
    const auto forecast =
        forecastMemory(m_options.binding, *m_rows, m_store, {m_checkpoint.last, m_report.rows});
    if (!forecast) return forecast.error();
    if (m_sinks.forecast) m_sinks.forecast(*forecast);
    if (forecast->rows) m_total = *forecast->rows + m_report.rows;
    return m_options.dryRun ? std::nullopt : forecast->obstacle();
}

// Counted like all others, but for a resumed run: those are in the checkpoint's counters already.
std::optional<Error> WarmupJob::writeRanked()
{
    m_meter.startPhase(Words::tr("Ranking what to write first"), {});
    auto ranked =
        WarmOrderRows::rank(m_options.order, m_options.binding, *m_rows, m_store, m_control);
    if (!ranked) return ranked.error();
    m_ranked.emplace(std::move(*ranked));
    m_meter.startPhase(Words::tr("Warming up what comes first"),
                       static_cast<std::int64_t>(m_ranked->size()));
    const bool resumed = m_options.resume.has_value();
    const WarmupReport before = m_report;
    std::optional<Error> error = passOver();
    if (resumed) m_report = before;
    m_ranked.reset();
    m_rankedKeys.seal();
    m_ended = false;
    m_rankedDone = !error;
    return error;
}

std::optional<Error> WarmupJob::writeAll()
{
    m_meter.startPhase(Words::tr("Warming up"), m_total);
    if (const auto sought = m_rows->source->seek(m_checkpoint.last); !sought) return sought.error();
    m_saved = m_clock.now();
    return passOver();
}

// Reads, maps and sends until there is nothing left to read.
std::optional<Error> WarmupJob::passOver()
{
    std::optional<Error> error;   // of a batch
    std::optional<Error> stopped; // for another reason: what is under way counts
    while (!error && !stopped && !m_ended && m_pace.await(m_pace.batchRows())) {
        const bool full = m_options.dryRun ? m_looks.isFull() : m_writes.isFull();
        if (full) error = takeOldest();
        Slot &slot = m_options.dryRun ? m_looks.next() : m_writes.next();
        if (!error && fill(slot)) send(slot);
        m_meter.setSlowedBy(m_pace.slowedBy());
        m_meter.setProbe(m_pace.probeP99Us());
        m_meter.setDone(m_ranked ? static_cast<std::int64_t>(m_ranked->done()) : m_report.rows);
        if (!error) stopped = evictionsRose();
        if (!error && !stopped && !m_ranked) stopped = saveCheckpoint(false);
    }
    error = drain(std::move(error));
    if (!error) error = std::move(stopped);
    if (!error) error = m_readError;
    if (!error && !m_ended) error = Error(ErrorCode::Cancelled);
    return error;
}

std::optional<Error> WarmupJob::evictionsRose() const
{
    const std::uint64_t evicted = m_pace.evictedSince();
    if (m_options.dryRun || evicted <= kFewEvictions ||
        static_cast<double>(evicted) <= kEvictedShare * static_cast<double>(m_report.written))
        return std::nullopt;
    const auto count = [](std::uint64_t n) { return QString::fromStdString(formatCount(n)); };
    return Error(ErrorCode::EvictionsRose,
                 {count(evicted), count(static_cast<std::uint64_t>(m_report.written))});
}

// What a server acknowledged before it was started anew may be lost, so the pass begins again.
void WarmupJob::readStoreRunId()
{
    if (const auto id = storeRunId(m_store)) m_storeRunId = *id;
    if (!m_options.resume || m_options.resume->storeRunId == m_storeRunId) return;
    m_options.resume.reset();
    if (m_sinks.remark) m_sinks.remark(errorLine(Error(ErrorCode::StoreRestarted)));
}

// False: there is nothing to send.
bool WarmupJob::fill(Slot &slot)
{
    const Clock::Instant start = m_clock.now();
    const std::size_t rows = m_pace.batchRows();
    const auto read = m_ranked ? m_ranked->read(*m_rows, rows, slot.page)
                               : m_rows->source->read(slot.page, rows, kBatchBytes);
    m_pace.noteSource(std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - start));
    if (!read) m_readError = read.error();
    const bool ended = m_ranked ? read && !*read : slot.page.empty();
    if (!read || ended) {
        m_ended = true;
        return false;
    }
    slot.ranked = m_ranked.has_value();
    slot.dropped = 0;
    slot.batch.clear();
    m_rows->mapper.map(slot.page, 0, slot.batch);
    if (slot.ranked)
        for (std::size_t i = 0; i < slot.batch.size(); ++i) m_rankedKeys.add(slot.batch.keys[i]);
    else if (m_rankedKeys.size() > 0)
        dropRanked(slot.batch, slot.dropped);
    m_pace.giveBack(slot.dropped); // or a fixed rate would take its time twice
    makeItems(slot);
    return true;
}

// What was written first is not written again.
void WarmupJob::dropRanked(MappedBatch &batch, std::size_t &dropped) const
{
    KeyBatch keys;
    std::vector<MappedBatch::Entry> entries;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (m_rankedKeys.contains(batch.keys[i])) continue;
        keys.append(batch.keys[i]);
        entries.push_back(batch.entries[i]);
    }
    dropped = batch.size() - entries.size();
    if (dropped == 0) return;
    batch.keys = std::move(keys);
    batch.entries = std::move(entries);
}

void WarmupJob::makeItems(Slot &slot)
{
    const MappedBatch &batch = slot.batch;
    slot.fields.clear();
    slot.items.clear();
    for (const MappedBatch::Span &span : batch.fields) slot.fields.push_back(batch.text(span));
    const auto &ttl = m_options.binding.ttl;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const MappedBatch::Entry &entry = batch.entries[i];
        BulkItem item;
        item.key = batch.keys[i];
        item.value = batch.text(entry.value);
        item.fields = std::span(slot.fields).subspan(entry.firstField, entry.fieldCount);
        item.version = batch.text(entry.version);
        if (ttl) item.ttlMs = ttl->msFor(item.key);
        slot.items.push_back(item);
    }
}

BulkWriteOptions WarmupJob::writeOptions() const
{
    const Binding &binding = m_options.binding;
    BulkWriteOptions options;
    options.shape = shapeOf(binding);
    options.guard = binding.storesVersion() ? BulkGuard::Older : BulkGuard::Absent;
    options.versionField = binding.versionField;
    options.companion = binding.storesVersion() && binding.value.type == ValueRule::Type::String;
    return options;
}

void WarmupJob::send(Slot &slot)
{
    if (slot.items.empty()) {
        if (m_options.dryRun)
            m_looks.send()(BulkPage());
        else
            m_writes.send()(BulkWritten());
        return;
    }
    if (m_options.dryRun) {
        BulkReadOptions options = readOptionsFor(m_options.binding);
        options.ttl = false;
        m_store.bulk().read(slot.batch.keys, options, m_looks.send());
    } else {
        m_store.bulk().write(slot.items, writeOptions(), m_writes.send());
    }
}

std::optional<Error> WarmupJob::takeOldest()
{
    if (m_options.dryRun) {
        auto [slot, answer] = m_looks.take();
        return settleDry(slot, answer);
    }
    auto [slot, answer] = m_writes.take();
    return settle(slot, std::move(answer));
}

// What is under way is counted, but not behind a batch that failed: a resumed run begins there.
std::optional<Error> WarmupJob::drain(std::optional<Error> error)
{
    while (!m_writes.isEmpty() || !m_looks.isEmpty()) {
        if (!error)
            error = takeOldest();
        else if (m_options.dryRun)
            (void)m_looks.take();
        else
            (void)m_writes.take();
    }
    return error;
}

void WarmupJob::remark(const Slot &slot)
{
    for (const MappedBatch::Fault &fault : slot.batch.faults) {
        if (!m_sinks.remark || m_remarks++ >= kMostRemarks) return;
        m_sinks.remark(faultText(fault.fault, m_options.binding, slot.page, fault.row,
                                 m_rows->mapper.orderColumns()));
    }
}

std::optional<Error> WarmupJob::settle(Slot &slot, Result<BulkWritten> answer)
{
    if (!answer) return answer.error();
    std::vector<std::size_t> again;
    for (std::size_t i = 0; i < answer->outcomes.size(); ++i) {
        if (answer->outcomes[i] == BulkOutcome::Again)
            again.push_back(i);
        else if (auto error = settleOne(slot, i, answer->outcomes[i]))
            return error;
    }
    if (!again.empty())
        if (auto error = writeAgain(slot, again)) return error;
    if (answer->refusal) return answer->refusal;
    m_report.rows += static_cast<std::int64_t>(slot.page.rows() - slot.dropped);
    if (slot.ranked) m_report.rows -= static_cast<std::int64_t>(slot.batch.faults.size());
    if (slot.ranked) return std::nullopt;
    m_report.skipped += static_cast<std::int64_t>(slot.batch.faults.size());
    remark(slot);
    m_checkpoint.last = slot.page.tuple(slot.page.rows() - 1, m_rows->mapper.orderColumns());
    return std::nullopt;
}

std::optional<Error> WarmupJob::settleOne(Slot &slot, std::size_t i, BulkOutcome outcome)
{
    switch (outcome) {
    case BulkOutcome::Written:
        ++m_report.written;
        return std::nullopt;
    case BulkOutcome::Kept:
        ++m_report.newerKept;
        return std::nullopt;
    case BulkOutcome::Undecided:
        return decide(slot.items[i]);
    case BulkOutcome::OtherType:
    case BulkOutcome::Refused:
    case BulkOutcome::Again:
        break;
    }
    if (outcome == BulkOutcome::OtherType) {
        ++m_report.skipped;
        if (m_sinks.remark && m_remarks++ < kMostRemarks)
            m_sinks.remark(Words::tr("%1 holds a value of another type and was left alone")
                               .arg(keyText(slot.items[i].key)));
    }
    return std::nullopt;
}

std::optional<Error> WarmupJob::writeAgain(Slot &slot, const std::vector<std::size_t> &which)
{
    std::vector<std::size_t> left = which;
    for (int round = 0; round < kMostRounds && !left.empty(); ++round) {
        std::vector<BulkItem> items;
        items.reserve(left.size());
        for (const std::size_t i : left) items.push_back(slot.items[i]);
        const auto answer = answerOf<BulkWritten>(
            [&](auto done) { m_store.bulk().write(items, writeOptions(), std::move(done)); });
        if (!answer) return answer.error();
        if (answer->refusal) return answer->refusal;
        std::vector<std::size_t> next;
        for (std::size_t n = 0; n < left.size(); ++n) {
            if (answer->outcomes[n] == BulkOutcome::Again)
                next.push_back(left[n]);
            else if (auto error = settleOne(slot, left[n], answer->outcomes[n]))
                return error;
        }
        left = std::move(next);
    }
    if (left.empty()) return std::nullopt;
    return Error(ErrorCode::ScriptsRefused, {QStringLiteral("NOSCRIPT")});
}

// The server could not compare the versions: read, compare here, and replace exactly what was read.
std::optional<Error> WarmupJob::decide(const BulkItem &item)
{
    const Binding &binding = m_options.binding;
    const bool besides = binding.value.type == ValueRule::Type::String;
    KeyBatch keys;
    keys.append(item.key);
    if (besides) keys.append(binding.companionKey(item.key));
    const auto images =
        answerOf<BulkImages>([&](auto done) { m_store.bulk().images(keys, std::move(done)); });
    if (!images) return images.error();
    if (std::ranges::any_of(images->each, [](const BulkImage &one) { return !one.isRead(); })) {
        ++m_report.skipped;
        if (m_sinks.remark && m_remarks++ < kMostRemarks)
            m_sinks.remark(
                Words::tr("%1: not written; what is there is larger than the %2 that are "
                          "read to compare versions")
                    .arg(QString::fromStdString(escapeBytes(item.key)),
                         QString::fromStdString(formatBytes(BulkImage::kMostBytes))));
        return std::nullopt;
    }
    const auto version = versionHeld(item.key, *images);
    if (!version) return version.error();
    if (!*version || std::is_gteq(compareVersions(**version, item.version))) {
        ++m_report.newerKept;
        return std::nullopt;
    }
    std::vector<ChangeRecord> records(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        records[i].key = Bytes(keys[i]);
        records[i].before = images->each[i];
        records[i].did = ChangeRecord::Did::PutString;
        records[i].wrote = Bytes(i == 0 ? item.value : item.version);
        records[i].wroteExpiresAtMs =
            item.ttlMs > 0 ? images->nowMs + item.ttlMs : images->each[0].expiresAtMs;
        if (i > 0) records[i].place = ChangeRecord::Place::Joined;
    }
    if (binding.value.type == ValueRule::Type::Hash) {
        records[0].did = ChangeRecord::Did::PutHash;
        records[0].wroteFields.assign(item.fields.begin(), item.fields.end());
    }
    const ChangeSteps steps(records, ChangeSteps::Direction::Forth);
    const auto answers = answerOf<BulkChangeAnswers>(
        [&](auto done) { m_store.bulk().change(steps.changes(), {}, std::move(done)); });
    if (!answers) return answers.error();
    if (answers->refusal) return answers->refusal;
    const bool applied = answers->outcomes.front() == BulkChanged::Applied;
    ++(applied ? m_report.written : m_report.newerKept);
    return std::nullopt;
}

// The version that an entry carries; nothing where it has none that can be read.
Result<std::optional<Bytes>> WarmupJob::versionHeld(BytesView entry, const BulkImages &images)
{
    const Binding &binding = m_options.binding;
    const BulkImage &image = images.each[0];
    switch (binding.value.type) {
    case ValueRule::Type::Json:
        if (image.kind != BulkImage::Kind::String) return std::optional<Bytes>();
        return storedVersion(binding, image.payload);
    case ValueRule::Type::String:
        if (images.each[1].kind != BulkImage::Kind::String) return std::optional<Bytes>();
        return std::optional(images.each[1].payload);
    case ValueRule::Type::Hash:
        break;
    }
    KeyBatch key;
    key.append(entry);
    const BulkReadOptions options{.shape = BulkShape::Hash, .fields = {binding.versionField}};
    const auto page =
        answerOf<BulkPage>([&](auto done) { m_store.bulk().read(key, options, std::move(done)); });
    if (!page) return failure(page.error());
    if (page->entries[0].state != BulkEntry::State::There || !page->fields[0].there)
        return std::optional<Bytes>();
    return std::optional(Bytes(page->text(page->fields[0].span)));
}

std::optional<Error> WarmupJob::settleDry(Slot &slot, const Result<BulkPage> &answer)
{
    if (!answer) return answer.error();
    if (answer->refusal) return answer->refusal;
    const Binding &binding = m_options.binding;
    const bool json = binding.storesVersion() && binding.value.type == ValueRule::Type::Json;
    for (std::size_t i = 0; i < answer->entries.size(); ++i) {
        const BulkEntry &entry = answer->entries[i];
        bool write = entry.state == BulkEntry::State::Absent;
        if (json && entry.state == BulkEntry::State::There) {
            const auto version = storedVersion(binding, answer->text(entry.value));
            write = version && std::is_lt(compareVersions(*version, slot.items[i].version));
        }
        ++(write ? m_report.written : m_report.newerKept);
    }
    m_report.rows += static_cast<std::int64_t>(slot.page.rows() - slot.dropped);
    if (slot.ranked) m_report.rows -= static_cast<std::int64_t>(slot.batch.faults.size());
    if (slot.ranked) return std::nullopt;
    m_report.skipped += static_cast<std::int64_t>(slot.batch.faults.size());
    remark(slot);
    return std::nullopt;
}

std::optional<Error> WarmupJob::saveCheckpoint(bool now)
{
    if (m_options.run.isEmpty() || m_options.dryRun) return std::nullopt;
    if (!now && m_clock.now() - m_saved < kCheckpointEvery) return std::nullopt;
    m_saved = m_clock.now();
    m_checkpoint.counters = {{"rows", m_report.rows},
                             {"written", m_report.written},
                             {"newer_kept", m_report.newerKept},
                             {"skipped", m_report.skipped},
                             {"ranked", m_rankedDone ? 1 : 0}};
    const auto saved = m_journal.saveCheckpoint(m_options.run, m_checkpoint);
    if (!saved) return saved.error();
    return std::nullopt;
}

} // namespace kvscope
