// DraftBar: offers unsaved text that an earlier run left behind.
#pragma once

#include <QFrame>

class QLabel;

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

  private:
    QLabel *m_text;
};

} // namespace kvscope
