// HeatMap: the cache as a picture: a row for each layer and kv head, a column for each token.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QImage>
#include <QWidget>

namespace kvscope {

/// Painted into an image of its own size, whose pixels are written once for each snapshot. Arrow
/// keys move the cursor, Return chooses, P pins, Del evicts.
class HeatMap : public QWidget
{
    Q_OBJECT

  public:
    explicit HeatMap(QWidget *parent = nullptr);

    void setSnapshot(std::shared_ptr<const LabSnapshot> snapshot);
    QSize minimumSizeHint() const override { return {200, 66}; }
    QSize sizeHint() const override { return {600, 120}; }

    /// The cell at a point; nothing beside the map.
    struct Place
    {
        int index;
        int row;
    };
    std::optional<Place> placeAt(const QPoint &position) const;
    QRect cellRect(Place place) const;
    QString tip(Place place) const;
    const QImage &image() const { return m_image; }

  signals:
    void cellChosen(int index, int row);
    void pinToggled(int index);
    void evictRequested(int index);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    QRect area() const;
    void render();
    void paintAxis(QPainter &painter) const;
    const LabHeat &heat() const { return m_snapshot->heat; }
    bool isEmpty() const { return !m_snapshot || heat().positions == 0 || heat().rows == 0; }

    std::shared_ptr<const LabSnapshot> m_snapshot;
    QImage m_image;
    bool m_isStale = true;
    Place m_cursor{-1, 0};
};

} // namespace kvscope
