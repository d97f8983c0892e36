// Error: a code and its parameters. The sentence a person reads is made in errortext, nowhere else.
#pragma once

#include <QSharedDataPointer>
#include <QStringList>

namespace kvscope {

/// What went wrong. The comment names the parameters, in order; errortext turns them into a
/// sentence.
enum class ErrorCode {
    // Reaching a server
    InvalidUrl,        ///< url, reason
    HostNotFound,      ///< host
    ConnectionRefused, ///< host:port
    Unreachable,       ///< host:port, detail
    ConnectionLost,    ///< host:port
    TimedOut,          ///< what, milliseconds
    NotRedis,          ///< host:port, what it answered
    ProtocolError,     ///< detail
    ReplyTooLarge,     ///< bytes or elements, limit
    // TLS
    TlsExpired,        ///< host, date
    TlsHostMismatch,   ///< host
    TlsUntrusted,      ///< host, detail
    TlsFailed,         ///< host, detail
    TlsFileUnreadable, ///< path, reason
    // What the server said
    AuthenticationRequired, ///< host:port
    AuthenticationFailed,   ///< user
    NoPermission,           ///< command, server's words
    Loading,                ///< host:port, per cent in memory or empty
    OutOfMemory,            ///< server's words
    ServerReadOnly,         ///< command
    ClusterNode,            ///< slot, node (-MOVED: Cluster is not supported yet)
    ScriptsRefused,         ///< server's words
    WrongType,              ///< key, the type it holds or empty
    ServerError,            ///< server's words
    // What we refuse or notice
    ReadOnlyRefused, ///< command
    Cancelled,       ///< (none)
    DatabaseChanged, ///< the database it was meant for
    KeyNotFound,     ///< key
    KeyExists,       ///< key
    Conflict,        ///< key
    TtlRefused,      ///< ttl as it was given: what is above zero was too long
    TooLarge,        ///< bytes, limit
    UnsupportedType, ///< type
    InvalidJson,     ///< line, column, reason
    PointerNotFound, ///< pointer
    NotSupported,    ///< what this kind of store cannot do
    WrongUsage,      ///< what is wrong with the command line
    // Files and sources
    FileUnreadable, ///< path, reason
    FileUnwritable, ///< path, reason
    SourceFailed,   ///< what, detail
    // Bindings and jobs
    InvalidBinding,     ///< member, reason
    DriverMissing,      ///< database, Debian package
    ColumnMissing,      ///< column, the columns there are
    OrderNotUnique,     ///< order columns, the values met twice
    OrderIsNull,        ///< order column
    DuplicateKey,       ///< how many keys more than one row makes
    TooManyDifferences, ///< share that differs, share allowed
    RunNotFound,        ///< run
    StoreRestarted,     ///< (none): what was acknowledged before may be lost
    LeaseHeld,          ///< lease, who has it
    LeaseLost,          ///< lease
    NotReplicated,      ///< replicas that have it, replicas asked for
    DoesNotFit,         ///< bytes needed, bytes left, rows that fit, rows in all
    EvictionsRose,      ///< entries thrown out while it ran, entries written
    // The lab
    ModelUnusable, ///< path, reason
    LabFailed,     ///< what could not be done
};

/// A value, one pointer wide (a struct with QString in an expected draws false
/// -Wmaybe-uninitialized).
class Error
{
  public:
    explicit Error(ErrorCode code, QStringList parameters = {});
    Error(const Error &);
    Error(Error &&) noexcept;
    Error &operator=(const Error &);
    Error &operator=(Error &&) noexcept;
    ~Error();

    ErrorCode code() const;
    const QStringList &parameters() const;
    /// The n-th parameter, empty if absent.
    QString parameter(int n) const;
    /// The stable identifier for `"code"` in JSON output, e.g. `connection_refused`.
    QString id() const;

    friend bool operator==(const Error &a, const Error &b)
    {
        return a.code() == b.code() && a.parameters() == b.parameters();
    }

  private:
    struct Payload;
    QSharedDataPointer<Payload> m_payload;
};

} // namespace kvscope
