// DivergenceCurve: one line.
#include "widgets/lab/divergencecurve.h"

#include "widgets/base/theme.h"
#include "widgets/lab/labwords.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

constexpr int kScaleWidth = 34;

/// 0 … 1 between the least and one nat.
double heightOf(float divergence)
{
    const double value = static_cast<double>(std::clamp(divergence, DivergenceCurve::kLeast, 1.F));
    return 1 - std::log10(value) / std::log10(static_cast<double>(DivergenceCurve::kLeast));
}

} // namespace

DivergenceCurve::DivergenceCurve(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("divergenceCurve"));
    setAccessibleName(tr("KL to the comparison by token"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void DivergenceCurve::setSnapshot(std::shared_ptr<const LabSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    if (m_cursor >= first() + count()) m_cursor = -1;
    update();
}

QRectF DivergenceCurve::area() const
{
    return QRectF(rect()).adjusted(kScaleWidth, 3, -1, -3);
}

int DivergenceCurve::first() const
{
    return m_snapshot ? static_cast<int>(m_snapshot->promptTokens) : 0;
}

int DivergenceCurve::count() const
{
    return m_snapshot ? static_cast<int>(m_snapshot->tokens.size()) - first() : 0;
}

QPointF DivergenceCurve::placeOf(int index) const
{
    const QRectF box = area();
    const float value = m_snapshot->tokens[static_cast<std::size_t>(index)].divergence;
    const double share = (index - first() + 0.5) / std::max(1, count());
    return {box.left() + share * box.width(), box.bottom() - heightOf(value) * box.height()};
}

int DivergenceCurve::tokenAt(const QPoint &position) const
{
    const QRectF box = area();
    if (count() <= 0 || position.x() < box.left() || position.x() >= box.right()) return -1;
    const double share = (position.x() - box.left()) / box.width();
    return first() + std::clamp(static_cast<int>(share * count()), 0, count() - 1);
}

QString DivergenceCurve::tip(int index) const
{
    if (index < first() || index >= first() + count()) return {};
    const LabToken &token = m_snapshot->tokens[static_cast<std::size_t>(index)];
    if (std::isnan(token.divergence)) return {};
    QString text = tr("Token %1, “%2”: KL %3 nats")
                       .arg(index)
                       .arg(tokenText(token.text))
                       .arg(static_cast<double>(token.divergence), 0, 'g', 3);
    if (m_snapshot->firstDifference && static_cast<int>(*m_snapshot->firstDifference) == index)
        text +=
            QLatin1Char('\n') + tr("The first difference: the comparison would have chosen “%1”")
                                    .arg(tokenText(token.otherText));
    return text;
}

void DivergenceCurve::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    const QRectF box = area();
    painter.setPen(t.faintLine);
    for (const double level : {0.0, 3.0 / 7, 1.0}) { // 1e-7, 1e-4, 1
        const double y = box.bottom() - level * box.height();
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    }
    painter.setFont(uiFont(10));
    painter.setPen(t.faint);
    const QRectF scale(0, 0, kScaleWidth - 5, height());
    painter.drawText(scale, Qt::AlignRight | Qt::AlignTop, QStringLiteral("KL 1"));
    painter.drawText(scale, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("1e-7"));
    if (count() <= 0) return;
    if (m_snapshot->firstDifference) {
        const double x = placeOf(static_cast<int>(*m_snapshot->firstDifference)).x();
        painter.setPen(QPen(t.bad, 1.5));
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    }
    QPolygonF line;
    painter.setPen(QPen(t.purple, 1.4));
    const auto flush = [&] {
        if (line.size() > 1) painter.drawPolyline(line);
        line.clear();
    };
    // Steps of whole pixels: more can't be told apart.
    double last = -1;
    double highest = 0;
    for (int i = first(); i < first() + count(); ++i) {
        if (std::isnan(m_snapshot->tokens[static_cast<std::size_t>(i)].divergence)) {
            flush();
            continue;
        }
        const QPointF place = placeOf(i);
        if (!line.isEmpty() && place.x() - last < 1) {
            highest = std::min(highest, place.y());
            line.back().setY(highest);
            continue;
        }
        last = place.x();
        highest = place.y();
        line += place;
    }
    flush();
    if (!hasFocus()) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(t.accent, 1));
    if (m_cursor < first()) {
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        return;
    }
    const QPointF place = placeOf(m_cursor);
    painter.drawLine(QPointF(place.x(), 0), QPointF(place.x(), height()));
    if (std::isnan(m_snapshot->tokens[static_cast<std::size_t>(m_cursor)].divergence)) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(t.accent);
    painter.drawEllipse(place, 3, 3);
}

void DivergenceCurve::moveTo(int index)
{
    m_cursor = std::clamp(index, first(), first() + count() - 1);
    const QString text = tip(m_cursor);
    setAccessibleDescription(text);
    QToolTip::showText(mapToGlobal(QPoint(int(placeOf(m_cursor).x()), height())), text, this);
    update();
}

void DivergenceCurve::keyPressEvent(QKeyEvent *event)
{
    if (count() <= 0) return QWidget::keyPressEvent(event);
    const int last = first() + count() - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(m_cursor < first() ? last : m_cursor - 1);
    case Qt::Key_Right:
        return moveTo(m_cursor < first() ? last : m_cursor + 1);
    case Qt::Key_Home:
        return moveTo(first());
    case Qt::Key_End:
        return moveTo(last);
    case Qt::Key_D:
        if (m_snapshot->firstDifference) moveTo(static_cast<int>(*m_snapshot->firstDifference));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor >= first()) emit tokenChosen(m_cursor);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void DivergenceCurve::mousePressEvent(QMouseEvent *event)
{
    const int index = tokenAt(event->pos());
    if (index < 0) return;
    m_cursor = index;
    emit tokenChosen(index);
    update();
}

void DivergenceCurve::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_cursor < first() && count() > 0) m_cursor = first() + count() - 1;
    setAccessibleDescription(tip(m_cursor));
    update();
}

bool DivergenceCurve::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = tip(tokenAt(help->pos()));
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void DivergenceCurve::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

} // namespace kvscope
