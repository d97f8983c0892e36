// HeatMap: pixels, axis, mouse and keys.
#include "widgets/lab/heatmap.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/lab/labwords.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <array>
#include <cmath>
#include <limits>

namespace kvscope {
namespace {

constexpr int kAxis = 18;
constexpr int kShades = 64;

/// From the ground to the accent.
std::array<QRgb, kShades> shades()
{
    const ThemeTokens &t = theme();
    const QColor low = mixed(t.panel, t.accent, t.dark ? 0.05 : 0.09);
    std::array<QRgb, kShades> out{};
    for (int i = 0; i < kShades; ++i)
        out[static_cast<std::size_t>(i)] = mixed(low, t.accent, i / double(kShades - 1)).rgb();
    return out;
}

} // namespace

HeatMap::HeatMap(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("heatMap"));
    setAccessibleName(tr("Cache by layer, head and token"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    // It paints its own ground: then the card below it is not painted with every frame.
    setAttribute(Qt::WA_OpaquePaintEvent);
}

QRect HeatMap::area() const
{
    return rect().adjusted(0, 0, 0, -kAxis);
}

void HeatMap::setSnapshot(std::shared_ptr<const LabSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    m_isStale = true;
    update();
}

void HeatMap::render()
{
    m_isStale = false;
    const QSize size = area().size();
    if (m_image.size() != size) m_image = QImage(size, QImage::Format_RGB32);
    if (size.isEmpty()) return;
    m_image.fill(theme().panel);
    if (isEmpty()) return;
    const int positions = static_cast<int>(heat().positions);
    const int rows = static_cast<int>(heat().rows);
    float least = std::numeric_limits<float>::max();
    float most = 0;
    for (const float value : heat().values) {
        if (value > most) most = value; // NaN is neither larger nor smaller
        if (value < least) least = value;
    }
    // Shares of attention and ages begin at nothing; lengths and errors differ by little.
    const bool fromZero = heat().kind == HeatKind::Mass || heat().kind == HeatKind::Age;
    if (fromZero || least >= most) least = 0;
    const std::array<QRgb, kShades> shade = shades();
    const QRgb gone = mixed(theme().panel, theme().line, 0.30).rgb();
    const float scale = most > least ? 1 / (most - least) : 0;
    const int width = size.width();
    const int columnGap = width / positions >= 4 ? 1 : 0;
    const int rowGap = size.height() / rows >= 4 ? 1 : 0;
    std::vector<QRgb> line(static_cast<std::size_t>(width));
    for (int row = 0; row < rows; ++row) {
        std::fill(line.begin(), line.end(), theme().panel.rgb());
        const float *values = heat().values.data() + std::ptrdiff_t{row} * positions;
        // Where several tokens share a pixel column, the largest shows.
        for (int x = 0, i = 0; i < positions;) {
            int end = static_cast<int>(std::int64_t(i + 1) * width / positions);
            float value = values[i++];
            while (end == x && i < positions) {
                if (!(values[i] <= value)) value = std::isnan(values[i]) ? value : values[i];
                end = static_cast<int>(std::int64_t(++i) * width / positions);
            }
            QRgb color = gone;
            if (!std::isnan(value)) {
                const float linear = std::max(0.F, (value - least) * scale);
                const float share = heat().kind == HeatKind::Mass ? std::sqrt(linear) : linear;
                color =
                    shade[std::min<std::size_t>(kShades - 1, static_cast<std::size_t>(std::lround(
                                                                 share * float(kShades - 1))))];
            }
            for (; x < end - columnGap; ++x) line[static_cast<std::size_t>(x)] = color;
            x = end;
        }
        const int top = row * size.height() / rows;
        const int bottom = (row + 1) * size.height() / rows - rowGap;
        for (int y = top; y < bottom; ++y)
            std::copy(line.begin(), line.end(), reinterpret_cast<QRgb *>(m_image.scanLine(y)));
    }
}

QRect HeatMap::cellRect(Place place) const
{
    const QRect box = area();
    const auto positions = std::max<std::int64_t>(1, std::int64_t(heat().positions));
    const auto rows = std::max<std::int64_t>(1, std::int64_t(heat().rows));
    const auto part = [](int i, int pixels, std::int64_t count) {
        return static_cast<int>(std::int64_t{i} * pixels / count);
    };
    const int left = part(place.index, box.width(), positions);
    const int right = part(place.index + 1, box.width(), positions);
    const int top = part(place.row, box.height(), rows);
    const int bottom = part(place.row + 1, box.height(), rows);
    return {left, top, std::max(1, right - left), std::max(1, bottom - top)};
}

std::optional<HeatMap::Place> HeatMap::placeAt(const QPoint &position) const
{
    const QRect box = area();
    if (isEmpty() || !box.contains(position)) return std::nullopt;
    // The largest index whose column begins at or before the point.
    const auto of = [](int at, int size, std::size_t count) {
        return static_cast<int>(((std::int64_t(at) + 1) * std::int64_t(count) - 1) / size);
    };
    return Place{of(position.x(), box.width(), heat().positions),
                 of(position.y(), box.height(), heat().rows)};
}

QString HeatMap::tip(Place place) const
{
    if (isEmpty() || place.index < 0 || place.index >= static_cast<int>(heat().positions))
        return {};
    const int heads = static_cast<int>(m_snapshot->model->shape().kvHeads);
    const auto at = static_cast<std::size_t>(place.index);
    QString text = tr("Layer %1, kv head %2 · token %3 “%4”")
                       .arg(place.row / heads)
                       .arg(place.row % heads)
                       .arg(place.index)
                       .arg(at < m_snapshot->tokens.size() ? tokenText(m_snapshot->tokens[at].text)
                                                           : QString());
    const float value = heat().values[static_cast<std::size_t>(place.row) * heat().positions + at];
    const bool isGone = at < m_snapshot->tokens.size() && m_snapshot->tokens[at].isEvicted;
    const auto shown = static_cast<double>(value);
    if (isGone)
        text += QLatin1Char('\n') + tr("evicted");
    else if (std::isnan(value))
        text += QLatin1Char('\n') + tr("not measured: it was not computed here");
    else if (heat().kind == HeatKind::Age)
        text += QLatin1Char('\n') + tr("%n tokens old", nullptr, static_cast<int>(value));
    else if (heat().kind == HeatKind::Norm)
        text += QStringLiteral("\n%1 %2").arg(heatName(heat().kind)).arg(shown, 0, 'f', 2);
    else
        text += QStringLiteral("\n%1 %2 %").arg(heatName(heat().kind)).arg(shown * 100, 0, 'f', 2);
    if (heat().held[at] != 0) text += QLatin1Char('\n') + tr("pinned by hand");
    return text;
}

void HeatMap::paintAxis(QPainter &painter) const
{
    const ThemeTokens &t = theme();
    const QRect axis(0, height() - kAxis + 2, width(), kAxis - 2);
    painter.setFont(uiFont(10));
    painter.setPen(t.faint);
    painter.drawText(axis, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("0"));
    painter.drawText(axis, Qt::AlignRight | Qt::AlignVCenter,
                     tr("%1 now").arg(heat().positions - 1));
    // The longest stretch that was evicted is named where it lies.
    int from = -1, best = 0, start = 0;
    const std::vector<LabToken> &tokens = m_snapshot->tokens;
    for (int i = 0; i <= static_cast<int>(tokens.size()); ++i) {
        const bool gone =
            i < static_cast<int>(tokens.size()) && tokens[static_cast<std::size_t>(i)].isEvicted;
        if (!gone) {
            if (i - start > best) {
                best = i - start;
                from = start;
            }
            start = i + 1;
        }
    }
    if (best < 2) return;
    const QRect where = cellRect({from, 0}) | cellRect({from + best - 1, 0});
    const QString text = tr("evicted %1–%2").arg(from).arg(from + best - 1);
    const int textWidth = painter.fontMetrics().horizontalAdvance(text);
    const int x = std::clamp(where.center().x() - textWidth / 2, 24, width() - textWidth - 64);
    painter.drawText(QRect(x, axis.top(), textWidth + 2, axis.height()), Qt::AlignVCenter, text);
}

void HeatMap::paintEvent(QPaintEvent *)
{
    if (m_isStale) render();
    QPainter painter(this);
    painter.drawImage(0, 0, m_image);
    painter.fillRect(rect().adjusted(0, area().height(), 0, 0), theme().panel);
    if (isEmpty()) return;
    paintAxis(painter);
    const ThemeTokens &t = theme();
    // Pinned columns wear a mark below the map; the chosen cell a frame.
    for (std::size_t i = 0; i < heat().held.size(); ++i) {
        if (heat().held[i] == 0) continue;
        const QRect column = cellRect({static_cast<int>(i), 0});
        painter.fillRect(column.left(), area().bottom() + 1, std::max(3, column.width() - 1), 3,
                         t.warning);
    }
    painter.setBrush(Qt::NoBrush);
    if (m_snapshot->cell) {
        const Place chosen{m_snapshot->cell->index, static_cast<int>(m_snapshot->cell->row)};
        painter.setPen(QPen(t.text, 2));
        painter.drawRect(cellRect(chosen).adjusted(-1, -1, 0, 0));
    }
    if (hasFocus() && m_cursor.index >= 0) {
        painter.setPen(QPen(t.warning, 1));
        painter.drawRect(cellRect(m_cursor).adjusted(-1, -1, 0, 0));
    }
}

void HeatMap::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_isStale = true;
}

void HeatMap::mousePressEvent(QMouseEvent *event)
{
    const auto place = placeAt(event->pos());
    if (!place) return;
    m_cursor = *place;
    emit cellChosen(place->index, place->row);
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    if (isEmpty()) return QWidget::keyPressEvent(event);
    const int lastColumn = static_cast<int>(heat().positions) - 1;
    const int lastRow = static_cast<int>(heat().rows) - 1;
    Place &at = m_cursor;
    switch (event->key()) {
    case Qt::Key_Left:
        at.index = std::max(0, at.index - 1);
        break;
    case Qt::Key_Right:
        at.index = std::min(lastColumn, at.index + 1);
        break;
    case Qt::Key_Up:
        at.row = std::max(0, at.row - 1);
        break;
    case Qt::Key_Down:
        at.row = std::min(lastRow, at.row + 1);
        break;
    case Qt::Key_Home:
        at.index = 0;
        break;
    case Qt::Key_End:
        at.index = lastColumn;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (at.index >= 0) emit cellChosen(at.index, at.row);
        return;
    case Qt::Key_P:
        if (at.index >= 0) emit pinToggled(at.index);
        return;
    case Qt::Key_Delete:
        if (at.index >= 0) emit evictRequested(at.index);
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    setAccessibleDescription(tip(at));
    update();
}

void HeatMap::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_cursor.index < 0 && !isEmpty()) m_cursor = {static_cast<int>(heat().positions) - 1, 0};
    update();
}

bool HeatMap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto place = placeAt(help->pos()))
        QToolTip::showText(help->globalPos(), tip(*place), this, cellRect(*place));
    else
        QToolTip::hideText();
    return true;
}

void HeatMap::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_isStale = true;
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace kvscope
