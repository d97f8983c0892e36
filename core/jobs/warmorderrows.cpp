// WarmOrderRows: one way of ranking for each order.
#include "core/jobs/warmorderrows.h"

#include "core/binding/rowversion.h"
#include "core/jobs/popularity.h"
#include "core/jobs/window.h"
#include "core/trace/predictor.h"
#include "core/trace/tracereader.h"

#include <QCoreApplication>

#include <algorithm>
#include <deque>

namespace kvscope {
namespace {

constexpr std::size_t kLookups = 500; // at once
constexpr std::uint64_t kCancelEvery = 4096;
// What the predictor looks ahead: on real traces a tenth of the past served best.
constexpr std::uint64_t kWindowShare = 10;
constexpr std::uint64_t kLeastWindow = 400;
constexpr double kEntryOverhead = 64; // bytes beside key and value: small values aren't free

tl::unexpected<Error> unreadable(const QString &file, const trace::TraceError &error)
{
    QString reason;
    switch (error.kind) {
    case trace::TraceError::Kind::Unreadable:
        reason = QString::fromStdString(error.detail);
        break;
    case trace::TraceError::Kind::NotATrace:
        reason = QCoreApplication::translate("kvscope::WarmOrder", "line %1 can't be read as %2")
                     .arg(error.line)
                     .arg(QString::fromStdString(error.detail));
        break;
    case trace::TraceError::Kind::Truncated:
        reason =
            QCoreApplication::translate("kvscope::WarmOrder", "it ends in the middle of a record");
        break;
    case trace::TraceError::Kind::NeedsZstd:
        reason = QCoreApplication::translate(
            "kvscope::WarmOrder", "it is compressed with zstd, which this build can't unpack");
        break;
    }
    return failure(ErrorCode::FileUnreadable, {file, reason});
}

// Hands every access of a trace to `take`.
template<class Take>
Result<bool> readAll(const QString &file, JobControl &control, Take take)
{
    trace::TraceReader reader;
    if (!reader.open(file.toStdString())) return unreadable(file, *reader.error());
    while (const auto access = reader.next()) {
        take(*access);
        if (reader.count() % kCancelEvery == 0 && !control.mayGoOn())
            return failure(ErrorCode::Cancelled);
    }
    if (reader.error()) return unreadable(file, *reader.error());
    return true;
}

} // namespace

struct WarmOrderRows::Ranking
{
    const Binding &binding;
    BoundRows &rows;
    Store &store;
    JobControl &control;
    std::size_t most;
    WarmOrderRows found;

    Result<bool> byLog(const QString &file)
    {
        KeyPopularity popularity;
        auto read = readAll(file, control,
                            [&](const trace::Access &access) { popularity.add(access.key); });
        if (!read) return read;
        return takeKeys(popularity.takeTop(most));
    }

    Result<std::vector<trace::Ranked>> predict(const QString &file, trace::Predictor &predictor)
    {
        const auto read =
            readAll(file, control, [&](const trace::Access &access) { predictor.observe(access); });
        if (!read) return failure(read.error());
        return predictor.rank(most);
    }

    Result<std::uint64_t> windowOf(const QString &file)
    {
        std::uint64_t accesses = 0;
        const auto read = readAll(file, control, [&](const trace::Access &) { ++accesses; });
        if (!read) return failure(read.error());
        return std::max(accesses / kWindowShare, kLeastWindow);
    }

    Result<bool> byPredictor(const QString &file, bool perByte)
    {
        const auto window = windowOf(file);
        if (!window) return failure(window.error());
        trace::Predictor predictor({.window = *window});
        const auto ranked = predict(file, predictor);
        if (!ranked) return failure(ranked.error());
        std::vector<Bytes> keys;
        keys.reserve(ranked->size());
        for (const trace::Ranked &each : *ranked) keys.emplace_back(each.key);
        if (perByte) {
            auto sorted = byBenefit(*ranked, keys);
            if (!sorted) return failure(sorted.error());
            keys = std::move(*sorted);
        }
        return takeKeys(keys);
    }

