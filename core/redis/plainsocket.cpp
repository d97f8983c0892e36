// PlainSocket: recv() and send(), never waiting.
#include "core/redis/plainsocket.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kvscope {
namespace {

constexpr std::size_t kMaxKeptBytes = 1U << 20U; // buffer kept for what is written next

bool wouldWait(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

} // namespace

PlainSocket *PlainSocket::take(qintptr connected, QObject *parent)
{
    const int descriptor = fcntl(static_cast<int>(connected), F_DUPFD_CLOEXEC, 0);
    return descriptor < 0 ? nullptr : new PlainSocket(descriptor, parent);
}

PlainSocket::PlainSocket(int descriptor, QObject *parent)
    : QObject(parent), m_descriptor(descriptor),
      m_reads(new QSocketNotifier(descriptor, QSocketNotifier::Read, this)),
      m_writes(new QSocketNotifier(descriptor, QSocketNotifier::Write, this))
{
    m_writes->setEnabled(false);
    connect(m_reads, &QSocketNotifier::activated, this, &PlainSocket::readable);
    connect(m_writes, &QSocketNotifier::activated, this, [this] {
        flush();
        if (!m_ended) emit written();
    });
}

PlainSocket::~PlainSocket()
{
    m_reads->setEnabled(false);
    m_writes->setEnabled(false);
    ::close(m_descriptor);
}

std::size_t PlainSocket::read(char *out, std::size_t size)
{
    while (!m_ended) {
        const ssize_t count = ::recv(m_descriptor, out, size, MSG_DONTWAIT);
        if (count > 0) return static_cast<std::size_t>(count);
        if (count < 0 && errno == EINTR) continue;
        if (count == 0 || !wouldWait(errno)) end();
        break;
    }
    return 0;
}

Bytes PlainSocket::takeRest()
{
    Bytes rest;
    std::array<char, 16U << 10U> piece;
    ssize_t count = 0;
    while ((count = ::recv(m_descriptor, piece.data(), piece.size(), MSG_DONTWAIT)) > 0)
        rest.append(piece.data(), static_cast<std::size_t>(count));
    return rest;
}

void PlainSocket::flush()
{
    while (!m_ended && unwritten() > 0) {
        const ssize_t count = ::send(m_descriptor, m_waiting.data() + m_written, unwritten(),
                                     MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            m_written += static_cast<std::size_t>(count);
        } else if (wouldWait(errno)) {
            break;
        } else if (errno != EINTR) {
            return end();
        }
    }
    if (unwritten() == 0) {
        m_waiting.clear();
        m_written = 0;
        if (m_waiting.capacity() > kMaxKeptBytes) m_waiting = Bytes();
    } else if (m_written > kMaxKeptBytes && m_written >= m_waiting.size() / 2) {
        m_waiting.erase(0, m_written);
        m_written = 0;
    }
    m_writes->setEnabled(unwritten() > 0 && !m_ended);
}

void PlainSocket::end()
{
    m_ended = true;
    m_reads->setEnabled(false);
    m_writes->setEnabled(false);
    emit ended();
}

} // namespace kvscope
