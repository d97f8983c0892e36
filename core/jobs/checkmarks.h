// CheckMarks: what the last checks said of single keys, remembered for the key tree.
#pragma once

#include "core/binding/binding.h"
#include "core/jobs/difference.h"
#include "core/jobs/journal.h"

#include <unordered_map>
#include <unordered_set>

namespace kvscope {

/// The state that a check stored, and when.
struct CheckMark
{
    EntryClass what = EntryClass::Match;
    std::int64_t checkedMs = 0;
    QString bindingName;
};

/// Immutable once loaded; any thread.
class CheckMarks
{
  public:
    /// The last finished check of each binding on `store`, from the journal in `folder` and the
    /// runs' reports. What runs have changed since is left out. Blocks.
    static Result<CheckMarks> load(const QString &folder, const QString &store);

    /// Nothing for a key that no binding makes, or of which the last check says nothing: it looked
    /// at a sample, or its differences were not kept.
    std::optional<CheckMark> find(BytesView key) const;

    /// Of one binding. Where runs changed more keys than this since its check, it says nothing.
    static constexpr std::int64_t kMostChanged = 100'000;

  private:
    struct Checked
    {
        Binding binding;
        std::int64_t checkedMs = 0;
        bool whole = false; ///< what is not listed agreed
        std::unordered_set<Bytes> changedSince;
        std::unordered_map<Bytes, EntryClass> differences;
    };
    static Result<bool> leaveOut(Journal &journal, const std::vector<RunRecord> &runs,
                                 const RunRecord &check, Checked &checked);

    std::vector<Checked> m_checked;
};

} // namespace kvscope
