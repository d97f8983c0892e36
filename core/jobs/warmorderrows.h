// WarmOrderRows: the rows that stand first in an order, and reading them.
#pragma once

#include "core/jobs/boundrows.h"
#include "core/jobs/jobcontrol.h"
#include "core/jobs/warmorder.h"
#include "core/store/store.h"

namespace kvscope {

/// Rows of a source, best first. At most kMost are ranked, which bounds the memory (about 100 bytes
/// each); those behind them come in key order.
class WarmOrderRows
{
  public:
    static constexpr std::size_t kMost = 500'000;

    /// Ranks. Blocks, on the job's thread. Reads the log, the store's counters or the source once;
    /// `rows` is left where it was not: seek() before reading on. Requires: rows.mapper has mapped
    /// some rows, so that it knows what its keys look like. Errors: FileUnreadable, ColumnMissing,
    /// NotSupported (no LFU counters; keys that can't be told apart), Cancelled.
    static Result<WarmOrderRows> rank(const WarmOrder &order, const Binding &binding,
                                      BoundRows &rows, Store &store, JobControl &control,
                                      std::size_t most = kMost);

    /// The next rows of at most `count` ranked ones, in any order; those that have no row are left
    /// out. False: all have been read.
    Result<bool> read(BoundRows &rows, std::size_t count, RowPage &page);
    std::size_t size() const { return m_tuples.size(); }
    /// How many have been looked for.
    std::size_t done() const { return m_next; }
    /// Keys of the log or the store that can be none of the binding's.
    std::int64_t foreign() const { return m_foreign; }

  private:
    struct Ranking; // how each order is found

    std::vector<Bytes> m_columns; // of each tuple
    std::vector<FieldTuple> m_tuples;
    std::size_t m_next = 0;
    std::int64_t m_foreign = 0;
};

} // namespace kvscope
