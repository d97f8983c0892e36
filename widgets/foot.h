// Foot: what is going on, how many keys there are, and the language.
#pragma once

#include "core/metrics/metrichistory.h"
#include "core/store/store.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace kvscope {

class JobQueue;

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
    /// Shows its running job from now on. Requires: it outlives the foot.
    void setQueue(JobQueue &queue);

  signals:
    void languageToggled();
    void jobsChosen();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void compose();
    QString stateText() const;

    QHBoxLayout *m_row;
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
