// LiveCharts: what each chart shows and how its figure reads.
#include "widgets/live/livecharts.h"

#include "core/async/errortext.h"
#include "core/scenario/livesession.h"
#include "widgets/charts/timechart.h"

#include <QCoreApplication>
#include <QGridLayout>

#include <cmath>

namespace kvscope {
namespace {

using Look = ChartCurve::Look;
using Values = std::vector<double>;

/// "0.21", "ms" of "0.21 ms".
std::pair<QString, QString> numberAndUnit(const QString &text)
{
    const qsizetype space = text.lastIndexOf(QLatin1Char(' '));
    return space < 0 ? std::pair(text, QString())
                     : std::pair(text.left(space), text.mid(space + 1));
}

/// Values side by side; a unit that all share is said once, at the end.
QString joined(ChartUnit unit, const Values &values, const QStringList &names,
               const QString &separator)
{
    QStringList whole;
    QStringList numbers;
    QString shared;
    bool alike = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const QString name = names.value(static_cast<qsizetype>(i));
        const QString text = formatValue(unit, values[i]);
        const auto [number, its] = numberAndUnit(text);
        alike = alike && (i == 0 || its == shared);
        shared = its;
        whole << (name.isEmpty() ? text : name + QLatin1Char(' ') + text);
        numbers << (name.isEmpty() ? number : name + QLatin1Char(' ') + number);
    }
    if (!alike) return whole.join(separator);
    return numbers.join(separator) + (shared.isEmpty() ? QString() : QLatin1Char(' ') + shared);
}

QString latencyHeadline(const Values &values)
{
    return joined(ChartUnit::Micros, values,
                  {QStringLiteral("p50"), QStringLiteral("p99"), QStringLiteral("p99.9")},
                  QStringLiteral(" · "));
}

QString memoryHeadline(const Values &values)
{
    if (std::isnan(values[2])) return formatValue(ChartUnit::Size, values[0]);
    return joined(ChartUnit::Size, {values[0], values[2]}, {}, LiveCharts::tr(" of "));
}

QString operationsHeadline(const Values &values)
{
    return formatValue(ChartUnit::Rate, values[0] + values[1]);
}

QString evictionsHeadline(const Values &values)
{
    return joined(ChartUnit::Rate, values, {}, QStringLiteral(" · "));
}

} // namespace

QString familyName(LatencyFamily family)
{
    switch (family) {
    case LatencyFamily::Reads:
        return LiveCharts::tr("reads");
    case LatencyFamily::Writes:
        return LiveCharts::tr("writes");
    case LatencyFamily::Scans:
        return LiveCharts::tr("scans");
    case LatencyFamily::Other:
        return LiveCharts::tr("other commands");
    case LatencyFamily::Requests:
        return LiveCharts::tr("scenario requests");
    case LatencyFamily::FirstToken:
        return LiveCharts::tr("the first token");
    }
    return {};
}

