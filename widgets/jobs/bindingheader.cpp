// BindingHeader: name and buttons above, chips below.
#include "widgets/jobs/bindingheader.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobwords.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {

BindingHeader::BindingHeader(QWidget *parent)
    : QFrame(parent), m_name(new QLabel(this)), m_schedule(new QLabel(this)),
      m_dryRun(new QPushButton(this)), m_warmUp(new QPushButton(this)),
      m_sync(new QPushButton(this)), m_times(new QPushButton(this)), m_check(new QPushButton(this)),
      m_options(new QPushButton(this)), m_more(new QToolButton(this)), m_chips(new QHBoxLayout)
{
    setObjectName(QStringLiteral("bindingHeader"));
    setLook(this, "bar");
    m_name->setObjectName(QStringLiteral("bindingName"));
    m_name->setTextFormat(Qt::PlainText);
    setLook(m_name, "heading");
    m_name->setMinimumWidth(48);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_schedule->setObjectName(QStringLiteral("scheduleChip"));
    setLook(m_schedule, "chipAccent");
    m_schedule->hide();
    const auto prepare = [this](QPushButton *button, const char *name, auto signal) {
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, signal);
    };
    prepare(m_dryRun, "dryRunButton", &BindingHeader::dryRunRequested);
    prepare(m_warmUp, "warmUpButton", &BindingHeader::warmUpRequested);
    prepare(m_sync, "syncButton", &BindingHeader::syncRequested);
    prepare(m_times, "scheduleButton", &BindingHeader::scheduleRequested);
    prepare(m_check, "checkButton", &BindingHeader::checkRequested);
    prepare(m_options, "checkOptionsButton", &BindingHeader::checkOptionsRequested);
    setLook(m_check, "primary");
    m_options->setIcon(strokeIcon(QStringLiteral("chevron-down")));
    m_options->setFixedWidth(34);
    m_more->setObjectName(QStringLiteral("bindingMenuButton"));
    m_more->setIcon(strokeIcon(QStringLiteral("more")));
    m_more->setPopupMode(QToolButton::InstantPopup);

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_name, 1);
    top->addWidget(m_schedule);
    for (QPushButton *button : {m_dryRun, m_warmUp, m_sync, m_times, m_check, m_options})
        top->addWidget(button);
    top->addWidget(m_more);
    m_source = addChip("sourceChip");
    m_arrow = new QLabel(QStringLiteral("→"), this);
    setLook(m_arrow, "muted");
    m_chips->addWidget(m_arrow);
    m_key = addChip("keyChip");
    m_value = addChip("valueChip");
    m_version = addChip("versionChip");
    m_ttl = addChip("ttlChip");
    m_chips->setSpacing(8);
    m_chips->addStretch(1);
    for (QLabel *label : {m_source, m_key}) label->setFont(monoFont(11));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addLayout(m_chips);
    auto *menu = new QMenu(m_more);
    menu->setObjectName(QStringLiteral("bindingMenu"));
    m_more->setMenu(menu);
    retranslate();
}

QLabel *BindingHeader::addChip(const char *objectName)
{
    auto *chip = new QLabel(this);
    chip->setObjectName(QString::fromLatin1(objectName));
    chip->setTextFormat(Qt::PlainText);
    setLook(chip, "chip");
    m_chips->addWidget(chip);
    return chip;
}

void BindingHeader::setBinding(const Binding &binding)
{
    m_name->setText(binding.name);
    m_texts = {{m_source, sourceName(binding.source)},
               {m_key, QString::fromStdString(binding.key.text())},
               {m_value, valueChip(binding)},
               {m_version, binding.version.empty()
                               ? QString()
                               : tr("version %1").arg(QString::fromStdString(binding.version))},
               {m_ttl, binding.ttl ? ttlChip(*binding.ttl) : tr("no TTL")}};
    for (const auto &[chip, text] : m_texts) {
        chip->setToolTip(text);
        chip->setVisible(!text.isEmpty());
    }
    fitChips();
}

