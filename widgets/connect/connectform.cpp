// ConnectForm: fields to a store URL and back.
#include "widgets/connect/connectform.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/store/storefactory.h"
#include "widgets/base/theme.h"
#include "widgets/connect/colorswatch.h"
#include "widgets/connect/filefield.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QUrlQuery>

namespace kvscope {
namespace {

constexpr int kSpacing = 8;

void markBad(QLineEdit *field, bool bad)
{
    if (field->property("bad").toBool() == bad) return;
    field->setProperty("bad", bad);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

QWidget *pair(QWidget *first, const QString &label, QWidget *second, int secondWidth)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(first, 1);
    auto *caption = new QLabel(label, row);
    caption->setBuddy(second);
    setLook(caption, "muted");
    layout->addWidget(caption);
    second->setFixedWidth(secondWidth);
    layout->addWidget(second);
    row->setFocusProxy(first);
    return row;
}

} // namespace

ConnectForm::ConnectForm(QWidget *parent)
    : QWidget(parent), m_rows(new QFormLayout(this)), m_kinds(new QButtonGroup(this)),
      m_colors(new QButtonGroup(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(16);
    m_rows->setVerticalSpacing(kSpacing);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    makeServerRows();
    makeProfileRows();
    for (QLineEdit *field : findChildren<QLineEdit *>()) {
        if (field == m_url) continue;
        // These are not in the URL: they must not put the old one back over one that is not taken.
        if (field == m_name || field == m_delimiter || field == m_password)
            connect(field, &QLineEdit::textEdited, this, [this] {
                clearMarks();
                emit edited();
            });
        else
            connect(field, &QLineEdit::textEdited, this, &ConnectForm::noteEdited);
    }
    for (FileField *file : {m_ca, m_certificate, m_key})
        connect(file, &FileField::edited, this, &ConnectForm::noteEdited);
    connect(m_policy, &QComboBox::activated, this, &ConnectForm::noteEdited);
    connect(m_url, &QLineEdit::textEdited, this, &ConnectForm::takeUrl);
    connect(m_url, &QLineEdit::editingFinished, this, &ConnectForm::hidePassword);
    setProfile({.url = QStringLiteral("redis://localhost:6379/0")});
}

QLineEdit *ConnectForm::makeField(const char *objectName, const QString &label)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(QString::fromLatin1(objectName));
    field->setAccessibleName(label);
    return field;
}

void ConnectForm::nameField(QWidget *row, QLineEdit *field)
{
    // A row of two fields takes no focus itself: its label's mnemonic would lead nowhere.
    if (auto *label = qobject_cast<QLabel *>(m_rows->labelForField(row))) label->setBuddy(field);
}

QWidget *ConnectForm::makeKinds()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const auto add = [&](Kind kind, const QString &text, const char *name) {
        auto *button = new QPushButton(text, row);
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        button->setAutoDefault(false);
        setLook(button, "segment");
        m_kinds->addButton(button, int(kind));
        layout->addWidget(button);
    };
    add(Kind::Tcp, tr("Redis"), "kindTcp");
    add(Kind::Tls, tr("Redis over TLS"), "kindTls");
    add(Kind::Unix, tr("Unix socket"), "kindUnix");
    add(Kind::Engine, tr("Built-in engine"), "kindEngine");
    layout->addStretch(1);
    connect(m_kinds, &QButtonGroup::idClicked, this, [this] {
        showRows();
        noteEdited();
    });
    return row;
}

