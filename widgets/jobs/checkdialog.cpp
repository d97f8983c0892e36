// CheckDialog: a form.
#include "widgets/jobs/checkdialog.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/store/storefactory.h"
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

#include <cmath>

namespace kvscope {
namespace {

constexpr qsizetype kMostDelays = 10;
constexpr std::int64_t kLongestDelayMs = 24LL * 3600 * 1000;

} // namespace

std::optional<std::vector<std::chrono::milliseconds>> recheckFrom(const QString &text)
{
    std::vector<std::chrono::milliseconds> delays;
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (parts.isEmpty() || parts.size() > kMostDelays) return std::nullopt;
    for (const QString &part : parts) {
        const auto ms = parseDuration(part.trimmed().toStdString());
        if (!ms || *ms < 0 || *ms > kLongestDelayMs) return std::nullopt;
        delays.emplace_back(*ms);
    }
    return delays;
}

CheckDialog::CheckDialog(CheckFacts facts, QWidget *parent)
    : QDialog(parent), m_facts(std::move(facts)), m_repair(new QButtonGroup(this)),
      m_recheck(new QLineEdit(this)), m_sample(new QLineEdit(this)), m_share(new QLineEdit(this)),
      m_rate(new QLineEdit(this)), m_wait(new QLineEdit(this)), m_etcd(new QLineEdit(this)),
      m_primary(new QLineEdit(this)), m_forecast(dialogparts::hint(this, {})),
      m_complaint(dialogparts::complaint(this))
{
    QVBoxLayout *layout =
        dialogparts::begin(this, "checkDialog", tr("Check %1").arg(m_facts.bindingName));
    QFormLayout *rows = dialogparts::form();
    rows->addRow(tr("Repair"), repairfields::addChoice(
                                   this, m_repair, {Repair::None, Repair::Delete, Repair::Refill},
                                   m_facts.writeObstacle));
    m_forecast->setObjectName(QStringLiteral("checkForecast"));
    rows->addRow(QString(), m_forecast);
    const auto explain = [&](const QString &text) {
        rows->addRow(QString(), dialogparts::hint(this, text));
    };
    m_recheck->setObjectName(QStringLiteral("recheckField"));
    m_recheck->setText(QStringLiteral("1s, 10s"));
    rows->addRow(tr("&Look again after"), m_recheck);
    explain(tr("What differs is looked at again after each of these; only what differed every "
               "time counts. 0s looks again at once."));
    m_sample->setObjectName(QStringLiteral("sampleField"));
    m_sample->setPlaceholderText(tr("all rows"));
    rows->addRow(tr("&Sample of rows"), m_sample);
    explain(tr("About so many rows, the same each time; orphans are not looked for. The bound "
               "says what it proves."));
    m_share->setObjectName(QStringLiteral("shareField"));
    m_share->setText(QStringLiteral("50"));
    rows->addRow(tr("Repair at &most, %"), m_share);
    explain(tr("When a larger share differs, most likely the binding does not fit: nothing is "
               "repaired then."));
    layout->addLayout(rows);
    auto *advanced = new AdvancedFold(this);
    buildAdvanced(advanced);
    layout->addWidget(advanced);
    layout->addWidget(m_complaint);
    QHBoxLayout *buttons = dialogparts::buttons(this);
    m_start = dialogparts::button(this, buttons, "startCheck", tr("Check"), "primary");
    m_start->setDefault(true);
    layout->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &CheckDialog::start);
    for (QLineEdit *field : {m_recheck, m_sample, m_share, m_rate, m_wait, m_etcd, m_primary})
        connect(field, &QLineEdit::textChanged, this, &CheckDialog::judge);
    connect(m_repair, &QButtonGroup::idClicked, this, &CheckDialog::judge);
    m_recheck->setFocus();
    dialogparts::orderTabs(this);
    judge();
}

