// Forecast: whether a store has room for what a warm-up would write.
#pragma once

#include "core/jobs/boundrows.h"
#include "core/jobs/jobcontrol.h"
#include "core/store/store.h"

namespace kvscope {

/// What an entry takes beside its own bytes, by what a store is made of.
enum class EntryCost : std::uint8_t {
    Redis, ///< dict entry, sds headers, object, expiry, rounded up as jemalloc does
    Engine ///< header, slot, policy
};

/// Bytes that a string entry takes in all.
double stringEntryBytes(EntryCost cost, std::size_t keyBytes, std::size_t valueBytes, bool expires);
/// The same of a hash; `fields` are the lengths of names and values by turns.
double hashEntryBytes(std::size_t keyBytes, std::span<const std::size_t> fields, bool expires);

struct MemoryForecast
{
    std::optional<std::int64_t> rows;       ///< of the source, where it can tell
    double bytesPerEntry = 0;               ///< mean over a sample
    double shareAbsent = 1;                 ///< of the sample: what is there already takes no more
    std::optional<std::uint64_t> roomBytes; ///< left in the store; empty: no limit is known
    bool evicts = false;                    ///< a full store throws entries out to make room

    /// What the absent rows will take; empty where the rows are not known.
    std::optional<std::uint64_t> neededBytes() const;
    /// Rows that there is room for; empty: all.
    std::optional<std::int64_t> rowsThatFit() const;
    bool fits() const { return !rowsThatFit(); }
    /// Translated: what will be written, and how much room there is.
    QString sentence() const;
    /// Why it must not begin: it does not fit, and the store would refuse writes. Nothing else.
    std::optional<Error> obstacle() const;
};

/// What a pass that goes on need not write any more.
struct PassedRows
{
    std::optional<FieldTuple> last; ///< the order columns of the last one
    std::int64_t count = 0;
};

/// Reads a sample of the first rows that are left (so that the mapper knows its keys from then on)
/// and asks the store for its memory. Blocks, on the job's thread; `rows` is left where it was not.
Result<MemoryForecast> forecastMemory(const Binding &binding, BoundRows &rows, Store &store,
                                      const PassedRows &passed = {});

} // namespace kvscope
