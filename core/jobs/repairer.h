// Repairer: mends verdicts by compare-and-set on what was seen, before-images first.
//
//   images ── look again ── journal (on disk) ── change, fenced ── forget what was not changed
//
// The image comes before the look and is what the change is compared with, so the entry that was
// looked at is the one that is changed, or nothing is.
#pragma once

#include "core/jobs/changesteps.h"
#include "core/jobs/suspects.h"

#include <unordered_map>

namespace kvscope {

enum class Repair : std::uint8_t { None, Delete, Refill };

/// One thread (the job's). Requires: all references outlive it.
class Repairer
{
  public:
    struct Options
    {
        QString run;
        Repair how = Repair::Delete;
        BulkFence fence{};   ///< checked with every change
        QString leaseName{}; ///< for LeaseLost
        int replicas = 0;    ///< that must have a batch before the next one; 0: none
        /// An entry that is not mended, for what reason (translated): it is too large to be kept as
        /// a before-image.
        std::function<void(const Bytes &key, const QString &why)> leftAlone{};
    };

    Repairer(Store &store, Journal &journal, const Binding &binding, SuspectLooker &looker,
             Options options)
        : m_store(store), m_journal(journal), m_binding(binding), m_looker(looker),
          m_options(std::move(options))
    {}

    /// Of an earlier process' part of the same run: what it journalled counts as mended where the
    /// entry is otherwise now, and is tried again where it is not.
    std::optional<Error> takeOver();

    /// How many of the verdicts (at most SuspectLooker::kMostAtOnce) were mended. What changed
    /// since the verdict is left alone. LeaseLost, NotReplicated, FileUnwritable, …
    Result<std::int64_t> repair(std::span<const Suspect> verdicts);

  private:
    /// Appends the records for the i-th verdict; none where there is nothing to mend.
    void plan(const Suspect &suspect, std::size_t i, const Look &look, const BulkImages &images,
              std::vector<ChangeRecord> &records) const;
    bool sawImage(std::size_t i, const Look &look, const BulkImage &image) const;
    bool hasCompanions() const;
    Result<BulkImages> takeImages(std::span<const Suspect> verdicts);
    void tellTooLarge(const Bytes &key) const;
    std::size_t readIn(const BulkImages &images) const;
    Result<std::int64_t> repairRead(std::span<const Suspect> verdicts, const BulkImages &images);
    std::size_t imagesEach() const { return hasCompanions() ? 2 : 1; }
    Result<std::int64_t> carryOut(std::vector<ChangeRecord> &records);

    Store &m_store;
    Journal &m_journal;
    const Binding &m_binding;
    SuspectLooker &m_looker;
    Options m_options;
    std::unordered_map<Bytes, std::vector<std::int64_t>> m_earlier; // numbers by an entry's key
};

} // namespace kvscope
