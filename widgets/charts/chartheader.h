// ChartHeader: a chart's title, its legend, and the value now or at the cursor.
#pragma once

#include "widgets/charts/tone.h"

#include <QWidget>

#include <vector>

namespace kvscope {

struct LegendEntry
{
    QString name;
    Tone tone = Tone::Accent;
    Qt::PenStyle line = Qt::SolidLine;

    friend bool operator==(const LegendEntry &, const LegendEntry &) = default;
};

class ChartHeader : public QWidget
{
    Q_OBJECT

  public:
    explicit ChartHeader(const QString &title, QWidget *parent = nullptr);

    void setLegend(std::vector<LegendEntry> legend);
    void setHeadline(const QString &headline);
    const QString &headline() const { return m_headline; }
    /// A remark that stands before the legend, e.g. which commands are meant.
    void setNote(const QString &note);

    QSize sizeHint() const override { return {240, kHeight}; }
    QSize minimumSizeHint() const override { return {120, kHeight}; }

  protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    static constexpr int kHeight = 26;

    /// Returns its width.
    int paintHeadline(QPainter &painter);
    void paintLegend(QPainter &painter, int x, int right);

    QString m_title;
    QString m_note;
    QString m_headline;
    std::vector<LegendEntry> m_legend;
};

} // namespace kvscope
