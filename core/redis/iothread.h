// IoThread: a thread with an event loop for sockets, reached through its mailbox.
#pragma once

#include "core/async/mailbox.h"

#include <QThread>

#include <semaphore>

namespace kvscope {

/// Runs from construction to destruction. What was posted before the destructor still runs.
class IoThread final : public QThread
{
  public:
    explicit IoThread(const QString &name);
    ~IoThread() override;

    std::shared_ptr<Mailbox> mailbox() const { return m_mailbox; }

  protected:
    void run() override;

  private:
    std::binary_semaphore m_started{0};
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace kvscope
