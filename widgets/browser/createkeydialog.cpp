// CreateKeyDialog: says at once what is wrong, and creates nothing until all is right.
#include "widgets/browser/createkeydialog.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/store/batchwriter.h"
#include "core/value/jsondocument.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {

CreateKeyDialog::CreateKeyDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("createKey"));
    setWindowTitle(tr("New key"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 20, 24, 20);
    rows->setSpacing(12);
    auto *heading = new QLabel(tr("New key"), this);
    setLook(heading, "heading");
    rows->addWidget(heading);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    m_key = new QLineEdit(this);
    m_key->setObjectName(QStringLiteral("createKeyName"));
    m_key->setPlaceholderText(QStringLiteral("user:1001"));
    m_key->setToolTip(tr("Bytes that can't be typed are written \\xHH, a backslash \\\\."));
    setLook(m_key, "mono");
    m_format = new QComboBox(this);
    m_format->setObjectName(QStringLiteral("createKeyFormat"));
    m_format->addItem(tr("Text"), static_cast<int>(Format::Text));
    m_format->addItem(QStringLiteral("JSON"), static_cast<int>(Format::Json));
    m_value = new QPlainTextEdit(this);
    m_value->setObjectName(QStringLiteral("createKeyValue"));
    m_value->setTabChangesFocus(true);
    setLook(m_value, "mono");
    m_ttl = new QLineEdit(this);
    m_ttl->setObjectName(QStringLiteral("createKeyTtl"));
    m_ttl->setPlaceholderText(tr("empty, or 90, 10m, 1.5h"));
    form->addRow(tr("Key"), m_key);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Value"), m_value);
    form->addRow(tr("Time to live"), m_ttl);
    rows->addLayout(form);

    m_complaint = new QLabel(this);
    m_complaint->setObjectName(QStringLiteral("createKeyComplaint"));
    m_complaint->setWordWrap(true);
    setLook(m_complaint, "muted");
    rows->addWidget(m_complaint);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    cancel->setAutoDefault(false);
    m_create = new QPushButton(tr("Create"), this);
    m_create->setObjectName(QStringLiteral("createButton"));
    m_create->setDefault(true);
    m_create->setToolTip(
        QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    setLook(m_create, "primary");
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    rows->addLayout(buttons);

    connect(m_key, &QLineEdit::textChanged, this, &CreateKeyDialog::check);
    connect(m_ttl, &QLineEdit::textChanged, this, &CreateKeyDialog::check);
    connect(m_value, &QPlainTextEdit::textChanged, this, &CreateKeyDialog::check);
    connect(m_format, &QComboBox::currentIndexChanged, this, &CreateKeyDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        NewKey made;
        made.key = unescapeBytes(m_key->text().toStdString()).value_or(Bytes());
        made.value = m_value->toPlainText().toStdString();
        if (!m_ttl->text().isEmpty()) made.ttlMs = parseDuration(m_ttl->text().toStdString());
        emit confirmed(made);
    });
    check();
}

// In the value Return is a line break.
void CreateKeyDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier)) return m_create->click();
    QDialog::keyPressEvent(event);
}

QString CreateKeyDialog::complaint() const
{
    const QString key = m_key->text();
    if (key.isEmpty()) return tr("A key needs a name.");
    if (!unescapeBytes(key.toStdString()))
        return tr("A backslash stands alone: write \\\\ or \\xHH.");
    if (m_format->currentData().toInt() == static_cast<int>(Format::Json)) {
        const auto document = JsonDocument::parse(m_value->toPlainText().toStdString());
        if (!document) {
            return tr("Not valid JSON: line %1, column %2: %3.")
                .arg(document.error().line)
                .arg(document.error().column)
                .arg(document.error().reason());
        }
    }
    const QString ttl = m_ttl->text();
    if (ttl.isEmpty()) return {};
    const std::optional<std::int64_t> ms = parseDuration(ttl.toStdString());
    if (!ms) return tr("The time to live can't be read: write seconds, or 500ms, 10m, 2h, 1d.");
    if (*ms <= 0) return tr("A time to live must be above zero.");
    if (!ExpiryChange::allows(*ms)) return tr("A time to live can't be above 100,000 years.");
    return {};
}

void CreateKeyDialog::check()
{
    const QString wrong = complaint();
    m_complaint->setText(wrong);
    m_create->setEnabled(wrong.isEmpty());
}

} // namespace kvscope
