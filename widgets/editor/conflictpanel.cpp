// The sentence, the three versions and the choices that make sense now.
#include "widgets/editor/conflictpanel.h"

#include "widgets/base/theme.h"

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
    m_back = addButton("conflictBack", tr("Not now"), &ConflictPanel::backChosen);
    m_takeTheirs = addButton("takeTheirs", tr("Take theirs"), &ConflictPanel::takeTheirsChosen);
    m_overwrite =
        addButton("overwriteTheirs", tr("Overwrite theirs"), &ConflictPanel::overwriteChosen);
    m_keepMine = addButton("keepMine", tr("Keep editing mine"), &ConflictPanel::keepMineChosen);
    m_merge = addButton("mergeBoth", tr("Merge both"), &ConflictPanel::mergeChosen);
    m_recreate = addButton("recreateKey", tr("Create it again"), &ConflictPanel::recreateChosen);
    setLook(m_recreate, "primary");
    setLook(m_merge, "primary");
    m_takeTheirs->setToolTip(tr("Drops your text and shows what the store holds"));
    m_overwrite->setToolTip(tr("Writes your text if the store still holds what is shown here"));
    m_keepMine->setToolTip(
        tr("Goes back to your text; the next save is compared with what is shown here"));
    m_merge->setToolTip(tr("Puts both changes into your text, to be looked at and saved"));

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

QPushButton *ConflictPanel::addButton(const char *name, const QString &text,
                                      void (ConflictPanel::*signal)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QString::fromLatin1(name));
    connect(button, &QPushButton::clicked, this, signal);
    return button;
}

void ConflictPanel::showChanged(std::shared_ptr<const ThreeTexts> texts)
{
    m_title->setText(tr("Somebody changed this key meanwhile"));
    m_text->setText(tr("Nothing was written and your text is kept. Choose what becomes of it."));
    showTexts(std::move(texts), false);
}

void ConflictPanel::showGone(std::shared_ptr<const ThreeTexts> texts)
{
    m_title->setText(tr("This key was deleted or expired meanwhile"));
    m_text->setText(
        tr("Nothing was written and your text is kept. Created again it has no time to live."));
    showTexts(std::move(texts), true);
}

void ConflictPanel::showTexts(std::shared_ptr<const ThreeTexts> texts, bool gone)
{
    m_merge->setVisible(!gone && texts->merged().has_value());
    for (QPushButton *button : {m_takeTheirs, m_overwrite, m_keepMine}) button->setVisible(!gone);
    m_recreate->setVisible(gone);
    m_view->show(std::move(texts));
    (gone ? m_recreate : m_keepMine)->setFocus();
}

} // namespace kvscope
