// BindingHeader: the chosen binding as chips, and what can be done with it.
#pragma once

#include "core/jobs/jobspec.h"

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace kvscope {

/// UI thread. Says what the person asks for; does nothing itself.
class BindingHeader : public QFrame
{
    Q_OBJECT

  public:
    explicit BindingHeader(QWidget *parent = nullptr);

    void setBinding(const Binding &binding);
    /// Reasons as tooltips of what is greyed out; empty: allowed. `busy`: a job of this binding
    /// runs, and a second one would only get in its way. `follow`:
    /// why it can't be kept in sync.
    void setObstacles(const QString &run, const QString &write, const QString &busy,
                      const QString &follow);
    /// "every 15 min, next at 10:40"; empty: no schedule.
    void setSchedule(const QString &text);

  signals:
    void dryRunRequested();
    void warmUpRequested();
    void warmUpOptionsRequested();
    void checkRequested();
    void checkOptionsRequested();
    void syncRequested();
    void scheduleRequested();
    void editRequested();
    void deleteRequested();
    void fileRequested();

  protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void fitChips();
    QLabel *addChip(const char *objectName);

    QLabel *m_name;
    QLabel *m_schedule;
    QPushButton *m_dryRun, *m_warmUp, *m_sync, *m_times, *m_check, *m_options;
    QToolButton *m_more;
    QAction *m_ordered = nullptr; // in its menu
    QHBoxLayout *m_chips;
    QLabel *m_source, *m_arrow, *m_key, *m_value, *m_version, *m_ttl;
    std::vector<std::pair<QLabel *, QString>> m_texts; // chips with their whole text
    QString m_run, m_write, m_busy, m_follow;
};

} // namespace kvscope
