// LatencyPanel: the latency model beside what was measured.
#pragma once

#include "core/metrics/latencymodel.h"
#include "widgets/live/panelcard.h"

class QDoubleSpinBox;

namespace kvscope {

/// How long people wait for the first token of an answer, µs; all empty: nobody asks a model.
struct FirstTokenTimes
{
    std::optional<double> p50Us{}, p99Us{};   ///< of the last second
    std::optional<double> coldUs{}, warmUs{}; ///< means so far: most blocks missing, most there

    bool isKnown() const { return p50Us || coldUs || warmUs; }
};

class LatencyPanel : public PanelCard
{
    Q_OBJECT

  public:
    explicit LatencyPanel(QWidget *parent = nullptr);

    /// Whose traffic the store can see: where others reach it, Td is the person's to say.
    enum class Traffic : std::uint8_t { OursAlone, OthersToo };
    void setTraffic(Traffic traffic);
    void setEstimate(const LatencyEstimate &estimate);
    void setFirstToken(const FirstTokenTimes &times);

  signals:
    /// The person says how long the source takes; empty: unknown again.
    void assumedTdChanged(std::optional<double> microseconds);

  private:
    void explain();
    void setSentences(const LatencyEstimate &estimate);

    Traffic m_traffic = Traffic::OursAlone;
    QLabel *m_hitRatio;
    QLabel *m_tc;
    QLabel *m_td;
    QLabel *m_predicted;
    QLabel *m_measured;
    QLabel *m_error;
    QLabel *m_firstToken;
    QLabel *m_slowToken;
    QLabel *m_cold;
    QLabel *m_warm;
    QWidget *m_assumedRow;
    QDoubleSpinBox *m_assumed;
    QLabel *m_target;
    QLabel *m_basis;
};

} // namespace kvscope
