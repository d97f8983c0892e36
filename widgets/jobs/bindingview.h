// BindingView: one binding on one store: what can be done, what was found, what runs and ran.
#pragma once

#include "core/async/lifetime.h"
#include "core/jobs/jobspec.h"
#include "widgets/jobs/jobstarget.h"
#include "widgets/jobs/runmodel.h"

#include <QWidget>

class QSplitter;

namespace kvscope {

class AgeChart;
class BindingHeader;
class ClassCards;
class DifferenceTable;
class LagChart;
class RateChart;
class RunTable;

/// Shows the job of its binding that runs, else the last one; of earlier sessions the last check,
/// from the journal and its report. UI thread. Requires: the queue outlives it.
class BindingView : public QWidget
{
    Q_OBJECT

  public:
    explicit BindingView(JobQueue &queue, QWidget *parent = nullptr);

    void setTarget(const JobsTarget &target);
    void setBinding(const BoundFile &file);
    const BoundFile &file() const { return m_file; }
    void setSchedule(const QString &text);
    void setRuns(std::vector<RunRecord> runs);

    BindingHeader &header() { return *m_header; }
    DifferenceTable &differences() { return *m_differences; }
    RunTable &runs() { return *m_runs; }

    /// That job has changed.
    void follow(const JobState &job);
    /// A report of an earlier run takes the place of what is shown.
    void showRun(const QString &run);

    /// The check whose findings are shown.
    struct Shown
    {
        QString run; ///< in the journal; empty: none is shown
        ClassCounts counts;
        std::int64_t endedMs = 0; ///< 0: it has not ended
    };
    const Shown &shown() const { return m_shown; }

  protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void refresh();
    void showRate();
    void showLag();
    void showFound();
    void takeShown(Shown shown, const QJsonObject &options);
    void showCheck(const JobState &job);
    void showRecord(const RunRecord &record);
    void loadReport(const RunRecord &record);
    void showObstacles();
    QString emptyText(bool checked) const;

    JobQueue &m_queue;
    JobsTarget m_target;
    BoundFile m_file;
    BindingHeader *m_header;
    ClassCards *m_cards;
    RateChart *m_rate;
    AgeChart *m_ages;
    LagChart *m_lag;
    DifferenceTable *m_differences;
    RunTable *m_runs;
    QSplitter *m_splitter;
    Shown m_shown;
    QString m_chosenRun; ///< the one a person asked for; empty: the last one
    QString m_loadedRun; ///< whose report m_loaded is
    std::shared_ptr<FoundDifferences> m_loaded;
    Lifetime m_lifetime;
};

} // namespace kvscope
