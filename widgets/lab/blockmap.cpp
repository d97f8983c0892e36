// BlockMap: squares.
#include "widgets/lab/blockmap.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/lab/labwords.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <bit>
#include <utility>

namespace kvscope {
namespace {

constexpr int kSquare = 17;
constexpr int kStep = 22;
constexpr int kMostSquares = 256;

} // namespace

BlockMap::BlockMap(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("blockMap"));
    setAccessibleName(tr("Blocks of the cache"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

int BlockMap::columns() const
{
    return std::max(1, (width() + kStep - kSquare) / kStep);
}

int BlockMap::squares() const
{
    const int used = static_cast<int>(m_blocks.size());
    return std::max(used, static_cast<int>(std::min<std::size_t>(m_room, kMostSquares)));
}

int BlockMap::heightFor(int width) const
{
    const int perRow = std::max(1, (width + kStep - kSquare) / kStep);
    return std::max(1, (squares() + perRow - 1) / perRow) * kStep - (kStep - kSquare);
}

void BlockMap::setBlocks(const std::vector<LabBlock> &blocks, std::size_t room)
{
    if (m_blocks == blocks && m_room == room) return;
    const int before = squares();
    const std::vector<LabBlock> old = std::exchange(m_blocks, blocks);
    const bool isSameRoom = std::exchange(m_room, room) == room;
    const int most = static_cast<int>(std::max(old.size(), blocks.size()));
    // A step changes one block: no other is painted anew.
    for (int i = 0; isSameRoom && i < most; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool isSame = at < old.size() && at < blocks.size() && old[at] == blocks[at];
        if (!isSame) update(blockRect(i));
    }
    if (!isSameRoom) update();
    if (squares() != before) setFixedHeight(heightFor(width()));
    std::size_t shared = 0;
    for (const LabBlock &block : m_blocks) shared += block.isShared ? 1 : 0;
    setAccessibleDescription(tr("%1 blocks, %2 of them shared").arg(m_blocks.size()).arg(shared));
}

QRect BlockMap::blockRect(int block) const
{
    return {block % columns() * kStep, block / columns() * kStep, kSquare, kSquare};
}

int BlockMap::blockAt(const QPoint &position) const
{
    for (int i = 0; i < static_cast<int>(m_blocks.size()); ++i)
        if (blockRect(i).contains(position)) return i;
    return -1;
}

QString BlockMap::tip(int block) const
{
    if (block < 0 || block >= static_cast<int>(m_blocks.size())) return {};
    const LabBlock &shown = m_blocks[static_cast<std::size_t>(block)];
    QStringList lines{tr("Block %1: tokens %2–%3").arg(block).arg(shown.first).arg(shown.last),
                      tr("%1 of 16 cells live").arg(std::popcount(shown.live)),
                      originName(shown.origin)};
    if (shown.isShared) lines += tr("Shared: the store or another sequence refers to it too");
    if (shown.isResidual) lines += tr("Recent: still f32, not yet quantised");
    return lines.join(QLatin1Char('\n'));
}

void BlockMap::paintEvent(QPaintEvent *event)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QColor ground = mixed(t.panel, t.line, 0.55);
    for (int i = 0; i < squares(); ++i) {
        if (!event->rect().intersects(blockRect(i))) continue;
        const QRectF square(blockRect(i));
        painter.setBrush(ground);
        painter.drawRoundedRect(square, 3, 3);
        if (i >= static_cast<int>(m_blocks.size())) continue;
        const LabBlock &block = m_blocks[static_cast<std::size_t>(i)];
        painter.save();
        const double live = std::popcount(block.live) / 16.0;
        painter.setClipRect(
            QRectF(square.left(), square.top(), square.width() * live, square.height()));
        painter.setBrush(originInk(block.origin));
        painter.drawRoundedRect(square, 3, 3);
        painter.restore();
        if (!block.isShared) continue;
        painter.setBrush(t.panel);
        painter.drawEllipse(square.center(), 2.5, 2.5);
    }
}

bool BlockMap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int block = blockAt(help->pos());
    if (block < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip(block), this, blockRect(block));
    return true;
}

void BlockMap::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) setFixedHeight(heightFor(width()));
}

void BlockMap::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

} // namespace kvscope
