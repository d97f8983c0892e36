// ReportDialog: facts in two columns.
#include "widgets/jobs/reportdialog.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/dialogparts.h"
#include "widgets/jobs/jobwords.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {

ReportDialog::ReportDialog(const RunRecord &record, QWidget *parent) : QDialog(parent)
{
    QVBoxLayout *layout = dialogparts::begin(this, "reportDialog",
                                             runName(record.kind, record.options) +
                                                 QStringLiteral(" · ") + record.bindingName);
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(24);
    facts->setVerticalSpacing(6);
    facts->setColumnStretch(1, 1);
    const auto add = [&](const QString &name, const QString &value, const char *objectName) {
        if (value.isEmpty()) return;
        auto *label = new QLabel(name, this);
        setLook(label, "muted");
        auto *fact = new QLabel(value, this);
        fact->setObjectName(QString::fromLatin1(objectName));
        fact->setTextFormat(Qt::PlainText);
        fact->setWordWrap(true);
        fact->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = facts->rowCount();
        facts->addWidget(label, row, 0, Qt::AlignTop);
        facts->addWidget(fact, row, 1);
    };
    const auto when = [](std::int64_t ms) {
        return ms <= 0 ? QString()
                       : QDateTime::fromMSecsSinceEpoch(ms).toString(
                             QStringLiteral("yyyy-MM-dd hh:mm:ss"));
    };
    add(tr("Run"), record.id, "reportRun");
    add(tr("Result"), resultText(record.kind, record.options, record.state, record.result),
        "reportResult");
    if (record.kind == QLatin1String("check") && record.result.contains(QLatin1String("nines_low")))
        add(tr("Nines"),
            ninesText(record.result) + QStringLiteral(" · ") +
                tr("≥ %1 at 95 %")
                    .arg(record.result.value(QLatin1String("nines_low")).toDouble(), 0, 'f', 2),
            "reportNines");
    if (rowsOf(record.result) > 0)
        add(tr("Rows"),
            rateOf(record.result) > 0
                ? countText(rowsOf(record.result)) + QStringLiteral(" · ") +
                      QString::fromStdString(formatRate(rateOf(record.result)))
                : countText(rowsOf(record.result)),
            "reportRows");
    add(tr("Source"), record.source, "reportSource");
    add(tr("Store"), record.store, "reportStore");
    add(tr("Started"), when(record.startedMs), "reportStarted");
    add(tr("Ended"), when(record.endedMs), "reportEnded");
    if (record.images > 0)
        add(tr("Before-images"),
            tr("%n kept: this run can be undone", nullptr, static_cast<int>(record.images)),
            "reportImages");
    layout->addLayout(facts);
    layout->addSpacing(4);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const auto button = [&](const char *name, const QString &text) {
        return dialogparts::button(this, buttons, name, text, "");
    };
    connect(button("exportJson", tr("Export JSON…")), &QPushButton::clicked, this,
            [this] { emit exportRequested(ReportFormat::Json); });
    connect(button("exportMarkdown", tr("Export Markdown…")), &QPushButton::clicked, this,
            [this] { emit exportRequested(ReportFormat::Markdown); });
    buttons->addStretch(1);
    if (record.kind == QLatin1String("check"))
        connect(button("showDifferences", tr("Show differences")), &QPushButton::clicked, this,
                [this] {
                    emit showRequested();
                    accept();
                });
    auto *close = button("closeButton", tr("Close"));
    close->setDefault(true);
    close->setFocus();
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    layout->addLayout(buttons);
    dialogparts::orderTabs(this);
    dialogparts::fit(this);
}

} // namespace kvscope
