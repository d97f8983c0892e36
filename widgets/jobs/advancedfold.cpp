// AdvancedFold: a button and what it shows.
#include "widgets/jobs/advancedfold.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/dialogparts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kFlagWidth = 72;

} // namespace

AdvancedFold::AdvancedFold(QWidget *parent)
    : QWidget(parent), m_button(new QToolButton(this)), m_body(new QWidget(this)),
      m_rows(dialogparts::form())
{
    m_button->setObjectName(QStringLiteral("advancedButton"));
    m_button->setText(tr("Advanced"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setIcon(strokeIcon(QStringLiteral("chevron-right")));
    m_button->setIconSize(QSize(14, 14));
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->installEventFilter(this);
    m_body->hide();
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 4, 0, 0);
    body->addLayout(m_rows);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_body);
    connect(m_button, &QToolButton::clicked, this, &AdvancedFold::toggle);
}

// Return folds, too: the dialog would take it for its default button.
bool AdvancedFold::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_button || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Return && key != Qt::Key_Enter) return false;
    m_button->click();
    return true;
}

// The dialog becomes as high as it needs to be: sentences that wrap are no part of its least size.
void AdvancedFold::toggle()
{
    const bool open = !isOpen();
    m_button->setIcon(
        strokeIcon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_body->setVisible(open);
    for (QWidget *each = m_body; each && each != window(); each = each->parentWidget())
        if (each->layout()) each->layout()->activate();
    dialogparts::fit(window());
}

void AdvancedFold::addRow(const QString &name, QWidget *field, const QString &flag,
                          const QString &meaning)
{
    QString plain = name;
    field->setAccessibleName(plain.remove(QLatin1Char('&')));
    field->setAccessibleDescription(meaning);
    auto *label = new QLabel(name, m_body);
    label->setBuddy(field);
    auto *flagLabel = new QLabel(flag, m_body);
    flagLabel->setFont(monoFont(11));
    flagLabel->setMinimumWidth(kFlagWidth);
    setLook(flagLabel, "muted");
    auto *line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(field, 1);
    line->addWidget(flagLabel);
    m_rows->addRow(label, line);
    for (QWidget *each : {static_cast<QWidget *>(label), field, static_cast<QWidget *>(flagLabel)})
        each->setToolTip(meaning);
}

void AdvancedFold::addWide(QWidget *shown)
{
    m_body->layout()->addWidget(shown);
}

bool AdvancedFold::isOpen() const
{
    return !m_body->isHidden();
}

} // namespace kvscope
