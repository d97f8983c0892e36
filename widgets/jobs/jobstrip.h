// JobStrip: the job that runs, in the window's foot: bar, figures, pause, cancel.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace kvscope {

class JobQueue;

/// Hidden while nothing runs. UI thread. Requires: the queue outlives it.
class JobStrip : public QWidget
{
    Q_OBJECT

  public:
    explicit JobStrip(JobQueue &queue, QWidget *parent = nullptr);

  signals:
    /// Its name was clicked.
    void chosen();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void refresh();

    JobQueue &m_queue;
    QToolButton *m_name;
    QProgressBar *m_bar;
    QLabel *m_text;
    QToolButton *m_pause;
    QToolButton *m_cancel;
    int m_number = 0;
};

} // namespace kvscope
