// BindingView: which job or run is shown, and where.
#include "widgets/jobs/bindingview.h"

#include "core/base/human.h"
#include "core/jobs/runreport.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/bindingheader.h"
#include "widgets/jobs/classcards.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobcharts.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/jobs/lagchart.h"
#include "widgets/jobs/runtable.h"

#include <QEvent>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kChartHeight = 172;
constexpr int kLowChartHeight = 112;
constexpr int kLow = 640; // below this the tables need the room more

// Until a wrong entry must have become right: all delays of the schedule. Nothing where the run
// noted none.
std::optional<double> recheckSeconds(const QJsonObject &options)
{
    const auto delays = recheckFromNote(options);
    if (delays.empty()) return std::nullopt;
    std::chrono::duration<double> sum{};
    for (const auto delay : delays) sum += delay;
    return sum.count();
}

} // namespace

BindingView::BindingView(JobQueue &queue, QWidget *parent)
    : QWidget(parent), m_queue(queue), m_header(new BindingHeader(this)),
      m_cards(new ClassCards(this)), m_rate(new RateChart(this)), m_ages(new AgeChart(this)),
      m_lag(new LagChart(this)), m_differences(new DifferenceTable(this)),
      m_runs(new RunTable(this)), m_splitter(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("bindingView_"));
    auto *charts = new QHBoxLayout;
    charts->setSpacing(10);
    charts->addWidget(m_rate, 7);
    charts->addWidget(m_ages, 5);
    charts->addWidget(m_lag, 5);
    m_lag->hide();
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(14, 12, 14, 12);
    upper->setSpacing(10);
    upper->addWidget(m_cards);
    upper->addLayout(charts);
    m_splitter->addWidget(m_differences);
    m_splitter->addWidget(m_runs);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_differences->setMinimumHeight(92);
    m_runs->setMinimumHeight(92);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(upper);
    layout->addWidget(m_splitter, 1);
    const auto filter = [this](std::optional<EntryClass> only) {
        m_cards->setFilter(only);
        m_differences->setClass(only);
    };
    connect(m_cards, &ClassCards::filterChosen, this, filter);
    connect(m_differences, &DifferenceTable::allRequested, this, [filter] { filter({}); });
}

void BindingView::setTarget(const JobsTarget &target)
{
    m_target = target;
    refresh();
}

void BindingView::setBinding(const BoundFile &file)
{
    if (file.binding.name != m_file.binding.name) {
        m_chosenRun.clear();
        m_cards->setFilter({});
        m_differences->setClass({});
    }
    m_file = file;
    m_header->setBinding(file.binding);
    refresh();
}

void BindingView::setSchedule(const QString &text)
{
    m_header->setSchedule(text);
}

void BindingView::setRuns(std::vector<RunRecord> runs)
{
    m_runs->model().setRuns(std::move(runs));
    refresh();
}

void BindingView::showRun(const QString &run)
{
    const RunRecord *record = m_runs->model().find(run);
    m_chosenRun = record && record->kind == QLatin1String("check") ? run : QString();
    refresh();
}

void BindingView::follow(const JobState &job)
{
    m_runs->model().follow(job);
    if (job.bindingName != m_file.binding.name || job.store != m_target.storeName) return;
    if (job.kind == QLatin1String("check") && job.isActive()) m_chosenRun.clear();
    refresh();
}

void BindingView::refresh()
{
    if (m_file.binding.name.isEmpty()) return;
    showObstacles();
    showRate();
    showLag();
    showFound();
}

void BindingView::showObstacles()
{
    QString busy;
    QString following;
    for (const JobState *job : m_queue.jobs()) {
        const bool ours =
            job->bindingName == m_file.binding.name && job->store == m_target.storeName;
        if (!ours || !job->isActive()) continue;
        const QString reason =
            tr("%1 of this binding is under way").arg(jobName(job->kind, job->options));
        (job->kind == QLatin1String("sync") ? following : busy) = reason;
    }
    if (m_file.binding.version.empty())
        following = tr("Needs a version column in the binding, to see what changed");
    m_header->setObstacles(m_target.obstacle(), m_target.writeObstacle(), busy, following);
    m_differences->setRepairObstacle(!busy.isEmpty() ? busy : m_target.writeObstacle());
    m_runs->setWriteObstacle(m_target.writeObstacle());
}

void BindingView::showRate()
{
    const JobState *job = m_queue.latest(m_file.binding.name, m_target.storeName);
    if (!job) {
        const RunRecord *last = m_runs->model().lastCheck(m_file.binding.name);
        return m_rate->showNote(
            tr("Rate"),
            last ? tr("The last check ran at %1. A job's rate is drawn here while it runs.")
                       .arg(QString::fromStdString(formatRate(rateOf(last->result))))
                 : tr("Press Check: it compares every row with its entry and changes nothing. Its "
                      "rate is drawn here."));
    }
    const QString name = runName(job->kind, job->options);
    QString detail = job->progress.phase;
    QString figure;
    if (job->isActive()) {
        if (const auto share = job->share()) detail += QStringLiteral(" · ") + shareText(*share);
        if (job->phase == JobState::Phase::Waiting) detail = tr("waits for its turn");
        if (job->paused) detail = tr("paused");
        if (job->ending) detail = tr("stopping…");
        if (job->progress.rowsPerSecond > 0)
            figure = QString::fromStdString(formatRate(job->progress.rowsPerSecond));
    } else {
        const RunRecord::State state = !job->error ? RunRecord::State::Done
                                       : job->error->code() == ErrorCode::Cancelled
                                           ? RunRecord::State::Cancelled
                                           : RunRecord::State::Failed;
        detail = resultText(job->kind, job->options, state, job->result);
        if (rateOf(job->result) > 0)
            figure = QString::fromStdString(formatRate(rateOf(job->result)));
    }
    const QString remark = job->remarks.isEmpty() ? QString() : job->remarks.back();
    m_rate->show(name, detail, figure, remark, job->rates, job->slowdown,
                 job->isActive() ? RateChart::Going::On : RateChart::Going::Ended);
}

