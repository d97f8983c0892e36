// TimeAxis: the one time axis that all charts of a page share: what is seen, and where the cursor
// is.
#pragma once

#include <QObject>

#include <cstdint>
#include <optional>

namespace kvscope {

/// Follows the newest sample until the person pans or zooms. UI thread.
class TimeAxis : public QObject
{
    Q_OBJECT

  public:
    static constexpr std::int64_t kMinute = 60'000;
    /// Nothing shorter is shown: a second a point, so this is ten points.
    static constexpr std::int64_t kShortest = 10'000;

    explicit TimeAxis(QObject *parent = nullptr);

    std::int64_t fromMs() const { return m_from; }
    std::int64_t toMs() const { return m_to; }
    bool isFollowing() const { return m_following; }
    bool isPaused() const { return m_paused; }
    /// The newest sample when it was paused; empty while it is not.
    std::optional<std::int64_t> pausedAtMs() const { return m_pausedAt; }

    /// How much is seen while following; 0: everything there is. Starts to follow.
    void setSpan(std::int64_t ms);
    std::int64_t span() const { return m_span; }

    /// What there is now. While following the newest is at the right edge; less than a minute is
    /// shown as a minute that fills from the left.
    void setExtent(std::int64_t firstMs, std::int64_t lastMs);

    void pan(std::int64_t byMs);
    /// Factor below 1 shows less. `anchorMs` stays where it is.
    void zoom(double factor, std::int64_t anchorMs);
    void follow();
    /// Paused, the axis stands still while samples go on; following again ends it.
    void setPaused(bool paused);

    void setCursor(std::optional<std::int64_t> wallMs);
    std::optional<std::int64_t> cursor() const { return m_cursor; }

  signals:
    void rangeChanged();
    void cursorChanged();
    /// Following, paused or neither.
    void modeChanged();

  private:
    void showLatest();
    void setRange(std::int64_t from, std::int64_t to);
    void leaveLatest();

    std::int64_t m_span = 10 * kMinute;
    std::int64_t m_first = 0;
    std::int64_t m_last = 0;
    std::int64_t m_from = 0;
    std::int64_t m_to = kMinute;
    bool m_following = true;
    bool m_paused = false;
    std::optional<std::int64_t> m_pausedAt;
    std::optional<std::int64_t> m_cursor;
};

} // namespace kvscope
