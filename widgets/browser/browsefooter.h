// BrowseFooter: how many keys are shown, what they cost, and how far a scan has come.
#pragma once

#include "widgets/models/keyfeed.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace kvscope {

class BrowseFooter : public QFrame
{
    Q_OBJECT

  public:
    explicit BrowseFooter(QWidget *parent = nullptr);

    void showState(const KeyFeed &feed, std::size_t selected);

  signals:
    void stopRequested();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    QString scanText(const KeyFeed &feed) const;
    void retranslate();

    QFrame *m_scan;
    QProgressBar *m_progress;
    QLabel *m_rate;
    QPushButton *m_stop;
    QLabel *m_shown;
    QLabel *m_memory;
};

} // namespace kvscope
