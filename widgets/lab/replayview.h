// ReplayView: a serving trace, and what prefix caches of every size would have saved of it.
#pragma once

#include "core/async/lifetime.h"
#include "core/labrun/lab.h"
#include "core/labrun/servingreplay.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace kvscope {

class FigureText;
class ReplayChart;

/// Requires: the lab outlives it.
class ReplayView : public QWidget
{
    Q_OBJECT

  public:
    explicit ReplayView(Lab &lab, QWidget *parent = nullptr);

    /// An empty path: a trace that is made up.
    void replay(const QString &path);
    bool isRunning() const { return m_state && m_state->isRunning; }
    const ReplayChart &chart() const { return *m_chart; }
    /// A line a cell, as the verb's items.
    QByteArray toCsv() const;
    bool hasCells() const { return m_state && !m_state->cells.empty(); }

  signals:
    void failed(const kvscope::Error &error);

  protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    QWidget *buildBar();
    QWidget *buildTable();
    void chooseFile();
    void take(const std::shared_ptr<const ServingReplayState> &state);
    void showState();
    void showTable();
    void showFinding();
    void showMeasuredRate();
    void choose(std::size_t blocks);
    const ReplayCell *cell(trace::PrefixPolicy policy, std::optional<std::size_t> blocks) const;
    std::vector<std::size_t> sizes() const;

    Lab &m_lab;
    QPushButton *m_open;
    QPushButton *m_generated;
    FigureText *m_source;
    QSpinBox *m_rate;
    QPushButton *m_measured;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    ReplayChart *m_chart;
    QTableWidget *m_table;
    QLabel *m_finding;
    std::shared_ptr<const ServingReplayState> m_state;
    std::size_t m_chosen = 0; ///< blocks
    double m_measuredRate = 0;
    bool m_wasShown = false;
    Lifetime m_lifetime;
    std::unique_ptr<ServingReplay> m_replay; // last: its thread ends first
};

} // namespace kvscope
