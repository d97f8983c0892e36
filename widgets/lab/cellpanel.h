// CellPanel: one cell of the cache: its key and value, what quantising did to them, who looks at
// it; and hands to pin or evict it.
#pragma once

#include "core/labrun/labsnapshot.h"
#include "widgets/lab/sidesection.h"

class QPushButton;

namespace kvscope {

/// A vector as bars: what is stored filled, what was computed as an outline.
class VectorBars : public QWidget
{
    Q_OBJECT

  public:
    explicit VectorBars(QWidget *parent = nullptr);
    void setVectors(std::vector<float> stored, std::vector<float> exact);
    std::size_t size() const { return m_stored.size(); }
    QSize sizeHint() const override { return {200, 56}; }

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    std::vector<float> m_stored;
    std::vector<float> m_exact;
};

class CellPanel : public SideSection
{
    Q_OBJECT

  public:
    explicit CellPanel(QWidget *parent = nullptr);

    /// Hidden while no cell is chosen.
    void setSnapshot(const LabSnapshot &snapshot);

  signals:
    void pinToggled(int index);
    void evictRequested(int index);
    void closed();

  private:
    QString lookersText(const LabSnapshot &snapshot, const LabCell &cell) const;
    QString headsText(const LabSnapshot &snapshot, const LabCell &cell) const;

    int m_index = -1;
    QLabel *m_where;
    QLabel *m_keyText;
    VectorBars *m_key;
    QLabel *m_valueText;
    VectorBars *m_value;
    QLabel *m_lookers;
    QLabel *m_heads;
    QPushButton *m_pin;
    QPushButton *m_evict;
};

} // namespace kvscope
