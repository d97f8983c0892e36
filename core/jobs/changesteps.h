// ChangeSteps: what the journal knows of changes, as a store is asked to carry them out or take
// them back.
#pragma once

#include "core/jobs/journal.h"
#include "core/store/bulkaccess.h"

namespace kvscope {

/// Views into records. Requires: the records outlive it and don't move.
class ChangeSteps
{
  public:
    enum class Direction : std::uint8_t {
        Forth, ///< from the before-image to what the run wrote
        Back,  ///< from what the run wrote to the before-image, its expiry to the millisecond
    };

    ChangeSteps(std::span<const ChangeRecord> records, Direction direction);

    std::span<const BulkChange> changes() const { return m_changes; }
    /// The records of the i-th change: its entry first.
    std::span<const ChangeRecord> recordsOf(std::size_t i) const { return m_records[i]; }

  private:
    BulkStep forth(const ChangeRecord &record);
    BulkStep back(const ChangeRecord &record);
    std::span<const BytesView> viewsOf(const std::vector<Bytes> &texts);

    std::vector<std::vector<BytesView>> m_views;
    std::vector<BulkStep> m_steps;
    std::vector<BulkChange> m_changes;
    std::vector<std::span<const ChangeRecord>> m_records;
};

} // namespace kvscope
