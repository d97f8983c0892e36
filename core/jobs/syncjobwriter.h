// SyncWriter: makes a store agree with its source for some keys, now.
//
//   entries as they are ── rows as they are ── what differs is changed, if it is still as it was
//   seen
//
// The rows are read after the entries, and every change is one compare-and-set on the entry that
// was read. So a change that succeeds writes what the source held after anybody else's last write
// to that key; what fails was changed meanwhile and is brought again. An entry that carries a
// higher version than its row is left alone, and an expiry too where the binding has no rule for
// it.
#pragma once

#include "core/jobs/changesteps.h"
#include "core/jobs/entryverdict.h"
#include "core/store/store.h"

#include <unordered_map>
#include <unordered_set>

namespace kvscope {

/// One thread (the job's). Requires: all references outlive it.
class SyncWriter
{
  public:
    static constexpr std::size_t kMostAtOnce = 500;

    struct Brought
    {
        std::int64_t written = 0;     ///< entries that were put
        std::int64_t removed = 0;     ///< their rows are gone
        std::int64_t kept = 0;        ///< as they should be already, or of a higher version
        std::int64_t skipped = 0;     ///< no entry can be made of the row, or it may not be touched
        std::int64_t unsettled = 0;   ///< others kept changing them
        std::optional<Error> refusal; ///< of the first that was refused
    };
    /// Whether an entry goes when its row is gone.
    enum class Gone : std::uint8_t { Remove, Keep };

    SyncWriter(Store &store, const Binding &binding, BoundRows &rows)
        : m_store(store), m_binding(binding), m_rows(rows), m_verdict(binding)
    {}

    /// At most kMostAtOnce keys, each once. Blocks. The Error is for what concerns them all.
    Result<Brought> bring(const std::vector<Bytes> &keys, Gone gone);

  private:
    struct Seen
    {
        std::vector<Bytes> keys;
        BulkImages images; // companions behind the entries
        BulkPage entries;
        BulkPage companions;
        RowPage page;
        MappedBatch rows;
        std::unordered_map<BytesView, std::size_t> rowOf; // by key, in `rows`
        std::unordered_set<Bytes> faulty; // of key columns: no entry can be made of their rows
    };

    Result<bool> look(Seen &seen) const;
    Result<bool> findRows(Seen &seen) const;
    Result<bool> findRows(const std::vector<FieldTuple> &tuples, Seen &seen) const;
    bool hasCompanions() const;
    bool isFaulty(const Seen &seen, const Bytes &key) const;
    void plan(const Seen &seen, std::size_t i, Gone gone, Brought &brought,
              std::vector<ChangeRecord> &records) const;
    void planPut(const Seen &seen, std::size_t i, std::size_t row,
                 std::vector<ChangeRecord> &records) const;

    Store &m_store;
    const Binding &m_binding;
    BoundRows &m_rows;
    EntryVerdict m_verdict;
};

} // namespace kvscope
