// TopBar: which store is open, what may be done to it, and how it fares.
#pragma once

#include "core/metrics/metrichistory.h"
#include "core/store/store.h"

#include <QFrame>

class QLabel;

namespace kvscope {

class Meter;
class Profiles;
class StoreButton;
struct Profile;

class TopBar : public QFrame
{
    Q_OBJECT

  public:
    explicit TopBar(const Profiles &profiles, QWidget *parent = nullptr);

    StoreButton *storeButton() const { return m_store; }
    /// `store` may be null. Neither is kept.
    void showStore(const Store *store, const Profile &profile, const StoreState &state);
    /// The last minute of `history`; null: nothing is known.
    void showMetrics(const MetricHistory *history);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void showAccess();

    StoreButton *m_store;
    QLabel *m_access;
    Meter *m_hits;
    Meter *m_latency;
    Meter *m_memory;
    std::optional<Capabilities> m_capabilities; ///< of a store that is Ready
};

} // namespace kvscope
