// CheckDialog, ScheduleDialog: forms.
#include "widgets/jobs/checkdialog.h"

#include "core/base/human.h"
#include "core/jobs/schedule.h"
#include "widgets/base/theme.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr qsizetype kMostDelays = 10;
constexpr std::int64_t kLongestDelayMs = 24LL * 3600 * 1000;

QLabel *heading(QDialog *dialog, const QString &text)
{
    auto *label = new QLabel(text, dialog);
    label->setTextFormat(Qt::PlainText);
    setLook(label, "heading");
    return label;
}

QPushButton *addButton(QDialog *dialog, QHBoxLayout *row, const char *name, const QString &text,
                       const char *look)
{
    auto *button = new QPushButton(text, dialog);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false);
    setLook(button, look);
    row->addWidget(button);
    return button;
}

QLabel *hint(QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    setLook(label, "small");
    return label;
}

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

CheckDialog::CheckDialog(const QString &bindingName, const QString &writeObstacle, QWidget *parent)
    : QDialog(parent), m_repair(new QButtonGroup(this)), m_recheck(new QLineEdit(this)),
      m_sample(new QLineEdit(this)), m_share(new QLineEdit(this)), m_complaint(new QLabel(this))
{
    setObjectName(QStringLiteral("checkDialog"));
    setWindowTitle(tr("Check %1").arg(bindingName));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading(this, windowTitle()));

    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *choices = new QWidget(this);
    auto *line = new QHBoxLayout(choices);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    const auto choice = [&](Repair repair, const char *name, const QString &text,
                            const QString &tip) {
        auto *button = new QPushButton(text, choices);
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setToolTip(tip);
        setLook(button, "segment");
        m_repair->addButton(button, static_cast<int>(repair));
        line->addWidget(button);
        if (repair == Repair::None || writeObstacle.isEmpty()) return;
        button->setEnabled(false);
        button->setToolTip(writeObstacle);
    };
    choice(Repair::None, "repairNone", tr("Nothing"), tr("Counts and lists what differs"));
    choice(Repair::Delete, "repairDelete", tr("Delete"),
           tr("Takes wrong entries away; the next reader fills them from the source"));
    choice(Repair::Refill, "repairRefill", tr("Refill"),
           tr("Writes what the source says; orphans are deleted"));
    m_repair->button(static_cast<int>(Repair::None))->setChecked(true);
    line->addStretch(1);
    rows->addRow(tr("Repair"), choices);

    m_recheck->setObjectName(QStringLiteral("recheckField"));
    m_recheck->setText(QStringLiteral("1s, 10s"));
    rows->addRow(tr("&Look again after"), m_recheck);
    rows->addRow(QString(), hint(this, tr("What differs is looked at again after each of these; "
                                          "only what differed every time counts. 0s looks again "
                                          "at once.")));
    m_sample->setObjectName(QStringLiteral("sampleField"));
    m_sample->setPlaceholderText(tr("all rows"));
    rows->addRow(tr("&Sample of rows"), m_sample);
    rows->addRow(QString(), hint(this, tr("About so many rows, the same each time; orphans are "
                                          "not looked for. The bound says what it proves.")));
    m_share->setObjectName(QStringLiteral("shareField"));
    m_share->setText(QStringLiteral("50"));
    rows->addRow(tr("&Repair at most, %"), m_share);
    rows->addRow(QString(), hint(this, tr("When a larger share differs, most likely the binding "
                                          "does not fit: nothing is repaired then.")));
    layout->addLayout(rows);
    m_complaint->setObjectName(QStringLiteral("complaint"));
    m_complaint->setWordWrap(true);
    setLook(m_complaint, "small");
    layout->addWidget(m_complaint);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto *cancel = addButton(this, buttons, "cancelButton", tr("Cancel"), "");
    m_start = addButton(this, buttons, "startCheck", tr("Check"), "primary");
    m_start->setDefault(true);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, [this] {
        emit chosen(options());
        accept();
    });
    for (QLineEdit *field : {m_recheck, m_sample, m_share})
        connect(field, &QLineEdit::textChanged, this, &CheckDialog::judge);
    connect(m_repair, &QButtonGroup::idClicked, this, &CheckDialog::judge);
    judge();
}

void CheckDialog::judge()
{
    QString wrong;
    bool ok = true;
    const double share = m_share->text().toDouble(&ok);
    const bool repairs = m_repair->checkedId() != static_cast<int>(Repair::None);
    m_share->setEnabled(repairs);
    if (!recheckFrom(m_recheck->text()))
        wrong = tr("“Look again after” is a list of times, as in 1s, 10s.");
    else if (!m_sample->text().isEmpty() && m_sample->text().toLongLong() < 1)
        wrong = tr("The sample is a number of rows, or empty.");
    else if (repairs && (!ok || share <= 0 || share > 100))
        wrong = tr("The share is a number from 0 to 100.");
    m_complaint->setText(wrong);
    m_start->setEnabled(wrong.isEmpty());
    m_start->setText(repairs ? tr("Check and repair") : tr("Check"));
}

CheckOptions CheckDialog::options() const
{
    CheckOptions options;
    options.repair = static_cast<Repair>(m_repair->checkedId());
    if (auto delays = recheckFrom(m_recheck->text())) options.recheck = std::move(*delays);
    options.sample = m_sample->text().toLongLong();
    options.mostRepaired = m_share->text().toDouble() / 100;
    return options;
}

ScheduleDialog::ScheduleDialog(const QString &bindingName, int minutes, QWidget *parent)
    : QDialog(parent), m_minutes(new QSpinBox(this))
{
    setObjectName(QStringLiteral("scheduleDialog"));
    setWindowTitle(tr("Check %1 regularly").arg(bindingName));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(440);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading(this, windowTitle()));
    layout->addWidget(hint(this, tr("Runs while this window is open and connected to this store, "
                                    "and never repairs. Outside of the window use cron and "
                                    "“kvscope check”.")));
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(16);
    m_minutes->setObjectName(QStringLiteral("minutesField"));
    m_minutes->setRange(1, Schedule::kMostMinutes);
    m_minutes->setValue(minutes > 0 ? minutes : 15);
    m_minutes->setSuffix(tr(" minutes"));
    rows->addRow(tr("&Every"), m_minutes);
    layout->addLayout(rows);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    if (minutes > 0) {
        auto *never = addButton(this, buttons, "scheduleOff", tr("No longer"), "");
        connect(never, &QPushButton::clicked, this, [this] {
            emit chosen(0);
            accept();
        });
    }
    buttons->addStretch(1);
    auto *cancel = addButton(this, buttons, "cancelButton", tr("Cancel"), "");
    auto *set = addButton(this, buttons, "scheduleOn", tr("Schedule"), "primary");
    set->setDefault(true);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(set, &QPushButton::clicked, this, [this] {
        emit chosen(m_minutes->value());
        accept();
    });
}

} // namespace kvscope
