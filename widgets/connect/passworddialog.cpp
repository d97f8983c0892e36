// PasswordDialog: user and password, once.
#include "widgets/connect/passworddialog.h"

#include "core/async/errortext.h"
#include "widgets/base/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {

PasswordDialog::PasswordDialog(const Error &reason, const QString &user, QWidget *parent)
    : QDialog(parent), m_user(new QLineEdit(user, this)), m_password(new QLineEdit(this))
{
    setObjectName(QStringLiteral("passwordDialog"));
    setWindowTitle(tr("Password"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(400);
    m_user->setObjectName(QStringLiteral("userField"));
    m_user->setPlaceholderText(tr("default"));
    m_password->setObjectName(QStringLiteral("passwordField"));
    m_password->setEchoMode(QLineEdit::Password);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *heading = new QLabel(tr("The server asks who you are"), this);
    setLook(heading, "heading");
    layout->addWidget(heading);
    auto *cause = new QLabel(errorText(reason).cause, this);
    cause->setObjectName(QStringLiteral("dialogText"));
    cause->setWordWrap(true);
    cause->setTextFormat(Qt::PlainText);
    layout->addWidget(cause);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("&Password"), m_password);
    layout->addLayout(form);
    auto *note =
        new QLabel(tr("Kept in memory until the program ends, and written nowhere."), this);
    setLook(note, "small");
    layout->addWidget(note);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    cancel->setAutoDefault(false);
    auto *confirm = new QPushButton(tr("Connect"), this);
    confirm->setObjectName(QStringLiteral("confirmButton"));
    confirm->setDefault(true);
    setLook(confirm, "primary");
    buttons->addWidget(cancel);
    buttons->addWidget(confirm);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(confirm, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this,
            [this] { emit entered(m_user->text().trimmed(), m_password->text()); });
    m_password->setFocus();
}

} // namespace kvscope
