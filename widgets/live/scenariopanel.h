// ScenarioPanel: chooses, starts and stops a scenario and shows what it measures.
#pragma once

#include "widgets/live/panelcard.h"

class QComboBox;
class QProgressBar;
class QPushButton;

namespace kvscope {

class LiveSession;
class ScenarioRunner;
struct ScenarioState;

/// Requires: the session outlives it or is replaced.
class ScenarioPanel : public PanelCard
{
    Q_OBJECT

  public:
    explicit ScenarioPanel(QWidget *parent = nullptr);

    void setSession(LiveSession *session);
    /// Takes the figures of the newest sample.
    void refresh();

  private:
    void showState(const ScenarioState &state);
    void toggle();
    void takeRate(int index);
    void takeName(int index);
    void showName(const QString &name);
    void showRates();

    LiveSession *m_session = nullptr;
    QLabel *m_phase;
    QComboBox *m_name;
    QPushButton *m_toggle;
    QComboBox *m_rate;
    QProgressBar *m_progress;
    QLabel *m_requests;
    QLabel *m_hitRatio;
    QLabel *m_mean;
    QLabel *m_sourceQueries;
    QLabel *m_problem;
    QLabel *m_note;
};

} // namespace kvscope
