// HexView: bytes as hex and text, sixteen a line, typed over where they may be edited.
#pragma once

#include "core/base/bytes.h"
#include "widgets/editor/linescroll.h"

#include <vector>

namespace kvscope {

/// Paints only what is seen: 64 MB open as fast as 64 bytes. Hex digits type over the byte at the
/// caret, Insert puts a zero byte in front of it, Delete removes it; Ctrl+Z and Ctrl+Y undo and
/// redo.
class HexView : public LineScroll
{
    Q_OBJECT

  public:
    explicit HexView(QWidget *parent = nullptr);

    void load(Bytes bytes);
    /// All of it as one step that can be undone.
    void replaceAll(Bytes bytes) { change(0, m_bytes.size(), std::move(bytes)); }
    const Bytes &bytes() const { return m_bytes; }
    void setEditable(bool editable) { m_editable = editable; }
    void markSaved() { m_savedAt = m_done.size(); }
    bool isModified() const { return m_savedAt != m_done.size(); }
    std::size_t caret() const { return m_caret; }

  signals:
    void edited();
    void caretMoved(std::size_t offset);

  protected:
    int lineCount() const override;
    int contentWidth() const override;
    void paintLine(QPainter &painter, int line, int x, const QRect &rect) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

  private:
    struct Change
    {
        std::size_t offset;
        Bytes removed;
        Bytes inserted;
    };
    void change(std::size_t offset, std::size_t removed, Bytes inserted);
    void undo();
    void redo();
    void replace(std::size_t offset, std::size_t count, const Bytes &with);
    void moveCaret(std::ptrdiff_t by);
    bool editKey(QKeyEvent *event);
    void typeDigit(int digit);
    int hexColumn(std::size_t byteInLine) const;
    int textColumn(std::size_t byteInLine) const;

    Bytes m_bytes;
    std::vector<Change> m_done;
    std::vector<Change> m_undone;
    std::size_t m_savedAt = 0;
    std::size_t m_caret = 0;
    bool m_lowDigit = false; // the next digit is the byte's second
    bool m_editable = false;
};

} // namespace kvscope
