// HexView: bytes as hex and text, sixteen a line, typed over where they may be edited.
#pragma once

#include "widgets/editor/linescroll.h"
#include "widgets/editor/textlog.h"

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

    /// `copy` of the same bytes, where they may be edited and are large: the first edit needs one,
    /// and copying 10 MB takes 60 ms.
    void load(SharedBytes bytes, Bytes copy = {});
    /// All of it as one step that can be undone. Requires: made for the bytes that are here.
    void replaceAll(const TextReplacement &replacement);
    /// Valid until the next change.
    BytesView bytes() const { return m_shared ? BytesView(*m_shared) : BytesView(m_own); }
    TextSnapshot snapshot() { return m_log.snapshot(); }
    void adopt(const TextSnapshot &snapshot, SharedBytes joined)
    {
        m_log.adopt(snapshot, std::move(joined));
    }
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
    void changeEvent(QEvent *event) override;

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

    SharedBytes m_shared = std::make_shared<const Bytes>(); // what is here, until it is edited
    Bytes m_own;                                            // then this is
    TextLog m_log;
    std::vector<Change> m_done;
    std::vector<Change> m_undone;
    std::size_t m_savedAt = 0;
    std::size_t m_caret = 0;
    bool m_lowDigit = false; // the next digit is the byte's second
    bool m_editable = false;
};

} // namespace kvscope
