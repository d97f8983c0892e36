// TokenStrip: lines of chips.
#include "widgets/lab/tokenstrip.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/lab/labwords.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace kvscope {
namespace {

constexpr int kLine = 23;
constexpr int kChip = 20;
constexpr int kGap = 3;
constexpr int kPadding = 4;
constexpr float kLeastDivergence = 1e-4F; // nats

} // namespace

TokenStrip::TokenStrip(QWidget *parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("tokenStrip"));
    setAccessibleName(tr("Tokens"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(kLine);
}

int TokenStrip::count() const
{
    return m_snapshot ? static_cast<int>(m_snapshot->tokens.size()) : 0;
}

void TokenStrip::setSnapshot(std::shared_ptr<const LabSnapshot> snapshot)
{
    const bool isNew = snapshot->run != m_run ||
                       static_cast<int>(snapshot->tokens.size()) < static_cast<int>(m_chips.size());
    m_run = snapshot->run;
    m_snapshot = std::move(snapshot);
    if (isNew) {
        m_chips.clear();
        m_widths.clear();
        m_firstDifference = m_current = -1;
        m_scanned = 0;
    }
    for (; m_scanned < count(); ++m_scanned)
        if (m_firstDifference < 0 &&
            m_snapshot->tokens[static_cast<std::size_t>(m_scanned)].differs)
            m_firstDifference = m_scanned;
    place();
    viewport()->update();
}

void TokenStrip::setChosen(int index)
{
    if (m_chosen == index) return;
    m_chosen = index;
    viewport()->update();
}

void TokenStrip::place()
{
    const QFontMetrics metrics(uiFont(12));
    const bool wasAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    const int right = viewport()->width();
    for (int i = static_cast<int>(m_chips.size()); i < count(); ++i) {
        const LabToken &token = m_snapshot->tokens[static_cast<std::size_t>(i)];
        auto width = m_widths.find(token.id);
        if (width == m_widths.end())
            width = m_widths.insert(token.id, metrics.horizontalAdvance(tokenText(token.text)) +
                                                  2 * kPadding);
        int x = i == 0 ? 0 : m_chips.back().right() + 1 + kGap;
        int y = i == 0 ? 0 : m_chips.back().top();
        if (x > 0 && x + *width > right) {
            x = 0;
            y += kLine;
        }
        m_chips.emplace_back(x, y, *width, kChip);
    }
    const int bottom = m_chips.empty() ? 0 : m_chips.back().bottom() + 2;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, bottom - viewport()->height()));
    if (wasAtEnd) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

QString TokenStrip::chipText(int index) const
{
    return index >= 0 && index < count()
               ? tokenText(m_snapshot->tokens[static_cast<std::size_t>(index)].text)
               : QString();
}

QRect TokenStrip::chipRect(int index) const
{
    return m_chips[static_cast<std::size_t>(index)].translated(0, -verticalScrollBar()->value());
}

QString TokenStrip::chipTip(int index) const
{
    if (index < 0 || index >= count()) return {};
    const LabToken &token = m_snapshot->tokens[static_cast<std::size_t>(index)];
    QStringList lines{tr("Token %1, id %2, “%3”").arg(index).arg(token.id).arg(chipText(index)),
                      token.isEvicted ? tr("%1; evicted since").arg(originName(token.origin))
                                      : originName(token.origin)};
    if (!std::isnan(token.probability))
        lines +=
            tr("Probability %1 %").arg(static_cast<double>(token.probability) * 100, 0, 'f', 1);
    if (!std::isnan(token.micros))
        lines += token.isPrompt
                     ? tr("Its share of the prompt: %1 µs")
                           .arg(static_cast<double>(token.micros), 0, 'f', 0)
                     : tr("Decoded in %1 µs").arg(static_cast<double>(token.micros), 0, 'f', 0);
    if (!std::isnan(token.divergence))
        lines += tr("KL to the comparison: %1 nats")
                     .arg(static_cast<double>(token.divergence), 0, 'g', 3);
    if (token.differs)
        lines += tr("The comparison would have chosen “%1”").arg(tokenText(token.otherText));
    return lines.join(QLatin1Char('\n'));
}