// The source gives way first, from its middle; then the value.
void BindingHeader::fitChips()
{
    if (m_texts.empty()) return;
    constexpr int kPadding = 16;
    const auto widthOf = [](const QLabel *chip, const QString &text) {
        return QFontMetrics(chip->font()).horizontalAdvance(text) + kPadding;
    };
    int wanted = m_arrow->sizeHint().width() + 12;
    for (const auto &[chip, text] : m_texts)
        if (!text.isEmpty()) wanted += widthOf(chip, text) + 8;
    int missing = wanted - (width() - 32);
    for (const auto &[chip, text] : m_texts) {
        if (text.isEmpty()) continue;
        const int whole = widthOf(chip, text);
        const int least = chip == m_source || chip == m_value ? 90 : whole;
        const int given = std::max(whole - std::max(missing, 0), std::min(least, whole));
        missing -= whole - given;
        chip->setText(
            QFontMetrics(chip->font()).elidedText(text, Qt::ElideMiddle, given - kPadding + 2));
    }
}

void BindingHeader::setObstacles(const QString &run, const QString &write, const QString &busy,
                                 const QString &follow)
{
    m_run = run;
    m_write = write;
    m_busy = busy;
    m_follow = follow;
    const auto set = [](QWidget *button, const QString &obstacle, const QString &tip) {
        button->setEnabled(obstacle.isEmpty());
        button->setToolTip(obstacle.isEmpty() ? tip : obstacle);
    };
    const QString reads = !run.isEmpty() ? run : busy;
    const QString writes = !run.isEmpty() ? run : !write.isEmpty() ? write : busy;
    set(m_dryRun, reads, tr("Tells what a warm-up would write, and writes nothing"));
    set(m_warmUp, writes,
        tr("Writes the entries that are missing or older; newer ones are never overwritten"));
    m_ordered->setEnabled(reads.isEmpty()); // there one may try, too
    set(m_sync,
        !run.isEmpty()     ? run
        : !write.isEmpty() ? write
                           : follow,
        tr("Follows the source by its version and writes what changes…"));
    set(m_times, run, tr("Checks every so many minutes while the window runs"));
    set(m_check, reads, tr("Compares every row with its entry; changes nothing (F9)"));
    set(m_options, reads,
        tr("Check with repair, another schedule, a sample, or against a primary…"));
}

void BindingHeader::setSchedule(const QString &text)
{
    m_schedule->setText(text);
    m_schedule->setVisible(!text.isEmpty());
}

void BindingHeader::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitChips();
}

void BindingHeader::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void BindingHeader::retranslate()
{
    m_dryRun->setText(tr("Dry run"));
    m_warmUp->setText(tr("Warm up"));
    m_sync->setText(tr("Keep in sync"));
    m_times->setText(tr("Schedule"));
    m_check->setText(tr("Check"));
    m_options->setAccessibleName(tr("Check with options"));
    m_more->setToolTip(tr("Edit, show the file, delete"));
    m_more->setAccessibleName(tr("More for this binding"));
    QMenu *menu = m_more->menu();
    menu->clear();
    m_ordered = menu->addAction(strokeIcon(QStringLiteral("sort")), tr("Warm up in an order…"),
                                this, &BindingHeader::warmUpOptionsRequested);
    menu->addSeparator();
    menu->addAction(strokeIcon(QStringLiteral("edit")), tr("Edit binding…"), this,
                    &BindingHeader::editRequested);
    menu->addAction(strokeIcon(QStringLiteral("copy")), tr("Copy the file's path"), this,
                    &BindingHeader::fileRequested);
    menu->addSeparator();
    menu->addAction(strokeIcon(QStringLiteral("trash")), tr("Delete binding…"), this,
                    &BindingHeader::deleteRequested);
    setObstacles(m_run, m_write, m_busy, m_follow);
}

} // namespace kvscope
