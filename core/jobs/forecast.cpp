// Forecast: sizes as allocators round them, and a sample.
#include "core/jobs/forecast.h"

#include "core/base/human.h"
#include "core/jobs/window.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr std::size_t kSampleRows = 1'000;
// Redis 7 on 64 bits.
constexpr std::size_t kDictEntry = 24;
constexpr std::size_t kObject = 16;
constexpr std::size_t kLongestEmbedded = 44; // a string inside its object
constexpr double kBuckets = 12;              // 8 bytes each, the table between half and quite full
constexpr std::size_t kMostPackedFields = 128;
constexpr std::size_t kLongestPacked = 64;
constexpr std::size_t kEngineEntry = 64;

// jemalloc's classes with a quantum of 16: sixteens up to 128, then four to each doubling.
std::size_t allocated(std::size_t bytes)
{
    if (bytes <= 8) return 8;
    if (bytes <= 128) return (bytes + 15) / 16 * 16;
    std::size_t power = 128;
    while (power * 2 < bytes) power *= 2;
    const std::size_t step = power / 4;
    return (bytes + step - 1) / step * step;
}

std::size_t sdsBytes(std::size_t length)
{
    const std::size_t header = length < 32 ? 1 : length < 256 ? 3 : length < 65'536 ? 5 : 9;
    return allocated(header + length + 1);
}

double redisKeyBytes(std::size_t keyBytes, bool expires)
{
    const double entry = static_cast<double>(allocated(kDictEntry)) + kBuckets;
    return static_cast<double>(sdsBytes(keyBytes)) + entry + (expires ? entry : 0);
}

QString countText(std::int64_t count)
{
    return QString::fromStdString(formatCount(static_cast<std::uint64_t>(count)));
}

QString bytesText(std::uint64_t bytes)
{
    return QString::fromStdString(formatBytes(bytes));
}

struct Sampled
{
    double bytes = 0;
    KeyBatch keys;
};

Result<Sampled> sampleRows(const Binding &binding, BoundRows &rows, EntryCost cost,
                           const std::optional<FieldTuple> &after)
{
    if (const auto sought = rows.source->seek(after); !sought) return failure(sought.error());
    RowPage page;
    if (const auto read = rows.source->read(page, kSampleRows, kBatchBytes); !read)
        return failure(read.error());
    MappedBatch batch;
    rows.mapper.map(page, 0, batch);
    Sampled sampled;
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const MappedBatch::Entry &entry = batch.entries[i];
        const std::size_t key = batch.keys[i].size();
        sampled.keys.append(batch.keys[i]);
        if (binding.value.type == ValueRule::Type::Hash) {
            lengths.clear();
            for (std::size_t field = 0; field < entry.fieldCount; ++field)
                lengths.push_back(batch.fields[entry.firstField + field].length);
            sampled.bytes += hashEntryBytes(key, lengths, binding.ttl.has_value());
            continue;
        }
        sampled.bytes += stringEntryBytes(cost, key, entry.value.length, binding.ttl.has_value());
        if (binding.storesVersion() && binding.value.type == ValueRule::Type::String)
            sampled.bytes += stringEntryBytes(cost, binding.companionKey(batch.keys[i]).size(),
                                              entry.version.length, binding.ttl.has_value());
    }
    return sampled;
}

} // namespace

double stringEntryBytes(EntryCost cost, std::size_t keyBytes, std::size_t valueBytes, bool expires)
{
    if (cost == EntryCost::Engine) return static_cast<double>(keyBytes + valueBytes + kEngineEntry);
    const double key = redisKeyBytes(keyBytes, expires);
    if (valueBytes <= kLongestEmbedded)
        return key + static_cast<double>(allocated(kObject + 3 + valueBytes + 1));
    return key + static_cast<double>(allocated(kObject) + sdsBytes(valueBytes));
}

double hashEntryBytes(std::size_t keyBytes, std::span<const std::size_t> fields, bool expires)
{
    const double key = redisKeyBytes(keyBytes, expires) + static_cast<double>(allocated(kObject));
    const bool packed = fields.size() / 2 <= kMostPackedFields &&
                        std::all_of(fields.begin(), fields.end(),
                                    [](std::size_t n) { return n <= kLongestPacked; });
    if (packed) {
        std::size_t list = 7;
        for (const std::size_t length : fields) list += length + (length < 64 ? 2 : 3);
        return key + static_cast<double>(allocated(list));
    }
    double table = static_cast<double>(allocated(56));
    for (const std::size_t length : fields) table += static_cast<double>(sdsBytes(length));
    const double entries = static_cast<double>(fields.size()) / 2;
    return key + table + entries * (static_cast<double>(allocated(kDictEntry)) + kBuckets);
}

