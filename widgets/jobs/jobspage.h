// JobsPage: bindings on the left; on the right the chosen one, or its editor.
#pragma once

#include "core/async/lifetime.h"
#include "core/jobs/runreport.h"
#include "widgets/jobs/jobdesk.h"
#include "widgets/jobs/runmodel.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace kvscope {

class BindingEditor;
class BindingList;
class BindingView;
class EmptyState;
class ErrorBar;
struct CheckOptions;
struct ReplicaCheckOptions;
struct RepairOptions;
struct SyncAsk;
struct WarmupOptions;

/// A view of the desk. Requires: the desk outlives it.
class JobsPage : public QWidget
{
    Q_OBJECT

  public:
    explicit JobsPage(JobDesk &desk, QWidget *parent = nullptr);
    ~JobsPage() override;

    /// Reads bindings and runs anew.
    void refresh();
    /// Text in the editor that no file has yet.
    bool hasUnsaved() const;
    void chooseBinding(const QString &path);

  signals:
    /// A key to be opened in Browse.
    void keyRequested(const kvscope::Bytes &key);
    /// A job changed more of the store's entries than can be named: views of it look again.
    void storeChanged();

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void wireHeader();
    void wireTables();
    void wireDesk();
    void showBindings();
    void showBinding(const QString &path);
    void showSchedule();
    void reloadRuns();
    void noteEnded(int number);
    void announce(const JobState &job);
    void noteRepaired(const JobState &job);
    void noteRunning();
    void retranslate();

    // What the buttons do; in jobspageactions.cpp.
    void startWarmUp(const BoundFile &file, const WarmupOptions &options);
    void askWarmUpOptions();
    void startCheck(const BoundFile &file, const CheckOptions &options);
    void askCheckOptions();
    void startReplicaCheck(const BoundFile &file, const ReplicaCheckOptions &options,
                           const QString &url);
    void askSync();
    void askSchedule();
    void askRepair(const ChosenDifferences &chosen);
    void exportShown(ReportFormat format);
    void doDeed(RunModel::Deed deed, const QString &run);
    void openReport(const RunRecord &record);
    void exportReport(const RunRecord &record, ReportFormat format);
    void askUndo(const RunRecord &record);
    void resumeRun(const RunRecord &record);
    void askDelete();
    void askFolder();
    /// On a production store only once a person agreed.
    void onceAgreed(const QString &what, std::function<void()> goOn);

    // The editor.
    void editBinding(const QString &path);
    void newBinding();
    void closeEditor();

    JobDesk &m_desk;
    QSplitter *m_splitter;
    BindingList *m_list;
    ErrorBar *m_errors;
    QStackedWidget *m_stack;
    BindingView *m_view;
    EmptyState *m_empty;
    BindingEditor *m_editor = nullptr;            // while something is edited
    std::map<int, ChosenDifferences> m_repairing; // by the job's number
    QString m_wanted;                             ///< the file to choose once the folder has it
    bool m_sized = false;
    bool m_runsStale = true;
    Lifetime m_lifetime;
};

} // namespace kvscope