LiveCharts::LiveCharts(TimeAxis &axis, QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setSpacing(10);
    const auto place = [&](int row, int column, ChartSpec spec) {
        auto *chart = new TimeChart(std::move(spec), axis, this);
        grid->addWidget(chart, row, column);
        m_charts.push_back(chart);
        return chart;
    };
    m_hitRatio =
        place(0, 0,
              {QStringLiteral("hitRatioChart"),
               tr("Hit ratio"),
               ChartUnit::Ratio,
               {{tr("net of own reads"), Tone::Accent, Look::Filled},
                {tr("raw"), Tone::Muted, Look::Dashed}},
               [](const Values &values) { return formatValue(ChartUnit::Ratio, values[0]); }});
    m_latency = place(0, 1,
                      {QStringLiteral("latencyChart"),
                       tr("Latency"),
                       ChartUnit::Micros,
                       {{QStringLiteral("p50"), Tone::Accent, Look::Filled},
                        {QStringLiteral("p99"), Tone::Blue, Look::Line},
                        {QStringLiteral("p99.9"), Tone::Orange, Look::Line}},
                       latencyHeadline});
    m_operations =
        place(1, 0,
              {QStringLiteral("operationsChart"),
               tr("Operations"),
               ChartUnit::Rate,
               {{tr("reads"), Tone::Blue, Look::Filled}, {tr("writes"), Tone::Purple, Look::Line}},
               operationsHeadline});
    m_memory = place(1, 1,
                     {QStringLiteral("memoryChart"),
                      tr("Memory"),
                      ChartUnit::Size,
                      {{tr("used"), Tone::Purple, Look::Filled},
                       {tr("RSS"), Tone::Muted, Look::Dashed},
                       {tr("limit"), Tone::Bad, Look::Line, nullptr, true}},
                      memoryHeadline});
    m_evictions =
        place(2, 0,
              {QStringLiteral("evictionsChart"),
               tr("Evictions and expiries"),
               ChartUnit::Rate,
               {{tr("evicted"), Tone::Bad, Look::Line}, {tr("expired"), Tone::Blue, Look::Line}},
               evictionsHeadline});
    m_source =
        place(2, 1,
              {QStringLiteral("sourceChart"),
               tr("Source queries"),
               ChartUnit::Rate,
               {{tr("misses reaching the source"), Tone::Warning, Look::Filled}},
               [](const Values &values) { return formatValue(ChartUnit::Rate, values[0]); }});
    for (int row = 0; row < 3; ++row) grid->setRowStretch(row, 1);
    for (int column = 0; column < 2; ++column) grid->setColumnStretch(column, 1);
    takeSeries();
}

void LiveCharts::setSession(LiveSession *session)
{
    m_session = session;
    takeSeries();
}

void LiveCharts::setFamily(LatencyFamily family)
{
    m_family = family;
    takeSeries();
}

void LiveCharts::takeSeries()
{
    const MetricHistory *history = m_session == nullptr ? nullptr : &m_session->history();
    const auto series = [history](Metric metric) {
        return history == nullptr ? nullptr : &history->series(metric);
    };
    const auto latency = [history, this](Quantile quantile) {
        return history == nullptr ? nullptr : &history->latency(m_family, quantile);
    };
    m_hitRatio->setSeries({series(Metric::HitRatio), series(Metric::HitRatioRaw)});
    m_latency->setSeries({latency(Quantile::P50), latency(Quantile::P99), latency(Quantile::P999)});
    m_latency->setNote(familyName(m_family));
    m_operations->setSeries({series(Metric::Reads), series(Metric::Writes)});
    m_memory->setSeries(
        {series(Metric::UsedBytes), series(Metric::RssBytes), series(Metric::BudgetBytes)});
    m_evictions->setSeries({series(Metric::Evictions), series(Metric::Expirations)});
    m_source->setSeries({series(Metric::SourceQueries)});
    for (TimeChart *chart : m_charts)
        chart->setMarks(history == nullptr ? nullptr : &history->marks());
    showNotices();
}

void LiveCharts::refresh()
{
    showNotices();
    for (TimeChart *chart : m_charts) chart->refresh();
}

void LiveCharts::showNotices()
{
    QString problem;
    if (m_session != nullptr && m_session->sampler().problem())
        problem = errorLine(*m_session->sampler().problem());
    const auto say = [&problem](TimeChart *chart, const QString &otherwise) {
        chart->setNotice(problem.isEmpty() ? otherwise : problem);
    };
    const QString noReads = tr("No reads in this time.");
    say(m_hitRatio, noReads);
    const bool tellsTimes =
        m_session == nullptr || m_session->store().capabilities().latencyHistogram;
    const bool ofModel = m_family == LatencyFamily::FirstToken;
    const bool ours = m_family == LatencyFamily::Requests || ofModel;
    if (!ours && !tellsTimes && problem.isEmpty())
        m_latency->setNotice(
            tr("This server keeps no latency histograms; Redis does from version 7.0 on."));
    else
        say(m_latency, ofModel ? tr("Start the chatbot scenario to see how long a person waits.")
                       : ours  ? tr("Start the search scenario to see its requests.")
                               : tr("No such commands in this time."));
    say(m_operations, tr("This store does not tell its operations."));
    say(m_memory, tr("This store does not tell its memory."));
    say(m_evictions, tr("This store does not tell evictions and expiries."));
    m_source->setNotice(
        tr("What reaches the source can be seen for our own traffic: start the search scenario."));
}

} // namespace kvscope
