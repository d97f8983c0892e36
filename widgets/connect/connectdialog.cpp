// ConnectDialog: choose, fill in, test, save, connect.
#include "widgets/connect/connectdialog.h"

#include "core/async/errortext.h"
#include "core/redis/endpoint.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/connect/colorswatch.h"
#include "widgets/connect/connectform.h"
#include "widgets/connect/connectiontest.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

QIcon dot(const QString &color)
{
    QPixmap pixmap(12, 12);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(profileColor(color));
    painter.drawEllipse(QPointF(6, 6), 4, 4);
    painter.end();
    return QIcon(pixmap);
}

QPushButton *pushButton(const char *objectName, const QString &text, const char *look = nullptr)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAutoDefault(false);
    if (look) setLook(button, look);
    return button;
}

} // namespace

ConnectDialog::ConnectDialog(StoreFactory &factory, Profiles &profiles, const Profile &current,
                             QWidget *parent)
    : QDialog(parent), m_profiles(profiles), m_tester(new ConnectionTest(factory, this))
{
    setObjectName(QStringLiteral("connectDialog"));
    setWindowTitle(tr("Connect"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(820, 560);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeList());
    layout->addWidget(makeRight(), 1);
    fillList();
    fillForm(current.url.isEmpty() ? m_form->profile() : current);
    if (m_profiles.find(current.name)) m_chosen = current.name;
    fillList();
    enableButtons();
    m_form->focusFirst();

    connect(
        m_tester, &ConnectionTest::succeeded, this,
        [this](const Capabilities &can, qint64 milliseconds) {
            m_testing = false;
            enableButtons();
            QString text =
                tr("Connected to %1 %2 in %3 ms.").arg(can.product, can.version).arg(milliseconds);
            if (can.readOnlyReason) text += u' ' + errorLine(*can.readOnlyReason);
            say(text, Tone::Good);
        });
    connect(m_tester, &ConnectionTest::failed, this, [this](const Error &error) {
        m_testing = false;
        enableButtons();
        say(errorLine(error), Tone::Bad);
    });
}

QWidget *ConnectDialog::makeList()
{
    auto *side = new QFrame(this);
    setLook(side, "panel");
    side->setFixedWidth(228);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 20, 0, 16);
    layout->setSpacing(8);
    auto *title = new QLabel(tr("Saved connections"), side);
    title->setContentsMargins(16, 0, 16, 0);
    setLook(title, "title");
    layout->addWidget(title);
    m_list = new QListWidget(side);
    m_list->setObjectName(QStringLiteral("profileList"));
    m_list->setAccessibleName(title->text());
    m_list->setIconSize({12, 12});
    layout->addWidget(m_list, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 0, 16, 0);
    buttons->setSpacing(8);
    auto *add = pushButton("newProfileButton", tr("New"));
    m_remove = pushButton("removeProfileButton", tr("Remove"));
    buttons->addWidget(add, 1);
    buttons->addWidget(m_remove, 1);
    layout->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &ConnectDialog::startNew);
    connect(m_remove, &QPushButton::clicked, this, &ConnectDialog::removeChosen);
    connect(m_list, &QListWidget::currentRowChanged, this, &ConnectDialog::choose);
    connect(m_list, &QListWidget::itemActivated, this, &ConnectDialog::connectNow);
    return side;
}

QWidget *ConnectDialog::makeRight()
{
    auto *right = new QWidget(this);
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    auto *heading = new QLabel(tr("Connection"), right);
    setLook(heading, "heading");
    layout->addWidget(heading);
    m_form = new ConnectForm(right);
    layout->addWidget(m_form);
    m_message = new QLabel(right);
    m_message->setObjectName(QStringLiteral("connectMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_message->setMinimumHeight(36);
    layout->addStretch(1);
    layout->addWidget(m_message);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_test = pushButton("testButton", tr("Test"));
    m_save = pushButton("saveProfileButton", tr("Save profile"));
    auto *cancel = pushButton("cancelButton", tr("Cancel"));
    m_connect = pushButton("connectButton", tr("Connect"), "primary");
    m_connect->setDefault(true);
    buttons->addWidget(m_test);
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_connect);
    layout->addLayout(buttons);
    connect(m_test, &QPushButton::clicked, this, &ConnectDialog::test);
    connect(m_save, &QPushButton::clicked, this, &ConnectDialog::save);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::connectNow);
    connect(m_form, &ConnectForm::edited, this, [this] {
        say({}, Tone::Neutral);
        enableButtons();
        followServer();
    });
    return right;
}

void ConnectDialog::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const Profile &profile : m_profiles.all()) {
        auto *item = new QListWidgetItem(dot(profile.color), profile.name, m_list);
        item->setToolTip(profile.url);
        if (profile.name == m_chosen) m_list->setCurrentItem(item);
    }
    m_remove->setEnabled(!m_chosen.isEmpty());
}

