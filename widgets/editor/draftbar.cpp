// A sentence and two buttons.
#include "widgets/editor/draftbar.h"

#include "widgets/base/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace kvscope {

DraftBar::DraftBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_discard(new QPushButton(this)),
      m_restore(new QPushButton(this))
{
    setObjectName(QStringLiteral("draftBar"));
    setLook(this, "bar");
    m_text->setWordWrap(true);
    m_discard->setObjectName(QStringLiteral("draftDiscard"));
    m_restore->setObjectName(QStringLiteral("draftRestore"));
    setLook(m_restore, "primary");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_discard);
    layout->addWidget(m_restore);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        hide();
        emit discardChosen();
    });
    connect(m_restore, &QPushButton::clicked, this, [this] {
        hide();
        emit restoreChosen();
    });
    retranslate();
    hide();
}

void DraftBar::offer(std::int64_t writtenMs)
{
    m_writtenMs = writtenMs;
    retranslate();
    show();
}

void DraftBar::retranslate()
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(m_writtenMs);
    m_text->setText(tr("Text typed here on %1 was not saved.")
                        .arg(when.toString(QStringLiteral("yyyy-MM-dd HH:mm"))));
    m_discard->setText(tr("Discard"));
    m_restore->setText(tr("Restore"));
}

void DraftBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace kvscope
