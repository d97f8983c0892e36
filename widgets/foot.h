// Foot: what is going on, how many keys there are, and the language.
#pragma once

#include "core/metrics/metrichistory.h"
#include "core/store/store.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace kvscope {

class Foot : public QFrame
{
    Q_OBJECT

  public:
    explicit Foot(QWidget *parent = nullptr);

    /// `store` may be null; it is not kept.
    void showState(const Store *store, const StoreState &state);
    /// What a page is doing (a scan, say); empty: nothing.
    void showActivity(const QString &text);
    void showMetrics(const MetricHistory *history);

  signals:
    void languageToggled();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void compose();
    QString stateText() const;

    QLabel *m_left;
    QLabel *m_keys;
    QLabel *m_rate;
    QToolButton *m_language;
    StoreState m_state;
    QString m_storeName;
    QString m_product;
    bool m_isEngine = false;
    QString m_activity;
    std::optional<double> m_keyCount;
    std::optional<double> m_commands;
};

} // namespace kvscope
