// ConnectionTest: opens a store for a moment to see whether it answers.
#pragma once

#include "core/store/storefactory.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace kvscope {

/// One test at a time; a new one supersedes. UI thread. Requires: the factory outlives it.
class ConnectionTest : public QObject
{
    Q_OBJECT

  public:
    explicit ConnectionTest(StoreFactory &factory, QObject *parent = nullptr);
    ~ConnectionTest() override;

    void start(const QString &url, const QString &password);
    void cancel();

  signals:
    void succeeded(const kvscope::Capabilities &capabilities, qint64 milliseconds);
    void failed(const kvscope::Error &error);

  private:
    void take(const StoreState &state);
    /// Lets the store go once its own signal has returned.
    void release();

    StoreFactory &m_factory;
    std::unique_ptr<Store> m_store;
    QElapsedTimer m_clock;
};

} // namespace kvscope
