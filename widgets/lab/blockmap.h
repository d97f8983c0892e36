// BlockMap: the pool's blocks as squares: which are in use, how full, whose.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QWidget>

namespace kvscope {

/// A square for each block of the sequence, in the order of its table, and faint ones up to the
/// model's context. The filled part is what is live; a dot marks a block that others refer to too.
class BlockMap : public QWidget
{
    Q_OBJECT

  public:
    explicit BlockMap(QWidget *parent = nullptr);

    void setBlocks(const std::vector<LabBlock> &blocks, std::size_t room);
    QString tip(int block) const;
    /// -1: beside the blocks.
    int blockAt(const QPoint &position) const;
    QRect blockRect(int block) const;

    QSize sizeHint() const override { return {240, heightFor(width())}; }

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    int columns() const;
    int heightFor(int width) const;
    int squares() const;

    std::vector<LabBlock> m_blocks;
    std::size_t m_room = 0;
};

} // namespace kvscope
