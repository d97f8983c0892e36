// ScheduleDialog: how often a binding is checked.
#pragma once

#include <QDialog>

class QSpinBox;

namespace kvscope {

class ScheduleDialog : public QDialog
{
    Q_OBJECT

  public:
    /// `minutes`: as it is now; 0: not at all.
    ScheduleDialog(const QString &bindingName, int minutes, QWidget *parent = nullptr);

  signals:
    /// 0: no longer.
    void chosen(int minutes);

  private:
    QSpinBox *m_minutes;
};

} // namespace kvscope
