// SyncListener: hears a PostgreSQL trigger tell of changes.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QString>
#include <QThread>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace kvscope {

/// A connection and a thread of its own. Destroying it ends both.
class SyncListener
{
  public:
    /// What a trigger sends: the texts of the key's columns. None: something changed that did not
    /// fit a notification.
    using Told = std::vector<Bytes>;

    /// Connects and listens on `channel`. `url`: postgresql://…
    static Result<std::unique_ptr<SyncListener>> open(const QString &url, const QString &channel);
    ~SyncListener();
    SyncListener(const SyncListener &) = delete;
    SyncListener &operator=(const SyncListener &) = delete;

    /// What was told since the last call. Nothing any more once `hasEnded`.
    std::vector<Told> take();
    /// Waits until something was told, or for `time`.
    void wait(std::chrono::milliseconds time);
    /// The connection was lost.
    bool hasEnded() const;

    /// Channel of a binding's name: letters, digits and _ alone.
    static QString channelOf(const QString &binding);
    /// `["1","a"]`; nothing for anything else.
    static std::optional<Told> parse(const QString &payload);

  private:
    SyncListener() = default;
    void listen(const QString &url, const QString &channel);
    void hear(const QString &payload);

    mutable std::mutex m_mutex;
    std::condition_variable m_came;
    std::vector<Told> m_told; // guarded by m_mutex, as all below
    std::optional<Result<bool>> m_opened;
    bool m_ended = false;
    std::stop_source m_stop;
    std::unique_ptr<QThread> m_thread; // Qt's, since the driver hears through a socket notifier
};

} // namespace kvscope
