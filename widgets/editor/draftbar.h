// DraftBar: offers unsaved text that an earlier run left behind.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace kvscope {

/// Hidden until offer().
class DraftBar : public QFrame
{
    Q_OBJECT

  public:
    explicit DraftBar(QWidget *parent = nullptr);
    void offer(std::int64_t writtenMs);

  signals:
    void restoreChosen();
    void discardChosen();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();

    QLabel *m_text;
    QPushButton *m_discard;
    QPushButton *m_restore;
    std::int64_t m_writtenMs = 0;
};

} // namespace kvscope
