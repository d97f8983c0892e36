// LivePage: the store's figures as they change, the latency model, and the knobs that move them.
#pragma once

#include "core/async/lifetime.h"
#include "core/metrics/latencymodel.h"
#include "widgets/charts/timeaxis.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QTimer;

namespace kvscope {

class EnginePanel;
class ErrorBar;
class LatencyPanel;
class LiveCharts;
class LiveSession;
class LiveToolbar;
class ScenarioPanel;

/// A view only: sampling and scenario live in the LiveSession and go on while the page is hidden or
/// paused. Requires: the session outlives the page or is replaced (null: none).
class LivePage : public QWidget
{
    Q_OBJECT

  public:
    explicit LivePage(QWidget *parent = nullptr);

    void setSession(LiveSession *session);

    TimeAxis &axis() { return m_axis; }

    /// What the Export menu does, once a path is chosen. The picture holds charts and panels only,
    /// the panels whole.
    void savePicture(const QString &path);
    void saveTable(const QString &path);

  signals:
    /// A file was written.
    void exported(const QString &path);

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

  private:
    QWidget *buildSide();
    void takeUpdate();
    void followScenario();
    QImage picture() const;
    LatencyEstimate estimate() const;
    void report(const QString &path, bool written, const QString &reason);

    TimeAxis m_axis;
    LiveSession *m_session = nullptr;
    ErrorBar *m_errors;
    QLabel *m_saved; ///< "Saved …", for a while
    QTimer *m_savedTime;
    LiveToolbar *m_toolbar;
    LiveCharts *m_charts;
    QScrollArea *m_side;
    LatencyPanel *m_latency;
    EnginePanel *m_engine;
    ScenarioPanel *m_scenario;
    bool m_stale = true; // samples came while it was hidden
    Lifetime m_lifetime;
};

} // namespace kvscope
