// JobsPage: what its buttons do.
#include "widgets/jobs/jobspage.h"

#include "core/async/errortext.h"
#include "core/redis/endpoint.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/jobs/bindingeditor.h"
#include "widgets/jobs/bindinglist.h"
#include "widgets/jobs/bindingview.h"
#include "widgets/jobs/checkdialog.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/jobs/repairdialog.h"
#include "widgets/jobs/reportdialog.h"
#include "widgets/jobs/scheduledialog.h"
#include "widgets/jobs/syncdialog.h"
#include "widgets/jobs/warmupdialog.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStackedWidget>
#include <QThreadPool>

namespace kvscope {

namespace {

constexpr std::size_t kShownKey = 200; // bytes of it in a title

// A binding's name as a part of a file's.
QString fileStem(const QString &name)
{
    QString stem;
    for (const QChar c : name.left(60))
        stem += c.isLetterOrNumber() || c == QLatin1Char('_') ? c : QLatin1Char('-');
    return stem;
}

// What an undo is going to do, with counts.
QString undoText(const RunRecord &record)
{
    const QString what =
        JobsPage::tr("%1 of %2: %3.")
            .arg(jobName(record.kind, record.options), record.bindingName,
                 resultText(record.kind, record.options, record.state, record.result));
    return what + QLatin1Char('\n') +
           JobsPage::tr("%1 entries are put back as they were, value and TTL, where the store "
                        "still holds what the run wrote; those that it made are taken away again. "
                        "What changed since is kept and told.",
                        nullptr, static_cast<int>(record.images))
               .arg(countText(record.images));
}

} // namespace

void JobsPage::onceAgreed(const QString &what, std::function<void()> goOn)
{
    if (!m_desk.target().production) return goOn();
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmProduction"),
                     .title = tr("%1 on a production store?").arg(what),
                     .text = tr("This writes to %1, which is marked as production. Every entry is "
                                "compared once more at the moment it is written.")
                                 .arg(m_desk.target().storeName),
                     .confirmText = what,
                     .destructive = true,
                     .typeToConfirm = m_desk.target().storeName},
                    [goOn = std::move(goOn)](bool yes) {
                        if (yes) goOn();
                    });
}

// Questions keep the binding that they were asked of: another may be shown by the time of the
// answer, where the file went meanwhile.
void JobsPage::startWarmUp(const BoundFile &file, const WarmupOptions &options)
{
    m_errors->clear();
    m_desk.start(warmUpSpec(file, options));
}

void JobsPage::askWarmUpOptions()
{
    const BoundFile &file = m_view->file();
    auto *dialog = new WarmupDialog(file.binding, m_desk.target().writeObstacle(), this);
    connect(dialog, &WarmupDialog::chosen, this, [this, file](const WarmupOptions &options) {
        if (options.dryRun) return startWarmUp(file, options);
        onceAgreed(tr("Warm up"), [this, file, options] { startWarmUp(file, options); });
    });
    dialog->open();
}

void JobsPage::startCheck(const BoundFile &file, const CheckOptions &options)
{
    m_errors->clear();
    m_desk.start(checkSpec(file, options));
}

