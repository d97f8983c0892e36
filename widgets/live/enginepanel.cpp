// EnginePanel: a list for the policy, a slider with steps for the budget.
#include "widgets/live/enginepanel.h"

#include "core/base/human.h"
#include "core/store/enginecontrol.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace kvscope {
namespace {

constexpr std::size_t kMegabyte = 1U << 20U;
// Each step about a third or a half more than the one before.
constexpr std::array<std::size_t, 20> kBudgetsMb{1,  2,  3,  4,   6,   8,   12,  16,  24,  32,
                                                 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};
constexpr int kSettleMs = 150;

QString bytesText(std::size_t bytes)
{
    return QString::fromStdString(formatBytes(bytes));
}

int nearestStep(std::size_t bytes)
{
    const auto found = std::lower_bound(kBudgetsMb.begin(), kBudgetsMb.end(), bytes / kMegabyte);
    return static_cast<int>(std::min(found, kBudgetsMb.end() - 1) - kBudgetsMb.begin());
}

} // namespace

EnginePanel::EnginePanel(QWidget *parent)
    : PanelCard(QStringLiteral("enginePanel"), tr("Built-in engine"), parent)
{
    auto *policyRow = new QHBoxLayout;
    policyRow->setContentsMargins(8, 2, 0, 8);
    auto *policyLabel = new QLabel(tr("Eviction policy"), this);
    setLook(policyLabel, "muted");
    m_policy = new QComboBox(this);
    m_policy->setObjectName(QStringLiteral("policy"));
    m_policy->setAccessibleName(policyLabel->text());
    m_policy->setToolTip(tr("Acts at once; the entries stay"));
    policyLabel->setBuddy(m_policy);
    policyRow->addWidget(policyLabel, 1);
    policyRow->addWidget(m_policy);
    body()->addLayout(policyRow);

    auto *budgetRow = new QHBoxLayout;
    budgetRow->setContentsMargins(8, 0, 8, 0);
    auto *budgetLabel = new QLabel(tr("Memory budget"), this);
    setLook(budgetLabel, "muted");
    m_budgetText = new QLabel(this);
    m_budgetText->setObjectName(QStringLiteral("budgetText"));
    setLook(m_budgetText, "figure");
    budgetRow->addWidget(budgetLabel, 1);
    budgetRow->addWidget(m_budgetText);
    body()->addLayout(budgetRow);

    m_budget = new QSlider(Qt::Horizontal, this);
    m_budget->setObjectName(QStringLiteral("budget"));
    m_budget->setAccessibleName(budgetLabel->text());
    m_budget->setRange(0, static_cast<int>(kBudgetsMb.size()) - 1);
    m_budget->setPageStep(2);
    m_budget->setToolTip(tr("1 MB to 1 GB; a smaller budget evicts at once"));
    budgetLabel->setBuddy(m_budget);
    auto *slider = new QHBoxLayout;
    slider->setContentsMargins(8, 4, 8, 6);
    slider->addWidget(m_budget);
    body()->addLayout(slider);

    m_used = addRow(QStringLiteral("engineUsed"), tr("in use"));
    m_entries = addRow(QStringLiteral("engineEntries"), tr("entries"));

    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(m_policy, &QComboBox::activated, this, &EnginePanel::takePolicy);
    connect(&m_settle, &QTimer::timeout, this, &EnginePanel::takeBudget);
    connect(m_budget, &QSlider::valueChanged, this, [this](int step) {
        showBudget(kBudgetsMb[static_cast<std::size_t>(step)] * kMegabyte);
        m_settle.start();
    });
    setControl(nullptr);
}

void EnginePanel::setControl(EngineControl *control)
{
    m_control = control;
    m_settle.stop();
    setVisible(control != nullptr);
    if (control == nullptr) return;
    m_policy->clear();
    for (const QString &name : control->policies()) m_policy->addItem(name.toUpper(), name);
    m_policy->setCurrentIndex(m_policy->findData(control->policy()));
    const QSignalBlocker quiet(m_budget);
    m_budget->setValue(nearestStep(control->memoryBytes()));
    showBudget(control->memoryBytes());
}

void EnginePanel::setUse(double usedBytes, double keys)
{
    const QString unknown = QStringLiteral("—");
    m_used->setText(std::isnan(usedBytes) ? unknown
                                          : bytesText(static_cast<std::size_t>(usedBytes)));
    m_entries->setText(std::isnan(keys)
                           ? unknown
                           : QString::fromStdString(formatCount(static_cast<std::uint64_t>(keys))));
}

void EnginePanel::takePolicy(int index)
{
    const QString name = m_policy->itemData(index).toString();
    if (m_control == nullptr || name == m_control->policy() || !m_control->setPolicy(name)) return;
    emit turned(tr("policy %1").arg(name.toUpper()));
}

void EnginePanel::takeBudget()
{
    const std::size_t bytes = kBudgetsMb[static_cast<std::size_t>(m_budget->value())] * kMegabyte;
    if (m_control == nullptr || bytes == m_control->memoryBytes()) return;
    m_control->setMemoryBytes(bytes);
    emit turned(tr("budget %1").arg(bytesText(bytes)));
}

void EnginePanel::showBudget(std::size_t bytes)
{
    m_budgetText->setText(bytesText(bytes));
}

} // namespace kvscope
