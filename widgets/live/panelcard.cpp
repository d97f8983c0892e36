// PanelCard: title, rows and sentences.
#include "widgets/live/panelcard.h"

#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace kvscope {
namespace {

/// A row with a faint line under it.
class Row final : public QWidget
{
  public:
    using QWidget::QWidget;

  protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(theme().faintLine);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }
};

} // namespace

PanelCard::PanelCard(const QString &objectName, const QString &title, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(objectName);
    setLook(this, "card");
    setAccessibleName(title);
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(12, 10, 12, 12);
    m_body->setSpacing(0);
    m_head = new QHBoxLayout;
    m_head->setContentsMargins(0, 0, 0, 6);
    m_head->setSpacing(8);
    auto *label = new QLabel(title, this);
    setLook(label, "title");
    m_head->addWidget(label);
    m_head->addStretch(1);
    m_body->addLayout(m_head);
}

QLabel *PanelCard::addRow(const QString &objectName, const QString &name)
{
    auto *row = new Row(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 0, 8, 0);
    auto *label = new QLabel(name, row);
    setLook(label, "muted");
    auto *figure = new QLabel(QStringLiteral("—"), row);
    figure->setObjectName(objectName);
    figure->setAccessibleName(name);
    figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setLook(figure, "figure");
    layout->addWidget(label);
    layout->addStretch(1);
    layout->addWidget(figure);
    row->setFixedHeight(metric::kRow + 1);
    m_body->addWidget(row);
    return figure;
}

void PanelCard::rename(QLabel *figure, const QString &name)
{
    figure->setAccessibleName(name);
    for (QLabel *label : figure->parentWidget()->findChildren<QLabel *>())
        if (label != figure) label->setText(name);
}

QLabel *PanelCard::addSentence(const QString &objectName)
{
    auto *sentence = new QLabel(this);
    sentence->setObjectName(objectName);
    sentence->setWordWrap(true);
    sentence->setContentsMargins(0, 8, 0, 0);
    setLook(sentence, "small");
    sentence->hide();
    m_body->addWidget(sentence);
    return sentence;
}

} // namespace kvscope
