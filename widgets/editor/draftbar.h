// DraftBar: offers unsaved text that an earlier run left behind.
#pragma once

#include "widgets/editor/diffview.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace kvscope {

/// Hidden until offer(). What restoring would change can be looked at first.
class DraftBar : public QFrame
{
    Q_OBJECT

  public:
    explicit DraftBar(QWidget *parent = nullptr);
    /// `changes` are against what is shown now, `summary` counts them.
    void offer(std::int64_t writtenMs, const QString &summary,
               std::shared_ptr<const DiffView::Content> changes);

  signals:
    void restoreChosen();
    void discardChosen();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();

    QLabel *m_text;
    QPushButton *m_look;
    QPushButton *m_discard;
    QPushButton *m_restore;
    DiffView *m_view;
    std::int64_t m_writtenMs = 0;
    QString m_summary;
};

} // namespace kvscope