std::optional<std::uint64_t> MemoryForecast::neededBytes() const
{
    if (!rows) return std::nullopt;
    return static_cast<std::uint64_t>(
        std::llround(static_cast<double>(*rows) * shareAbsent * bytesPerEntry));
}

std::optional<std::int64_t> MemoryForecast::rowsThatFit() const
{
    if (!rows || !roomBytes || bytesPerEntry <= 0) return std::nullopt;
    const double fit = static_cast<double>(*roomBytes) / bytesPerEntry;
    if (fit >= static_cast<double>(*rows) * shareAbsent) return std::nullopt;
    return std::llround(std::floor(fit));
}

QString MemoryForecast::sentence() const
{
    const auto needed = neededBytes();
    if (!needed)
        return Words::tr("About %1 an entry; how many there will be is not known.")
            .arg(bytesText(static_cast<std::uint64_t>(bytesPerEntry)));
    QString text =
        Words::tr("%1 rows need about %2 (%3 an entry)")
            .arg(countText(std::llround(static_cast<double>(*rows) * shareAbsent)),
                 bytesText(*needed), bytesText(static_cast<std::uint64_t>(bytesPerEntry)));
    if (!roomBytes) return text + Words::tr("; the store has no limit.");
    text += Words::tr("; the store has room for %1").arg(bytesText(*roomBytes));
    const auto fit = rowsThatFit();
    if (!fit) return text + QLatin1Char('.');
    text += Words::tr(", about %1 rows.").arg(countText(*fit));
    if (evicts) text += QLatin1Char(' ') + Words::tr("It will throw entries out to make room.");
    return text;
}

std::optional<Error> MemoryForecast::obstacle() const
{
    const auto fit = rowsThatFit();
    if (!fit || evicts) return std::nullopt;
    return Error(ErrorCode::DoesNotFit,
                 {bytesText(neededBytes().value_or(0)), bytesText(roomBytes.value_or(0)),
                  countText(*fit), countText(*rows)});
}

Result<MemoryForecast> forecastMemory(const Binding &binding, BoundRows &rows, Store &store,
                                      const PassedRows &passed)
{
    const bool engine = store.engineControl() != nullptr;
    const auto sampled =
        sampleRows(binding, rows, engine ? EntryCost::Engine : EntryCost::Redis, passed.last);
    if (!sampled) return failure(sampled.error());
    MemoryForecast forecast;
    forecast.rows = rows.source->countRows();
    if (forecast.rows) *forecast.rows = std::max<std::int64_t>(*forecast.rows - passed.count, 0);
    const std::size_t count = sampled->keys.size();
    if (count > 0) forecast.bytesPerEntry = sampled->bytes / static_cast<double>(count);

    const auto there = answerOf<BulkPage>([&](auto done) {
        BulkReadOptions options = readOptionsFor(binding);
        options.ttl = false;
        store.bulk().read(sampled->keys, options, std::move(done));
    });
    if (there && count > 0) {
        const auto absent =
            std::count_if(there->entries.begin(), there->entries.end(), [](const BulkEntry &entry) {
                return entry.state == BulkEntry::State::Absent;
            });
        forecast.shareAbsent = static_cast<double>(absent) / static_cast<double>(count);
    }
    const auto sample =
        answerOf<TelemetrySample>([&](auto done) { store.telemetry().sample(std::move(done)); });
    if (sample && sample->budgetBytes && sample->usedBytes) {
        forecast.roomBytes = *sample->budgetBytes > *sample->usedBytes
                                 ? *sample->budgetBytes - *sample->usedBytes
                                 : 0;
        forecast.evicts =
            engine || (sample->evictionPolicy != "noeviction" && !sample->evictionPolicy.empty());
        // Only what expires may go: without a TTL nothing of ours makes room.
        if (sample->evictionPolicy.starts_with("volatile") && !binding.ttl) forecast.evicts = false;
    }
    return forecast;
}

} // namespace kvscope
