// BindingForm: fields and object, either way.
#include "widgets/jobs/bindingform.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>

#include <cmath>

namespace kvscope {
namespace {

QJsonArray namesFrom(const QString &text)
{
    QJsonArray names;
    for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString name = part.trimmed(); !name.isEmpty()) names.append(name);
    return names;
}

QString textFrom(const QJsonValue &names)
{
    QStringList parts;
    for (const auto &name : names.toArray()) parts << name.toString();
    return parts.join(QStringLiteral(", "));
}

// "1 h" as seconds; what is no time stays a text, for the binding's own complaint.
QJsonValue secondsFrom(const QString &text)
{
    const auto ms = parseDuration(text.trimmed().toStdString());
    if (!ms) return text;
    return static_cast<double>(*ms) / 1000;
}

QString durationFrom(const QJsonValue &seconds)
{
    if (!seconds.isDouble()) return seconds.toString();
    const auto ms = std::int64_t{std::llround(seconds.toDouble() * 1000)};
    QString text = QString::fromStdString(formatDuration(ms));
    // Two units are all that it writes; where they are not all there is, seconds say it.
    if (parseDuration(text.toStdString()) != ms) text = QString::number(seconds.toDouble());
    return text;
}

} // namespace

BindingForm::BindingForm(QWidget *parent)
    : QWidget(parent), m_grid(new QGridLayout(this)), m_query(new QPlainTextEdit(this)),
      m_type(new QButtonGroup(this)), m_test(new QPushButton(this)), m_connection(new QLabel(this))
{
    setObjectName(QStringLiteral("bindingForm"));
    m_grid->setContentsMargins(16, 12, 16, 12);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);

    m_name = addLine(QStringLiteral("name"), "nameField");
    m_source = new QLineEdit(this);
    m_source->setObjectName(QStringLiteral("sourceField"));
    setLook(m_source, "mono");
    m_test->setObjectName(QStringLiteral("testSource"));
    m_test->setAutoDefault(false);
    auto *source = new QWidget(this);
    auto *line = new QHBoxLayout(source);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_source, 1);
    line->addWidget(m_test);
    addRow(QStringLiteral("source"), m_source, source);
    m_connection->setObjectName(QStringLiteral("connectionResult"));
    m_connection->setWordWrap(true);
    m_connection->setTextFormat(Qt::PlainText);
    m_connection->hide();
    m_grid->addWidget(m_connection, m_grid->rowCount(), 1);

    m_query->setObjectName(QStringLiteral("rowsField"));
    setLook(m_query, "mono");
    m_query->setFixedHeight(66);
    m_query->setTabChangesFocus(true);
    addRow(QStringLiteral("rows"), m_query, m_query);
    m_order = addLine(QStringLiteral("order"), "orderField", "mono");
    m_key = addLine(QStringLiteral("key"), "keyField", "mono");

    auto *types = new QWidget(this);
    auto *segments = new QHBoxLayout(types);
    segments->setContentsMargins(0, 0, 0, 0);
    segments->setSpacing(4);
    const char *const names[] = {"json", "string", "hash"};
    for (int i = 0; i < 3; ++i) {
        auto *button = new QPushButton(QString::fromLatin1(names[i]), types);
        button->setObjectName(QStringLiteral("type_") + button->text());
        button->setCheckable(true);
        button->setAutoDefault(false);
        setLook(button, "segment");
        m_type->addButton(button, i);
        segments->addWidget(button);
    }
    segments->addStretch(1);
    m_type->button(0)->setChecked(true);
    addRow(QStringLiteral("value.type"), types, types);
    m_columns = addLine(QStringLiteral("value.fields"), "fieldsField", "mono");
    m_version = addLine(QStringLiteral("version"), "versionField", "mono");
    m_versionField = addLine(QStringLiteral("version_field"), "storedVersionField", "mono");
    m_seconds = addLine(QStringLiteral("ttl.seconds"), "ttlField");
    m_jitter = addLine(QStringLiteral("ttl.jitter"), "jitterField");
    m_least = addLine(QStringLiteral("ttl.min_seconds"), "leastField");
    m_lookup = addLine(QStringLiteral("lookup"), "lookupField", "mono");
    m_etcd = addLine(QStringLiteral("etcd"), "leaseField", "mono");
    m_grid->setRowStretch(m_grid->rowCount(), 1);

    orderTabs();
    for (QLineEdit *field : findChildren<QLineEdit *>())
        connect(field, &QLineEdit::textEdited, this, &BindingForm::edited);
    connect(m_query, &QPlainTextEdit::textChanged, this, &BindingForm::edited);
    connect(m_type, &QButtonGroup::idClicked, this, [this] {
        retranslate();
        emit edited();
    });
    connect(m_test, &QPushButton::clicked, this, &BindingForm::testRequested);
    retranslate();
}

