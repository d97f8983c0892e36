// ExperimentView: policy × budget × bits, measured in the background.
#pragma once

#include "core/async/lifetime.h"
#include "core/labrun/lab.h"
#include "core/labrun/labexperiment.h"

#include <QElapsedTimer>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace kvscope {

class ExperimentModel;

/// Requires: the lab outlives it.
class ExperimentView : public QWidget
{
    Q_OBJECT

  public:
    explicit ExperimentView(Lab &lab, QWidget *parent = nullptr);

    ExperimentModel &model() { return *m_model; }
    bool isRunning() const { return m_state && m_state->isRunning; }

  signals:
    void failed(const kvscope::Error &error);
    /// Another row is there.
    void measured();

  protected:
    void keyPressEvent(QKeyEvent *event) override;

  private:
    void addChips(QHBoxLayout *row, QButtonGroup *group, const QString &name);
    void startOrCancel();
    std::vector<ExperimentRow> chosenRows() const;
    std::vector<std::size_t> budgets() const;
    void take(const std::shared_ptr<const ExperimentState> &state);
    void showState();
    QString finding() const;

    Lab &m_lab;
    QButtonGroup *m_policies;
    QButtonGroup *m_formats;
    QLineEdit *m_budgets;
    QPushButton *m_run;
    QProgressBar *m_progress;
    QLabel *m_status;
    QLabel *m_finding;
    QTableView *m_table;
    ExperimentModel *m_model;
    std::shared_ptr<const ExperimentState> m_state;
    QElapsedTimer m_time;
    Lifetime m_lifetime;
    std::unique_ptr<LabExperiment> m_experiment; // last: its thread ends first
};

} // namespace kvscope
