// ReplayChart: a plot in the house's dress, sizes in powers of ten.
#include "widgets/lab/replaychart.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/charts/chartheader.h"
#include "widgets/charts/charttickers.h"
#include "widgets/charts/plotdress.h"

#include <QEvent>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

constexpr std::array kTones{Tone::Accent, Tone::Blue, Tone::Purple};

/// "1 k", "20 k", "3 M": whole powers of ten, and what stands between them unlabelled.
class SizeTicker final : public QCPAxisTicker
{
  public:
    void generate(const QCPRange &range, const QLocale &, QChar, int, QVector<double> &ticks,
                  QVector<double> *subTicks, QVector<QString> *tickLabels) override
    {
        ticks.clear();
        if (subTicks) subTicks->clear();
        if (tickLabels) tickLabels->clear();
        for (int i = 0; std::pow(10, i) <= range.upper; ++i) {
            const double ten = std::pow(10, i);
            if (ten < range.lower) continue;
            ticks.append(ten);
            if (!tickLabels) continue;
            const auto count = std::uint64_t(ten);
            tickLabels->append(count >= 1'000'000 ? QStringLiteral("%1 M").arg(count / 1'000'000)
                               : count >= 1000    ? QStringLiteral("%1 k").arg(count / 1000)
                                                  : QString::number(count));
        }
    }
};

} // namespace

QString prefixPolicyText(trace::PrefixPolicy policy)
{
    return QString::fromLatin1(trace::prefixPolicyName(policy)).toUpper();
}

ReplayChart::ReplayChart(QWidget *parent)
    : QFrame(parent), m_header(new ChartHeader(tr("Prefix hit ratio by blocks kept"), this)),
      m_plot(new QCustomPlot(this)), m_mark(new QCPItemLine(m_plot))
{
    setObjectName(QStringLiteral("replayChart"));
    setLook(this, "card");
    setAccessibleName(tr("Prefix hit ratio by blocks kept"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_plot, 1);
    setMinimumSize(260, 200);
    m_plot->setObjectName(QStringLiteral("replayPlot"));
    m_plot->setAntialiasedElements(QCP::aeAll);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins({44, 6, 10, 20});
    m_plot->plotLayout()->setMargins(QMargins());
    const QSharedPointer<ValueTicker> ticker(new ValueTicker(ChartUnit::Ratio));
    ticker->setCount(5);
    m_plot->yAxis->setTicker(ticker);
    m_plot->xAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot->xAxis->setTicker(QSharedPointer<SizeTicker>::create());
    for (std::size_t i = 0; i <= trace::prefixPolicies().size(); ++i)
        m_graphs.push_back(m_plot->addGraph());
    m_mark->setClipToAxisRect(true);
    m_mark->setVisible(false);
    connect(m_plot, &QCustomPlot::mousePress, this,
            [this](QMouseEvent *event) { chooseAt(event->position().x()); });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent *event) {
        if (event->buttons() & Qt::LeftButton) chooseAt(event->position().x());
    });
    applyTheme();
}

void ReplayChart::applyTheme()
{
    m_plot->setBackground(QBrush(theme().panel));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) dressAxis(*axis, 5);
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        const bool isBound = i + 1 == m_graphs.size();
        QPen pen(isBound ? theme().muted : toneColor(kTones[i % kTones.size()]),
                 isBound ? 1.2 : 1.8);
        if (isBound) pen.setDashPattern({4, 3});
        m_graphs[i]->setPen(pen);
        if (!isBound)
            m_graphs[i]->setScatterStyle(
                QCPScatterStyle(QCPScatterStyle::ssDisc, pen.color(), pen.color(), 4));
    }
    m_mark->setPen(QPen(theme().line, 1));
}

void ReplayChart::show(const std::vector<ReplayCell> &cells)
{
    std::vector<QVector<double>> x(m_graphs.size()), y(m_graphs.size());
    double low = 1e300, high = 0, bound = -1;
    for (const ReplayCell &cell : cells) {
        if (!cell.blocks) {
            bound = cell.result.hitRatio();
            continue;
        }
        const auto i = std::size_t(cell.policy);
        const auto blocks = double(*cell.blocks);
        x[i].append(blocks);
        y[i].append(cell.result.hitRatio());
        low = std::min(low, blocks);
        high = std::max(high, blocks);
    }
    if (bound >= 0 && high > 0) {
        x.back() = {low, high};
        y.back() = {bound, bound};
    }
    std::vector<LegendEntry> legend;
    double top = 0;
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        m_graphs[i]->setData(x[i], y[i], true);
        for (const double value : y[i]) top = std::max(top, value);
        if (x[i].isEmpty()) continue;
        if (i + 1 == m_graphs.size())
            legend.push_back({tr("without a bound"), Tone::Muted, Qt::DashLine});
        else
            legend.push_back({prefixPolicyText(trace::PrefixPolicy(i)), kTones[i % kTones.size()],
                              Qt::SolidLine});
    }
    m_header->setLegend(std::move(legend));
    // A tenth above the highest: these ratios are rarely near 100 %.
    m_plot->yAxis->setRange(0,
                            top > 0 ? std::min(1.0, std::ceil(top * 10 + 0.5) / 10) * 1.02 : 1.02);
    if (high > 0) m_plot->xAxis->setRange(low / 1.15, std::max(high, low * 2) * 1.15);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ReplayChart::mark(std::optional<std::size_t> blocks)
{
    m_mark->setVisible(blocks.has_value());
    if (blocks) {
        m_mark->start->setCoords(double(*blocks), m_plot->yAxis->range().lower);
        m_mark->end->setCoords(double(*blocks), m_plot->yAxis->range().upper);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

int ReplayChart::pointCount(trace::PrefixPolicy policy) const
{
    return m_graphs[std::size_t(policy)]->dataCount();
}

void ReplayChart::chooseAt(double pixel)
{
    const double wanted = m_plot->xAxis->pixelToCoord(pixel);
    double best = 0;
    for (const QCPGraphData &point : *m_graphs.front()->data())
        if (best == 0 || std::abs(std::log(point.key / wanted)) < std::abs(std::log(best / wanted)))
            best = point.key;
    if (best > 0) emit chosen(qulonglong(best));
}

void ReplayChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    QFrame::changeEvent(event);
}

} // namespace kvscope
