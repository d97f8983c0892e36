// BrowseFooter: how many keys are shown, what they cost, and how far a scan or a removal has come.
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
    /// `done` of `total` keys are deleted; as long as they differ the strip is the removal's.
    void setRemoval(std::size_t done, std::size_t total);
    /// The namespace being sorted; empty: none.
    void setSorting(const QString &name) { m_sorting = name; }

  signals:
    void stopRequested();
    void stopRemovalRequested();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    QString scanText(const KeyFeed &feed) const;
    QString shownText(const KeyFeed &feed, std::size_t selected) const;
    bool isRemoving() const { return m_removed < m_toRemove; }
    void retranslate();

    QFrame *m_scan;
    QProgressBar *m_progress;
    QLabel *m_rate;
    QPushButton *m_stop;
    QLabel *m_shown;
    QLabel *m_memory;
    QString m_sorting;
    std::size_t m_removed = 0;
    std::size_t m_toRemove = 0;
};

} // namespace kvscope
