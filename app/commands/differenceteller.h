// DifferenceTeller: what a check finds, on its way to standard output and into the run's report.
#pragma once

#include "app/commands/output.h"
#include "core/async/lifetime.h"
#include "core/jobs/difference.h"
#include "core/jobs/runreport.h"

#include <functional>
#include <memory>
#include <semaphore>
#include <vector>

namespace kvscope {

/// Brings differences to the main thread a few hundred at a time, and all of them into the run's
/// report, which the window shows. Where standard output takes no more, the job waits. add() and
/// finish() on the job's thread.
class DifferenceTeller
{
  public:
    DifferenceTeller(Output &output, Lifetime &lifetime, const QString &run);

    void add(const Difference &difference);
    /// FileUnwritable where the report is not whole.
    Result<bool> finish();
    RunReportWriter &report() { return m_report; }

  private:
    static constexpr int kLotsUnderWay = 8;
    using Room = std::counting_semaphore<kLotsUnderWay>;

    void flush();

    RunReportWriter m_report;
    std::shared_ptr<Room> m_room = std::make_shared<Room>(kLotsUnderWay);
    std::function<void(std::vector<Difference>)> m_deliver;
    std::vector<Difference> m_waiting;
    std::size_t m_bytes = 0;
};

} // namespace kvscope
