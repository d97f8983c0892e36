// RepairDialog: counts, a choice, and what stands against it.
#include "widgets/jobs/repairdialog.h"

#include "widgets/jobs/advancedfold.h"
#include "widgets/jobs/dialogparts.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/jobs/repairfields.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr std::int64_t kShareNeeds = 100; // entries; of fewer a share says little
constexpr double kMostRepaired = 50;      // percent

QString percentText(double share)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'g', 3);
}

} // namespace

std::optional<double> RepairDialog::shareOf(const ClassCounts &found)
{
    // A missing entry is harmless to fill; an empty cache is no sign of a wrong binding.
    const std::int64_t there = found.total() - found[EntryClass::Missing];
    const std::int64_t wrong = found.wrong() - found[EntryClass::Missing];
    if (there < kShareNeeds) return std::nullopt;
    return static_cast<double>(wrong) / static_cast<double>(there);
}

RepairDialog::RepairDialog(RepairFacts facts, QWidget *parent)
    : QDialog(parent), m_facts(std::move(facts)), m_how(new QButtonGroup(this)),
      m_forecast(new QLabel(this)), m_wait(new QLineEdit(this)), m_etcd(new QLineEdit(this)),
      m_complaint(dialogparts::complaint(this))
{
    const auto count = static_cast<int>(m_facts.chosen.total());
    QVBoxLayout *layout = dialogparts::begin(
        this, "repairDialog",
        m_facts.what.isEmpty() ? tr("Repair %1 entries?", nullptr, count).arg(countText(count))
                               : tr("Repair %1?").arg(m_facts.what));
    QFormLayout *rows = dialogparts::form();
    auto *classes = new QLabel(classesText(m_facts.chosen), this);
    classes->setObjectName(QStringLiteral("repairClasses"));
    classes->setWordWrap(true);
    rows->addRow(tr("Chosen"), classes);
    rows->addRow(tr("Repair"),
                 repairfields::addChoice(this, m_how, {Repair::Delete, Repair::Refill}));
    m_forecast->setObjectName(QStringLiteral("repairForecast"));
    m_forecast->setWordWrap(true);
    rows->addRow(tr("Will happen"), m_forecast);
    rows->addRow(QString(),
                 dialogparts::hint(this, tr("An entry is touched only if it still is as it was "
                                            "seen. What it was is kept, value and TTL: the run "
                                            "can be undone.")));
    const auto share = shareOf(m_facts.found);
    if (share && *share * 100 > kMostRepaired) {
        m_share = new QLineEdit(QString::number(kMostRepaired), this);
        m_share->setObjectName(QStringLiteral("shareField"));
        rows->addRow(tr("Repair at &most, %"), m_share);
        rows->addRow(QString(),
                     dialogparts::hint(this, tr("%1 of the entries differ: most likely the binding "
                                                "does not fit, and a repair would spoil what is "
                                                "right.")
                                                 .arg(percentText(*share))));
        connect(m_share, &QLineEdit::textChanged, this, &RepairDialog::judge);
    }
    if (!m_facts.production.isEmpty()) {
        m_typed = new QLineEdit(this);
        m_typed->setObjectName(QStringLiteral("confirmField"));
        rows->addRow(tr("Type “%1”").arg(m_facts.production), m_typed);
        rows->addRow(QString(), dialogparts::hint(this, tr("This store is marked as production.")));
        connect(m_typed, &QLineEdit::textChanged, this, &RepairDialog::judge);
    }
    layout->addLayout(rows);
    auto *advanced = new AdvancedFold(this);
    repairfields::addWait(*advanced, m_wait);
    repairfields::addEtcd(*advanced, m_etcd, m_facts.etcd);
    layout->addWidget(advanced);
    layout->addWidget(m_complaint);
    QHBoxLayout *buttons = dialogparts::buttons(this);
    m_start = dialogparts::button(this, buttons, "startRepair", tr("Repair"),
                                  m_typed ? "danger" : "primary");
    m_start->setDefault(true);
    layout->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, [this] {
        RepairOptions options;
        options.how = how();
        options.replicas = m_wait->text().toInt();
        options.etcd = m_etcd->text().trimmed();
        emit chosen(options);
        accept();
    });
    for (QLineEdit *field : {m_wait, m_etcd})
        connect(field, &QLineEdit::textChanged, this, &RepairDialog::judge);
    connect(m_how, &QButtonGroup::idClicked, this, &RepairDialog::judge);
    dialogparts::orderTabs(this);
    judge();
}

Repair RepairDialog::how() const
{
    return static_cast<Repair>(m_how->checkedId());
}

QString RepairDialog::complaint() const
{
    if (m_share) {
        bool ok = false;
        const double most = m_share->text().toDouble(&ok);
        if (!ok || !(most > 0 && most <= 100)) return tr("The share is a number from 0 to 100.");
        if (shareOf(m_facts.found).value_or(0) * 100 > most)
            return tr("More than %1 % differ: nothing is repaired unless you allow it above.")
                .arg(most, 0, 'g', 3);
    }
    return repairfields::complaint(m_wait->text(), m_etcd->text());
}

void RepairDialog::judge()
{
    const QString wrong = complaint();
    m_forecast->setText(repairForecast(m_facts.chosen, how()));
    m_complaint->setText(wrong);
    m_complaint->setVisible(!wrong.isEmpty());
    const bool typed = !m_typed || m_typed->text() == m_facts.production;
    m_start->setEnabled(wrong.isEmpty() && typed);
    m_start->setText(how() == Repair::Delete ? tr("Delete") : tr("Refill"));
    dialogparts::fit(this);
}

} // namespace kvscope