void ConnectForm::makeServerRows()
{
    m_url = makeField("urlField", tr("Store URL"));
    m_url->setPlaceholderText(tr("Paste redis://user@host:6379/0 to fill the fields below"));
    setLook(m_url, "mono");
    m_rows->addRow(tr("&URL"), m_url);
    m_urlError = new QLabel(this);
    m_urlError->setObjectName(QStringLiteral("urlError"));
    m_urlError->setWordWrap(true);
    m_urlError->setTextFormat(Qt::PlainText);
    m_urlError->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_rows->addRow(QString(), m_urlError);
    m_rows->setRowVisible(m_urlError, false);
    m_rows->addRow(tr("Kind"), makeKinds());

    m_host = makeField("hostField", tr("Host"));
    m_host->setPlaceholderText(QStringLiteral("localhost"));
    m_port = makeField("portField", tr("Port"));
    m_port->setValidator(new QIntValidator(0, 99999, m_port));
    m_rows->addRow(tr("&Host"), pair(m_host, tr("Port"), m_port, 72));
    nameField(m_host->parentWidget(), m_host);
    m_path = makeField("pathField", tr("Path of the socket"));
    m_path->setPlaceholderText(QStringLiteral("/run/redis/redis.sock"));
    m_rows->addRow(tr("Path"), m_path);
    m_user = makeField("userField", tr("User"));
    m_user->setPlaceholderText(tr("default"));
    m_database = makeField("databaseField", tr("Database"));
    m_database->setValidator(new QIntValidator(0, 99999, m_database));
    m_rows->addRow(tr("Us&er"), pair(m_user, tr("Database"), m_database, 72));
    nameField(m_user->parentWidget(), m_user);
    m_password = makeField("passwordField", tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Kept in memory only, never in the profile"));
    m_rows->addRow(tr("&Password"), m_password);

    const QString filter = tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)");
    m_ca = new FileField(QStringLiteral("caField"), tr("CA file"), filter, this);
    m_certificate =
        new FileField(QStringLiteral("certificateField"), tr("Certificate"), filter, this);
    m_key = new FileField(QStringLiteral("keyField"), tr("Key file"), filter, this);
    m_serverName = makeField("serverNameField", tr("Server name"));
    m_serverName->setPlaceholderText(tr("The host, unless the certificate names another"));
    m_rows->addRow(tr("CA file"), m_ca);
    m_rows->addRow(tr("Certificate"), m_certificate);
    m_rows->addRow(tr("Key file"), m_key);
    m_rows->addRow(tr("Server name"), m_serverName);

    m_memory = makeField("memoryField", tr("Memory"));
    m_policy = new QComboBox(this);
    m_policy->setObjectName(QStringLiteral("policyField"));
    m_policy->setAccessibleName(tr("Eviction policy"));
    m_policy->addItem(QStringLiteral("LRU"), QStringLiteral("lru"));
    m_policy->addItem(QStringLiteral("LFU"), QStringLiteral("lfu"));
    m_rows->addRow(tr("Memory"), pair(m_memory, tr("Policy"), m_policy, 96));
}

void ConnectForm::makeProfileRows()
{
    m_name = makeField("nameField", tr("Name of the profile"));
    m_name->setPlaceholderText(tr("Needed to save it, e.g. orders-prod"));
    m_delimiter = makeField("delimiterField", tr("Delimiter between the levels of a key"));
    m_delimiter->setMaxLength(8);
    setLook(m_delimiter, "mono");
    m_rows->addRow(tr("&Name"), pair(m_name, tr("Delimiter"), m_delimiter, 72));
    nameField(m_name->parentWidget(), m_name);

    auto *marks = new QWidget(this);
    auto *layout = new QHBoxLayout(marks);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const char *color : {"", "accent", "blue", "purple", "orange"}) {
        auto *swatch = new ColorSwatch(QString::fromLatin1(color), marks);
        m_colors->addButton(swatch);
        layout->addWidget(swatch);
    }
    layout->addSpacing(12);
    m_readOnly = new QCheckBox(tr("&Read-only"), marks);
    m_readOnly->setObjectName(QStringLiteral("readOnlyField"));
    m_readOnly->setToolTip(tr("Every command that writes is refused before it is sent"));
    m_production = new QCheckBox(tr("Produc&tion"), marks);
    m_production->setObjectName(QStringLiteral("productionField"));
    m_production->setToolTip(tr("The window shows a red border"));
    layout->addWidget(m_readOnly);
    layout->addSpacing(12);
    layout->addWidget(m_production);
    layout->addStretch(1);
    m_rows->addRow(tr("Colour"), marks);
    connect(m_colors, &QButtonGroup::buttonClicked, this, &ConnectForm::edited);
    connect(m_readOnly, &QCheckBox::clicked, this, &ConnectForm::edited);
    connect(m_production, &QCheckBox::clicked, this, &ConnectForm::edited);
}