// In the place of the ages while the newest job, or one that still runs, keeps the store in sync.
void BindingView::showLag()
{
    const JobState *sync =
        m_queue.latest(m_file.binding.name, m_target.storeName, QStringLiteral("sync"));
    const JobState *newest = m_queue.latest(m_file.binding.name, m_target.storeName);
    const bool inFront = sync && (sync->isActive() || sync == newest);
    m_lag->setVisible(inFront);
    m_ages->setVisible(!inFront);
    if (inFront) m_lag->show(*sync, syncWithin(sync->options));
}

void BindingView::takeShown(Shown shown, const QJsonObject &options)
{
    m_shown = std::move(shown);
    const bool there = m_shown.endedMs > 0 && !m_shown.run.isEmpty();
    m_differences->setReport(there ? DifferenceTable::Report::There
                                   : DifferenceTable::Report::None);
    m_differences->model().setAgainst(options.contains(QLatin1String("primary"))
                                          ? DifferenceModel::Against::Primary
                                          : DifferenceModel::Against::Source);
}

void BindingView::showFound()
{
    if (const RunRecord *record = m_runs->model().find(m_chosenRun)) return showRecord(*record);
    const JobState *check =
        m_queue.latest(m_file.binding.name, m_target.storeName, QStringLiteral("check"));
    if (check) return showCheck(*check);
    if (const RunRecord *record = m_runs->model().lastCheck(m_file.binding.name))
        return showRecord(*record);
    m_cards->clear();
    m_ages->show({}, tr("How old stale entries are, by the binding's version, once a check found "
                        "some."));
    m_differences->show({}, DifferenceModel::Growth::Whole, emptyText(false));
    takeShown({}, {});
}

void BindingView::showCheck(const JobState &job)
{
    const FoundDifferences &found = *job.differences;
    ClassCounts counts = countsOf(job.result);
    if (job.isActive()) {
        counts = found.counts;
        counts[EntryClass::Match] = std::max<std::int64_t>(job.rows - counts.total(), 0);
    }
    m_cards->show(counts, &found, job.result, recheckSeconds(job.options));
    m_ages->show(found.ages, job.isActive() ? tr("Nothing that is stale so far.")
                                            : tr("No stale entry has an age."));
    m_differences->show(
        job.differences,
        job.isActive() ? DifferenceModel::Growth::Growing : DifferenceModel::Growth::Whole,
        job.isActive()
            ? tr("No difference so far. What differs is looked at again before it is listed.")
            : emptyText(job.error == std::nullopt));
    takeShown({job.run, counts, job.endedMs}, job.options);
}

void BindingView::showRecord(const RunRecord &record)
{
    if (m_loadedRun != record.id) loadReport(record);
    const bool loaded = m_loadedRun == record.id && m_loaded;
    m_cards->show(countsOf(record.result), loaded ? m_loaded.get() : nullptr, record.result,
                  recheckSeconds(record.options));
    m_ages->show(loaded ? m_loaded->ages : AgeHistogram(), tr("No stale entry has an age."));
    takeShown({record.id, countsOf(record.result), record.endedMs}, record.options);
    m_differences->show(loaded ? m_loaded : nullptr, DifferenceModel::Growth::Whole,
                        loaded ? emptyText(record.state == RunRecord::State::Done)
                               : tr("Loading the report…"));
}

void BindingView::loadReport(const RunRecord &record)
{
    m_loadedRun = record.id;
    m_loaded.reset();
    const auto done =
        m_lifetime.guard([this, run = record.id](const std::shared_ptr<FoundDifferences> &found) {
            if (m_loadedRun != run) return;
            m_loaded = found;
            showFound();
        });
    QThreadPool::globalInstance()->start(
        [folder = m_queue.stateFolder(), run = record.id, type = m_file.binding.value.type, done] {
            auto found = loadRunReport(folder, run, type);
            auto loaded = FoundDifferences::make();
            if (found) *loaded = std::move(*found);
            done(loaded);
        });
}

QString BindingView::emptyText(bool checked) const
{
    return checked
               ? tr("No differences: every entry says what its row says.")
               : tr("Differences are listed here, each with what the cache and the source say.");
}

void BindingView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int charts = height() < kLow ? kLowChartHeight : kChartHeight;
    m_rate->setFixedHeight(charts);
    m_ages->setFixedHeight(charts);
    m_lag->setFixedHeight(charts);
}

void BindingView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace kvscope
