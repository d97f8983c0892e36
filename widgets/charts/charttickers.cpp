// ChartTickers: generating ticks and labels.
#include "widgets/charts/charttickers.h"

#include <QDateTime>

#include <cmath>

namespace kvscope {

void ValueTicker::generate(const QCPRange &range, const QLocale &, QChar, int,
                           QVector<double> &ticks, QVector<double> *subTicks,
                           QVector<QString> *tickLabels)
{
    ticks.clear();
    for (const double value : niceTicks(m_unit, {range.lower, range.upper}, m_count))
        ticks.append(value);
    if (subTicks != nullptr) subTicks->clear();
    if (tickLabels == nullptr) return;
    tickLabels->clear();
    for (const double value : ticks) tickLabels->append(formatTick(m_unit, value));
}

void ClockTicker::generate(const QCPRange &range, const QLocale &, QChar, int,
                           QVector<double> &ticks, QVector<double> *subTicks,
                           QVector<QString> *tickLabels)
{
    constexpr int kLabelPx = 72;
    constexpr int kOverhangPx = 20;
    ticks.clear();
    if (subTicks != nullptr) subTicks->clear();
    if (tickLabels != nullptr) tickLabels->clear();
    const double seconds = range.size();
    const std::int64_t step = timeStep(seconds, std::max(2, m_width / kLabelPx));
    // Steps are counted from local midnight's side, so that 15 min ticks stand on the quarter
    // hours.
    const qint64 first = std::llround(std::floor(range.lower));
    const int offset = QDateTime::fromSecsSinceEpoch(first).offsetFromUtc();
    const double lastKey = range.upper - seconds * kOverhangPx / std::max(m_width, 1);
    for (qint64 tick = (first + offset) / step * step - offset;
         static_cast<double>(tick) <= lastKey; tick += step) {
        if (static_cast<double>(tick) < range.lower) continue;
        ticks.append(static_cast<double>(tick));
        if (tickLabels == nullptr) continue;
        tickLabels->append(QDateTime::fromSecsSinceEpoch(tick).toString(
            step < 60 ? QStringLiteral("hh:mm:ss") : QStringLiteral("hh:mm")));
    }
}

} // namespace kvscope
