// ExperimentView: policy × budget × bits, measured in the background.
#pragma once

#include "core/labrun/lab.h"
#include "core/labrun/labexperiment.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;
class QToolButton;

namespace kvscope {

class ExperimentModel;
class LabJobs;

/// The work is a job: another page may be in front meanwhile. Requires: lab and jobs outlive it.
class ExperimentView : public QWidget
{
    Q_OBJECT

  public:
    ExperimentView(Lab &lab, LabJobs &jobs, QWidget *parent = nullptr);

    ExperimentModel &model() { return *m_model; }
    bool isRunning() const;

  signals:
    /// Another row is there.
    void measured();

  protected:
    void keyPressEvent(QKeyEvent *event) override;

  private:
    void addChips(QHBoxLayout *row, QButtonGroup *group, const QString &name);
    void startOrCancel();
    std::vector<ExperimentRow> chosenRows() const;
    std::vector<std::size_t> budgets() const;
    void take();
    void pauseOrResume();
    void showState();
    void showRunnable();
    QString finding() const;

    Lab &m_lab;
    LabJobs &m_jobs;
    QButtonGroup *m_policies;
    QButtonGroup *m_formats;
    QLineEdit *m_budgets;
    QPushButton *m_rotated; ///< the quantised formats, rotated as well
    QPushButton *m_run;
    QToolButton *m_pause;
    QProgressBar *m_progress;
    QLabel *m_status;
    QLabel *m_finding;
    QTableView *m_table;
    ExperimentModel *m_model;
};

} // namespace kvscope
