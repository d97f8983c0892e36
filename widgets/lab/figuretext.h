// FigureText: a line or two of words that change many times a second.
#pragma once

#include <QTextLayout>
#include <QWidget>

namespace kvscope {

/// Like a QLabel, but a new text never moves what is around it: it is as wide as it is made, takes
/// as many lines as its longest text needed (up to its most), and ends in "…" beyond; then a
/// tooltip has the whole.
class FigureText : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text)

  public:
    enum class Ink : std::uint8_t { Muted, Text };

    FigureText(int mostLines, int pixelSize, Ink ink, QWidget *parent = nullptr);

    void setText(const QString &text);
    const QString &text() const { return m_text; }
    /// Keeps the room for one line while the text is empty.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void fit();
    int lineHeight() const { return m_pixelSize * 14 / 10 + 1; }

    int m_mostLines;
    int m_pixelSize;
    Ink m_ink;
    QString m_text;
    QStringList m_lines;
    int m_room = 1; // lines
};

} // namespace kvscope
