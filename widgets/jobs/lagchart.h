// LagChart: how far a store that is kept in sync is behind its source.
#pragma once

#include "core/jobs/jobstate.h"
#include "widgets/charts/customplot.h"

#include <QFrame>

class QLabel;

namespace kvscope {

/// p50 and p99 of the lag over the life of a sync, on a logarithmic scale, and the stated delay as
/// a line.
class LagChart : public QFrame
{
    Q_OBJECT

  public:
    explicit LagChart(QWidget *parent = nullptr);

    void show(const JobState &job, std::chrono::milliseconds within);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void applyTheme();
    void describe();
    void fitAxes(double lowestMs, double highestMs);

    QLabel *m_title;
    QLabel *m_p50;
    QLabel *m_p99;
    QLabel *m_stated;
    QLabel *m_note;
    QCustomPlot *m_plot;
    QCPGraph *m_half;
    QCPGraph *m_most;
    QCPItemStraightLine *m_line;
    bool m_late = false; // the p99 is above the stated delay
};

} // namespace kvscope
