// Sparkline: a curve as small as a word, for bars and table cells.
#pragma once

#include "widgets/charts/tone.h"

#include <QWidget>

#include <vector>

namespace kvscope {

class Series;

/// Draws its last values over its whole width. NaN is a gap. Takes its colour from the theme.
class Sparkline : public QWidget
{
    Q_OBJECT

  public:
    using Tone = kvscope::Tone;

    explicit Sparkline(Tone tone, QWidget *parent = nullptr);

    /// The last `count` points of `series`.
    void setSeries(const Series &series, std::size_t count = 60);
    void setValues(std::vector<double> values);
    /// A fixed scale, e.g. 0 … 1 for ratios; without it the values' own range is used, from 0.
    void setScale(double low, double high);

    QSize sizeHint() const override { return {92, 20}; }
    QSize minimumSizeHint() const override { return {32, 14}; }

  protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    Tone m_tone;
    std::vector<double> m_values;
    bool m_fixedScale = false;
    double m_low = 0;
    double m_high = 1;
};

} // namespace kvscope