void CheckDialog::buildAdvanced(AdvancedFold *fold)
{
    m_rate->setObjectName(QStringLiteral("rateField"));
    m_rate->setPlaceholderText(tr("automatic: gives way to others"));
    fold->addRow(tr("Rows a se&cond"), m_rate, QStringLiteral("--rate"),
                 tr("A fixed rate; automatic follows what a PING beside the job takes"));
    repairfields::addWait(*fold, m_wait);
    repairfields::addEtcd(*fold, m_etcd, m_facts.etcd);
    m_primary->setObjectName(QStringLiteral("primaryField"));
    m_primary->setPlaceholderText(QStringLiteral("redis://primary:6379/0"));
    fold->addRow(tr("Compare with a &primary"), m_primary, QStringLiteral("--primary"),
                 tr("This store is a replica of that one: its entries are compared with it instead "
                    "of the source"));
}

Repair CheckDialog::repair() const
{
    return static_cast<Repair>(m_repair->checkedId());
}

QString CheckDialog::complaint() const
{
    const bool repairs = repair() != Repair::None;
    const QString primary = m_primary->text().trimmed();
    bool ok = true;
    const double share = m_share->text().toDouble(&ok);
    if (!recheckFrom(m_recheck->text()))
        return tr("“Look again after” is a list of times, as in 1s, 10s.");
    if (!m_sample->text().isEmpty() && m_sample->text().toLongLong() < 1)
        return tr("The sample is a number of rows, or empty.");
    if (repairs && (!ok || !(share > 0 && share <= 100))) // nor what is no number
        return tr("The share is a number from 0 to 100.");
    bool isNumber = true;
    const double rate = m_rate->text().isEmpty() ? 1 : m_rate->text().toDouble(&isNumber);
    if (!isNumber || !(rate > 0 && std::isfinite(rate)))
        return tr("The rate is a number above 0, or empty.");
    if (QString wrong = repairfields::complaint(m_wait->text(), m_etcd->text()); !wrong.isEmpty())
        return wrong;
    if (primary.isEmpty()) return {};
    if (const auto fault = StoreFactory::faultOf(primary)) return errorText(*fault).cause;
    if (repairs) return tr("A comparison with a primary only compares: it repairs nothing.");
    return {};
}

// What a repair would have done by the last check: the next one may find something else.
QString CheckDialog::forecast() const
{
    if (repair() == Repair::None) return tr("Counts and lists what differs, and changes nothing.");
    if (!m_facts.last)
        return tr("There was no check yet: what differs is not known. A check that repairs nothing "
                  "tells it first.");
    return tr("By the check of %1 ago: %2")
        .arg(ageText(m_facts.lastAgoMs), repairForecast(*m_facts.last, repair()));
}

void CheckDialog::judge()
{
    const QString wrong = complaint();
    const bool repairs = repair() != Repair::None;
    m_share->setEnabled(repairs);
    m_wait->setEnabled(repairs);
    m_etcd->setEnabled(repairs);
    m_forecast->setText(forecast());
    m_complaint->setText(wrong);
    m_complaint->setVisible(!wrong.isEmpty());
    m_start->setEnabled(wrong.isEmpty());
    m_start->setText(repairs ? tr("Check and repair") : tr("Check"));
    dialogparts::fit(this);
}

CheckOptions CheckDialog::options() const
{
    CheckOptions options;
    options.repair = repair();
    if (auto delays = recheckFrom(m_recheck->text())) options.recheck = std::move(*delays);
    options.sample = m_sample->text().toLongLong();
    options.mostRepaired = m_share->text().toDouble() / 100;
    options.rate = m_rate->text().toDouble();
    if (options.repair == Repair::None) return options;
    options.replicas = m_wait->text().toInt();
    options.etcd = m_etcd->text().trimmed();
    return options;
}

void CheckDialog::start()
{
    const CheckOptions asked = options();
    if (const QString primary = m_primary->text().trimmed(); !primary.isEmpty())
        emit replicaChosen(
            {.binding = {}, .rate = asked.rate, .recheck = asked.recheck, .sample = asked.sample},
            primary);
    else
        emit chosen(asked);
    accept();
}

} // namespace kvscope
