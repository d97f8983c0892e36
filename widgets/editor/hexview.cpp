// Offsets, hex and text in columns of the monospaced font.
#include "widgets/editor/hexview.h"

#include "core/value/format.h"
#include "widgets/base/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kPerLine = kHexBytesPerLine;
constexpr int kOffsetColumns = 10;

} // namespace

HexView::HexView(QWidget *parent) : LineScroll(parent)
{
    setObjectName(QStringLiteral("hexView"));
    setAccessibleName(tr("Bytes of the value"));
    viewport()->setCursor(Qt::IBeamCursor);
}

void HexView::load(SharedBytes bytes, Bytes copy)
{
    m_log.reset(bytes);
    m_shared = std::move(bytes);
    m_own = std::move(copy);
    m_done.clear();
    m_undone.clear();
    m_savedAt = 0;
    m_caret = std::min(m_caret, m_shared->size());
    m_lowDigit = false;
    contentChanged();
}

// One line more than bytes need where they may be edited: the place behind the last.
int HexView::lineCount() const
{
    return int(bytes().size() / kPerLine) + 1;
}
int HexView::hexColumn(std::size_t byte) const
{
    return kOffsetColumns + int(byte) * 3 + (byte >= 8 ? 1 : 0);
}
int HexView::textColumn(std::size_t byte) const
{
    return hexColumn(kPerLine) + 1 + int(byte);
}
int HexView::contentWidth() const
{
    return 16 + (textColumn(kPerLine) + 2) * characterWidth();
}

void HexView::paintLine(QPainter &painter, int line, int x, const QRect &rect)
{
    const ThemeTokens &t = theme();
    const int width = characterWidth();
    const std::size_t start = std::size_t(line) * kPerLine;
    const auto cell = [&](int column, int columns) {
        return QRect(x + 16 + column * width, rect.top(), columns * width, rect.height());
    };
    painter.setPen(t.faint);
    painter.drawText(cell(0, 8), Qt::AlignVCenter,
                     QStringLiteral("%1").arg(start, 8, 16, QLatin1Char('0')));
    if (m_caret / kPerLine == std::size_t(line)) {
        const std::size_t at = m_caret % kPerLine;
        painter.fillRect(cell(hexColumn(at), 2), t.onSelection);
        painter.fillRect(cell(textColumn(at), 1), t.onSelection);
        if (m_editable && hasFocus())
            painter.fillRect(QRect(cell(hexColumn(at) + (m_lowDigit ? 1 : 0), 1).left(),
                                   rect.bottom() - 2, width, 2),
                             t.accent);
    }
    for (std::size_t i = 0; i < kPerLine && start + i < bytes().size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes()[start + i]);
        const bool printable = byte >= 0x20 && byte < 0x7F;
        painter.setPen(byte == 0 ? t.faint : printable ? t.text : t.jsonNumber);
        painter.drawText(cell(hexColumn(i), 2), Qt::AlignVCenter,
                         QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')));
        painter.setPen(printable ? t.jsonString : t.faint);
        painter.drawText(cell(textColumn(i), 1), Qt::AlignVCenter,
                         QString(QLatin1Char(printable ? char(byte) : '.')));
    }
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(QString::fromStdString(escapeBytes(bytes())));
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCaret(-1);
    case Qt::Key_Right:
        return moveCaret(1);
    case Qt::Key_Up:
        return moveCaret(-std::ptrdiff_t(kPerLine));
    case Qt::Key_Down:
        return moveCaret(std::ptrdiff_t(kPerLine));
    default:
        break;
    }
    if (m_editable && editKey(event)) return;
    LineScroll::keyPressEvent(event);
}

