// JobCharts: two plots from the tokens.
#include "widgets/jobs/jobcharts.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/charts/charttickers.h"
#include "widgets/charts/tone.h"
#include "widgets/jobs/cutlabel.h"
#include "widgets/jobs/jobplot.h"
#include "widgets/jobs/jobwords.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

// Microseconds and milliseconds, two or three of them.
class ProbeTicker final : public QCPAxisTicker
{
  public:
    ProbeTicker() { setTickCount(2); }

  protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        return tick > 0 ? QString::fromStdString(formatMicros(tick)) : QString();
    }
};

// Entries come whole.
class CountTicker final : public QCPAxisTicker
{
  public:
    CountTicker() { setTickCount(3); }

  protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        const bool whole = std::abs(tick - std::round(tick)) < 1e-6;
        return whole ? countText(std::llround(tick)) : QString();
    }
};

QString clock(std::int64_t wallMs)
{
    return QDateTime::fromMSecsSinceEpoch(wallMs).toString(QStringLiteral("hh:mm:ss"));
}

} // namespace

RateChart::RateChart(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_detail(new CutLabel(this)),
      m_figure(new QLabel(this)), m_reason(new CutLabel(this)), m_note(new QLabel(this)),
      m_probe(new QLabel(this)), m_plot(jobplot::make(this, "ratePlot"))
{
    setObjectName(QStringLiteral("rateChart"));
    setLook(this, "card");
    setLook(m_title, "title");
    setLook(m_detail, "muted");
    setLook(m_figure, "title");
    m_title->setObjectName(QStringLiteral("rateTitle"));
    m_detail->setObjectName(QStringLiteral("rateDetail"));
    m_detail->setFont(uiFont(12));
    m_figure->setObjectName(QStringLiteral("rateFigure"));
    m_probe->setObjectName(QStringLiteral("probeFigure"));
    m_probe->setFont(uiFont(12));
    m_reason->setObjectName(QStringLiteral("slowReason"));
    m_reason->setFont(uiFont(12));
    setLook(m_reason, "muted");
    m_note->setObjectName(QStringLiteral("rateNote"));
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    setLook(m_note, "muted");
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_detail, 1);
    head->addWidget(m_probe);
    head->addWidget(m_figure);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_reason);
    m_slowed = m_plot->addGraph();
    m_curve = m_plot->addGraph();
    m_slowed->setLineStyle(QCPGraph::lsStepLeft);
    m_probes = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_plot->axisRect()->setMargins(QMargins(52, 6, 52, 18));
    m_plot->yAxis2->setVisible(true);
    auto micros = QSharedPointer<ProbeTicker>::create();
    m_plot->yAxis2->setTicker(micros);
    auto ticker = QSharedPointer<ValueTicker>::create(ChartUnit::Rate);
    ticker->setCount(3);
    m_plot->yAxis->setTicker(ticker);
    auto times = QSharedPointer<ClockTicker>::create();
    m_plot->xAxis->setTicker(times);
    applyTheme();
}

void RateChart::applyTheme()
{
    jobplot::style(m_plot);
    m_curve->setPen(jobplot::curvePen(toneColor(Tone::Accent)));
    m_probes->setPen(jobplot::curvePen(toneColor(Tone::Blue)));
    m_plot->yAxis2->setTickLabelColor(toneColor(Tone::Blue));
    QPalette palette = m_probe->palette();
    palette.setColor(QPalette::WindowText, toneColor(Tone::Blue));
    m_probe->setPalette(palette);
    m_curve->setBrush(toneFill(Tone::Accent));
    m_slowed->setPen(Qt::NoPen);
    m_slowed->setBrush(toneFill(Tone::Warning));
}

void RateChart::show(const QString &title, const QString &detail, const QString &figure,
                     const QString &remark, const RateHistory &rates,
                     const std::optional<Slowdown> &slowdown, Going going)
{
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setToolTip(detail);
    m_figure->setText(figure);
    m_reason->setVisible(slowdown.has_value() || !remark.isEmpty());
    m_reason->setText(remark);
    m_reason->setToolTip(remark);
    if (slowdown) {
        const std::int64_t lasted = std::max<std::int64_t>(slowdown->toMs - slowdown->fromMs, 100);
        m_reason->setText(tr("slowed at %1 for %2: %3")
                              .arg(clock(slowdown->fromMs),
                                   QString::fromStdString(formatDuration(lasted)),
                                   slowdown->reason));
        m_reason->setToolTip(slowdown->reason);
    }
    const auto &points = rates.points();
    m_note->setVisible(points.size() < 2);
    m_plot->setVisible(points.size() >= 2);
    if (points.size() < 2) {
        m_probe->hide();
        m_note->setText(going == Going::On ? tr("The curve begins with the first second.")
                                           : tr("It ended before there was a curve to draw."));
        return describe();
    }
    double highest = 0;
    double slowest = 0;
    QVector<QCPGraphData> curve;
    QVector<QCPGraphData> probes;
    for (const RateHistory::Point &point : points) {
        const double key = jobplot::keyOf(point.wallMs);
        curve.append({key, point.rows});
        highest = std::max(highest, point.rows);
        const double probe = point.probeUs ? static_cast<double>(*point.probeUs) : qQNaN();
        probes.append({key, probe});
        if (point.probeUs) slowest = std::max(slowest, probe);
    }
    showProbe(points.back().probeUs, slowest);
    m_probes->data()->set(probes, true);
    const ValueRange range = niceRange(ChartUnit::Rate, 0, highest);
    QVector<QCPGraphData> slowed;
    for (const RateHistory::Point &point : points)
        slowed.append({jobplot::keyOf(point.wallMs), point.slowed ? range.high : 0});
    m_curve->data()->set(curve, true);
    m_slowed->data()->set(slowed, true);
    m_plot->xAxis->setRange(
        jobplot::keyOf(points.front().wallMs),
        std::max(jobplot::keyOf(points.back().wallMs), jobplot::keyOf(points.front().wallMs) + 1));
    m_plot->yAxis->setRange(range.low, range.high);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    describe();
}

