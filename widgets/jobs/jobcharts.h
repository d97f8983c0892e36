// JobCharts: how fast a job goes and why not faster; how old what it found is.
#pragma once

#include "core/jobs/jobstate.h"
#include "widgets/charts/customplot.h"

#include <QFrame>

class QLabel;

namespace kvscope {

/// Rows a second over the life of a job, and beside it what a PING takes meanwhile (p99); stretches
/// in which something held the job back are shaded.
class RateChart : public QFrame
{
    Q_OBJECT

  public:
    explicit RateChart(QWidget *parent = nullptr);

    enum class Going : std::uint8_t { On, Ended };
    /// `figure` stands at the right of the title; `remark` below the curve, where nothing slows the
    /// job down.
    void show(const QString &title, const QString &detail, const QString &figure,
              const QString &remark, const RateHistory &rates,
              const std::optional<Slowdown> &slowdown, Going going = Going::On);
    /// No curve; `note` says why or what to do.
    void showNote(const QString &title, const QString &note);
    QString reason() const;

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void applyTheme();
    void showProbe(std::optional<std::int64_t> nowUs, double slowestUs);
    void describe();

    QLabel *m_title;
    QLabel *m_detail;
    QLabel *m_figure;
    QLabel *m_reason;
    QLabel *m_note;
    QLabel *m_probe;
    QCustomPlot *m_plot;
    QCPGraph *m_curve;
    QCPGraph *m_slowed;
    QCPGraph *m_probes;
};

/// Bars over ages on a scale that widens.
class AgeChart : public QFrame
{
    Q_OBJECT

  public:
    explicit AgeChart(QWidget *parent = nullptr);

    void show(const AgeHistogram &ages, const QString &emptyText);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void applyTheme();
    void describe(const AgeHistogram &ages);

    QLabel *m_title;
    QLabel *m_empty;
    QCustomPlot *m_plot;
    QCPBars *m_bars;
};

} // namespace kvscope
