// A sentence and three buttons; the changes below them when asked for.
#include "widgets/editor/draftbar.h"

#include "widgets/base/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kViewHeight = 168; // px: some seven lines; more scroll

} // namespace

DraftBar::DraftBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_look(new QPushButton(this)),
      m_discard(new QPushButton(this)), m_restore(new QPushButton(this)), m_view(new DiffView(this))
{
    setObjectName(QStringLiteral("draftBar"));
    setLook(this, "bar");
    m_text->setObjectName(QStringLiteral("draftText"));
    m_text->setWordWrap(true);
    m_look->setObjectName(QStringLiteral("draftLook"));
    m_look->setCheckable(true);
    m_discard->setObjectName(QStringLiteral("draftDiscard"));
    m_restore->setObjectName(QStringLiteral("draftRestore"));
    setLook(m_restore, "primary");
    m_view->setObjectName(QStringLiteral("draftView"));
    m_view->setFixedHeight(kViewHeight);
    m_view->setFrameShape(QFrame::NoFrame);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_look);
    row->addWidget(m_discard);
    row->addWidget(m_restore);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_view);
    connect(m_look, &QPushButton::toggled, m_view, &QWidget::setVisible);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        hide();
        emit discardChosen();
    });
    connect(m_restore, &QPushButton::clicked, this, [this] {
        hide();
        emit restoreChosen();
    });
    retranslate();
    m_view->hide();
    hide();
}

void DraftBar::offer(std::int64_t writtenMs, const QString &summary,
                     std::shared_ptr<const DiffView::Content> changes)
{
    m_writtenMs = writtenMs;
    m_summary = summary;
    m_look->setVisible(changes != nullptr);
    m_look->setChecked(false);
    if (changes) m_view->show(std::move(changes));
    retranslate();
    show();
}

void DraftBar::retranslate()
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(m_writtenMs);
    m_text->setText(tr("Text typed here on %1 was not saved (%2).")
                        .arg(when.toString(QStringLiteral("yyyy-MM-dd HH:mm")), m_summary));
    m_look->setText(tr("Look at it"));
    m_look->setToolTip(tr("Shows what restoring would change"));
    m_discard->setText(tr("Discard"));
    m_restore->setText(tr("Restore"));
}

void DraftBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace kvscope
