// FlowLayout: lines.
#include "widgets/lab/flowlayout.h"

#include <algorithm>

namespace kvscope {

FlowLayout::FlowLayout(int gap, QWidget *parent) : QLayout(parent), m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    for (QLayoutItem *item : m_items) delete item;
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    QLayoutItem *item = itemAt(index);
    if (item != nullptr) m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), Pass::Measure);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, Pass::Place);
}

int FlowLayout::arrange(const QRect &rect, Pass pass) const
{
    struct Placed
    {
        QLayoutItem *item;
        QSize size;
        bool isRight;
    };
    int top = rect.top();
    int lineWidth = 0;
    std::vector<Placed> line;
    const auto endLine = [&] {
        int height = 0;
        for (const Placed &placed : line) height = std::max(height, placed.size.height());
        int x = rect.left();
        const int free = rect.width() - lineWidth;
        const bool hasBoth = !line.empty() && !line.front().isRight && line.back().isRight;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (hasBoth && line[i].isRight && !line[i - 1].isRight) x += free;
            if (pass == Pass::Place)
                line[i].item->setGeometry(QRect(x, top + (height - line[i].size.height()) / 2,
                                                std::min(line[i].size.width(), rect.width()),
                                                line[i].size.height()));
            x += line[i].size.width() + m_gap;
        }
        top += height;
        line.clear();
        lineWidth = 0;
    };
    for (int i = 0; i < count(); ++i) {
        QLayoutItem *item = itemAt(i);
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint();
        if (!line.empty() && lineWidth + m_gap + size.width() > rect.width()) {
            endLine();
            top += m_gap;
        }
        lineWidth += size.width() + (line.empty() ? 0 : m_gap);
        line.push_back({item, size, m_rightFrom >= 0 && i >= m_rightFrom});
    }
    endLine();
    return top - rect.top();
}

} // namespace kvscope
