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
    void noteRunning();
    void retranslate();

    // What the buttons do; in jobspageactions.cpp.
    void startWarmUp(const WarmupOptions &options);
    void askWarmUpOptions();
    void startCheck(const CheckOptions &options);
    void askCheckOptions();
    void askSchedule();
    void askRepair(const std::vector<Bytes> &keys);
    void repair(const std::vector<Bytes> &keys, int choice);
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
    BindingEditor *m_editor = nullptr;             // while something is edited
    std::map<int, std::vector<Bytes>> m_repairing; // by the job's number
    QString m_wanted;                              ///< the file to choose once the folder has it
    bool m_sized = false;
    bool m_runsStale = true;
    Lifetime m_lifetime;
};

} // namespace kvscope