    // Bytes of the entries whose size the trace does not tell come from their rows.
    Result<std::vector<Bytes>> byBenefit(const std::vector<trace::Ranked> &ranked,
                                         std::vector<Bytes> &keys)
    {
        std::unordered_map<BytesView, double> sizes;
        std::vector<Bytes> unknown;
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            if (ranked[i].bytes > 0)
                sizes[keys[i]] = static_cast<double>(ranked[i].bytes);
            else
                unknown.push_back(keys[i]);
        }
        const auto measured = measure(unknown, sizes);
        if (!measured) return failure(measured.error());
        std::vector<std::pair<double, std::size_t>> worth;
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            const auto size = sizes.find(keys[i]);
            if (size == sizes.end()) continue; // it has no row
            const double cost = ranked[i].cost > 0 ? double{ranked[i].cost} : 1;
            worth.emplace_back(
                ranked[i].expected * cost /
                    (size->second + static_cast<double>(keys[i].size()) + kEntryOverhead),
                i);
        }
        std::stable_sort(worth.begin(), worth.end(),
                         [](const auto &a, const auto &b) { return a.first > b.first; });
        std::vector<Bytes> sorted;
        sorted.reserve(worth.size());
        for (const auto &[value, i] : worth) sorted.push_back(keys[i]);
        return sorted;
    }

    Result<bool> measure(const std::vector<Bytes> &keys,
                         std::unordered_map<BytesView, double> &sizes)
    {
        RowPage page;
        MappedBatch batch;
        for (std::size_t first = 0; first < keys.size(); first += kLookups) {
            if (!control.mayGoOn()) return failure(ErrorCode::Cancelled);
            std::vector<FieldTuple> tuples;
            std::unordered_map<BytesView, BytesView> wanted;
            for (std::size_t i = first; i < std::min(first + kLookups, keys.size()); ++i) {
                auto fields = rows.mapper.fieldsOf(keys[i]);
                if (!fields) continue;
                tuples.push_back(std::move(*fields));
                wanted.emplace(keys[i], keys[i]);
            }
            page.reset(rows.columns.size());
            auto read = rows.source->find(rows.mapper.keyColumns(), tuples, page);
            if (!read) return read;
            batch.clear();
            rows.mapper.map(page, 0, batch);
            for (std::size_t i = 0; i < batch.size(); ++i)
                if (const auto key = wanted.find(batch.keys[i]); key != wanted.end())
                    sizes[key->second] = bytesOf(batch, i);
        }
        return true;
    }

    static double bytesOf(const MappedBatch &batch, std::size_t i)
    {
        const MappedBatch::Entry &entry = batch.entries[i];
        double bytes = entry.value.length;
        for (std::size_t field = 0; field < entry.fieldCount; ++field)
            bytes += batch.fields[entry.firstField + field].length;
        return bytes;
    }

    // The largest values of a column: a heap whose top is the smallest one kept.
    Result<bool> byColumn(const Bytes &name)
    {
        const auto column =
            std::find_if(rows.columns.begin(), rows.columns.end(),
                         [&](const SourceColumn &each) { return each.name == name; });
        if (column == rows.columns.end()) {
            QStringList names;
            for (const SourceColumn &each : rows.columns)
                names << QString::fromStdString(each.name);
            return failure(ErrorCode::ColumnMissing,
                           {QString::fromStdString(name), names.join(QLatin1String(", "))});
        }
        const auto index = static_cast<std::size_t>(column - rows.columns.begin());
        using Kept = std::pair<Bytes, FieldTuple>;
        const auto larger = [](const Kept &a, const Kept &b) {
            return std::is_gt(compareVersions(a.first, b.first));
        };
        std::vector<Kept> heap;
        if (auto sought = rows.source->seek(std::nullopt); !sought) return sought;
        RowPage page;
        while (true) {
            if (!control.mayGoOn()) return failure(ErrorCode::Cancelled);
            auto read = rows.source->read(page, kLookups, kBatchBytes);
            if (!read) return read;
            if (page.empty()) break;
            for (std::size_t row = 0; row < page.rows(); ++row) {
                const RowPage::Cell &cell = page.cell(row, index);
                if (cell.kind == CellKind::Null) continue;
                const BytesView value = page.text(cell);
                const bool full = heap.size() >= most;
                if (full && std::is_lteq(compareVersions(value, heap.front().first))) continue;
                if (full) {
                    std::pop_heap(heap.begin(), heap.end(), larger);
                    heap.pop_back();
                }
                heap.emplace_back(value, page.tuple(row, rows.mapper.orderColumns()));
                std::push_heap(heap.begin(), heap.end(), larger);
            }
        }
        std::sort(heap.begin(), heap.end(), larger);
        found.m_columns = binding.order;
        found.m_tuples.reserve(heap.size());
        for (Kept &kept : heap) found.m_tuples.push_back(std::move(kept.second));
        return true;
    }

    Result<bool> takeKeys(const std::vector<Bytes> &keys)
    {
        if (!binding.key.isInvertible())
            return failure(ErrorCode::NotSupported,
                           {QCoreApplication::translate(
                                "kvscope::WarmOrder",
                                "this order needs a key template that tells which row a key "
                                "came from; “%1” does not")
                                .arg(QString::fromStdString(binding.key.text()))});
        found.m_columns = rows.mapper.keyColumns();
        for (const Bytes &key : keys) {
            if (auto fields = rows.mapper.fieldsOf(key))
                found.m_tuples.push_back(std::move(*fields));
            else
                ++found.m_foreign;
        }
        return true;
    }

    Result<bool> checkLfu()
    {
        const auto sample =
            answerOf<TelemetrySample>([&](auto done) { store.telemetry().sample(done); });
        if (!sample) return failure(sample.error());
        QString policy = QString::fromStdString(sample->evictionPolicy);
        if (const EngineControl *engine = store.engineControl()) policy = engine->policy();
        if (policy.contains(QLatin1String("lfu"))) return true;
        return failure(ErrorCode::NotSupported,
                       {QCoreApplication::translate(
                            "kvscope::WarmOrder",
                            "this store counts no accesses: its eviction policy is %1, and "
                            "--order lfu needs allkeys-lfu or volatile-lfu")
                            .arg(policy.isEmpty()
                                     ? QCoreApplication::translate("kvscope::WarmOrder", "unknown")
                                     : policy)});
    }

    Result<bool> byFrequency();
};