void ConnectDialog::choose(int row)
{
    if (row < 0 || std::size_t(row) >= m_profiles.all().size()) return;
    const Profile &profile = m_profiles.all()[std::size_t(row)];
    m_chosen = profile.name;
    fillForm(profile);
    m_remove->setEnabled(true);
    enableButtons();
    say({}, Tone::Neutral);
}

void ConnectDialog::startNew()
{
    m_chosen.clear();
    fillForm({.url = QStringLiteral("redis://localhost:6379/0")});
    fillList();
    enableButtons();
    say({}, Tone::Neutral);
    m_form->focusFirst();
}

void ConnectDialog::fillForm(const Profile &profile)
{
    m_form->setProfile(profile);
    remember(m_form->profile());
}

void ConnectDialog::remember(const Profile &profile)
{
    m_given = profile;
    m_marked = profile.production;
    m_markChosen = false;
}

// Another server, database or user than the one that has the name; certificates may change.
bool ConnectDialog::isElsewhere(const Profile &profile) const
{
    const auto before = Endpoint::parse(m_given.url);
    const auto now = Endpoint::parse(profile.url);
    if (!before || !now) return m_given.url != profile.url;
    return before->place() != now->place() || before->database != now->database ||
           before->user != now->user;
}

bool ConnectDialog::isOtherServer(const Profile &profile) const
{
    const auto before = Endpoint::parse(m_given.url);
    const auto now = Endpoint::parse(profile.url);
    if (!before || !now) return m_given.url != profile.url;
    return before->place() != now->place();
}

void ConnectDialog::followServer()
{
    const Profile profile = m_form->profile();
    m_markChosen |= profile.production != m_marked;
    m_marked = profile.production;
    if (m_markChosen || !m_given.production) return;
    m_marked = !isOtherServer(profile);
    m_form->setMark(m_marked ? ConnectForm::Mark::Production : ConnectForm::Mark::Ordinary);
    if (!m_marked)
        say(tr("This is another server: the production mark was taken off. Tick it again if it "
               "applies."),
            Tone::Neutral);
}

void ConnectDialog::test()
{
    const QString wrong = m_form->complaint();
    if (!wrong.isEmpty()) return say(wrong, Tone::Bad);
    m_testing = true;
    enableButtons();
    say(tr("Connecting…"), Tone::Neutral);
    m_tester->start(m_form->profile().url, m_form->password());
}

void ConnectDialog::save()
{
    QString wrong = m_form->complaint();
    const Profile profile = m_form->profile();
    if (wrong.isEmpty() && profile.name.isEmpty())
        wrong = tr("Give the profile a name to save it.");
    if (wrong.isEmpty() && profile.name != m_chosen && m_profiles.find(profile.name))
        wrong =
            tr("There is a profile called “%1” already; choose another name.").arg(profile.name);
    if (!wrong.isEmpty()) return say(wrong, Tone::Bad);
    const auto saved = m_profiles.save(profile, m_chosen);
    if (!saved) return say(errorLine(saved.error()), Tone::Bad);
    m_chosen = profile.name;
    remember(profile);
    fillList();
    say(tr("Saved “%1”, without a password.").arg(profile.name), Tone::Good);
}

void ConnectDialog::removeChosen()
{
    if (m_chosen.isEmpty()) return;
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmRemoveProfile"),
                     .title = tr("Remove the profile “%1”?").arg(m_chosen),
                     .text = tr("The server and its keys are not touched."),
                     .confirmText = tr("Remove"),
                     .destructive = true},
                    [this, name = m_chosen](bool yes) {
                        if (!yes) return;
                        const auto removed = m_profiles.remove(name);
                        if (!removed) return say(errorLine(removed.error()), Tone::Bad);
                        startNew();
                    });
}

void ConnectDialog::connectNow()
{
    const QString wrong = m_form->complaint();
    if (!wrong.isEmpty()) return say(wrong, Tone::Bad);
    Profile profile = m_form->profile();
    if (profile.name == m_given.name && isElsewhere(profile)) {
        profile.name.clear();
        profile.color.clear();
    }
    const QString password = m_form->password();
    emit connectRequested(profile, password);
    accept();
}

void ConnectDialog::enableButtons()
{
    const bool usable = m_form->isUrlTaken();
    m_test->setEnabled(usable && !m_testing);
    m_save->setEnabled(usable);
    m_connect->setEnabled(usable);
}

void ConnectDialog::say(const QString &text, Tone tone)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, tone == Tone::Good  ? theme().good
                                          : tone == Tone::Bad ? theme().bad
                                                              : theme().muted);
    m_message->setPalette(colors);
    m_message->setText(text);
    m_message->setAccessibleName(text);
}

} // namespace kvscope
