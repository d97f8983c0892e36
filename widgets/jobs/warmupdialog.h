// WarmupDialog: what is written first, and how fast.
#pragma once

#include "core/jobs/warmupjob.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kvscope {

class WarmupDialog : public QDialog
{
    Q_OBJECT

  public:
    /// `writeObstacle`: why nothing can be written, only tried; empty: it can.
    WarmupDialog(const Binding &binding, const QString &writeObstacle, QWidget *parent = nullptr);

  signals:
    /// Without the binding.
    void chosen(const kvscope::WarmupOptions &options);

  private:
    void judge();
    void start(bool dryRun);
    WarmOrder order() const;

    QComboBox *m_order;
    QLabel *m_whatLabel;
    QLineEdit *m_what; ///< the file or the column
    QPushButton *m_browse;
    QLineEdit *m_rate;
    QLabel *m_hint;
    QLabel *m_complaint;
    QPushButton *m_try;
    QPushButton *m_start;
    QString m_obstacle;
};

} // namespace kvscope
