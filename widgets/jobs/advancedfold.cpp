// AdvancedFold: a button and what it shows.
#include "widgets/jobs/advancedfold.h"

#include "widgets/base/icons.h"
#include "widgets/jobs/dialogparts.h"

#include <QFormLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {

AdvancedFold::AdvancedFold(QWidget *parent)
    : QWidget(parent), m_button(new QToolButton(this)), m_body(new QWidget(this)),
      m_rows(dialogparts::form())
{
    m_button->setObjectName(QStringLiteral("advancedButton"));
    m_button->setText(tr("Advanced"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setIcon(strokeIcon(QStringLiteral("chevron-right")));
    m_button->setIconSize(QSize(14, 14));
    m_button->setCheckable(true);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_body->hide();
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->addLayout(m_rows);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_body);
    connect(m_button, &QToolButton::toggled, this, [this](bool on) {
        m_button->setIcon(
            strokeIcon(on ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
        m_body->setVisible(on);
    });
}

void AdvancedFold::addRow(const QString &name, QWidget *field, const QString &flag,
                          const QString &meaning)
{
    QString plain = name;
    field->setAccessibleName(plain.remove(QLatin1Char('&')));
    m_rows->addRow(name, field);
    m_rows->addRow(QString(), dialogparts::hint(m_body, flag + QStringLiteral(" · ") + meaning));
}

void AdvancedFold::addWide(QWidget *shown)
{
    m_body->layout()->addWidget(shown);
}

void AdvancedFold::open()
{
    m_button->setChecked(true);
}

bool AdvancedFold::isOpen() const
{
    return m_button->isChecked();
}

} // namespace kvscope
