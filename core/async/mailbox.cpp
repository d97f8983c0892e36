// Mailbox: a locked vector, and one posted event per burst.
#include "core/async/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <chrono>

namespace kvscope {
namespace {

const QEvent::Type kWake = static_cast<QEvent::Type>(QEvent::registerEventType());
constexpr auto kSlice = std::chrono::milliseconds(4);

} // namespace

class Mailbox::Receiver : public QObject
{
  public:
    explicit Receiver(Mailbox *mailbox) : m_mailbox(mailbox) {}

    bool event(QEvent *event) override
    {
        if (event->type() != kWake) return QObject::event(event);
        const std::shared_ptr<Mailbox> alive = m_mailbox->shared_from_this();
        alive->drain();
        return true;
    }

  private:
    Mailbox *m_mailbox;
};

// Closes the mailbox when its thread ends; whoever still holds a pointer posts into the void.
struct ThreadMailbox
{
    std::shared_ptr<Mailbox> mailbox;

    ~ThreadMailbox()
    {
        if (mailbox) mailbox->close();
    }
};

std::shared_ptr<Mailbox> Mailbox::current()
{
    thread_local ThreadMailbox mine;
    if (!mine.mailbox) mine.mailbox = std::shared_ptr<Mailbox>(new Mailbox);
    return mine.mailbox;
}

Mailbox::Mailbox() : m_receiver(new Receiver(this))
{}

Mailbox::~Mailbox() = default;

void Mailbox::post(Function function)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed) return;
    m_waiting.push_back(std::move(function));
    if (m_wakePosted) return;
    m_wakePosted = true;
    QCoreApplication::postEvent(m_receiver, new QEvent(kWake));
}

void Mailbox::drain()
{
    const auto start = std::chrono::steady_clock::now();
    while (true) {
        if (m_next == m_running.size()) {
            m_running.clear();
            m_next = 0;
            const std::lock_guard lock(m_mutex);
            if (m_waiting.empty() || m_closed) {
                m_wakePosted = false;
                return;
            }
            m_running.swap(m_waiting);
        }
        const Function function = std::move(m_running[m_next++]);
        function();
        if (std::chrono::steady_clock::now() - start < kSlice) continue;
        // Input and paint events go first; the rest of the burst follows in the next turn.
        const std::lock_guard lock(m_mutex);
        if (!m_closed)
            QCoreApplication::postEvent(m_receiver, new QEvent(kWake), Qt::LowEventPriority);
        return;
    }
}

void Mailbox::close()
{
    std::vector<Function> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        dropped.swap(m_waiting);
    }
    delete m_receiver;
    m_receiver = nullptr;
}

} // namespace kvscope