void ConnectForm::setProfile(const Profile &profile)
{
    m_password->clear();
    m_url->setText(withoutPassword(profile.url));
    m_urlLength = m_url->text().size();
    m_urlHadPassword = false;
    fillFrom(profile.url);
    m_name->setText(profile.name);
    m_delimiter->setText(profile.delimiter);
    m_readOnly->setChecked(profile.readOnly);
    m_production->setChecked(profile.production);
    for (QAbstractButton *button : m_colors->buttons())
        if (static_cast<ColorSwatch *>(button)->color() == profile.color) button->setChecked(true);
    clearMarks();
    judgeUrl();
}

Profile ConnectForm::profile() const
{
    const auto *swatch = static_cast<const ColorSwatch *>(m_colors->checkedButton());
    return {.name = m_name->text().trimmed(),
            .url = urlFromFields(),
            .color = swatch ? swatch->color() : QString(),
            .production = m_production->isChecked(),
            .readOnly = m_readOnly->isChecked(),
            .delimiter = m_delimiter->text()};
}

void ConnectForm::setMark(Mark mark)
{
    m_production->setChecked(mark == Mark::Production);
}

QString ConnectForm::password() const
{
    return kind() == Kind::Engine ? QString() : m_password->text();
}

ConnectForm::Kind ConnectForm::kind() const
{
    return Kind(m_kinds->checkedId());
}

void ConnectForm::setKind(Kind kind)
{
    m_kinds->button(int(kind))->setChecked(true);
    showRows();
}

void ConnectForm::showRows()
{
    const Kind now = kind();
    const bool network = now == Kind::Tcp || now == Kind::Tls;
    m_rows->setRowVisible(m_host->parentWidget(), network);
    m_rows->setRowVisible(m_path, now == Kind::Unix);
    m_rows->setRowVisible(m_user->parentWidget(), now != Kind::Engine);
    m_rows->setRowVisible(m_password, now != Kind::Engine);
    for (QWidget *row : {static_cast<QWidget *>(m_ca), static_cast<QWidget *>(m_certificate),
                         static_cast<QWidget *>(m_key), static_cast<QWidget *>(m_serverName)})
        m_rows->setRowVisible(row, now == Kind::Tls);
    m_rows->setRowVisible(m_memory->parentWidget(), now == Kind::Engine);
}

void ConnectForm::takeUrl(const QString &url)
{
    const bool pasted = std::abs(url.size() - m_urlLength) > 1;
    m_urlLength = url.size();
    clearMarks();
    fillFrom(url.trimmed());
    judgeUrl();
    // What is typed key by key stays whole until it is finished: cut out at once, the password
    // would be lost to the host's next letter.
    if (pasted) hidePassword();
    emit edited();
}

void ConnectForm::hidePassword()
{
    // The password has its own field now and leaves the line that shows it.
    const QString shown = withoutPassword(m_url->text());
    if (shown == m_url->text() || !Endpoint::parse(m_url->text())) return;
    m_url->setText(shown);
    m_urlLength = shown.size();
    m_urlHadPassword = false;
}

void ConnectForm::judgeUrl()
{
    const QString url = m_url->text().trimmed();
    m_urlProblem.clear();
    if (!url.isEmpty())
        if (const auto fault = StoreFactory::faultOf(url)) m_urlProblem = errorLine(*fault);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme().bad);
    m_urlError->setPalette(colors);
    m_urlError->setText(m_urlProblem);
    m_rows->setRowVisible(m_urlError, !m_urlProblem.isEmpty());
    markBad(m_url, !m_urlProblem.isEmpty());
}

void ConnectForm::takePassword(const Endpoint &from)
{
    const bool named = !from.password.empty();
    const Endpoint before = endpoint();
    const bool sameSocket = (before.transport == Endpoint::Transport::Unix) ==
                            (from.transport == Endpoint::Transport::Unix);
    // A password is for the place it was given for and goes nowhere else.
    if (named)
        m_password->setText(QString::fromStdString(from.password));
    else if (m_urlHadPassword || !sameSocket || before.place() != from.place())
        m_password->clear();
    m_urlHadPassword = named;
}

