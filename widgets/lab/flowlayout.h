// FlowLayout: widgets in lines, as words in a paragraph: what has no room goes to the next line.
#pragma once

#include <QLayout>

namespace kvscope {

/// A widget added behind addBreak() and those after it stand at the right end of their line where
/// all fit on one. Hidden widgets take no room.
class FlowLayout : public QLayout
{
    Q_OBJECT

  public:
    explicit FlowLayout(int gap, QWidget *parent = nullptr);
    ~FlowLayout() override;

    /// What follows stands to the right.
    void addBreak() { m_rightFrom = count(); }

    void addItem(QLayoutItem *item) override { m_items.push_back(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return {}; }
    void setGeometry(const QRect &rect) override;

  private:
    enum class Pass : std::uint8_t { Measure, Place };
    int arrange(const QRect &rect, Pass pass) const;

    std::vector<QLayoutItem *> m_items;
    int m_gap;
    int m_rightFrom = -1;
};

} // namespace kvscope