// As the form reads, from the top down.
void BindingForm::orderTabs()
{
    QList<QWidget *> order{m_name, m_source, m_test, m_query, m_order, m_key};
    for (QAbstractButton *button : m_type->buttons()) order << button;
    order << m_columns << m_version << m_versionField << m_seconds << m_jitter << m_least
          << m_lookup << m_etcd;
    for (qsizetype i = 1; i < order.size(); ++i) setTabOrder(order[i - 1], order[i]);
}

QLineEdit *BindingForm::addLine(const QString &member, const char *objectName, const char *look)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(QString::fromLatin1(objectName));
    if (look) setLook(field, look);
    addRow(member, field, field);
    return field;
}

void BindingForm::addRow(const QString &member, QWidget *field, QWidget *shown)
{
    auto *label = new QLabel(this);
    label->setBuddy(field);
    auto *problem = new QLabel(this);
    problem->setObjectName(QStringLiteral("problem_") + member);
    problem->setWordWrap(true);
    problem->setTextFormat(Qt::PlainText);
    problem->setFont(uiFont(12));
    problem->hide();
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    label->setContentsMargins(0, 6, 0, 0);
    m_grid->addWidget(shown, row, 1);
    m_grid->addWidget(problem, row + 1, 1);
    m_rows[member] = {label, field, problem};
}

bool BindingForm::isString() const
{
    return m_type->checkedId() == 1;
}

QString BindingForm::source() const
{
    return m_source->text().trimmed();
}

bool BindingForm::isAtTest() const
{
    return m_test->hasFocus();
}

QJsonObject BindingForm::object() const
{
    QJsonObject object = m_rest;
    const auto put = [&object](const char *name, const QString &text) {
        if (!text.trimmed().isEmpty()) object.insert(QLatin1String(name), text.trimmed());
    };
    put("name", m_name->text());
    put("source", m_source->text());
    put("rows", m_query->toPlainText());
    put("lookup", m_lookup->text());
    put("etcd", m_etcd->text());
    if (const QJsonArray order = namesFrom(m_order->text()); !order.isEmpty())
        object.insert(QStringLiteral("order"), order);
    put("key", m_key->text());
    QJsonObject value{{QStringLiteral("type"), m_type->checkedButton()->text()}};
    if (isString()) {
        if (!m_columns->text().trimmed().isEmpty())
            value.insert(QStringLiteral("column"), m_columns->text().trimmed());
    } else if (const QJsonArray fields = namesFrom(m_columns->text()); !fields.isEmpty()) {
        value.insert(QStringLiteral("fields"), fields);
    }
    object.insert(QStringLiteral("value"), value);
    put("version", m_version->text());
    put("version_field", m_versionField->text());
    QJsonObject ttl;
    if (!m_seconds->text().trimmed().isEmpty())
        ttl.insert(QStringLiteral("seconds"), secondsFrom(m_seconds->text()));
    if (!m_jitter->text().trimmed().isEmpty()) {
        bool ok = false;
        const double percent = m_jitter->text().trimmed().toDouble(&ok);
        ttl.insert(QStringLiteral("jitter"),
                   ok ? QJsonValue(percent / 100) : QJsonValue(m_jitter->text()));
    }
    if (!m_least->text().trimmed().isEmpty())
        ttl.insert(QStringLiteral("min_seconds"), secondsFrom(m_least->text()));
    if (!ttl.isEmpty()) object.insert(QStringLiteral("ttl"), ttl);
    return object;
}

