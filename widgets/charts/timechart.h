// TimeChart: one card with a header and curves over the page's shared time axis.
#pragma once

#include "core/metrics/metrichistory.h"
#include "widgets/charts/chartunit.h"
#include "widgets/charts/customplot.h"
#include "widgets/charts/tone.h"

#include <QFrame>

#include <functional>
#include <memory>
#include <vector>

namespace kvscope {

class ChartHeader;
class ChartOverlay;
class TimeAxis;
class ValueTicker;
class ClockTicker;

struct ChartCurve
{
    enum class Look : std::uint8_t { Line, Filled, Dashed };
    QString name;
    Tone tone = Tone::Accent;
    Look look = Look::Line;
    const Series *series = nullptr; ///< may be null: nothing to draw yet
    /// A limit far above everything else is left out of sight rather than flattening the rest.
    bool isLimit = false;
};

struct ChartSpec
{
    QString objectName;
    QString title;
    ChartUnit unit = ChartUnit::Rate;
    std::vector<ChartCurve> curves;
    /// The header's figure from the curves' values, in their order; NaN where unknown.
    std::function<QString(const std::vector<double> &)> headline;
};

/// Drag pans, the wheel zooms, a double click follows the newest again; all through the TimeAxis,
/// which moves every chart. Repaints are coalesced and happen only while it is visible. UI thread.
/// Requires: axis outlives it; so do the series it was given, or they are replaced.
class TimeChart : public QFrame
{
    Q_OBJECT

  public:
    TimeChart(ChartSpec spec, TimeAxis &axis, QWidget *parent = nullptr);
    ~TimeChart() override;

    /// Other series under the same curves (another store, another family); null: none.
    void setSeries(const std::vector<const Series *> &series);
    void setMarks(const std::vector<EventMark> *marks);
    void setNote(const QString &note);
    /// Shown in the plot's place while none of the curves has a value in sight.
    void setNotice(const QString &notice);

    /// Takes over what the series have gained since, and repaints.
    void refresh();

    QCustomPlot *plot() const { return m_plot; }
    /// What the header shows now.
    QString headline() const;
    /// Points of the n-th curve.
    int pointCount(std::size_t curve) const;

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    struct Drawn
    {
        QCPGraph *graph = nullptr;
        std::int64_t takenToMs = 0;
        double lastValue = kUnknown;
        double beforeLast = kUnknown;
        double lastKey = 0;
    };

    void buildPlot();
    void applyTheme();
    void takeNewPoints(std::size_t curve);
    void takeRange();
    void fitValues();
    void takeCursor();
    void showHeadline();
    void queueReplot();
    void press(const QPoint &position);
    void move(const QPoint &position, Qt::MouseButtons buttons);
    std::int64_t timeAt(int x) const;

    ChartSpec m_spec;
    TimeAxis &m_axis;
    ChartHeader *m_header;
    QCustomPlot *m_plot;
    ChartOverlay *m_overlay = nullptr; // the plot's
    class QLabel *m_notice;
    std::vector<Drawn> m_drawn;
    QSharedPointer<ValueTicker> m_valueTicker;
    QSharedPointer<ClockTicker> m_clockTicker;
    bool m_stale = true; // changed while it could not be seen
    bool m_dragging = false;
    int m_dragX = 0;
};

} // namespace kvscope
