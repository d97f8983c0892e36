// LagChart: two curves and a line.
#include "widgets/jobs/lagchart.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/charts/charttickers.h"
#include "widgets/charts/tone.h"
#include "widgets/jobs/jobplot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

QString timeText(std::int64_t ms)
{
    return QString::fromStdString(formatDuration(ms));
}

void setColor(QLabel *label, const QColor &color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace

LagChart::LagChart(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_p50(new QLabel(this)), m_p99(new QLabel(this)),
      m_stated(new QLabel(this)), m_note(new QLabel(this)), m_plot(jobplot::make(this, "lagPlot")),
      m_half(m_plot->addGraph()), m_most(m_plot->addGraph()),
      m_line(new QCPItemStraightLine(m_plot))
{
    setObjectName(QStringLiteral("lagChart"));
    setLook(this, "card");
    setLook(m_title, "title");
    m_p50->setObjectName(QStringLiteral("lagP50"));
    m_p99->setObjectName(QStringLiteral("lagP99"));
    m_stated->setObjectName(QStringLiteral("lagStated"));
    m_note->setObjectName(QStringLiteral("lagNote"));
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    setLook(m_note, "muted");
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title, 1);
    for (QLabel *label : {m_stated, m_p50, m_p99}) {
        label->setFont(uiFont(12));
        head->addWidget(label);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_note, 1);
    m_plot->yAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot->xAxis->setTicker(QSharedPointer<ClockTicker>::create());
    for (QCPGraph *graph : {m_half, m_most}) graph->setLineStyle(QCPGraph::lsStepLeft);
    applyTheme();
}

void LagChart::applyTheme()
{
    jobplot::style(m_plot);
    m_half->setPen(jobplot::curvePen(toneColor(Tone::Accent)));
    m_most->setPen(jobplot::curvePen(toneColor(Tone::Blue)));
    QPen dashed(m_late ? theme().warning : theme().muted, 1.2);
    dashed.setDashPattern({5, 4});
    m_line->setPen(dashed);
    setColor(m_p50, toneColor(Tone::Accent));
    setColor(m_p99, m_late ? theme().warning : toneColor(Tone::Blue));
    setColor(m_stated, theme().muted);
}

void LagChart::fitAxes(double lowestMs, double highestMs)
{
    // Whole decades, from below the quickest to above the slowest or the stated one.
    const double low = std::floor(std::log10(std::max(lowestMs, 1.0)));
    const double high = std::max(std::ceil(std::log10(highestMs * 1.05)), low + 1);
    auto ticks = QSharedPointer<QCPAxisTickerText>::create();
    for (int decade = static_cast<int>(low); decade <= static_cast<int>(high); ++decade) {
        const double ms = std::pow(10.0, decade);
        ticks->addTick(ms, timeText(std::llround(ms)));
    }
    m_plot->yAxis->setTicker(ticks);
    m_plot->yAxis->setRange(std::pow(10.0, low), std::pow(10.0, high));
}

void LagChart::show(const JobState &job, std::chrono::milliseconds within)
{
    m_title->setText(tr("Lag"));
    m_stated->setText(tr("stated %1").arg(timeText(within.count())));
    QVector<QCPGraphData> half;
    QVector<QCPGraphData> most;
    double lowest = static_cast<double>(within.count());
    double highest = lowest;
    for (const RateHistory::Point &point : job.rates.points()) {
        const double key = jobplot::keyOf(point.wallMs);
        const auto put = [&](QVector<QCPGraphData> &curve, std::optional<std::int64_t> ms) {
            // Where nothing changed there is no lag, and no line over it.
            const double value = ms ? std::max(static_cast<double>(*ms), 1.0) : qQNaN();
            curve.append({key, value});
            if (!ms) return;
            lowest = std::min(lowest, value);
            highest = std::max(highest, value);
        };
        put(half, point.lagP50Ms);
        put(most, point.lagP99Ms);
    }
    const bool any = std::any_of(half.begin(), half.end(),
                                 [](const QCPGraphData &point) { return !qIsNaN(point.value); });
    m_plot->setVisible(any);
    m_note->setVisible(!any);
    m_note->setText(job.isActive() ? tr("Nothing changed in the source yet.")
                                   : tr("Nothing changed in the source while it ran."));
    const JobProgress &now = job.progress;
    m_p50->setText(now.lagP50Ms ? tr("p50 %1").arg(timeText(*now.lagP50Ms)) : QString());
    m_p99->setText(now.lagP99Ms ? tr("p99 %1").arg(timeText(*now.lagP99Ms)) : QString());
    const bool late = now.lagP99Ms && *now.lagP99Ms > within.count();
    if (std::exchange(m_late, late) != late) applyTheme();
    const QString tip = tr("From when a change was surely not in the store yet to its acknowledged "
                           "write, over the last ten seconds");
    m_p50->setToolTip(tip);
    m_p99->setToolTip(tip);
    describe();
    if (!any) return;
    m_half->data()->set(half, true);
    m_most->data()->set(most, true);
    m_line->point1->setCoords(0, static_cast<double>(within.count()));
    m_line->point2->setCoords(1, static_cast<double>(within.count()));
    fitAxes(lowest, highest);
    const double first = half.front().key;
    m_plot->xAxis->setRange(first, std::max(half.back().key, first + 1));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// What the curves show, for who can't see them.
void LagChart::describe()
{
    setAccessibleName(m_title->text());
    QStringList parts;
    for (const QLabel *label : {m_note, m_p50, m_p99, m_stated})
        if (!label->isHidden() && !label->text().isEmpty()) parts << label->text();
    setAccessibleDescription(parts.join(QStringLiteral(" · ")));
}

void LagChart::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    applyTheme();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace kvscope