bool HexView::editKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo)) return undo(), true;
    if (event->matches(QKeySequence::Redo)) return redo(), true;
    if (event->key() == Qt::Key_Insert) return change(m_caret, 0, Bytes(1, '\0')), true;
    if (event->key() == Qt::Key_Delete && m_caret < bytes().size())
        return change(m_caret, 1, {}), true;
    const QString typed = event->text();
    bool isDigit = false;
    const int digit = typed.size() == 1 ? typed.toInt(&isDigit, 16) : 0;
    if (isDigit && !(event->modifiers() & Qt::ControlModifier)) typeDigit(digit);
    return isDigit;
}

void HexView::typeDigit(int digit)
{
    const bool append = m_caret == bytes().size();
    const unsigned old = append ? 0U : static_cast<unsigned char>(bytes()[m_caret]);
    const bool low = m_lowDigit;
    const unsigned fresh =
        low ? (old & 0xF0U) | unsigned(digit) : (old & 0x0FU) | unsigned(digit) << 4U;
    change(m_caret, append ? 0 : 1, Bytes(1, static_cast<char>(static_cast<unsigned char>(fresh))));
    if (low) moveCaret(1);
    m_lowDigit = !low;
    viewport()->update();
}

void HexView::change(std::size_t offset, std::size_t removed, Bytes inserted)
{
    Change step{offset, Bytes(bytes().substr(offset, removed)), std::move(inserted)};
    if (m_savedAt > m_done.size())
        m_savedAt = std::size_t(-1); // what was saved can't be reached by undo now
    m_undone.clear();
    replace(step.offset, step.removed.size(), step.inserted);
    m_done.push_back(std::move(step));
    emit edited();
}

void HexView::undo()
{
    if (m_done.empty()) return;
    m_undone.push_back(std::move(m_done.back()));
    m_done.pop_back();
    const Change &step = m_undone.back();
    replace(step.offset, step.inserted.size(), step.removed);
    emit edited();
}

void HexView::redo()
{
    if (m_undone.empty()) return;
    m_done.push_back(std::move(m_undone.back()));
    m_undone.pop_back();
    const Change &step = m_done.back();
    replace(step.offset, step.removed.size(), step.inserted);
    emit edited();
}

void HexView::replaceAll(const TextReplacement &replacement)
{
    if (replacement.splices.empty()) return;
    const JsonSplice &last = replacement.splices.front();
    const std::size_t begin = replacement.splices.back().offset;
    const std::size_t removed = last.offset + last.removed - begin;
    const std::size_t kept = bytes().size() - begin - removed;
    change(begin, removed,
           replacement.text->substr(begin, replacement.text->size() - kept - begin));
}

void HexView::replace(std::size_t offset, std::size_t count, const Bytes &with)
{
    if (m_shared) {
        if (m_own.size() != m_shared->size()) m_own = *m_shared;
        m_shared.reset();
    }
    m_log.note(offset, count, with);
    m_own.replace(offset, count, with);
    m_caret = offset;
    m_lowDigit = false;
    contentChanged();
}

void HexView::moveCaret(std::ptrdiff_t by)
{
    const std::ptrdiff_t to =
        std::clamp<std::ptrdiff_t>(std::ptrdiff_t(m_caret) + by, 0, std::ptrdiff_t(bytes().size()));
    m_caret = std::size_t(to);
    m_lowDigit = false;
    showLine(int(m_caret / kPerLine));
    viewport()->update();
    emit caretMoved(m_caret);
}

void HexView::changeEvent(QEvent *event)
{
    LineScroll::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Bytes of the value"));
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    const int column = (int(event->position().x()) - scrolledX() - 16) / characterWidth();
    std::size_t inLine = 0;
    for (std::size_t i = 0; i < kPerLine; ++i) {
        if (column >= hexColumn(i) && column < textColumn(0)) inLine = i;
        if (column >= textColumn(i)) inLine = i;
    }
    const std::size_t at = std::size_t(lineAt(int(event->position().y()))) * kPerLine + inLine;
    moveCaret(std::ptrdiff_t(at) - std::ptrdiff_t(m_caret));
}

} // namespace kvscope
