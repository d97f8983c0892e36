// EnginePanel: policy and budget of the built-in engine, turned while it runs.
#pragma once

#include "widgets/live/panelcard.h"

#include <QTimer>

class QComboBox;
class QSlider;

namespace kvscope {

class EngineControl;

/// Shown for stores that offer an EngineControl. Requires: the control outlives it or is replaced.
class EnginePanel : public PanelCard
{
    Q_OBJECT

  public:
    explicit EnginePanel(QWidget *parent = nullptr);

    void setControl(EngineControl *control);
    /// Bytes in use and entries, as last sampled; NaN: unknown.
    void setUse(double usedBytes, double keys);

  signals:
    /// Something was turned; `what` is short and for people: "policy LFU", "budget 32 MB".
    void turned(const QString &what);

  private:
    void takePolicy(int index);
    void takeBudget();
    void showBudget(std::size_t bytes);

    EngineControl *m_control = nullptr;
    QComboBox *m_policy;
    QSlider *m_budget;
    QLabel *m_budgetText;
    QLabel *m_used;
    QLabel *m_entries;
    QTimer m_settle; // a dragged slider acts when it rests
};

} // namespace kvscope
