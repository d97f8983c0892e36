// ExperimentView: choices, progress, the table and what it shows.
#include "widgets/lab/experimentview.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/labwords.h"

#include <QButtonGroup>
#include <QFile>
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

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

using llm::KvType;
using llm::PolicyKind;

constexpr std::size_t kSinks = 4;
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

ExperimentView::ExperimentView(Lab &lab, QWidget *parent)
    : QWidget(parent), m_lab(lab), m_policies(new QButtonGroup(this)),
      m_formats(new QButtonGroup(this)), m_budgets(new QLineEdit(this)),
      m_run(new QPushButton(this)), m_progress(new QProgressBar(this)), m_status(new QLabel(this)),
      m_finding(new QLabel(this)), m_table(new QTableView(this)), m_model(new ExperimentModel(this))
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

    m_experiment = std::make_unique<LabExperiment>(m_lifetime.guard(
        [this](const std::shared_ptr<const ExperimentState> &state) { take(state); }));
    connect(m_run, &QPushButton::clicked, this, &ExperimentView::startOrCancel);
    connect(m_budgets, &QLineEdit::returnPressed, this, &ExperimentView::startOrCancel);
    const auto preview = [this] {
        if (!isRunning()) m_model->setRows(chosenRows());
    };
    connect(m_policies, &QButtonGroup::idClicked, this, preview);
    connect(m_formats, &QButtonGroup::idClicked, this, preview);
    connect(m_budgets, &QLineEdit::textEdited, this, preview);
    preview();
    showState();
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
    std::vector<ExperimentRow> rows;
    const auto add = [&](const llm::PolicySpec &policy) {
        for (const QAbstractButton *format : m_formats->buttons())
            if (format->isChecked())
                rows.push_back(
                    {.policy = policy,
                     .kv = KvType(m_formats->id(const_cast<QAbstractButton *>(format)))});
    };
    for (QAbstractButton *button : m_policies->buttons()) {
        if (!button->isChecked()) continue;
        const auto kind = PolicyKind(m_policies->id(button));
        if (kind == PolicyKind::Full) {
            add({});
            continue;
        }
        const std::size_t sinks = kind == PolicyKind::Sinks ? kSinks : 0;
        for (const std::size_t budget : budgets())
            add({.kind = kind, .sinks = sinks, .budget = budget - sinks, .seed = 1});
    }
    return rows;
}

void ExperimentView::startOrCancel()
{
    if (isRunning()) return m_experiment->cancel();
    QFile file(QStringLiteral(":/lab/passage.txt"));
    const auto &model = m_lab.snapshot()->model;
    if (!model || !file.open(QIODevice::ReadOnly)) return;
    ExperimentPlan plan{.model = model, .rows = chosenRows(), .passage = {}};
    if (plan.rows.empty()) return;
    plan.passage = file.readAll().toStdString();
    m_time.start();
    m_experiment->start(std::move(plan));
}

void ExperimentView::take(const std::shared_ptr<const ExperimentState> &state)
{
    m_state = state;
    m_model->setRows(state->rows);
    emit measured();
    showState();
    if (state->error) emit failed(*state->error);
}

void ExperimentView::showState()
{
    const bool runs = isRunning();
    m_run->setText(runs ? tr("Cancel") : tr("Measure"));
    m_run->setToolTip(runs ? tr("Ends after this token (Esc)") : QString());
    m_progress->setVisible(runs);
    m_finding->setText(finding());
    if (!m_state) {
        m_status->clear();
        return;
    }
    m_progress->setRange(0, int(m_state->steps));
    m_progress->setValue(int(m_state->done));
    if (runs && m_state->done > 0) {
        const double left = double(m_time.elapsed()) * double(m_state->steps - m_state->done) /
                            double(m_state->done);
        m_status->setText(tr("%1 % · %2 left")
                              .arg(100 * m_state->done / std::max<std::size_t>(1, m_state->steps))
                              .arg(QString::fromStdString(formatDuration(std::int64_t(left)))));
    } else if (!runs) {
        m_status->setText(
            m_state->wasCancelled
                ? tr("Cancelled after %1")
                      .arg(QString::fromStdString(formatDuration(m_time.elapsed())))
                : tr("Took %1").arg(QString::fromStdString(formatDuration(m_time.elapsed()))));
    }
}

QString ExperimentView::finding() const
{
    const QString text =
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
    m_experiment->cancel();
    event->accept();
}

} // namespace kvscope
