// LatencyPanel: the latency model beside what was measured.
#pragma once

#include "core/metrics/latencymodel.h"
#include "widgets/live/panelcard.h"

class QDoubleSpinBox;

namespace kvscope {

class LatencyPanel : public PanelCard
{
    Q_OBJECT

  public:
    explicit LatencyPanel(QWidget *parent = nullptr);

    void setEstimate(const LatencyEstimate &estimate);

  signals:
    /// The person says how long the source takes; empty: unknown again.
    void assumedTdChanged(std::optional<double> microseconds);

  private:
    void explain();
    void setSentences(const LatencyEstimate &estimate);

    QLabel *m_hitRatio;
    QLabel *m_tc;
    QLabel *m_td;
    QLabel *m_predicted;
    QLabel *m_measured;
    QLabel *m_error;
    QWidget *m_assumedRow;
    QDoubleSpinBox *m_assumed;
    QLabel *m_target;
    QLabel *m_basis;
};

} // namespace kvscope
