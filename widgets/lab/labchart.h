// LabChart: a card with curves over tokens.
#pragma once

#include "widgets/charts/chartunit.h"
#include "widgets/charts/customplot.h"
#include "widgets/charts/tone.h"

#include <QFrame>

#include <vector>

namespace kvscope {

class ChartHeader;
class FigureText;
class ValueTicker;

/// UI thread. Repaints are queued and coalesced.
class LabChart : public QFrame
{
    Q_OBJECT

  public:
    struct Curve
    {
        enum class Look : std::uint8_t { Line, Filled, Dashed };
        QString name;
        Tone tone = Tone::Accent;
        Look look = Look::Line;
    };

    LabChart(const QString &objectName, const QString &title, ChartUnit unit,
             std::vector<Curve> curves, QWidget *parent = nullptr);

    /// Replaces a curve's points, drawn thinned out evenly where there are very many; an empty
    /// curve is left out of the legend.
    void setPoints(std::size_t curve, const QVector<double> &x, const QVector<double> &y);
    void setName(std::size_t curve, const QString &name);
    void setHeadline(const QString &text);
    void setNote(const QString &text);
    /// Where there is little, the curves have it and the note is left out.
    enum class Room : std::uint8_t { Usual, Little };
    void setRoom(Room room);
    /// Behind setPoints(): fits the axes and repaints.
    void refresh();

    QString headline() const;
    QString note() const;
    int pointCount(std::size_t curve) const;
    /// "tokens" and a column for each curve, with every point.
    QByteArray toCsv() const;

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void applyTheme();

    ChartUnit m_unit;
    std::vector<Curve> m_curves;
    ChartHeader *m_header;
    QCustomPlot *m_plot;
    FigureText *m_note;
    std::vector<QCPGraph *> m_graphs;
    struct Points
    {
        QVector<double> x, y;
    };
    std::vector<Points> m_points; ///< all of them, by curve
};

} // namespace kvscope
