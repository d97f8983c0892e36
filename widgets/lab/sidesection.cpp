// SideSection: head and body.
#include "widgets/lab/sidesection.h"

#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace kvscope {
namespace {

constexpr int kHead = 38;

} // namespace

SideSection::SideSection(const QString &objectName, const QString &title, QWidget *parent)
    : QFrame(parent), m_head(new QWidget(this)), m_title(new QLabel(title, m_head)),
      m_note(new QLabel(m_head))
{
    setObjectName(objectName);
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_head->setFixedHeight(kHead);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(12, 0, 12, 0);
    setLook(m_title, "title");
    setLook(m_note, "small");
    m_note->setObjectName(objectName + QStringLiteral("Note"));
    row->addWidget(m_title);
    row->addStretch(1);
    row->addWidget(m_note);
    layout->addWidget(m_head);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(12, 10, 12, 12);
    m_body->setSpacing(6);
    layout->addLayout(m_body);
}

void SideSection::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SideSection::setNote(const QString &note)
{
    m_note->setText(note);
}

QString SideSection::note() const
{
    return m_note->text();
}

void SideSection::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(theme().line);
    painter.drawLine(0, kHead - 1, width(), kHead - 1);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace kvscope
