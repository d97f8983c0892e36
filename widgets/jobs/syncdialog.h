// SyncDialog: how to keep a store in sync, and the trigger that makes it quicker.
#pragma once

#include "core/jobs/jobspec.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace kvscope {

class AdvancedFold;

class SyncDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit SyncDialog(const Binding &binding, QWidget *parent = nullptr);

  signals:
    void chosen(const kvscope::SyncAsk &ask);

  private:
    void addTrigger(AdvancedFold *fold, const QString &sql);
    void judge();

    QLineEdit *m_within;
    QLineEdit *m_for;
    QLabel *m_complaint;
    QPushButton *m_start = nullptr;
};

} // namespace kvscope
