// SyncDialog: two times and a text to copy.
#include "widgets/jobs/syncdialog.h"

#include "core/base/human.h"
#include "core/jobs/syncjob.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/advancedfold.h"
#include "widgets/jobs/dialogparts.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr std::int64_t kLeastWithinMs = 200;
constexpr std::int64_t kMostWithinMs = 3'600'000;
constexpr int kSqlHeight = 150;

// A time above 0; nothing for anything else.
std::optional<std::chrono::milliseconds> timeFrom(const QString &text)
{
    const auto ms = parseDuration(text.trimmed().toStdString());
    if (!ms || *ms <= 0) return std::nullopt;
    return std::chrono::milliseconds(*ms);
}

} // namespace

SyncDialog::SyncDialog(const Binding &binding, QWidget *parent)
    : QDialog(parent), m_within(new QLineEdit(this)), m_for(new QLineEdit(this)),
      m_complaint(dialogparts::complaint(this))
{
    QVBoxLayout *layout =
        dialogparts::begin(this, "syncDialog", tr("Keep %1 in sync").arg(binding.name));
    auto *what = new QLabel(tr("Follows the source by its column %1 and writes what changes from "
                               "now on. What differs by now, a check or a warm-up mends.")
                                .arg(QString::fromStdString(binding.version)),
                            this);
    what->setWordWrap(true);
    layout->addWidget(what);
    QFormLayout *rows = dialogparts::form();
    m_within->setObjectName(QStringLiteral("withinField"));
    m_within->setText(QStringLiteral("1s"));
    rows->addRow(tr("&Stated delay"), m_within);
    const bool postgres = binding.source.startsWith(QLatin1String("postgres"));
    const auto gone = std::chrono::seconds(SyncJob::kGoneWithin).count();
    rows->addRow(
        QString(),
        dialogparts::hint(
            this, tr("A change is to be in the store by then: the source is asked ten times as "
                     "often, and the lag is drawn against it.") +
                      QLatin1Char(' ') +
                      (postgres ? tr("An entry whose row is gone goes within %1 s, or at once with "
                                     "the trigger below.")
                                : tr("An entry whose row is gone goes within %1 s."))
                          .arg(gone)));
    layout->addLayout(rows);
    auto *advanced = new AdvancedFold(this);
    m_for->setObjectName(QStringLiteral("forField"));
    m_for->setPlaceholderText(tr("until it is cancelled"));
    advanced->addRow(tr("&End after"), m_for, QStringLiteral("--for"), tr("A time, as in 30m"));
    if (postgres) addTrigger(advanced, SyncJob::triggerSql(binding));
    layout->addWidget(advanced);
    layout->addWidget(m_complaint);
    QHBoxLayout *buttons = dialogparts::buttons(this);
    m_start = dialogparts::button(this, buttons, "startSync", tr("Keep in sync"), "primary");
    m_start->setDefault(true);
    layout->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, [this] {
        SyncAsk ask;
        ask.within = timeFrom(m_within->text()).value_or(ask.within);
        ask.duration = timeFrom(m_for->text());
        emit chosen(ask);
        accept();
    });
    for (QLineEdit *field : {m_within, m_for})
        connect(field, &QLineEdit::textChanged, this, &SyncDialog::judge);
    dialogparts::orderTabs(this);
    judge();
}

void SyncDialog::addTrigger(AdvancedFold *fold, const QString &sql)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    auto *title = new QLabel(tr("Trigger"), box);
    setLook(title, "title");
    head->addWidget(title, 1);
    auto *copy = new QPushButton(strokeIcon(QStringLiteral("copy")), tr("&Copy"), box);
    copy->setObjectName(QStringLiteral("copyTrigger"));
    copy->setAutoDefault(true);
    copy->setToolTip(tr("Copies the statements"));
    head->addWidget(copy);
    layout->addLayout(head);
    auto *text = new QPlainTextEdit(sql, box);
    text->setObjectName(QStringLiteral("triggerSql"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setAccessibleName(tr("Statements of the trigger"));
    text->setFixedHeight(kSqlHeight);
    setLook(text, "mono");
    layout->addWidget(text);
    layout->addWidget(dialogparts::hint(
        box, QStringLiteral("--print-trigger · ") +
                 tr("PostgreSQL tells of changes and removals at once where its table has this. KV "
                    "Scope never installs it: run it as the table's owner; what runs already hears "
                    "it from then on.")));
    fold->addWide(box);
    connect(copy, &QPushButton::clicked, this,
            [sql] { QGuiApplication::clipboard()->setText(sql); });
}

void SyncDialog::judge()
{
    QString wrong;
    const auto within = timeFrom(m_within->text());
    if (!within || within->count() < kLeastWithinMs || within->count() > kMostWithinMs)
        wrong = tr("The stated delay is a time from 200ms to 1h.");
    else if (!m_for->text().trimmed().isEmpty() && !timeFrom(m_for->text()))
        wrong = tr("“End after” is a time above 0, as in 30m, or empty.");
    m_complaint->setText(wrong);
    m_complaint->setVisible(!wrong.isEmpty());
    m_start->setEnabled(wrong.isEmpty());
    dialogparts::fit(this);
}

} // namespace kvscope
