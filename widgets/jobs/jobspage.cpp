// JobsPage: putting it together, and following desk and queue.
#include "widgets/jobs/jobspage.h"

#include "core/async/errortext.h"
#include "widgets/base/emptystate.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/bindingeditor.h"
#include "widgets/jobs/bindingheader.h"
#include "widgets/jobs/bindinglist.h"
#include "widgets/jobs/bindingview.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/jobs/runtable.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kListWidth = 300;
constexpr int kNarrowListWidth = 216;
constexpr int kNarrow = 1100;

// What is worth a line above the page once a job has ended. A warm-up begins with how much room it
// needs, which its chart tells while it runs.
QString lastWord(const JobState &job)
{
    const bool foretold = job.kind == QLatin1String("warm");
    return job.remarks.size() > (foretold ? 1 : 0) ? job.remarks.back() : QString();
}

} // namespace

JobsPage::JobsPage(JobDesk &desk, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_splitter(new QSplitter(this)), m_list(new BindingList(this)),
      m_errors(new ErrorBar(this)), m_stack(new QStackedWidget(this)),
      m_view(new BindingView(desk.queue(), this)), m_empty(new EmptyState(this))
{
    setObjectName(QStringLiteral("jobsPage"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *right = new QWidget(this);
    setLook(right, "panel");
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_errors);
    column->addWidget(m_stack, 1);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_list->setMinimumWidth(160);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setFocusProxy(m_list);

    connect(m_list, &BindingList::bindingChosen, this, &JobsPage::showBinding);
    connect(m_list, &BindingList::newRequested, this, &JobsPage::newBinding);
    connect(m_list, &BindingList::editRequested, this, &JobsPage::editBinding);
    connect(m_list, &BindingList::folderRequested, this, &JobsPage::askFolder);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_desk.bindings().folderFault())
            askFolder();
        else if (m_list->chosen().isEmpty())
            newBinding();
        else
            editBinding(m_list->chosen());
    });
    const auto on = [this](const QKeySequence &keys, auto action) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    on(Qt::CTRL | Qt::Key_N, [this] { newBinding(); });
    on(Qt::Key_F9, [this] {
        auto *check = m_view->findChild<QPushButton *>(QStringLiteral("checkButton"));
        if (check && check->isVisible()) check->click();
    });
    wireHeader();
    wireTables();
    wireDesk();
    retranslate();
    m_view->setTarget(desk.target());
    showBindings();
}

JobsPage::~JobsPage() = default;

void JobsPage::wireHeader()
{
    BindingHeader &header = m_view->header();
    connect(&header, &BindingHeader::dryRunRequested, this, [this] {
        WarmupOptions dry;
        dry.dryRun = true;
        startWarmUp(m_view->file(), dry);
    });
    connect(&header, &BindingHeader::warmUpRequested, this, [this] {
        onceAgreed(tr("Warm up"), [this, file = m_view->file()] { startWarmUp(file, {}); });
    });
    connect(&header, &BindingHeader::warmUpOptionsRequested, this, &JobsPage::askWarmUpOptions);
    connect(&header, &BindingHeader::syncRequested, this, &JobsPage::askSync);
    connect(&header, &BindingHeader::checkRequested, this,
            [this] { startCheck(m_view->file(), {}); });
    connect(&header, &BindingHeader::checkOptionsRequested, this, &JobsPage::askCheckOptions);
    connect(&header, &BindingHeader::scheduleRequested, this, &JobsPage::askSchedule);
    connect(&header, &BindingHeader::editRequested, this,
            [this] { editBinding(m_view->file().path); });
    connect(&header, &BindingHeader::deleteRequested, this, &JobsPage::askDelete);
    connect(&header, &BindingHeader::fileRequested, this,
            [this] { QGuiApplication::clipboard()->setText(m_view->file().path); });
}

void JobsPage::wireTables()
{
    connect(&m_view->differences(), &DifferenceTable::repairRequested, this, &JobsPage::askRepair);
    connect(&m_view->differences(), &DifferenceTable::openRequested, this, &JobsPage::keyRequested);
    connect(&m_view->differences(), &DifferenceTable::exportRequested, this,
            &JobsPage::exportShown);
    connect(&m_view->runs(), &RunTable::deedRequested, this, &JobsPage::doDeed);
}

void JobsPage::wireDesk()
{
    connect(&m_desk.bindings(), &BindingShelf::changed, this, &JobsPage::showBindings);
    connect(&m_desk, &JobDesk::targetChanged, this, [this] {
        m_view->setTarget(m_desk.target());
        showSchedule();
        reloadRuns();
    });
    connect(&m_desk.schedule(), &Schedule::changed, this, &JobsPage::showSchedule);
    connect(&m_desk.queue(), &JobQueue::changed, this, [this](int number) {
        if (const JobState *job = m_desk.queue().find(number)) m_view->follow(*job);
        noteRunning();
    });
    connect(&m_desk.queue(), &JobQueue::began, this, &JobsPage::reloadRuns);
    connect(&m_desk.queue(), &JobQueue::ended, this, &JobsPage::noteEnded);
}

void JobsPage::refresh()
{
    m_desk.bindings().reload();
    m_desk.bindings().trySources(BindingShelf::Ask::All);
    reloadRuns();
}

bool JobsPage::hasUnsaved() const
{
    return m_editor && m_editor->isDirty();
}

void JobsPage::chooseBinding(const QString &path)
{
    m_wanted = path;
    m_list->choose(path);
}

void JobsPage::showBindings()
{
    if (!m_desk.bindings().isLoaded()) return;
    m_list->show(m_desk.bindings());
    if (!m_wanted.isEmpty() && m_desk.bindings().find(m_wanted))
        m_list->choose(std::exchange(m_wanted, {}));
    noteRunning();
}