// What the curves show, for who can't see them.
void RateChart::describe()
{
    setAccessibleName(m_title->text());
    QStringList parts;
    for (const QLabel *label : {m_figure, m_detail, m_probe, m_reason, m_note})
        if (!label->isHidden() && !label->text().isEmpty()) parts << label->text();
    setAccessibleDescription(parts.join(QStringLiteral(" · ")));
}

// On a scale of its own at the right, from 0, so that what a PING takes is not made to look worse.
void RateChart::showProbe(std::optional<std::int64_t> nowUs, double slowestUs)
{
    m_probe->setVisible(slowestUs > 0);
    m_plot->yAxis2->setTickLabels(slowestUs > 0);
    if (nowUs)
        m_probe->setText(
            tr("probe p99 %1")
                .arg(QString::fromStdString(formatMicros(static_cast<double>(*nowUs)))));
    m_probe->setToolTip(tr("What a PING beside the job takes, ten times a second: what others feel "
                           "of it"));
    m_plot->yAxis2->setRange(0, std::max(slowestUs * 1.6, 100.0));
}

void RateChart::showNote(const QString &title, const QString &note)
{
    m_title->setText(title);
    m_detail->clear();
    m_figure->clear();
    m_probe->hide();
    m_reason->hide();
    m_plot->hide();
    m_note->setText(note);
    m_note->show();
    describe();
}

QString RateChart::reason() const
{
    return m_reason->isVisible() ? m_reason->text() : QString();
}

void RateChart::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    applyTheme();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

AgeChart::AgeChart(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_empty(new QLabel(this)),
      m_plot(jobplot::make(this, "agePlot")), m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    setObjectName(QStringLiteral("ageChart"));
    setLook(this, "card");
    setLook(m_title, "title");
    setLook(m_empty, "muted");
    m_title->setText(tr("Staleness age"));
    m_empty->setObjectName(QStringLiteral("ageEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_empty, 1);
    m_plot->axisRect()->setMargins(QMargins(52, 6, 4, 18));
    m_bars->setWidth(0.72);
    applyTheme();
    show({}, {});
}

void AgeChart::applyTheme()
{
    jobplot::style(m_plot);
    m_bars->setPen(Qt::NoPen);
    QColor color = theme().warning;
    color.setAlphaF(0.75F);
    m_bars->setBrush(color);
}

void AgeChart::show(const AgeHistogram &ages, const QString &emptyText)
{
    m_empty->setText(emptyText);
    m_empty->setVisible(ages.total() == 0);
    m_plot->setVisible(ages.total() > 0);
    describe(ages);
    if (ages.total() == 0) return;
    std::size_t first = 0;
    std::size_t last = AgeHistogram::kBins - 1;
    while (ages.count(first) == 0) ++first;
    while (ages.count(last) == 0) --last;
    // A lonely bar gets neighbours, so that one sees where it stands.
    first = first > 1 ? first - 2 : 0;
    last = std::min(last + 2, AgeHistogram::kBins - 1);
    QVector<double> keys;
    QVector<double> values;
    auto labels = QSharedPointer<QCPAxisTickerText>::create();
    double highest = 0;
    for (std::size_t i = first; i <= last; ++i) {
        const auto at = static_cast<double>(i);
        keys << at;
        values << static_cast<double>(ages.count(i));
        highest = std::max(highest, values.back());
        labels->addTick(at - 0.5, i == 0 ? QStringLiteral("0") : ageText(AgeHistogram::lowerMs(i)));
    }
    m_bars->setData(keys, values, true);
    m_plot->xAxis->setTicker(labels);
    m_plot->xAxis->setRange(static_cast<double>(first) - 0.6, static_cast<double>(last) + 0.6);
    m_plot->yAxis->setTicker(QSharedPointer<CountTicker>::create());
    m_plot->yAxis->setRange(0, std::max(highest * 1.15, 4.0));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// Its bars in words, for who can't see them.
void AgeChart::describe(const AgeHistogram &ages)
{
    setAccessibleName(m_title->text());
    QStringList bars;
    for (std::size_t i = 0; i < AgeHistogram::kBins; ++i) {
        if (ages.count(i) == 0) continue;
        const QString count = countText(ages.count(i));
        const QString from = ageText(AgeHistogram::lowerMs(i));
        bars << (i + 1 == AgeHistogram::kBins
                     ? tr("%1 and more: %2").arg(from, count)
                     : tr("%1 to %2: %3").arg(from, ageText(AgeHistogram::lowerMs(i + 1)), count));
    }
    setAccessibleDescription(bars.isEmpty() ? m_empty->text() : bars.join(QStringLiteral("; ")));
}

void AgeChart::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) m_title->setText(tr("Staleness age"));
    if (event->type() != QEvent::PaletteChange) return;
    applyTheme();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace kvscope
