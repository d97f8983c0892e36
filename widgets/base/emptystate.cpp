// EmptyState: says what is not here and what to do next.
#include "widgets/base/emptystate.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kIconSize = 36;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_title(new QLabel(this)),
      m_text(new QLabel(this)), m_action(new QPushButton(this))
{
    setObjectName(QStringLiteral("emptyState"));
    m_action->setObjectName(QStringLiteral("emptyAction"));
    setLook(m_title, "heading");
    setLook(m_text, "muted");
    m_icon->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(420);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addSpacing(4);
    layout->addWidget(m_title);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_text, 4);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addSpacing(8);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    m_action->hide();
}

void EmptyState::setContent(const QString &icon, const QString &title, const QString &text,
                            const QString &action)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    renewIcon();
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) renewIcon();
    QWidget::changeEvent(event);
}

void EmptyState::renewIcon()
{
    if (m_iconName.isEmpty()) return;
    m_icon->setPixmap(
        strokeIcon(m_iconName)
            .pixmap(QSize(kIconSize, kIconSize), devicePixelRatioF(), QIcon::Disabled));
}

} // namespace kvscope
