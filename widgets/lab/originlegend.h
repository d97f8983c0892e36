// OriginLegend: how many tokens came from where, a square in their colour before each.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QWidget>

#include <array>

namespace kvscope {

/// What has no room is left out; the tooltip has the whole. Origins without a token are not named,
/// but for those computed.
class OriginLegend : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text)

  public:
    explicit OriginLegend(QWidget *parent = nullptr);

    void setTokens(const std::vector<LabToken> &tokens);
    QString text() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {60, 18}; }

  protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    struct Entry
    {
        llm::Origin origin;
        QString text;
    };
    std::vector<Entry> entries() const;

    std::array<std::size_t, 4> m_counts{}; // by origin
    int m_width = 60;
};

} // namespace kvscope