int TokenStrip::chipAt(const QPoint &position) const
{
    const QPoint at = position + QPoint(0, verticalScrollBar()->value());
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        if (m_chips[i].contains(at)) return static_cast<int>(i);
    return -1;
}

void TokenStrip::paintChip(QPainter &painter, int index, const QRect &rect) const
{
    const ThemeTokens &t = theme();
    const LabToken &token = m_snapshot->tokens[static_cast<std::size_t>(index)];
    const bool isFirstDifference = index == m_firstDifference;
    QColor frame = Qt::transparent;
    if (token.isEvicted) frame = t.line;
    if (isFirstDifference) frame = t.bad;
    if (index == m_chosen) frame = t.accent;
    if (index == m_current && hasFocus()) frame = t.text;
    painter.setPen(frame);
    painter.setBrush(token.isEvicted ? QBrush(Qt::NoBrush) : QBrush(originColor(token.origin)));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (token.divergence > kLeastDivergence) {
        // From a ten-thousandth of a nat, hardly red, to one, red.
        const double share =
            std::clamp(1 + std::log10(static_cast<double>(token.divergence)) / 4, 0.15, 1.0);
        painter.fillRect(rect.adjusted(2, kChip - 3, -2, 0),
                         mixed(originColor(token.origin), t.bad, share));
    }
    painter.setPen(token.isEvicted ? t.muted : t.text);
    painter.drawText(rect, Qt::AlignCenter, tokenText(token.text));
}

void TokenStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(12));
    const int shift = verticalScrollBar()->value();
    const int height = viewport()->height();
    // Chips lie in lines from the top: the first one in sight by its line.
    const auto first = std::ranges::lower_bound(m_chips, shift - kLine, {}, &QRect::top);
    for (auto chip = first; chip != m_chips.end() && chip->top() - shift < height; ++chip)
        paintChip(painter, static_cast<int>(chip - m_chips.begin()), chip->translated(0, -shift));
    const bool runs = m_snapshot && m_snapshot->phase == LabPhase::Running;
    if (runs && !m_chips.empty())
        painter.fillRect(
            QRect(m_chips.back().right() + 2, m_chips.back().top() - shift + 2, 6, kChip - 4),
            theme().accent);
}

void TokenStrip::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_chips.clear();
    place();
}

void TokenStrip::mousePressEvent(QMouseEvent *event)
{
    const int chip = chipAt(event->pos());
    if (chip < 0) return;
    m_current = chip;
    viewport()->update();
    emit tokenChosen(chip);
}

void TokenStrip::showCurrent()
{
    if (m_current < 0 || m_current >= static_cast<int>(m_chips.size())) return;
    const QRect rect = m_chips[static_cast<std::size_t>(m_current)];
    QScrollBar *bar = verticalScrollBar();
    if (rect.top() < bar->value()) bar->setValue(rect.top());
    if (rect.bottom() > bar->value() + viewport()->height())
        bar->setValue(rect.bottom() - viewport()->height() + 1);
    viewport()->update();
    setAccessibleDescription(chipTip(m_current));
    QToolTip::showText(viewport()->mapToGlobal(chipRect(m_current).bottomLeft()),
                       chipTip(m_current), viewport());
}

void TokenStrip::keyPressEvent(QKeyEvent *event)
{
    const int last = count() - 1;
    if (last < 0) return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        m_current = std::max(0, m_current - 1);
        break;
    case Qt::Key_Right:
        m_current = std::min(last, m_current + 1);
        break;
    case Qt::Key_Home:
        m_current = 0;
        break;
    case Qt::Key_End:
        m_current = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0) emit tokenChosen(m_current);
        return;
    default:
        return QAbstractScrollArea::keyPressEvent(event);
    }
    showCurrent();
}

void TokenStrip::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0 && count() > 0) m_current = count() - 1;
    viewport()->update();
}

bool TokenStrip::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int chip = chipAt(help->pos());
    if (chip < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), chipTip(chip), viewport(), chipRect(chip));
    return true;
}

void TokenStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) viewport()->update();
    QAbstractScrollArea::changeEvent(event);
}

} // namespace kvscope
