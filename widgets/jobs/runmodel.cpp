// RunModel: what the Runs table shows.
#include "widgets/jobs/runmodel.h"

#include "core/base/human.h"
#include "core/jobs/jobspec.h"
#include "widgets/jobs/jobwords.h"

#include <QCoreApplication>
#include <QDateTime>

namespace kvscope {
namespace {

QString startedText(std::int64_t ms)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(ms);
    const bool today = at.date() == QDate::currentDate();
    return at.toString(today ? QStringLiteral("hh:mm:ss") : QStringLiteral("yyyy-MM-dd hh:mm"));
}

} // namespace

QString deedName(RunModel::Deed deed)
{
    switch (deed) {
    case RunModel::Deed::Report:
        return RunModel::tr("Report");
    case RunModel::Deed::Undo:
        return RunModel::tr("Undo");
    case RunModel::Deed::Resume:
        break;
    }
    return RunModel::tr("Resume");
}

void RunModel::setRuns(std::vector<RunRecord> runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    endResetModel();
}

void RunModel::follow(const JobState &job)
{
    if (job.run.isEmpty()) return;
    if (!job.isActive()) {
        m_live.remove(job.run);
        return;
    }
    // A check that looks again, or for orphans, has its rows behind it.
    m_live[job.run] = {job.rows > 0 ? job.rows : job.progress.done, job.progress.rowsPerSecond,
                       progressText(job)};
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (m_runs[i].id == job.run)
            emit dataChanged(index(static_cast<int>(i), 0),
                             index(static_cast<int>(i), kColumns - 1));
}

const RunRecord *RunModel::run(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_runs.size() ? &m_runs[row] : nullptr;
}

const RunRecord *RunModel::find(const QString &run) const
{
    for (const RunRecord &record : m_runs)
        if (record.id == run) return &record;
    return nullptr;
}

const RunRecord *RunModel::lastCheck(const QString &bindingName) const
{
    for (const RunRecord &record : m_runs)
        if (record.kind == QLatin1String("check") && record.bindingName == bindingName &&
            record.state == RunRecord::State::Done)
            return &record;
    return nullptr;
}

std::vector<RunModel::Deed> RunModel::deeds(const QModelIndex &index) const
{
    const RunRecord *record = run(index);
    if (!record || record->state == RunRecord::State::Running) return {};
    std::vector<Deed> deeds{Deed::Report};
    if (record->images > 0) deeds.push_back(Deed::Undo);
    if (mayGoOn(*record)) deeds.push_back(Deed::Resume);
    return deeds;
}

int RunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

int RunModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant RunModel::data(const QModelIndex &index, int role) const
{
    const RunRecord *record = run(index);
    if (!record) return {};
    if (role == Qt::TextAlignmentRole && (index.column() == Rows || index.column() == Rate))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && index.column() == Started) return tr("Run %1").arg(record->id);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const auto live = m_live.constFind(record->id);
    const bool runs = live != m_live.cend() && record->state == RunRecord::State::Running;
    switch (index.column()) {
    case Started:
        return startedText(record->startedMs);
    case Job:
        return runName(record->kind, record->options);
    case Name:
        return record->bindingName;
    case Rows: {
        const std::int64_t rows = runs ? live->rows : rowsOf(record->result);
        return rows > 0 ? countText(rows) : QStringLiteral("–");
    }
    case Rate: {
        const double rate = runs ? live->rate : rateOf(record->result);
        return rate > 0 ? QString::fromStdString(formatRate(rate)) : QStringLiteral("–");
    }
    case Result:
        return runs ? live->text
                    : resultText(record->kind, record->options, record->state, record->result);
    default:
        return {};
    }
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    const bool figure = section == Rows || section == Rate;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Started:
        return tr("Started");
    case Job:
        return tr("Job");
    case Name:
        return tr("Binding");
    case Rows:
        return tr("Rows");
    case Rate:
        return tr("Rate");
    case Result:
        return tr("Result");
    default:
        return QString();
    }
}

} // namespace kvscope
