// EntryVerdict: what one look at a row and its entry says.
#pragma once

#include "core/jobs/boundrows.h"
#include "core/jobs/difference.h"
#include "core/jobs/fingerprintset.h"

namespace kvscope {

/// Compares entries of one binding with what their rows say. Any thread.
class EntryVerdict
{
  public:
    explicit EntryVerdict(const Binding &binding);

    /// The class by this look alone. `companion`: for strings with a stored version, the entry that
    /// holds it; nullptr otherwise.
    EntryClass classify(const MappedBatch &rows, std::size_t row, const BulkPage &page,
                        std::size_t entry, const BulkPage *companions = nullptr) const;

    /// The class of an entry that holds what its row says.
    EntryClass agreeing(const BulkEntry &entry) const { return byTtl(entry); }

    /// The bytes of an entry and of what a row says, to see whether they change between looks.
    ValueMark markOf(const BulkPage &page, std::size_t entry) const;
    ValueMark markOf(const MappedBatch &rows, std::size_t row) const;
    /// The mark of an entry that isn't there.
    ValueMark absentMark() const;
    /// A value of another type looks absent to a read that is not exact.
    bool mayBeHidden(const BulkPage &page, std::size_t entry) const
    {
        return page.entries[entry].state == BulkEntry::State::OtherType;
    }

    ShownValue shown(const BulkPage &page, std::size_t entry) const;
    ShownValue shown(const MappedBatch &rows, std::size_t row) const;

  private:
    EntryClass byTtl(const BulkEntry &entry) const;
    EntryClass byVersion(const std::optional<Bytes> &held, BytesView version) const;
    bool sameHash(const MappedBatch &rows, std::size_t row, const BulkPage &page,
                  const BulkEntry &entry) const;
    std::optional<Bytes> hashVersion(const BulkPage &page, const BulkEntry &entry) const;

    const Binding &m_binding;
    std::vector<Bytes> m_fields; ///< of a hash, as asked for
    std::int64_t m_longestMs = 0;
    std::int64_t m_shortestMs = 0;
};

} // namespace kvscope
