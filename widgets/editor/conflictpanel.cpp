// The sentence, the three versions and the choices that make sense now.
#include "widgets/editor/conflictpanel.h"

#include "widgets/base/theme.h"
#include "widgets/editor/ttlpopup.h"

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
    m_text->setObjectName(QStringLiteral("conflictText"));
    m_text->setWordWrap(true);
    setLook(m_text, "muted");
    m_back = addButton("conflictBack", &ConflictPanel::backChosen);
    m_takeTheirs = addButton("takeTheirs", &ConflictPanel::takeTheirsChosen);
    m_overwrite = addButton("overwriteTheirs", &ConflictPanel::overwriteChosen);
    m_keepMine = addButton("keepMine", &ConflictPanel::keepMineChosen);
    m_merge = addButton("mergeBoth", &ConflictPanel::mergeChosen);
    m_recreateWithoutTtl =
        addButton("recreateWithoutTtl", &ConflictPanel::recreateWithoutTtlChosen);
    m_recreate = addButton("recreateKey", &ConflictPanel::recreateChosen);
    setLook(m_recreate, "primary");
    setLook(m_merge, "primary");
    retranslate();

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    for (QPushButton *button :
         {m_takeTheirs, m_overwrite, m_keepMine, m_merge, m_recreateWithoutTtl, m_recreate})
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
    m_title->setText(tr("Somebody changed this key meanwhile"));
    m_text->setText(
        tr("Nothing was written and your text is kept. “Decide later” goes back to it and leaves "
           "this open; “Go on with mine” goes back to it and lets your next save replace what is "
           "in the store now."));
    m_back->setText(tr("Decide later"));
    m_back->setToolTip(tr("Goes back to your text; the next save shows this again"));
    m_takeTheirs->setText(tr("Take theirs"));
    m_takeTheirs->setToolTip(tr("Drops your text and shows what the store holds"));
    m_overwrite->setText(tr("Overwrite theirs"));
    m_overwrite->setToolTip(tr("Writes your text if the store still holds what is shown here"));
    m_keepMine->setText(tr("Go on with mine"));
    m_keepMine->setToolTip(
        tr("Goes back to your text; the next save is compared with what is shown here"));
    m_merge->setText(tr("Merge both"));
    m_merge->setToolTip(tr("Puts both changes into your text, to be looked at and saved"));
    if (m_gone) nameGone();
}

void ConflictPanel::nameGone()
{
    m_recreateWithoutTtl->setText(tr("Create without TTL"));
    if (offersTtl()) {
        m_title->setText(tr("This key was deleted or evicted meanwhile"));
        m_text->setText(tr("Nothing was written and your text is kept. The key would have had %1 "
                           "left to live: create it again with that, or without a time to live.")
                            .arg(shortTtl(*m_ttlMs)));
        m_recreate->setText(tr("Create with the TTL left"));
    } else if (m_ttlMs) {
        m_title->setText(tr("This key has expired"));
        m_text->setText(tr("Nothing was written and your text is kept. Its time to live is over: "
                           "created again it has none until you set one."));
        m_recreate->setText(tr("Create without TTL"));
    } else {
        m_title->setText(tr("This key was deleted or evicted meanwhile"));
        m_text->setText(tr("Nothing was written and your text is kept. The key had no time to live "
                           "and has none when it is created again."));
        m_recreate->setText(tr("Create it again"));
    }
}

void ConflictPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ConflictPanel::showChanged(std::shared_ptr<const ThreeTexts> texts)
{
    m_gone = false;
    m_ttlMs.reset();
    showTexts(std::move(texts));
}

void ConflictPanel::showGone(std::shared_ptr<const ThreeTexts> texts,
                             std::optional<std::int64_t> ttlMs)
{
    m_gone = true;
    m_ttlMs = ttlMs;
    showTexts(std::move(texts));
}

void ConflictPanel::showTexts(std::shared_ptr<const ThreeTexts> texts)
{
    retranslate();
    m_merge->setVisible(!m_gone && texts->merged.has_value());
    for (QPushButton *button : {m_takeTheirs, m_overwrite, m_keepMine}) button->setVisible(!m_gone);
    m_recreate->setVisible(m_gone);
    m_recreateWithoutTtl->setVisible(m_gone && offersTtl());
    m_view->show(std::move(texts));
    (m_gone ? m_recreate : m_keepMine)->setFocus();
}

} // namespace kvscope
