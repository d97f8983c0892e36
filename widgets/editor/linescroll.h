// LineScroll: a scroll area of equal text lines that paints only what is seen.
#pragma once

#include <QAbstractScrollArea>

namespace kvscope {

/// Base of the hex, diff and three-way views: lines of one height in the monospaced font, any
/// number of them. The heir paints one line and names how many there are and how wide the widest
/// is.
class LineScroll : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    explicit LineScroll(QWidget *parent = nullptr);

    int lineHeight() const;
    int characterWidth() const;
    void showLine(int line);

  protected:
    virtual int lineCount() const = 0;
    virtual int contentWidth() const = 0;
    /// `x` is the left edge of the content, scrolled; `rect` the line's whole width on screen.
    virtual void paintLine(QPainter &painter, int line, int x, const QRect &rect) = 0;

    void contentChanged();
    int lineAt(int y) const;
    int scrolledX() const;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
};

} // namespace kvscope
