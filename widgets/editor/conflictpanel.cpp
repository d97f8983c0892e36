// The sentence, the three versions and the choices that make sense now.
#include "widgets/editor/conflictpanel.h"

#include "widgets/base/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {

ConflictPanel::ConflictPanel(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_text(new QLabel(this)),
      m_view(new ThreeWayView(this))
{
    setObjectName(QStringLiteral("conflictPanel"));
    setLook(this, "panel");
    setLook(m_title, "heading");
    m_title->setObjectName(QStringLiteral("conflictTitle"));
    m_text->setWordWrap(true);
    setLook(m_text, "muted");
    m_back = addButton("conflictBack", &ConflictPanel::backChosen);
    m_takeTheirs = addButton("takeTheirs", &ConflictPanel::takeTheirsChosen);
    m_overwrite = addButton("overwriteTheirs", &ConflictPanel::overwriteChosen);
    m_keepMine = addButton("keepMine", &ConflictPanel::keepMineChosen);
    m_merge = addButton("mergeBoth", &ConflictPanel::mergeChosen);
    m_recreate = addButton("recreateKey", &ConflictPanel::recreateChosen);
    setLook(m_recreate, "primary");
    setLook(m_merge, "primary");
    retranslate();

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    for (QPushButton *button : {m_takeTheirs, m_overwrite, m_keepMine, m_merge, m_recreate})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(8);
    m_title->setContentsMargins(16, 0, 16, 0);
    m_text->setContentsMargins(16, 0, 16, 0);
    buttons->setContentsMargins(12, 0, 12, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_view, 1);
    layout->addLayout(buttons);
}

QPushButton *ConflictPanel::addButton(const char *name, void (ConflictPanel::*signal)())
{
    auto *button = new QPushButton(this);
    button->setObjectName(QString::fromLatin1(name));
    connect(button, &QPushButton::clicked, this, signal);
    return button;
}

void ConflictPanel::retranslate()
{
    m_title->setText(m_gone ? tr("This key was deleted or expired meanwhile")
                            : tr("Somebody changed this key meanwhile"));
    m_text->setText(
        m_gone ? tr("Nothing was written and your text is kept. Created again it has no time to "
                    "live.")
               : tr("Nothing was written and your text is kept. Choose what becomes of it."));
    m_back->setText(tr("Not now"));
    m_takeTheirs->setText(tr("Take theirs"));
    m_takeTheirs->setToolTip(tr("Drops your text and shows what the store holds"));
    m_overwrite->setText(tr("Overwrite theirs"));
    m_overwrite->setToolTip(tr("Writes your text if the store still holds what is shown here"));
    m_keepMine->setText(tr("Keep editing mine"));
    m_keepMine->setToolTip(
        tr("Goes back to your text; the next save is compared with what is shown here"));
    m_merge->setText(tr("Merge both"));
    m_merge->setToolTip(tr("Puts both changes into your text, to be looked at and saved"));
    m_recreate->setText(tr("Create it again"));
}

void ConflictPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ConflictPanel::showChanged(std::shared_ptr<const ThreeTexts> texts)
{
    m_gone = false;
    showTexts(std::move(texts));
}

void ConflictPanel::showGone(std::shared_ptr<const ThreeTexts> texts)
{
    m_gone = true;
    showTexts(std::move(texts));
}

void ConflictPanel::showTexts(std::shared_ptr<const ThreeTexts> texts)
{
    retranslate();
    m_merge->setVisible(!m_gone && texts->merged().has_value());
    for (QPushButton *button : {m_takeTheirs, m_overwrite, m_keepMine}) button->setVisible(!m_gone);
    m_recreate->setVisible(m_gone);
    m_view->show(std::move(texts));
    (m_gone ? m_recreate : m_keepMine)->setFocus();
}

} // namespace kvscope
