// CheckDialog: how to check: again after how long, repair or not, all rows or a sample; and
// ScheduleDialog: how often.
#pragma once

#include "core/jobs/checkjob.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kvscope {

/// "1s, 10s" as delays; nothing for what is none.
std::optional<std::vector<std::chrono::milliseconds>> recheckFrom(const QString &text);

class CheckDialog : public QDialog
{
    Q_OBJECT

  public:
    /// `writeObstacle`: why nothing can be repaired; empty: it can.
    CheckDialog(const QString &bindingName, const QString &writeObstacle,
                QWidget *parent = nullptr);

  signals:
    /// Without the binding.
    void chosen(const kvscope::CheckOptions &options);

  private:
    void judge();
    CheckOptions options() const;

    QButtonGroup *m_repair;
    QLineEdit *m_recheck;
    QLineEdit *m_sample;
    QLineEdit *m_share;
    QLabel *m_complaint;
    QPushButton *m_start;
};

class ScheduleDialog : public QDialog
{
    Q_OBJECT

  public:
    ScheduleDialog(const QString &bindingName, int minutes, QWidget *parent = nullptr);

  signals:
    /// 0: no longer.
    void chosen(int minutes);

  private:
    QSpinBox *m_minutes;
};

} // namespace kvscope
