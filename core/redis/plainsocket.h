// PlainSocket: a connected descriptor, TCP or unix, read and written without a buffer in between.
#pragma once

#include "core/base/bytes.h"

#include <QObject>

class QSocketNotifier;

namespace kvscope {

/// Lives on one io thread. Qt's own sockets read all that has come into a buffer of theirs before
/// anybody may look at it, and ask the kernel thrice for each piece; where a job reads hundreds of
/// megabytes a second, that is more than what the bytes are read for.
class PlainSocket : public QObject
{
    Q_OBJECT

  public:
    /// Takes a descriptor of its own from `connected`, which may be closed then. Null: there are no
    /// more descriptors.
    static PlainSocket *take(qintptr connected, QObject *parent);
    ~PlainSocket() override;

    /// Bytes read, at most `size`; 0 when there are none now, or no more ever (then it has ended).
    std::size_t read(char *out, std::size_t size);
    /// Kept until flush().
    void write(BytesView bytes) { m_waiting.append(bytes); }
    /// As much as the kernel takes; the rest follows by itself.
    void flush();
    std::size_t unwritten() const { return m_waiting.size() - m_written; }
    /// Once it has ended, by a failed write above all: what came before and was not read.
    Bytes takeRest();

  signals:
    void readable();
    void written(); ///< some of the rest
    /// The other side closed the connection, or it broke. Once, from within read() or flush() too;
    /// readable() and written() are not emitted any more.
    void ended();

  private:
    PlainSocket(int descriptor, QObject *parent);
    void end();

    const int m_descriptor;
    QSocketNotifier *m_reads;
    QSocketNotifier *m_writes;
    Bytes m_waiting;
    std::size_t m_written = 0; // of m_waiting
    bool m_ended = false;
};

} // namespace kvscope