void JobsPage::askCheckOptions()
{
    const BoundFile &file = m_view->file();
    CheckFacts facts{.bindingName = file.binding.name,
                     .etcd = file.binding.etcd,
                     .writeObstacle = m_desk.target().writeObstacle()};
    if (const BindingView::Shown &shown = m_view->shown(); shown.endedMs > 0) {
        facts.last = shown.counts;
        facts.lastAgoMs =
            std::max<std::int64_t>(QDateTime::currentMSecsSinceEpoch() - shown.endedMs, 1'000);
    }
    auto *dialog = new CheckDialog(std::move(facts), this);
    connect(dialog, &CheckDialog::chosen, this, [this, file](const CheckOptions &options) {
        if (options.repair == Repair::None) return startCheck(file, options);
        onceAgreed(tr("Check and repair"), [this, file, options] { startCheck(file, options); });
    });
    connect(dialog, &CheckDialog::replicaChosen, this,
            [this, file](const ReplicaCheckOptions &options, const QString &url) {
                startReplicaCheck(file, options, url);
            });
    dialog->open();
}

void JobsPage::startReplicaCheck(const BoundFile &file, const ReplicaCheckOptions &options,
                                 const QString &url)
{
    m_errors->clear();
    const auto endpoint = Endpoint::parse(url);
    m_desk.start(replicaCheckSpec(file, options,
                                  endpoint ? endpoint->displayName() : redactedUrl(url),
                                  [makeFrom = m_desk.target().makeFrom, url](Access access) {
                                      return makeFrom(url, access);
                                  }));
}

void JobsPage::askSync()
{
    const BoundFile &file = m_view->file();
    auto *dialog = new SyncDialog(file.binding, this);
    connect(dialog, &SyncDialog::chosen, this, [this, file](const SyncAsk &ask) {
        onceAgreed(tr("Keep in sync"), [this, file, ask] {
            m_errors->clear();
            m_desk.start(syncSpec(file, ask));
        });
    });
    dialog->open();
}

void JobsPage::askSchedule()
{
    const BoundFile &file = m_view->file();
    const auto item = m_desk.schedule().find(file.path, m_desk.target().storeName);
    auto *dialog = new ScheduleDialog(file.binding.name, item ? item->minutes : 0, this);
    connect(dialog, &ScheduleDialog::chosen, this, [this, path = file.path](int minutes) {
        const auto saved = m_desk.schedule().setEvery(path, m_desk.target().storeName, minutes);
        if (!saved) m_errors->showError(saved.error());
    });
    dialog->open();
}

void JobsPage::askRepair(const ChosenDifferences &chosen)
{
    const JobsTarget &target = m_desk.target();
    const BoundFile &file = m_view->file();
    RepairFacts facts{.what = {},
                      .chosen = m_view->differences().model().countsOf(chosen),
                      .found = m_view->shown().counts,
                      .etcd = file.binding.etcd,
                      .production = target.production ? target.storeName : QString()};
    if (chosen.which.size() == 1) {
        const Bytes &key = chosen.found->some[chosen.which.front()].key;
        facts.what = QString::fromStdString(escapeBytes(BytesView(key).substr(0, kShownKey)));
    }
    auto *dialog = new RepairDialog(std::move(facts), this);
    connect(dialog, &RepairDialog::chosen, this,
            [this, file, chosen](const RepairOptions &options) {
                m_errors->clear();
                m_repairing[m_desk.start(repairSpec(file, options, chosen))] = chosen;
            });
    dialog->open();
}

void JobsPage::exportShown(ReportFormat format)
{
    m_desk.loadRuns(m_lifetime.guard(
        [this, format, shown = m_view->shown().run](const Result<JobDesk::Runs> &runs) {
            if (!runs) return m_errors->showError(runs.error());
            for (const RunRecord &record : *runs)
                if (record.id == shown) return exportReport(record, format);
            m_errors->showError(Error(ErrorCode::RunNotFound, {shown}));
        }));
}

void JobsPage::doDeed(RunModel::Deed deed, const QString &run)
{
    m_desk.loadRuns(m_lifetime.guard([this, deed, run](const Result<JobDesk::Runs> &runs) {
        if (!runs) return m_errors->showError(runs.error());
        for (const RunRecord &record : *runs) {
            if (record.id != run) continue;
            switch (deed) {
            case RunModel::Deed::Report:
                return openReport(record);
            case RunModel::Deed::Undo:
                return askUndo(record);
            case RunModel::Deed::Resume:
                return resumeRun(record);
            }
        }
        m_errors->showError(Error(ErrorCode::RunNotFound, {run}));
    }));
}

void JobsPage::openReport(const RunRecord &record)
{
    auto *dialog = new ReportDialog(record, this);
    connect(dialog, &ReportDialog::exportRequested, this,
            [this, record](ReportFormat format) { exportReport(record, format); });
    connect(dialog, &ReportDialog::showRequested, this, [this, record] {
        for (const BindingShelf::Item &item : m_desk.bindings().items())
            if (item.binding && item.binding->name == record.bindingName) m_list->choose(item.path);
        m_view->showRun(record.id);
    });
    dialog->open();
}

void JobsPage::exportReport(const RunRecord &record, ReportFormat format)
{
    const bool json = format == ReportFormat::Json;
    const QString name = record.kind + QLatin1Char('-') + fileStem(record.bindingName) +
                         QLatin1Char('-') + record.id +
                         (json ? QStringLiteral(".json") : QStringLiteral(".md"));
    askSaveFile(this, tr("Save the report"), name,
                json ? tr("JSON (*.json)") : tr("Markdown (*.md)"),
                [this, record, format](const QString &path) {
                    const auto done = m_lifetime.guard([this, path](const Result<bool> &written) {
                        if (written)
                            m_errors->showNotice(tr("Saved %1.").arg(path));
                        else
                            m_errors->showError(written.error());
                    });
                    QThreadPool::globalInstance()->start(
                        [folder = m_desk.queue().stateFolder(), record, path, format, done] {
                            done(exportRunReport(folder, record, path, format));
                        });
                });
}

void JobsPage::askUndo(const RunRecord &record)
{
    const JobsTarget &target = m_desk.target();
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmUndo"),
                     .title = tr("Undo this run?"),
                     .text = undoText(record),
                     .confirmText = tr("Undo"),
                     .destructive = target.production,
                     .typeToConfirm = target.production ? target.storeName : QString()},
                    [this, record](bool yes) {
                        if (!yes) return;
                        m_errors->clear();
                        m_desk.start(undoSpec(record));
                    });
}

