// OriginLegend: squares and counts.
#include "widgets/lab/originlegend.h"

#include "widgets/base/theme.h"
#include "widgets/lab/labwords.h"

#include <QEvent>
#include <QPainter>

namespace kvscope {
namespace {

constexpr int kSquare = 9;
constexpr int kGap = 6;
constexpr int kBetween = 16;

} // namespace

OriginLegend::OriginLegend(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

std::vector<OriginLegend::Entry> OriginLegend::entries() const
{
    std::vector<Entry> out;
    for (const llm::Origin origin : {llm::Origin::FirstLevel, llm::Origin::SecondLevel,
                                     llm::Origin::File, llm::Origin::Computed}) {
        const std::size_t count = m_counts[static_cast<std::size_t>(origin)];
        if (count == 0 && origin != llm::Origin::Computed) continue;
        out.push_back(
            {origin,
             tr("%1, %n tokens", nullptr, static_cast<int>(count)).arg(originName(origin))});
    }
    return out;
}

QString OriginLegend::text() const
{
    QStringList parts;
    for (const Entry &entry : entries()) parts += entry.text;
    return parts.join(QStringLiteral(" · "));
}

void OriginLegend::setTokens(const std::vector<LabToken> &tokens)
{
    std::array<std::size_t, 4> counts{};
    for (const LabToken &token : tokens) ++counts[static_cast<std::size_t>(token.origin)];
    if (counts == m_counts) return;
    m_counts = counts;
    setAccessibleName(text());
    const int needed = sizeHint().width();
    // It only grows: what stands beside it is not to tremble with every token.
    if (needed > m_width || needed + 60 < m_width) {
        m_width = needed + 8;
        setFixedWidth(m_width);
    }
    update();
}

QSize OriginLegend::sizeHint() const
{
    const QFontMetrics metrics(uiFont(11));
    int width = 0;
    for (const Entry &entry : entries())
        width += kSquare + kGap + metrics.horizontalAdvance(entry.text) + kBetween;
    return {width, 18};
}

void OriginLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(uiFont(11));
    int x = 0;
    for (const Entry &entry : entries()) {
        painter.fillRect(x, (height() - kSquare) / 2, kSquare, kSquare, originInk(entry.origin));
        x += kSquare + kGap;
        const int advance = painter.fontMetrics().horizontalAdvance(entry.text);
        painter.setPen(theme().muted);
        painter.drawText(QRect(x, 0, advance + 1, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         entry.text);
        x += advance + kBetween;
    }
}

void OriginLegend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

} // namespace kvscope