void JobsPage::showBinding(const QString &path)
{
    if (m_editor) return;
    const BindingShelf::Item *item = m_desk.bindings().find(path);
    if (item && item->binding) {
        m_view->setBinding({*item->binding, item->path});
        showSchedule();
        m_stack->setCurrentWidget(m_view);
        return;
    }
    if (const auto &fault = m_desk.bindings().folderFault()) {
        const ErrorText text = errorText(*fault);
        m_empty->setContent(QStringLiteral("warning"), tr("The folder of the bindings"),
                            text.cause + QLatin1Char('\n') + text.remedy, tr("Choose a folder…"));
    } else if (item) {
        const ErrorText text = errorText(item->binding.error());
        m_empty->setContent(QStringLiteral("warning"), item->fileName(),
                            text.cause + QLatin1Char('\n') + text.remedy, tr("Edit binding"));
    } else {
        m_empty->setContent(
            QStringLiteral("database"), tr("No binding yet"),
            tr("A binding ties a key such as user:{id} to the rows of a table. With one, KV Scope "
               "can fill this cache from the database, prove it right and repair it."),
            tr("New binding"));
    }
    m_stack->setCurrentWidget(m_empty);
}

void JobsPage::showSchedule()
{
    const auto item = m_desk.schedule().find(m_view->file().path, m_desk.target().storeName);
    QString text;
    if (item)
        text =
            tr("every %n min, next at %1", nullptr, item->minutes)
                .arg(
                    QDateTime::fromMSecsSinceEpoch(item->nextMs).toString(QStringLiteral("hh:mm")));
    m_view->setSchedule(text);
}

void JobsPage::reloadRuns()
{
    if (!isVisible()) {
        m_runsStale = true;
        return;
    }
    m_runsStale = false;
    m_desk.loadRuns(m_lifetime.guard([this](Result<JobDesk::Runs> runs) {
        if (!runs) return m_errors->showError(runs.error());
        QHash<QString, std::int64_t> counts;
        for (const RunRecord &run : *runs) {
            const bool whole = run.state == RunRecord::State::Done &&
                               run.options.value(QLatin1String("sample")).toInteger() == 0;
            const bool tells =
                run.kind == QLatin1String("check") || run.kind == QLatin1String("warm");
            if (whole && tells && !counts.contains(run.bindingName))
                counts[run.bindingName] =
                    rowsOf(run.result) - countsOf(run.result)[EntryClass::Orphan];
        }
        m_list->model().setRowCounts(counts);
        m_view->setRuns(std::move(*runs));
    }));
}

void JobsPage::noteRunning()
{
    QStringList names;
    for (const JobState *job : m_desk.queue().jobs())
        if (job->isActive() && job->store == m_desk.target().storeName) names << job->bindingName;
    m_list->model().setRunning(names);
}

void JobsPage::noteEnded(int number)
{
    reloadRuns();
    const JobState *job = m_desk.queue().find(number);
    if (!job) return;
    const bool cancelled = job->error && job->error->code() == ErrorCode::Cancelled;
    if (job->error && !cancelled)
        m_errors->showError(*job->error);
    else if (const QString remark = lastWord(*job); !remark.isEmpty())
        m_errors->showNotice(remark);
    if (job->kind == QLatin1String("undo") &&
        job->result.value(QLatin1String("restored")).toInteger() > 0)
        m_view->differences().model().forgetRepairs(
            job->options.value(QLatin1String("run")).toString());
    noteRepaired(*job);
    announce(*job);
}

// The rows that were mended say so, where all were: which ones were not, nobody tells.
void JobsPage::noteRepaired(const JobState &job)
{
    const auto repaired = job.result.value(QLatin1String("repaired")).toInteger();
    const auto repairing = m_repairing.find(job.number);
    if (repairing != m_repairing.end()) {
        const ChosenDifferences chosen = std::move(repairing->second);
        m_repairing.erase(repairing);
        if (repaired == static_cast<qint64>(chosen.which.size()))
            m_view->differences().model().markRepaired(chosen, job.run);
        else if (!job.error)
            m_errors->showNotice(
                resultText(job.kind, job.options, RunRecord::State::Done, job.result));
    } else if (job.kind == QLatin1String("check") && repaired > 0) {
        // More may have been found than the window keeps.
        const std::int64_t wrong = countsOf(job.result).wrong();
        if (repaired != wrong || wrong > static_cast<std::int64_t>(job.differences->some.size()))
            return;
        ChosenDifferences all{job.differences, {}};
        for (std::uint32_t i = 0; i < job.differences->some.size(); ++i) all.which.push_back(i);
        m_view->differences().model().markRepaired(all, job.run);
    }
}

void JobsPage::announce(const JobState &job)
{
    Store *store = m_desk.target().store;
    if (!store || job.store != m_desk.target().storeName) return;
    if (!job.changed.some.empty()) emit store->keysChanged(job.changed.some);
    if (job.changed.isCut) emit storeChanged();
}

void JobsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_runsStale) reloadRuns();
    m_desk.bindings().trySources();
}

void JobsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (std::exchange(m_sized, true)) return;
    const int list = width() < kNarrow ? kNarrowListWidth : kListWidth;
    m_splitter->setSizes({list, std::max(width() - list, 200)});
}

void JobsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void JobsPage::retranslate()
{
    m_stack->setAccessibleName(tr("Binding"));
    if (m_stack->currentWidget() == m_empty) showBinding(m_list->chosen());
    showSchedule();
}

} // namespace kvscope