void JobsPage::resumeRun(const RunRecord &record)
{
    // By the binding as it was then: another one would not be the same run.
    auto binding = Binding::parse(record.binding);
    if (!binding) return m_errors->showError(binding.error());
    BoundFile file{std::move(*binding), {}};
    for (const BindingShelf::Item &item : m_desk.bindings().items()) {
        if (!item.binding || item.binding->name != record.bindingName) continue;
        file.path = item.path;
        file.binding.folder = item.binding->folder;
    }
    onceAgreed(tr("Resume"), [this, record, file] {
        m_errors->clear();
        m_desk.start(resumeSpec(record, file));
    });
}

void JobsPage::askDelete()
{
    const QString path = m_view->file().path;
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmDeleteBinding"),
                     .title = tr("Delete the binding %1?").arg(m_view->file().binding.name),
                     .text = tr("The file %1 is deleted. Store, source and the journal's runs stay "
                                "as they are.")
                                 .arg(path),
                     .confirmText = tr("Delete"),
                     .destructive = true},
                    [this, path](bool yes) {
                        if (!yes) return;
                        (void)m_desk.schedule().setEvery(path, m_desk.target().storeName, 0);
                        m_desk.bindings().remove(
                            path, m_lifetime.guard([this](const Result<QString> &removed) {
                                if (!removed) m_errors->showError(removed.error());
                            }));
                    });
}

void JobsPage::askFolder()
{
    askText(this,
            {.objectName = QStringLiteral("folderQuestion"),
             .title = tr("Folder of the bindings"),
             .label = tr("Every .json file of this folder is a binding; a team can keep them in "
                         "version control. A folder that is not there yet is made."),
             .initial = m_desk.bindings().folder(),
             .confirmText = tr("Use it"),
             .complaint =
                 [](const QString &text) {
                     if (!QDir::isAbsolutePath(text)) return tr("Write a whole path.");
                     if (QFileInfo(text).isFile()) return tr("That is a file.");
                     return QString();
                 }},
            [this](const QString &folder) {
                emit m_desk.folderChosen(QDir::cleanPath(folder));
                m_desk.openFolder(QDir::cleanPath(folder));
            });
}

// ---- The editor

void JobsPage::newBinding()
{
    if (m_editor) return;
    m_errors->clear();
    m_editor = new BindingEditor(m_desk, {}, this);
    m_stack->setCurrentIndex(m_stack->addWidget(m_editor));
    connect(m_editor, &BindingEditor::closed, this, &JobsPage::closeEditor);
    m_editor->setFocus();
}

void JobsPage::editBinding(const QString &path)
{
    const BindingShelf::Item *item = m_desk.bindings().find(path);
    if (m_editor || !item) return;
    m_errors->clear();
    m_editor = new BindingEditor(m_desk, *item, this);
    m_stack->setCurrentIndex(m_stack->addWidget(m_editor));
    connect(m_editor, &BindingEditor::closed, this, &JobsPage::closeEditor);
    m_editor->setFocus();
}

void JobsPage::closeEditor()
{
    if (!m_editor) return;
    const QString saved = m_editor->savedPath();
    m_stack->removeWidget(m_editor);
    m_editor->deleteLater();
    m_editor = nullptr;
    if (!saved.isEmpty()) chooseBinding(saved);
    showBinding(saved.isEmpty() ? m_list->chosen() : saved);
    m_list->setFocus();
}

} // namespace kvscope
