// LiveCharts: the page's six charts and the series they show.
#pragma once

#include "core/metrics/metrichistory.h"

#include <QWidget>

#include <vector>

namespace kvscope {

class LiveSession;
class TimeAxis;
class TimeChart;

/// A grid of three rows and two columns. Requires: the axis outlives it; the session outlives it or
/// is replaced.
class LiveCharts : public QWidget
{
    Q_OBJECT

  public:
    explicit LiveCharts(TimeAxis &axis, QWidget *parent = nullptr);

    void setSession(LiveSession *session);
    void setFamily(LatencyFamily family);
    LatencyFamily family() const { return m_family; }
    void refresh();

    const std::vector<TimeChart *> &charts() const { return m_charts; }

  private:
    void takeSeries();
    void showNotices();

    LiveSession *m_session = nullptr;
    LatencyFamily m_family = LatencyFamily::Reads;
    TimeChart *m_hitRatio;
    TimeChart *m_latency;
    TimeChart *m_operations;
    TimeChart *m_memory;
    TimeChart *m_evictions;
    TimeChart *m_source;
    std::vector<TimeChart *> m_charts;
};

/// For people: "reads", "writes", …
QString familyName(LatencyFamily family);

} // namespace kvscope
