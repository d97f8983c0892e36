// CutLabel: a line that ends in an ellipsis where it has no room.
#pragma once

#include <QLabel>

namespace kvscope {

/// Takes whatever width is left; text() stays whole.
class CutLabel : public QLabel
{
    Q_OBJECT

  public:
    explicit CutLabel(QWidget *parent = nullptr);

  protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace kvscope
