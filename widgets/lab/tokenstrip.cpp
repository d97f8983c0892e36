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

TokenStrip::TokenStrip(Shows shows, QWidget *parent) : QAbstractScrollArea(parent), m_shows(shows)
{
    const bool isSession = shows == Shows::Session;
    setObjectName(isSession ? QStringLiteral("tokenStrip") : QStringLiteral("otherStrip"));
    setAccessibleName(isSession ? tr("Tokens") : tr("Tokens of the comparison"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    // It paints its own ground: then nothing below it is painted for a chip.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(kLine);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setMinimumHeight(2 * kLine);
}

void TokenStrip::setUsualHeight(int height)
{
    if (m_height == height) return;
    m_height = height;
    updateGeometry();
}

const std::vector<LabToken> &TokenStrip::tokens() const
{
    return m_shows == Shows::Session ? m_snapshot->tokens : m_snapshot->otherTokens;
}

int TokenStrip::count() const
{
    return m_snapshot ? static_cast<int>(tokens().size()) : 0;
}

TokenStrip::Look TokenStrip::lookOf(const LabToken &token)
{
    std::uint8_t red = 0;
    if (token.divergence > kLeastDivergence) {
        // From a ten-thousandth of a nat, hardly red, to one, red.
        const double share =
            std::clamp(1 + std::log10(static_cast<double>(token.divergence)) / 4, 0.15, 1.0);
        red = static_cast<std::uint8_t>(share * 255);
    }
    return {token.origin, token.isEvicted, red};
}

void TokenStrip::setSnapshot(std::shared_ptr<const LabSnapshot> snapshot)
{
    if (m_snapshot == snapshot) return;
    const auto before = m_chips.size();
    // What a person said is told apart from the second turn on.
    if (m_snapshot && m_snapshot->turns != snapshot->turns) viewport()->update();
    m_snapshot = std::move(snapshot);
    if (m_snapshot->run != m_run || static_cast<std::size_t>(count()) < before) {
        m_run = m_snapshot->run;
        m_chips.clear();
        m_looks.clear();
        m_widths.clear();
        m_firstDifference = m_current = -1;
        viewport()->update();
    }
    const auto difference = m_snapshot->firstDifference;
    m_firstDifference = difference ? static_cast<int>(*difference) : -1;
    place();
    for (std::size_t i = 0; i < m_looks.size(); ++i) {
        const Look look = lookOf(tokens()[i]);
        if (m_looks[i] == look) continue;
        m_looks[i] = look;
        updateChip(static_cast<int>(i));
    }
    for (int i = static_cast<int>(m_looks.size()); i < count(); ++i) {
        m_looks.push_back(lookOf(tokens()[static_cast<std::size_t>(i)]));
        updateChip(i);
    }
    const QPoint shift(0, -verticalScrollBar()->value());
    if (const QRect now = caret(); now != m_caret) {
        viewport()->update(m_caret.translated(shift));
        m_caret = now;
        viewport()->update(m_caret.translated(shift));
    }
}

QRect TokenStrip::caret() const
{
    const bool runs = m_snapshot && m_snapshot->phase == LabPhase::Running;
    if (!runs || m_chips.empty()) return {};
    return {m_chips.back().right() + 2, m_chips.back().top() + 2, 6, kChip - 4};
}

void TokenStrip::updateChip(int index)
{
    if (index >= 0 && index < static_cast<int>(m_chips.size())) viewport()->update(chipRect(index));
}

void TokenStrip::setChosen(int index)
{
    if (m_chosen == index) return;
    updateChip(m_chosen);
    m_chosen = index;
    updateChip(m_chosen);
}

void TokenStrip::scrollContentsBy(int dx, int dy)
{
    viewport()->scroll(dx, dy);
}

void TokenStrip::place()
{
    const QFontMetrics metrics(uiFont(12));
    const bool wasAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    const int right = viewport()->width();
    for (int i = static_cast<int>(m_chips.size()); i < count(); ++i) {
        const LabToken &token = tokens()[static_cast<std::size_t>(i)];
        auto width = m_widths.find(token.id);
        if (width == m_widths.end())
            width = m_widths.insert(token.id, metrics.horizontalAdvance(tokenText(token.text)) +
                                                  2 * kPadding);
        int x = i == 0 ? 0 : m_chips.back().right() + 1 + kGap;
        int y = i == 0 ? 0 : m_chips.back().top();
        if (x > 0 && (token.startsTurn || x + *width > right)) {
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
    return index >= 0 && index < count() ? tokenText(tokens()[static_cast<std::size_t>(index)].text)
                                         : QString();
}

QRect TokenStrip::chipRect(int index) const
{
    return m_chips[static_cast<std::size_t>(index)].translated(0, -verticalScrollBar()->value());
}

QString TokenStrip::chipTip(int index) const
{
    if (index < 0 || index >= count()) return {};
    const LabToken &token = tokens()[static_cast<std::size_t>(index)];
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
    const bool isSession = m_shows == Shows::Session;
    if (token.differs && isSession)
        lines += tr("The comparison would have chosen “%1”").arg(tokenText(token.otherText));
    if (!isSession && index == m_firstDifference) lines += tr("From here on it goes its own way");
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
    const LabToken &token = tokens()[static_cast<std::size_t>(index)];
    const Look &look = m_looks[static_cast<std::size_t>(index)];
    QColor frame = Qt::transparent;
    if (look.isEvicted) frame = t.line;
    if (index == m_firstDifference) frame = t.bad;
    if (index == m_chosen) frame = t.accent;
    if (index == m_current && hasFocus()) frame = t.text;
    const bool isTurn = token.isPrompt && m_snapshot->turns > 1;
    const QColor ground =
        isTurn ? mixed(originColor(look.origin), t.text, 0.10) : originColor(look.origin);
    painter.setPen(frame);
    painter.setBrush(look.isEvicted ? QBrush(Qt::NoBrush) : QBrush(ground));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (look.divergence > 0)
        painter.fillRect(rect.adjusted(2, kChip - 3, -2, 0),
                         mixed(originColor(look.origin), t.bad, look.divergence / 255.0));
    painter.setPen(look.isEvicted ? t.muted : t.text);
    painter.drawText(rect, Qt::AlignCenter, tokenText(token.text));
}

void TokenStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme().panel);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(12));
    const int shift = verticalScrollBar()->value();
    const int height = viewport()->height();
    const auto shown = static_cast<std::ptrdiff_t>(std::min(m_chips.size(), m_looks.size()));
    // Chips lie in lines from the top: the first one in sight by its line.
    auto chip = std::ranges::lower_bound(m_chips, shift - kLine, {}, &QRect::top);
    for (; chip - m_chips.begin() < shown && chip->top() - shift < height; ++chip) {
        const QRect rect = chip->translated(0, -shift);
        if (event->region().intersects(rect))
            paintChip(painter, static_cast<int>(chip - m_chips.begin()), rect);
    }
    painter.fillRect(caret().translated(0, -shift), theme().accent);
}

void TokenStrip::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_chips.clear();
    place();
    viewport()->update();
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
