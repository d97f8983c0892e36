// BlockJobs: KV blocks of the open store, warmed and checked from the lab's prefix section.
#pragma once

#include "core/labrun/lab.h"
#include "widgets/lab/labjobs.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;
class QTreeWidget;

namespace kvscope {

/// Requires: lab and jobs outlive it.
class BlockJobs : public QWidget
{
    Q_OBJECT

  public:
    /// `format`: what the lab's own sessions are kept as, so that they find what is warmed.
    BlockJobs(Lab &lab, LabJobs &jobs, std::function<llm::KvFormat()> format,
              QWidget *parent = nullptr);

    /// What the file dialog and its answer do.
    void warmFrom(const QString &path);

  signals:
    void failed(const kvscope::Error &error);

  private:
    QWidget *buildButtons();
    QWidget *buildProgress();
    void chooseFile();
    void startCheck();
    void askDelete();
    void showTarget();
    void showJob();
    void showFindings(const JobState &job);
    ModelFile model() const;
    /// Whether it is still the store that a question was about; says so where it isn't.
    bool isStill(const QString &store);

    Lab &m_lab;
    LabJobs &m_jobs;
    std::function<llm::KvFormat()> m_format;
    QPushButton *m_warm;
    QPushButton *m_check;
    QWidget *m_running;
    QProgressBar *m_progress;
    QToolButton *m_pause;
    QToolButton *m_cancel;
    QLabel *m_result;
    QTreeWidget *m_found; ///< blocks that are not as they should be
    QPushButton *m_delete;
    std::set<Bytes> m_wrong;
    int m_shownJob = 0;
    Lifetime m_lifetime;
};

} // namespace kvscope
