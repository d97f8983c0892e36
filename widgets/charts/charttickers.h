// ChartTickers: round values up the side, clock times along the bottom.
#pragma once

#include "widgets/charts/chartunit.h"
#include "widgets/charts/customplot.h"

namespace kvscope {

class ValueTicker final : public QCPAxisTicker
{
  public:
    explicit ValueTicker(ChartUnit unit) : m_unit(unit) {}
    /// How many fit.
    void setCount(int count) { m_count = count; }

    void generate(const QCPRange &range, const QLocale &locale, QChar formatChar, int precision,
                  QVector<double> &ticks, QVector<double> *subTicks,
                  QVector<QString> *tickLabels) override;

  private:
    ChartUnit m_unit;
    int m_count = 4;
};

/// Keys are seconds since 1970; labels are local time, `hh:mm:ss` or `hh:mm`.
class ClockTicker final : public QCPAxisTicker
{
  public:
    /// `widthPx` of the axis: labels neither crowd each other nor hang over its right end.
    void setWidth(int widthPx) { m_width = widthPx; }

    void generate(const QCPRange &range, const QLocale &locale, QChar formatChar, int precision,
                  QVector<double> &ticks, QVector<double> *subTicks,
                  QVector<QString> *tickLabels) override;

  private:
    int m_width = 400;
};

} // namespace kvscope
