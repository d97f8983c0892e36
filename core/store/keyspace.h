// KeySpace: which keys there are.
#pragma once

#include "core/base/keybatch.h"
#include "core/store/entry.h"

#include <functional>
#include <memory>

namespace kvscope {

struct ScanOptions
{
    Bytes match;                      ///< glob, empty: everything. Build it with escapeGlob().
    ValueType type = ValueType::None; ///< None: every type
    int count = 1000;                 ///< SCAN's COUNT
    std::uint64_t cursor = 0;         ///< where to go on
};

/// Called for every page, in order, then not again after `last`, an Error or cancel().
/// Runs on the store's bulk thread: hand the page on, don't work on it there. Once `Scan::cancel`
/// has returned nothing more is delivered from pages asked for later; one call may be in flight.
using ScanSink = std::function<void(Result<ScanPage>)>;

/// A running scan. Destroying it cancels it.
class Scan
{
  public:
    virtual ~Scan() = default;
    virtual void cancel() = 0;
    /// Stops asking for pages until resume(); for a consumer that falls behind.
    virtual void pause() = 0;
    virtual void resume() = 0;
};

struct DatabaseInfo
{
    int index = 0;
    std::int64_t keys = 0;
};

class KeySpace
{
  public:
    virtual ~KeySpace() = default;
    /// Any thread. SCAN may deliver a key more than once (Redis docs); who needs a set
    /// deduplicates.
    virtual std::unique_ptr<Scan> scan(ScanOptions options, ScanSink sink) = 0;
    /// Keys in the current database (DBSIZE).
    virtual void count(Callback<std::int64_t> done) = 0;
    /// Every database that is known, the non-empty ones with their counts; the engine has one.
    virtual void databases(Callback<std::vector<DatabaseInfo>> done) = 0;
};

} // namespace kvscope
