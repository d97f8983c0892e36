// Suspects: entries that differed once, and the looks that decide what they are.
//
// A look is a sandwich: the row, the entry, the row again. It says something only when both reads
// of the source agree; the entry then differed from what the source held all the while. A suspect
// whose every look said so, over the same bytes in the cache, is a verdict; any other was
// transient.
//
//       source ──read──┐             ┌──read──
//       store          └──read entry─┘              agree? differ? same bytes as at the last look?
#pragma once

#include "core/jobs/entryverdict.h"
#include "core/jobs/jobcontrol.h"
#include "core/store/store.h"

namespace kvscope {

struct Suspect
{
    Bytes key;
    FieldTuple row;                      ///< order columns of its row; an orphan's key columns
    bool orphan = false;                 ///< it is an entry that seemed to have no row
    EntryClass what = EntryClass::Match; ///< by the last look; Transient once it is out
    ValueMark cache;                     ///< the entry's bytes at the looks so far
    std::uint8_t looks = 0;              ///< that `cache` is from; a check's own compare is one

    /// For a checkpoint.
    Bytes encoded() const;
    /// Nothing for what encoded() did not write.
    static std::optional<Suspect> decoded(BytesView bytes);
};

/// What the last look saw, for repairs and items.
struct Look
{
    RowPage before;
    RowPage after;
    MappedBatch rows; ///< of `before`
    MappedBatch rowsAfter;
    BulkPage entries;
    BulkPage companions;
    KeyBatch keys;
    static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);
    std::vector<std::size_t> rowOf;      ///< for each suspect, in `rows`; kNoRow: none
    std::vector<std::size_t> rowOfAfter; ///< the same in `rowsAfter`
};

/// One thread (the job's). Requires: all references outlive it.
class SuspectLooker
{
  public:
    static constexpr std::size_t kMostAtOnce = 500;
    /// How many the next look should be at, so that what it holds of them stays within some 64 MB.
    std::size_t atOnce() const { return m_atOnce; }

    SuspectLooker(Store &store, const Binding &binding, const EntryVerdict &verdict,
                  BoundRows &rows)
        : m_store(store), m_binding(binding), m_verdict(verdict), m_rows(rows)
    {}

    /// One look at each of at most kMostAtOnce suspects. Sets `what`; Transient for those that are
    /// out. `look` keeps what was seen.
    std::optional<Error> look(std::span<Suspect> suspects, Look &look);

  private:
    std::optional<Error> findRows(std::span<const Suspect> suspects, RowPage &page,
                                  MappedBatch &rows, std::vector<std::size_t> &rowOf);
    void noteBytes(const Look &look, std::size_t suspects);
    EntryClass judge(const Suspect &suspect, std::size_t i, const Look &look) const;

    Store &m_store;
    const Binding &m_binding;
    const EntryVerdict &m_verdict;
    BoundRows &m_rows;
    std::size_t m_atOnce = 64; // until it is known how large they are
};

} // namespace kvscope
