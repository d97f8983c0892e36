// A sentence and two buttons.
#include "widgets/editor/draftbar.h"

#include "widgets/base/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace kvscope {

DraftBar::DraftBar(QWidget *parent) : QFrame(parent), m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("draftBar"));
    setLook(this, "bar");
    m_text->setWordWrap(true);
    auto *discard = new QPushButton(tr("Discard"), this);
    discard->setObjectName(QStringLiteral("draftDiscard"));
    auto *restore = new QPushButton(tr("Restore"), this);
    restore->setObjectName(QStringLiteral("draftRestore"));
    setLook(restore, "primary");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(discard);
    layout->addWidget(restore);
    connect(discard, &QPushButton::clicked, this, [this] {
        hide();
        emit discardChosen();
    });
    connect(restore, &QPushButton::clicked, this, [this] {
        hide();
        emit restoreChosen();
    });
    hide();
}

void DraftBar::offer(std::int64_t writtenMs)
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(writtenMs);
    m_text->setText(tr("Text typed here on %1 was not saved.")
                        .arg(when.toString(QStringLiteral("yyyy-MM-dd HH:mm"))));
    show();
}

} // namespace kvscope
