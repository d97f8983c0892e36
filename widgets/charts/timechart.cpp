// TimeChart: the plot, its points and its figures.
#include "widgets/charts/timechart.h"

#include "widgets/base/theme.h"
#include "widgets/charts/chartheader.h"
#include "widgets/charts/chartoverlay.h"
#include "widgets/charts/charttickers.h"
#include "widgets/charts/plotdress.h"
#include "widgets/charts/timeaxis.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

// One gutter for all charts, so that the same moment is above the same moment.
constexpr QMargins kPlotMargins{52, 8, 4, 20};
// A figure older than this is no longer "now".
constexpr std::int64_t kStaleMs = 5000;
// How far the cursor may be from a point that it reads.
constexpr std::int64_t kCursorToleranceMs = 1500;

double keyOf(std::int64_t wallMs)
{
    return static_cast<double>(wallMs) / 1000;
}

Qt::PenStyle penStyle(ChartCurve::Look look)
{
    return look == ChartCurve::Look::Dashed ? Qt::DashLine : Qt::SolidLine;
}

std::vector<LegendEntry> legendOf(const ChartSpec &spec, const std::vector<bool> &shown)
{
    std::vector<LegendEntry> legend;
    for (std::size_t i = 0; i < spec.curves.size(); ++i) {
        const ChartCurve &curve = spec.curves[i];
        if (shown[i] && !curve.name.isEmpty())
            legend.push_back({curve.name, curve.tone, penStyle(curve.look)});
    }
    return legend;
}

} // namespace

TimeChart::TimeChart(ChartSpec spec, TimeAxis &axis, QWidget *parent)
    : QFrame(parent), m_spec(std::move(spec)), m_axis(axis),
      m_header(new ChartHeader(m_spec.title, this)), m_plot(new QCustomPlot(this)),
      m_notice(new QLabel(m_plot)), m_valueTicker(new ValueTicker(m_spec.unit)),
      m_clockTicker(new ClockTicker)
{
    setObjectName(m_spec.objectName);
    setLook(this, "card");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_plot, 1);
    setMinimumSize(220, 110);

    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->setAlignment(Qt::AlignCenter);
    m_notice->setWordWrap(true);
    m_notice->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_notice->hide();
    setLook(m_notice, "muted");

    buildPlot();
    applyTheme();
    connect(&m_axis, &TimeAxis::rangeChanged, this, &TimeChart::takeRange);
    connect(&m_axis, &TimeAxis::cursorChanged, this, &TimeChart::takeCursor);
    takeRange();
}

TimeChart::~TimeChart() = default;

void TimeChart::buildPlot()
{
    m_plot->setObjectName(m_spec.objectName + QStringLiteral("Plot"));
    m_plot->setAccessibleName(m_spec.title);
    m_plot->setAntialiasedElements(QCP::aeAll);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->setMinimumSize(80, 60);
    QCPAxisRect *area = m_plot->axisRect();
    area->setAutoMargins(QCP::msNone);
    area->setMargins(kPlotMargins);
    m_plot->plotLayout()->setMargins(QMargins());

    m_plot->xAxis->setTicker(m_clockTicker);
    m_plot->yAxis->setTicker(m_valueTicker);
    m_plot->xAxis->grid()->setVisible(false);
    if (m_spec.unit == ChartUnit::Micros) m_plot->yAxis->setScaleType(QCPAxis::stLogarithmic);

    for (const ChartCurve &curve : m_spec.curves) {
        Q_UNUSED(curve);
        Drawn drawn;
        drawn.graph = m_plot->addGraph();
        m_drawn.push_back(drawn);
    }
    m_overlay = new ChartOverlay(m_plot);
    m_overlay->setLayer(QStringLiteral("overlay"));
}

void TimeChart::applyTheme()
{
    m_plot->setBackground(QBrush(theme().panel));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) dressAxis(*axis, 6);
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        const ChartCurve &curve = m_spec.curves[i];
        // Dashes are the wider: they stay in sight where they lie on a solid curve.
        QPen pen(toneColor(curve.tone), curve.look == ChartCurve::Look::Dashed ? 2.4 : 1.6);
        pen.setJoinStyle(Qt::RoundJoin);
        pen.setCapStyle(curve.look == ChartCurve::Look::Dashed ? Qt::FlatCap : Qt::RoundCap);
        if (curve.look == ChartCurve::Look::Dashed) pen.setDashPattern({2, 2.5});
        m_drawn[i].graph->setPen(pen);
        m_drawn[i].graph->setBrush(
            curve.look == ChartCurve::Look::Filled ? QBrush(toneFill(curve.tone)) : Qt::NoBrush);
    }
}

void TimeChart::setSeries(const std::vector<const Series *> &series)
{
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        m_spec.curves[i].series = i < series.size() ? series[i] : nullptr;
        m_drawn[i].graph->data()->clear();
        m_drawn[i] = Drawn{.graph = m_drawn[i].graph};
    }
    refresh();
}

void TimeChart::setMarks(const std::vector<EventMark> *marks)
{
    m_overlay->setMarks(marks);
    queueReplot();
}

void TimeChart::setNote(const QString &note)
{
    m_header->setNote(note);
}

void TimeChart::setNotice(const QString &notice)
{
    m_notice->setText(notice);
    fitValues();
}

QString TimeChart::headline() const
{
    return m_header->headline();
}