void BindingForm::setObject(const QJsonObject &object)
{
    m_rest = object;
    const auto text = [this, &object](const char *name) {
        m_rest.remove(QLatin1String(name));
        return object.value(QLatin1String(name)).toString();
    };
    m_name->setText(text("name"));
    m_source->setText(text("source"));
    {
        const QSignalBlocker quiet(m_query);
        m_query->setPlainText(text("rows"));
    }
    m_lookup->setText(text("lookup"));
    m_etcd->setText(text("etcd"));
    m_key->setText(text("key"));
    m_version->setText(text("version"));
    m_versionField->setText(text("version_field"));
    m_order->setText(textFrom(object.value(QLatin1String("order"))));
    const QJsonObject value = object.value(QLatin1String("value")).toObject();
    const QString type = value.value(QLatin1String("type")).toString();
    m_type->button(type == QLatin1String("string") ? 1
                   : type == QLatin1String("hash") ? 2
                                                   : 0)
        ->setChecked(true);
    m_columns->setText(isString() ? value.value(QLatin1String("column")).toString()
                                  : textFrom(value.value(QLatin1String("fields"))));
    const QJsonObject ttl = object.value(QLatin1String("ttl")).toObject();
    m_seconds->setText(durationFrom(ttl.value(QLatin1String("seconds"))));
    const QJsonValue jitter = ttl.value(QLatin1String("jitter"));
    m_jitter->setText(jitter.isDouble() ? QString::number(jitter.toDouble() * 100)
                                        : jitter.toString());
    m_least->setText(durationFrom(ttl.value(QLatin1String("min_seconds"))));
    for (const char *name : {"order", "value", "ttl"}) m_rest.remove(QLatin1String(name));
    for (QLineEdit *field : findChildren<QLineEdit *>()) field->setCursorPosition(0);
    retranslate();
}

void BindingForm::markBad(QWidget *field, bool bad)
{
    if (field->property("bad").toBool() == bad) return;
    field->setProperty("bad", bad);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

bool BindingForm::showProblem(const QString &member, const QString &sentence)
{
    clearProblems();
    QString of = member;
    if (of == QLatin1String("value.column") || of == QLatin1String("value"))
        of = QStringLiteral("value.fields");
    if (of == QLatin1String("ttl")) of = QStringLiteral("ttl.seconds");
    const auto row = m_rows.find(of);
    if (row == m_rows.end()) return false;
    QPalette palette = row->second.problem->palette();
    palette.setColor(QPalette::WindowText, theme().bad);
    row->second.problem->setPalette(palette);
    row->second.problem->setText(sentence);
    row->second.problem->show();
    markBad(row->second.field, true);
    return true;
}

void BindingForm::clearProblems()
{
    for (auto &[member, row] : m_rows) {
        row.problem->hide();
        markBad(row.field, false);
    }
}

void BindingForm::showConnection(const QString &sentence, bool good)
{
    QPalette palette = m_connection->palette();
    palette.setColor(QPalette::WindowText, good ? theme().good : theme().muted);
    m_connection->setPalette(palette);
    m_connection->setText(sentence);
    m_connection->setVisible(!sentence.isEmpty());
}

void BindingForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void BindingForm::retranslate()
{
    const auto label = [this](const char *member, const QString &text) {
        const Row &row = m_rows.at(QString::fromLatin1(member));
        row.label->setText(text);
        QString plain = text;
        row.field->setAccessibleName(plain.remove(QLatin1Char('&')));
    };
    label("name", tr("&Name"));
    label("source", tr("&Source"));
    label("rows", tr("&Rows"));
    label("order", tr("&Order"));
    label("key", tr("&Key"));
    label("value.type", tr("Value"));
    label("value.fields", isString() ? tr("&Column") : tr("&Fields"));
    label("version", tr("&Version column"));
    label("version_field", tr("Stored version"));
    label("ttl.seconds", tr("&TTL"));
    label("ttl.jitter", tr("Jitter, %"));
    label("ttl.min_seconds", tr("Least TTL"));
    label("lookup", tr("&Lookup"));
    label("etcd", tr("Lease in &etcd"));
    m_test->setText(tr("Test"));
    m_test->setToolTip(tr("Connects and lists the tables"));
    m_name->setPlaceholderText(QStringLiteral("users"));
    m_source->setPlaceholderText(
        tr("sqlite:app.db, postgresql://user@host/db, mysql://…, csv:FILE"));
    m_query->setPlaceholderText(QStringLiteral("SELECT id, name, age FROM users"));
    m_order->setPlaceholderText(tr("id (columns that are unique together)"));
    m_key->setPlaceholderText(QStringLiteral("user:{id}"));
    m_columns->setPlaceholderText(isString() ? QStringLiteral("name")
                                             : QStringLiteral("name, age"));
    m_version->setPlaceholderText(tr("updated_at (optional)"));
    m_versionField->setPlaceholderText(tr("_v (optional: also kept in the value)"));
    m_seconds->setPlaceholderText(tr("1h (empty: entries do not expire)"));
    m_jitter->setPlaceholderText(QStringLiteral("10"));
    m_least->setPlaceholderText(tr("optional"));
    m_etcd->setPlaceholderText(tr("http://etcd:2379 (optional: keeps two from repairing)"));
    m_lookup->setPlaceholderText(tr("… WHERE id = :id (optional: single keys by index)"));
}

} // namespace kvscope
