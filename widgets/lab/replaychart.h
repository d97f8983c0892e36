// ReplayChart: hit ratio against cache size, a curve for each policy.
#pragma once

#include "core/labrun/servingreplay.h"
#include "widgets/charts/customplot.h"

#include <QFrame>

class QLabel;

namespace kvscope {

class ChartHeader;

/// Sizes stand on a logarithmic scale. A click or the cursor chooses one. UI thread.
class ReplayChart : public QFrame
{
    Q_OBJECT

  public:
    explicit ReplayChart(QWidget *parent = nullptr);

    void show(const std::vector<ReplayCell> &cells);
    /// The size that is marked; nothing: none.
    void mark(std::optional<std::size_t> blocks);
    int pointCount(trace::PrefixPolicy policy) const;

  signals:
    /// A size next to the pointer.
    void chosen(qulonglong blocks);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void applyTheme();
    void chooseAt(double pixel);

    ChartHeader *m_header;
    QCustomPlot *m_plot;
    std::vector<QCPGraph *> m_graphs; ///< by policy; the last is the bound without a bound
    QCPItemLine *m_mark;
};

QString prefixPolicyText(trace::PrefixPolicy policy);

} // namespace kvscope
