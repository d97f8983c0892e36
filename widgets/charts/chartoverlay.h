// ChartOverlay: what lies over the curves: event marks with their names, and the shared cursor.
#pragma once

#include "core/metrics/metrichistory.h"
#include "widgets/charts/customplot.h"
#include "widgets/charts/tone.h"

#include <vector>

namespace kvscope {

/// A mark in the plot: where its line stands and how wide its name is, in pixels.
struct MarkAt
{
    double x;
    double width;
};

/// Where the name of the `mark`-th goes: on one of two rows, right of its line or, at the right
/// edge, left of it.
struct MarkName
{
    std::size_t mark;
    int row;
    double from;
    double width;
};

/// Names that fit between `left` and `right` without covering one another. A mark whose name fits
/// on neither row keeps its line alone.
std::vector<MarkName> placeMarkNames(const std::vector<MarkAt> &marks, double left, double right);

/// An item on a layer of its own, so that moving the cursor repaints no curve. The plot owns it.
class ChartOverlay final : public QCPAbstractItem
{
    Q_OBJECT

  public:
    struct Dot
    {
        double value;
        Tone tone;
    };

    explicit ChartOverlay(QCustomPlot *plot);

    /// `marks` is read when it draws; it must outlive the overlay or be replaced by null.
    void setMarks(const std::vector<EventMark> *marks) { m_marks = marks; }
    /// Seconds since 1970; dots where the curves are then.
    void setCursor(double key, std::vector<Dot> dots);
    void clearCursor();

    double selectTest(const QPointF &, bool, QVariant *) const override { return -1; }

  protected:
    void draw(QCPPainter *painter) override;

  private:
    void drawMarks(QCPPainter *painter, const QRect &area);
    void drawCursor(QCPPainter *painter, const QRect &area);

    const std::vector<EventMark> *m_marks = nullptr;
    bool m_hasCursor = false;
    double m_cursorKey = 0;
    std::vector<Dot> m_dots;
};

} // namespace kvscope