void ConnectForm::fillFrom(const QString &url)
{
    if (url.startsWith(QLatin1String("engine:"))) {
        if (StoreFactory::faultOf(url)) return; // the fields can't say what it asks for
        const QUrlQuery query(url.section(u'?', 1));
        const QString memory = query.queryItemValue(QStringLiteral("memory"));
        m_memory->setText(memory.isEmpty() ? QStringLiteral("64mb") : memory);
        const int policy = m_policy->findData(query.queryItemValue(QStringLiteral("policy")));
        m_policy->setCurrentIndex(std::max(policy, 0));
        m_password->clear();
        m_urlHadPassword = false;
        setKind(Kind::Engine);
        return;
    }
    if (m_memory->text().isEmpty()) m_memory->setText(QStringLiteral("64mb"));
    const auto parsed = Endpoint::parse(url);
    if (!parsed) return;
    takePassword(*parsed);
    m_host->setText(parsed->host);
    m_port->setText(QString::number(parsed->port));
    m_path->setText(parsed->path);
    m_database->setText(QString::number(parsed->database));
    m_user->setText(QString::fromStdString(parsed->user));
    m_ca->setPath(parsed->tls.caFile);
    m_certificate->setPath(parsed->tls.certificateFile);
    m_key->setPath(parsed->tls.keyFile);
    m_serverName->setText(parsed->tls.serverName);
    setKind(parsed->transport == Endpoint::Transport::Unix  ? Kind::Unix
            : parsed->transport == Endpoint::Transport::Tls ? Kind::Tls
                                                            : Kind::Tcp);
}

Endpoint ConnectForm::endpoint() const
{
    Endpoint e;
    const Kind now = kind();
    e.transport = now == Kind::Unix  ? Endpoint::Transport::Unix
                  : now == Kind::Tls ? Endpoint::Transport::Tls
                                     : Endpoint::Transport::Tcp;
    if (now == Kind::Unix) {
        e.path = m_path->text().trimmed();
    } else {
        const QString host = m_host->text().trimmed();
        e.host = host.isEmpty() ? m_host->placeholderText() : host;
        e.port = quint16(m_port->text().toUInt());
    }
    e.database = m_database->text().toInt();
    e.user = m_user->text().trimmed().toStdString();
    if (now == Kind::Tls)
        e.tls = {m_ca->path(), m_certificate->path(), m_key->path(),
                 m_serverName->text().trimmed()};
    return e;
}

QString ConnectForm::urlFromFields() const
{
    if (kind() != Kind::Engine) return endpoint().url();
    return QStringLiteral("engine:?memory=%1&policy=%2")
        .arg(m_memory->text().trimmed().remove(u' '), m_policy->currentData().toString());
}

void ConnectForm::noteEdited()
{
    clearMarks();
    m_url->setText(urlFromFields());
    m_urlLength = m_url->text().size();
    m_urlHadPassword = false;
    // The fields make the URL now; what is wrong with one of them complaint() says of that field.
    m_urlProblem.clear();
    m_rows->setRowVisible(m_urlError, false);
    emit edited();
}

void ConnectForm::clearMarks()
{
    for (QLineEdit *field : findChildren<QLineEdit *>())
        markBad(field, field == m_url && !m_urlProblem.isEmpty());
}

QString ConnectForm::complain(QLineEdit *field, const QString &sentence)
{
    markBad(field, true);
    field->setFocus();
    return sentence;
}

QString ConnectForm::complaint()
{
    if (!m_urlProblem.isEmpty()) return complain(m_url, m_urlProblem);
    const Kind now = kind();
    if (now == Kind::Engine) {
        const auto bytes = parseSize(m_memory->text().toStdString());
        return bytes && *bytes > 0
                   ? QString()
                   : complain(m_memory, tr("Memory is a size such as 64mb or 1gb."));
    }
    const uint port = m_port->text().toUInt();
    if (now != Kind::Unix && (port < 1 || port > 65535))
        return complain(m_port, tr("A port is a number from 1 to 65535."));
    if (now == Kind::Unix && m_path->text().trimmed().isEmpty())
        return complain(m_path, tr("Enter the path of the socket."));
    if (now != Kind::Unix && m_host->text().contains(u' '))
        return complain(m_host, tr("A host name has no spaces."));
    return {};
}

void ConnectForm::focusFirst()
{
    m_url->setFocus();
    m_url->selectAll();
}

} // namespace kvscope
