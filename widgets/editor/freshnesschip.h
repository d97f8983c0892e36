// FreshnessChip: whether the open key says what its source says, as a small button.
#pragma once

#include "core/async/lifetime.h"
#include "widgets/models/keyfreshness.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

namespace kvscope {

/// Hidden while no binding makes the key. Asks at most once a second: after each change it is told
/// of, and every few seconds while its window shows it. UI thread.
class FreshnessChip : public QPushButton
{
    Q_OBJECT

  public:
    static constexpr int kLeastMs = 1'000;
    static constexpr int kEveryMs = 5'000;
    /// So often what is remembered tells its age anew.
    static constexpr int kAgeMs = 15'000;

    FreshnessChip(Bytes key, QWidget *parent);

    /// Null: nothing is known of any key.
    void setSource(FreshnessSource *source);
    /// The entry is, or may be, another: asks anew as soon as it may.
    void noteChange();
    /// Of the last answer. Null while there is none.
    const std::optional<KeyFreshness> &freshness() const { return m_freshness; }
    FreshnessSource::Way way() const { return m_way; }

  signals:
    /// freshness() is another.
    void answered();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void takeSource();
    void plan(int delayMs);
    void ask();
    void take(const Result<KeyFreshness> &answer);
    void showRemembered();
    void showFreshness();

    const Bytes m_key;
    QPointer<FreshnessSource> m_source;
    FreshnessSource::Way m_way = FreshnessSource::Way::None;
    std::optional<KeyFreshness> m_freshness;
    QTimer m_next;
    QElapsedTimer m_sinceAsked;
    bool m_asking = false;
    bool m_again = false; // changed while it was asked
    Lifetime m_lifetime;
};

} // namespace kvscope
