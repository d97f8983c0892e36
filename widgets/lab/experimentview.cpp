// ExperimentView: choices, progress, the table and what it shows.
#include "widgets/lab/experimentview.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/labjobs.h"
#include "widgets/lab/labwords.h"

#include <QButtonGroup>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

using llm::KvType;
using llm::PolicyKind;

constexpr std::size_t kLeastBudget = 32;
constexpr std::size_t kMostBudgets = 6;

/// A figure with a bar of its share below.
class ShareDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant share = index.data(ExperimentModel::kShareRole);
        if (!share.isValid()) return;
        const QRect track(option.rect.left() + 8, option.rect.bottom() - 4,
                          option.rect.width() - 16, 2);
        painter->fillRect(track, theme().faintLine);
        QRect bar = track;
        bar.setWidth(int(track.width() * share.toDouble()));
        painter->fillRect(bar, share.toDouble() >= 0.9   ? theme().good
                               : share.toDouble() >= 0.5 ? theme().warning
                                                         : theme().bad);
    }
};

} // namespace

ExperimentView::ExperimentView(Lab &lab, LabJobs &jobs, QWidget *parent)
    : QWidget(parent), m_lab(lab), m_jobs(jobs), m_policies(new QButtonGroup(this)),
      m_formats(new QButtonGroup(this)), m_budgets(new QLineEdit(this)),
      m_rotated(new QPushButton(tr("+ rotated"), this)), m_run(new QPushButton(this)),
      m_pause(new QToolButton(this)), m_progress(new QProgressBar(this)),
      m_status(new QLabel(this)), m_finding(new QLabel(this)), m_table(new QTableView(this)),
      m_model(new ExperimentModel(this))
{
    setObjectName(QStringLiteral("experimentView"));
    m_policies->setExclusive(false);
    m_formats->setExclusive(false);
    const std::pair<PolicyKind, QString> policies[] = {
        {PolicyKind::Full, tr("full")},
        {PolicyKind::Window, tr("window")},
        {PolicyKind::Sinks, tr("sinks + window")},
        {PolicyKind::H2o, QStringLiteral("H2O")},
        {PolicyKind::SnapKv, QStringLiteral("SnapKV")},
        {PolicyKind::KeyNorm, tr("key norm")},
        {PolicyKind::Random, tr("random")}};
    for (const auto &[kind, name] : policies)
        m_policies->addButton(new QPushButton(name, this), int(kind));
    for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8, KvType::Q4, KvType::Kivi2})
        m_formats->addButton(new QPushButton(formatText(type, llm::Rotation::None), this),
                             int(type));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QFrame(this);
    setLook(bar, "bar");
    auto *rows = new QVBoxLayout(bar);
    rows->setContentsMargins(14, 10, 12, 10);
    rows->setSpacing(8);
    auto *first = new QHBoxLayout;
    first->setSpacing(6);
    addChips(first, m_policies, tr("Policies"));
    first->addStretch(1);
    auto *budgetName = new QLabel(tr("Budgets"), this);
    setLook(budgetName, "muted");
    m_budgets->setObjectName(QStringLiteral("budgets"));
    m_budgets->setText(QStringLiteral("128"));
    m_budgets->setFixedWidth(120);
    m_budgets->setToolTip(tr("Cells that a policy may keep, several with commas between"));
    budgetName->setBuddy(m_budgets);
    first->addWidget(budgetName);
    first->addWidget(m_budgets);
    rows->addLayout(first);
    auto *second = new QHBoxLayout;
    second->setSpacing(6);
    addChips(second, m_formats, tr("Formats"));
    m_rotated->setObjectName(QStringLiteral("rotatedChip"));
    m_rotated->setCheckable(true);
    m_rotated->setToolTip(tr("Each quantised format a second time, its keys and values turned by a "
                             "Hadamard matrix first"));
    setLook(m_rotated, "chip");
    second->addWidget(m_rotated);
    second->addStretch(1);
    m_status->setObjectName(QStringLiteral("experimentStatus"));
    setLook(m_status, "muted");
    second->addWidget(m_status);
    m_progress->setObjectName(QStringLiteral("experimentProgress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->hide();
    second->addWidget(m_progress);
    m_run->setObjectName(QStringLiteral("runExperiment"));
    setLook(m_run, "primary");
    m_pause->setObjectName(QStringLiteral("pauseExperiment"));
    second->addWidget(m_pause);
    second->addWidget(m_run);
    rows->addLayout(second);
    layout->addWidget(bar);

    m_table->setObjectName(QStringLiteral("experimentTable"));
    m_table->setAccessibleName(tr("Experiments"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(ExperimentModel::Recall, new ShareDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metric::kRow + 3);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    layout->addWidget(m_table, 1);
    m_finding->setObjectName(QStringLiteral("experimentFinding"));
    m_finding->setWordWrap(true);
    m_finding->setContentsMargins(14, 10, 14, 12);
    setLook(m_finding, "muted");
    layout->addWidget(m_finding);

    connect(&m_jobs, &LabJobs::experimentChanged, this, &ExperimentView::take);
    connect(m_pause, &QToolButton::clicked, this, &ExperimentView::pauseOrResume);
    connect(m_run, &QPushButton::clicked, this, &ExperimentView::startOrCancel);
    connect(m_budgets, &QLineEdit::returnPressed, this, &ExperimentView::startOrCancel);
    const auto preview = [this] {
        if (!isRunning()) m_model->setRows(chosenRows());
        showRunnable();
    };
    connect(m_policies, &QButtonGroup::idClicked, this, preview);
    connect(m_formats, &QButtonGroup::idClicked, this, preview);
    connect(m_budgets, &QLineEdit::textEdited, this, preview);
    connect(m_rotated, &QPushButton::clicked, this, preview);
    connect(&m_lab, &Lab::snapshotTaken, this, &ExperimentView::showRunnable);
    preview();
    take();
}

void ExperimentView::addChips(QHBoxLayout *row, QButtonGroup *group, const QString &name)
{
    auto *label = new QLabel(name, this);
    setLook(label, "muted");
    label->setFixedWidth(64);
    row->addWidget(label);
    for (QAbstractButton *button : group->buttons()) {
        setLook(button, "chip");
        button->setCheckable(true);
        const int id = group->id(button);
        button->setChecked(group == m_policies || id == int(KvType::F32) || id == int(KvType::Q4));
        button->setObjectName(
            (group == m_policies ? QStringLiteral("policyChip%1") : QStringLiteral("formatChip%1"))
                .arg(id));
        row->addWidget(button);
    }
}

std::vector<std::size_t> ExperimentView::budgets() const
{
    std::vector<std::size_t> out;
    for (const QString &part : m_budgets->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const std::size_t budget = part.trimmed().toULongLong();
        if (budget >= kLeastBudget && out.size() < kMostBudgets) out.push_back(budget);
    }
    return out;
}

std::vector<ExperimentRow> ExperimentView::chosenRows() const
{
    ExperimentGrid grid;
    for (QAbstractButton *policy : m_policies->buttons())
        if (policy->isChecked()) grid.policies.push_back(PolicyKind(m_policies->id(policy)));
    grid.budgets = budgets();
    for (QAbstractButton *format : m_formats->buttons()) {
        if (!format->isChecked()) continue;
        const auto type = KvType(m_formats->id(format));
        grid.formats.push_back({.type = type});
        if (m_rotated->isChecked() && type != KvType::F32 && type != KvType::F16)
            grid.formats.push_back({.type = type, .rotation = llm::Rotation::Hadamard});
    }
    return grid.rows();
}

bool ExperimentView::isRunning() const
{
    return m_jobs.isMeasuring();
}

void ExperimentView::startOrCancel()
{
    if (isRunning()) return m_jobs.cancel(*m_jobs.experimentJob());
    QFile file(QStringLiteral(":/lab/passage.txt"));
    const LabSnapshot &snapshot = *m_lab.snapshot();
    if (!snapshot.model || !file.open(QIODevice::ReadOnly)) return;
    ExperimentPlan plan{.model = snapshot.model, .rows = chosenRows(), .passage = {}};
    if (plan.rows.empty()) return;
    plan.passage = file.readAll().toStdString();
    m_jobs.measure(std::move(plan),
                   QFileInfo(QString::fromStdString(snapshot.modelPath)).fileName());
}

void ExperimentView::pauseOrResume()
{
    if (const JobState *job = m_jobs.experimentJob()) m_jobs.pauseOrResume(*job);
}

void ExperimentView::take()
{
    if (const auto &state = m_jobs.experiment()) {
        m_model->setRows(state->rows);
        emit measured();
    }
    showState();
}

void ExperimentView::showState()
{
    const JobState *job = m_jobs.experimentJob();
    const bool runs = isRunning();
    m_run->setText(runs ? tr("Cancel") : tr("Measure"));
    m_run->setToolTip(runs ? tr("Ends after this token (Esc)")
                           : tr("Runs as a job: it goes on while another page is in front, and its "
                                "report stays on the Jobs page"));
    showRunnable();
    m_pause->setVisible(runs);
    m_progress->setVisible(runs);
    m_finding->setText(finding());
    if (job == nullptr) return m_status->clear();
    if (runs) {
        const QString name = job->paused ? tr("Resume") : tr("Pause");
        m_pause->setIcon(
            strokeIcon(job->paused ? QStringLiteral("play") : QStringLiteral("pause")));
        m_pause->setToolTip(name);
        m_pause->setAccessibleName(name);
        m_progress->setRange(0, 1000);
        m_progress->setValue(int(job->share().value_or(0) * 1000));
        return m_status->setText(progressText(*job));
    }
    const QString time = QString::fromStdString(formatDuration(job->endedMs - job->startedMs));
    const bool cancelled = job->error && job->error->code() == ErrorCode::Cancelled;
    m_status->setText(cancelled    ? tr("Cancelled after %1").arg(time)
                      : job->error ? errorText(*job->error).cause
                                   : tr("Took %1").arg(time));
}

// Without a model, or with nothing chosen, there is nothing to measure.
void ExperimentView::showRunnable()
{
    m_run->setEnabled(isRunning() || (m_lab.hasModel() && !chosenRows().empty()));
}

QString ExperimentView::finding() const
{
    QString text =
        tr("Perplexity over a text that the model was not trained on, in windows of 512 tokens; "
           "recall of one fact out of eight, 100 words later; speed at a window's end, beside "
           "whatever else runs.");
    const ExperimentRow *full = nullptr;
    const ExperimentRow *worst = nullptr;
    for (const ExperimentRow &row : m_model->rows()) {
        if (!row.isMeasured) continue;
        const bool isFull = row.policy.kind == PolicyKind::Full;
        if (isFull && row.kv == KvType::F32) full = &row;
        if (!isFull && (worst == nullptr || row.recall < worst->recall)) worst = &row;
    }
    if (full == nullptr || worst == nullptr || !(full->perplexity > 0)) return text;
    const double worse = (worst->perplexity / full->perplexity - 1) * 100;
    return tr("%1 with %2 costs %3 % of perplexity, and recall goes from %4 to %5.")
               .arg(policyText(worst->policy), formatText(worst->kv, worst->rotation))
               .arg(worse, 0, 'f', 1)
               .arg(full->recall, 0, 'f', 2)
               .arg(worst->recall, 0, 'f', 2) +
           QLatin1Char('\n') + text;
}

void ExperimentView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !isRunning()) return QWidget::keyPressEvent(event);
    m_jobs.cancel(*m_jobs.experimentJob());
    event->accept();
}

} // namespace kvscope
