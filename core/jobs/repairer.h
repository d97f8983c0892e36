// Repairer: mends verdicts by compare-and-set on what was seen, before-images first.
#pragma once

#include "core/jobs/checkjob.h"

namespace kvscope {

/// One thread (the job's). Requires: all references outlive it.
class Repairer
{
  public:
    Repairer(Store &store, Journal &journal, QString run, const Binding &binding,
             const EntryVerdict &verdict, SuspectLooker &looker, Repair how)
        : m_store(store), m_journal(journal), m_run(std::move(run)), m_binding(binding),
          m_verdict(verdict), m_looker(looker), m_how(how)
    {}

    /// How many of the verdicts (at most SuspectLooker::kMostAtOnce) were mended. What changed
    /// since the verdict is left alone.
    Result<std::int64_t> repair(std::span<const Suspect> verdicts);

  private:
    /// What to write for the i-th; nothing where there is nothing to mend or no way to.
    std::optional<WriteRequest> requestFor(const Suspect &suspect, std::size_t i,
                                           const Look &look) const;
    ChangeRecord changeFor(const WriteRequest &request, const Look &look, std::size_t i) const;

    Store &m_store;
    Journal &m_journal;
    QString m_run;
    const Binding &m_binding;
    const EntryVerdict &m_verdict;
    SuspectLooker &m_looker;
    Repair m_how;
};

} // namespace kvscope