int TimeChart::pointCount(std::size_t curve) const
{
    return m_drawn[curve].graph->data()->size();
}

void TimeChart::refresh()
{
    for (std::size_t i = 0; i < m_drawn.size(); ++i) takeNewPoints(i);
    fitValues();
    showHeadline();
    queueReplot();
}

void TimeChart::takeNewPoints(std::size_t curve)
{
    const Series *series = m_spec.curves[curve].series;
    Drawn &drawn = m_drawn[curve];
    if (series == nullptr || series->empty()) return;
    QVector<QCPGraphData> points;
    for (std::size_t i = series->lowerBound(drawn.takenToMs + 1); i < series->size(); ++i) {
        const Series::Point &point = (*series)[i];
        const double key = keyOf(point.wallMs);
        // A point between two gaps has no line to be seen by: it becomes a short dash.
        const bool wasAlone =
            std::isnan(point.value) && !std::isnan(drawn.lastValue) && std::isnan(drawn.beforeLast);
        if (wasAlone)
            points.append(
                {std::min(drawn.lastKey + 0.4, (drawn.lastKey + key) / 2), drawn.lastValue});
        points.append({key, point.value});
        drawn.beforeLast = drawn.lastValue;
        drawn.lastValue = point.value;
        drawn.lastKey = key;
        drawn.takenToMs = point.wallMs;
    }
    drawn.graph->data()->add(points, true);
    drawn.graph->data()->removeBefore(keyOf((*series)[0].wallMs));
}

void TimeChart::takeRange()
{
    m_plot->xAxis->setRange(keyOf(m_axis.fromMs()), keyOf(m_axis.toMs()));
    fitValues();
    if (m_axis.cursor()) takeCursor();
    queueReplot();
}

void TimeChart::fitValues()
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto include = [&](const Series *series, bool onlyIfNear) {
        if (series == nullptr) return false;
        double seriesHigh = -std::numeric_limits<double>::infinity();
        double seriesLow = -seriesHigh;
        for (std::size_t i = series->lowerBound(m_axis.fromMs()); i < series->size(); ++i) {
            const Series::Point &point = (*series)[i];
            if (point.wallMs > m_axis.toMs()) break;
            if (std::isnan(point.value)) continue;
            seriesHigh = std::max(seriesHigh, point.value);
            seriesLow = std::min(seriesLow, point.value);
        }
        if (seriesHigh < seriesLow) return false;
        if (onlyIfNear && seriesHigh > 4 * high) return true;
        high = std::max(high, seriesHigh);
        low = std::min(low, seriesLow);
        return true;
    };
    // Limits last: whether they are in sight depends on the others.
    std::vector<bool> seen(m_spec.curves.size());
    for (const bool limits : {false, true}) {
        if (limits && high < low) break;
        for (std::size_t i = 0; i < m_spec.curves.size(); ++i) {
            if (m_spec.curves[i].isLimit == limits)
                seen[i] = include(m_spec.curves[i].series, limits);
        }
    }
    const bool known = high >= low;
    m_header->setLegend(legendOf(m_spec, known ? seen : std::vector<bool>(seen.size(), true)));
    const ValueRange range = niceRange(m_spec.unit, known ? low : 0, known ? high : 0);
    m_plot->yAxis->setRange(range.low, range.high);
    m_notice->setVisible(!known && !m_notice->text().isEmpty());
}

void TimeChart::takeCursor()
{
    const auto cursor = m_axis.cursor();
    if (cursor) {
        std::vector<ChartOverlay::Dot> dots;
        for (const ChartCurve &curve : m_spec.curves) {
            if (curve.series == nullptr) continue;
            if (const auto point = curve.series->nearest(*cursor, kCursorToleranceMs))
                dots.push_back({point->value, curve.tone});
        }
        m_overlay->setCursor(keyOf(*cursor), std::move(dots));
    } else {
        m_overlay->clearCursor();
    }
    showHeadline();
    if (isVisible()) m_plot->layer(QStringLiteral("overlay"))->replot();
}

void TimeChart::showHeadline()
{
    std::vector<double> values;
    for (const ChartCurve &curve : m_spec.curves) {
        double value = kUnknown;
        if (curve.series != nullptr && m_axis.cursor()) {
            if (const auto point = curve.series->nearest(*m_axis.cursor(), kCursorToleranceMs))
                value = point->value;
        } else if (curve.series != nullptr && m_axis.pausedAtMs()) {
            if (const auto point = curve.series->nearest(*m_axis.pausedAtMs(), kStaleMs))
                value = point->value;
        } else if (curve.series != nullptr) {
            value = curve.series->latest(kStaleMs).value_or(kUnknown);
        }
        values.push_back(value);
    }
    m_header->setHeadline(m_spec.headline(values));
}

void TimeChart::queueReplot()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimeChart::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    if (std::exchange(m_stale, false)) m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimeChart::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const QSize area = m_plot->size();
    m_clockTicker->setWidth(area.width() - kPlotMargins.left() - kPlotMargins.right());
    m_valueTicker->setCount(
        std::clamp((area.height() - kPlotMargins.top() - kPlotMargins.bottom()) / 34, 2, 5));
    m_notice->setGeometry(m_plot->rect().marginsRemoved(kPlotMargins).adjusted(8, 0, -8, 0));
    queueReplot();
}

void TimeChart::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    applyTheme();
    queueReplot();
}

} // namespace kvscope