namespace {

// SCAN's pages on their way from the store's thread to the job's.
struct ScannedPages
{
    std::mutex mutex;
    std::condition_variable came;
    std::deque<Result<ScanPage>> pages; // guarded by mutex

    static constexpr std::size_t kMost = 4;
};

} // namespace

Result<bool> WarmOrderRows::Ranking::byFrequency()
{
    if (auto counts = checkLfu(); !counts) return counts;
    const auto scanned = std::make_shared<ScannedPages>();
    const std::unique_ptr<Scan> scan =
        store.keySpace().scan({.match = binding.key.glob()}, [scanned](Result<ScanPage> page) {
            const std::lock_guard lock(scanned->mutex);
            scanned->pages.push_back(std::move(page));
            scanned->came.notify_one();
        });
    using Kept = std::pair<std::int64_t, Bytes>;
    std::vector<Kept> heap; // the top is the one least asked for
    while (true) {
        std::unique_lock lock(scanned->mutex);
        scanned->came.wait(lock, [&] { return !scanned->pages.empty(); });
        Result<ScanPage> page = std::move(scanned->pages.front());
        scanned->pages.pop_front();
        const bool many = scanned->pages.size() >= ScannedPages::kMost;
        lock.unlock();
        if (!page) return failure(page.error());
        if (!control.mayGoOn()) return failure(ErrorCode::Cancelled);
        if (many)
            scan->pause();
        else
            scan->resume();
        std::vector<Bytes> keys;
        for (std::size_t i = 0; i < page->keys.size(); ++i) keys.emplace_back(page->keys[i]);
        const auto entries = answerOf<std::vector<Entry>>([&](auto done) {
            store.reader().read(
                keys, {.purpose = ReadPurpose::Job, .fields = ReadMemory, .limits = {}}, done);
        });
        if (!entries) return failure(entries.error());
        for (const Entry &entry : *entries) {
            if (entry.frequency < 0) continue;
            heap.emplace_back(entry.frequency, entry.key);
            std::push_heap(heap.begin(), heap.end(), std::greater<>());
            if (heap.size() <= most) continue;
            std::pop_heap(heap.begin(), heap.end(), std::greater<>());
            heap.pop_back();
        }
        if (page->last) break;
    }
    std::sort(heap.begin(), heap.end(), std::greater<>());
    std::vector<Bytes> keys;
    for (Kept &kept : heap) // SCAN may name a key twice
        if (keys.empty() || keys.back() != kept.second) keys.push_back(std::move(kept.second));
    return takeKeys(keys);
}

Result<WarmOrderRows> WarmOrderRows::rank(const WarmOrder &order, const Binding &binding,
                                          BoundRows &rows, Store &store, JobControl &control,
                                          std::size_t most)
{
    Ranking ranking{binding, rows, store, control, most, {}};
    Result<bool> ranked = true;
    switch (order.kind) {
    case WarmOrder::Kind::Key:
        break;
    case WarmOrder::Kind::Hot:
        ranked = ranking.byLog(order.file);
        break;
    case WarmOrder::Kind::Lfu:
        ranked = ranking.byFrequency();
        break;
    case WarmOrder::Kind::Column:
        ranked = ranking.byColumn(order.column);
        break;
    case WarmOrder::Kind::Learned:
        ranked = ranking.byPredictor(order.file, false);
        break;
    case WarmOrder::Kind::Benefit:
        ranked = ranking.byPredictor(order.file, true);
        break;
    }
    if (!ranked) return failure(ranked.error());
    return std::move(ranking.found);
}

Result<bool> WarmOrderRows::read(BoundRows &rows, std::size_t count, RowPage &page)
{
    page.reset(rows.columns.size());
    const std::size_t some = std::min(count, m_tuples.size() - m_next);
    if (some == 0) return false;
    const auto first = m_tuples.begin() + static_cast<std::ptrdiff_t>(m_next);
    const std::vector<FieldTuple> tuples(first, first + static_cast<std::ptrdiff_t>(some));
    m_next += some;
    auto found = rows.source->find(m_columns, tuples, page);
    if (!found) return found;
    return true;
}

} // namespace kvscope
