// ScheduleDialog: one number.
#include "widgets/jobs/scheduledialog.h"

#include "core/jobs/schedule.h"
#include "widgets/jobs/dialogparts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kvscope {

ScheduleDialog::ScheduleDialog(const QString &bindingName, int minutes, QWidget *parent)
    : QDialog(parent), m_minutes(new QSpinBox(this))
{
    QVBoxLayout *layout =
        dialogparts::begin(this, "scheduleDialog", tr("Check %1 regularly").arg(bindingName));
    layout->addWidget(
        dialogparts::hint(this, tr("Runs while this window is open and connected to this store, "
                                   "and never repairs. Outside of the window use cron and "
                                   "“kvscope check”.")));
    QFormLayout *rows = dialogparts::form();
    m_minutes->setObjectName(QStringLiteral("minutesField"));
    m_minutes->setRange(1, Schedule::kMostMinutes);
    m_minutes->setValue(minutes > 0 ? minutes : 15);
    m_minutes->setSuffix(tr(" min")); // no plural, whatever the number
    rows->addRow(tr("&Every"), m_minutes);
    layout->addLayout(rows);
    QHBoxLayout *buttons = dialogparts::buttons(this);
    const auto answer = [this](int every) {
        emit chosen(every);
        accept();
    };
    if (minutes > 0) {
        QPushButton *never = dialogparts::button(this, buttons, "scheduleOff", tr("No longer"), "");
        connect(never, &QPushButton::clicked, this, [answer] { answer(0); });
    }
    QPushButton *set = dialogparts::button(this, buttons, "scheduleOn", tr("Schedule"), "primary");
    set->setDefault(true);
    layout->addLayout(buttons);
    connect(set, &QPushButton::clicked, this, [this, answer] { answer(m_minutes->value()); });
    dialogparts::orderTabs(this);
    dialogparts::fit(this);
}

} // namespace kvscope
