// LabChart: a plot in the house's dress.
#include "widgets/lab/labchart.h"

#include "widgets/base/theme.h"
#include "widgets/charts/chartheader.h"
#include "widgets/charts/charttickers.h"
#include "widgets/charts/plotdress.h"
#include "widgets/lab/figuretext.h"

#include <QVBoxLayout>

#include <cmath>
#include <map>

namespace kvscope {
namespace {

constexpr qsizetype kMostPoints = 160;

} // namespace

LabChart::LabChart(const QString &objectName, const QString &title, ChartUnit unit,
                   std::vector<Curve> curves, QWidget *parent)
    : QFrame(parent), m_unit(unit), m_curves(std::move(curves)),
      m_header(new ChartHeader(title, this)), m_plot(new QCustomPlot(this)),
      m_note(new FigureText(2, 11, FigureText::Ink::Muted, this)), m_points(m_curves.size())
{
    setObjectName(objectName);
    setLook(this, "card");
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_note);
    m_note->setObjectName(objectName + QStringLiteral("Note"));
    setMinimumWidth(200);
    m_plot->setMinimumSize(80, 60);
    m_plot->setObjectName(objectName + QStringLiteral("Plot"));
    // Smooth fills and joins cost more than all the rest of a frame, and nobody sees them.
    m_plot->setAntialiasedElements(QCP::aeAll);
    m_plot->setNotAntialiasedElement(QCP::aeFills);
    m_plot->setPlottingHint(QCP::phFastPolylines);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins({44, 4, 4, 18});
    m_plot->plotLayout()->setMargins(QMargins());
    const QSharedPointer<ValueTicker> ticker(new ValueTicker(unit));
    ticker->setCount(3);
    m_plot->yAxis->setTicker(ticker);
    const QSharedPointer<QCPAxisTickerFixed> tokens(new QCPAxisTickerFixed);
    tokens->setTickStep(1);
    tokens->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    tokens->setTickCount(5);
    m_plot->xAxis->setTicker(tokens);
    m_plot->xAxis->grid()->setVisible(false);
    for (std::size_t i = 0; i < m_curves.size(); ++i) m_graphs.push_back(m_plot->addGraph());
    applyTheme();
}

void LabChart::applyTheme()
{
    m_plot->setBackground(QBrush(theme().panel));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) dressAxis(*axis, 5);
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        const bool isDashed = m_curves[i].look == Curve::Look::Dashed;
        QPen pen(toneColor(m_curves[i].tone), isDashed ? 1.2 : 1.6);
        pen.setJoinStyle(Qt::RoundJoin);
        if (isDashed) pen.setDashPattern({4, 3});
        m_graphs[i]->setPen(pen);
        m_graphs[i]->setBrush(m_curves[i].look == Curve::Look::Filled
                                  ? QBrush(toneFill(m_curves[i].tone))
                                  : Qt::NoBrush);
    }
}

void LabChart::setPoints(std::size_t curve, const QVector<double> &x, const QVector<double> &y)
{
    m_points[curve] = {x, y};
    if (x.size() <= kMostPoints) return m_graphs[curve]->setData(x, y, true);
    // Antialiased lines cost by the point; more than this the eye can't tell apart.
    QVector<double> fewX, fewY;
    const qsizetype step = (x.size() + kMostPoints - 1) / kMostPoints;
    for (qsizetype i = (x.size() - 1) % step; i < x.size(); i += step) {
        fewX.append(x[i]);
        fewY.append(y[i]);
    }
    m_graphs[curve]->setData(fewX, fewY, true);
}

void LabChart::setName(std::size_t curve, const QString &name)
{
    m_curves[curve].name = name;
}

void LabChart::setHeadline(const QString &text)
{
    m_header->setHeadline(text);
}

void LabChart::setNote(const QString &text)
{
    m_note->setText(text);
}

QString LabChart::headline() const
{
    return m_header->headline();
}

QString LabChart::note() const
{
    return m_note->text();
}

int LabChart::pointCount(std::size_t curve) const
{
    return static_cast<int>(m_points[curve].x.size());
}

void LabChart::refresh()
{
    std::vector<LegendEntry> legend;
    double left = std::numeric_limits<double>::max(), right = 1, top = 0;
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        if (m_graphs[i]->dataCount() == 0) continue;
        legend.push_back({m_curves[i].name, m_curves[i].tone,
                          m_curves[i].look == Curve::Look::Dashed ? Qt::DashLine : Qt::SolidLine});
        for (const QCPGraphData &point : *m_graphs[i]->data()) {
            left = std::min(left, point.key);
            right = std::max(right, point.key);
            if (!std::isnan(point.value)) top = std::max(top, point.value);
        }
    }
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) axis->setTickLabels(!legend.empty());
    m_header->setLegend(std::move(legend));
    const ValueRange range = niceRange(m_unit, 0, top > 0 ? top : 1);
    m_plot->yAxis->setRange(range.low, range.high);
    m_plot->xAxis->setRange(std::min(left, right - 1), right);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QByteArray LabChart::toCsv() const
{
    QByteArray out("tokens");
    std::map<double, std::vector<double>> rows;
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        out += ",\"" + m_curves[i].name.toUtf8().replace('"', "\"\"") + '"';
        for (qsizetype at = 0; at < m_points[i].x.size(); ++at) {
            std::vector<double> &row = rows[m_points[i].x[at]];
            row.resize(m_graphs.size(), std::numeric_limits<double>::quiet_NaN());
            row[i] = m_points[i].y[at];
        }
    }
    out += '\n';
    for (const auto &[key, row] : rows) {
        out += QByteArray::number(key, 'f', 0);
        for (const double value : row) {
            out += ',';
            if (!std::isnan(value)) out += QByteArray::number(value, 'g', 9);
        }
        out += '\n';
    }
    return out;
}

void LabChart::setRoom(Room room)
{
    m_note->setVisible(room == Room::Usual);
}

void LabChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    QFrame::changeEvent(event);
}

} // namespace kvscope
