// The sentences. Parameters keep the order documented beside each ErrorCode.
#include "core/async/errortext.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

// lupdate reads the calls of tr() inside this struct.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::ErrorText)

  public:
    static ErrorText reaching(const Error &e);
    static ErrorText tls(const Error &e);
    static QString remedyFor(const QString &words);
    static ErrorText server(const Error &e);
    static ErrorText ours(const Error &e);
    static ErrorText bindings(const Error &e);
};

// A duration as people write it: "0", "-5", "0 ms", "9999999d".
bool isAboveZero(const QString &duration)
{
    const QString text = duration.trimmed();
    return !text.startsWith(QLatin1Char('-')) && std::any_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('1') && c <= QLatin1Char('9');
    });
}

// A place that is a Unix socket has neither host nor port.
bool isPath(const QString &place)
{
    return place.startsWith(QLatin1Char('/'));
}

ErrorText Sentences::reaching(const Error &e)
{
    const QString a = e.parameter(0);
    const QString b = e.parameter(1);
    switch (e.code()) {
    case ErrorCode::InvalidUrl:
        return {
            tr("“%1” is not a store URL: %2.").arg(a, b),
            tr("Write redis://host:6379/0, rediss://host:6379, redis+unix:///path or engine:.")};
    case ErrorCode::HostNotFound:
        return {tr("No address was found for the host %1.").arg(a),
                tr("Check the name, or use its IP address.")};
    case ErrorCode::ConnectionRefused:
        return {tr("%1 refused the connection.").arg(a),
                isPath(a) ? tr("Start the server, or check the path of the socket.")
                          : tr("Start the server, or check host and port and what the firewall "
                               "lets through.")};
    case ErrorCode::Unreachable:
        return {tr("%1 could not be reached: %2.").arg(a, b),
                isPath(a) ? tr("Check the path of the socket and who may open it, and that the "
                               "server runs; then retry.")
                          : tr("Check host, port and network, then retry.")};
    case ErrorCode::ConnectionLost:
        return {tr("The connection to %1 was closed.").arg(a),
                tr("It is tried again by itself; Retry does it now.")};
    case ErrorCode::TimedOut:
        return {tr("No answer to %1 within %2 ms.").arg(a, b),
                tr("The server may be busy or the network slow; retry.")};
    case ErrorCode::NotRedis:
        return {tr("%1 does not speak the Redis protocol; it answered “%2”.").arg(a, b),
                tr("Check the port: this looks like another service.")};
    case ErrorCode::ProtocolError:
        return {tr("The server's answer could not be read: %1.").arg(a),
                tr("The connection is opened anew; retry.")};
    case ErrorCode::ReplyTooLarge:
        return {tr("The answer is larger than allowed (%1, limit %2).").arg(a, b),
                tr("Read it in pages.")};
    default:
        return {};
    }
}

ErrorText Sentences::tls(const Error &e)
{
    const QString a = e.parameter(0);
    const QString b = e.parameter(1);
    switch (e.code()) {
    case ErrorCode::TlsExpired:
        return {tr("TLS: the certificate for %1 expired on %2.").arg(a, b),
                tr("Renew it on the server, or pick another CA file in Connection › TLS.")};
    case ErrorCode::TlsHostMismatch:
        return {tr("TLS: the certificate is not for the host %1.").arg(a),
                tr("Use the name in the certificate, or set the server name in Connection › TLS.")};
    case ErrorCode::TlsUntrusted:
        return {tr("TLS: the certificate of %1 is not trusted: %2.").arg(a, b),
                tr("Pick the CA file that signed it in Connection › TLS.")};
    case ErrorCode::TlsFailed:
        return {tr("TLS with %1 failed: %2.").arg(a, b),
                tr("Check that the port speaks TLS and which versions it takes; see Connection › "
                   "TLS.")};
    case ErrorCode::TlsFileUnreadable:
        return {tr("TLS: the file %1 can't be used: %2.").arg(a, b),
                tr("Pick another file in Connection › TLS.")};
    default:
        return {};
    }
}

// What to do about words of the server that have no code of their own.
QString Sentences::remedyFor(const QString &words)
{
    if (words.contains(QLatin1String("DB index is out of range")))
        return tr("Choose a database with a lower number.");
    if (words.contains(QLatin1String("max number of clients")))
        return tr("Close other clients or raise maxclients, then retry.");
    if (words.startsWith(QLatin1String("CLUSTERDOWN")))
        return tr("Some of the cluster's slots have no node: look at CLUSTER INFO, then retry.");
    if (words.startsWith(QLatin1String("MASTERDOWN")))
        return tr("Connect to its primary, or retry once they are linked again.");
    if (words.startsWith(QLatin1String("MISCONF")))
        return tr("Look at the server's log and disk: it refuses writes that it can't save.");
    if (words.startsWith(QLatin1String("DENIED")))
        return tr("Set a password on the server, or connect from its own host.");
    if (words.startsWith(QLatin1String("BUSY")))
        return tr("Wait until the script has ended, then retry.");
    return {};
}

ErrorText Sentences::server(const Error &e)
{
    const QString a = e.parameter(0);
    const QString b = e.parameter(1);
    switch (e.code()) {
    case ErrorCode::AuthenticationRequired:
        return {tr("%1 asks for a password.").arg(a),
                tr("Enter user and password in the connection.")};
    case ErrorCode::AuthenticationFailed:
        return {tr("The server did not accept the password of user %1.")
                    .arg(a.isEmpty() ? QStringLiteral("default") : a),
                tr("Check user and password in the connection.")};
    case ErrorCode::NoPermission:
        return {tr("This user may not run %1: %2.").arg(a, b),
                tr("Ask for the right (ACL SETUSER), or connect as another user.")};
    case ErrorCode::Loading:
        return {b.isEmpty()
                    ? tr("%1 is still loading its data set into memory.").arg(a)
                    : tr("%1 is still loading its data set into memory: %2 % done.").arg(a, b),
                tr("Wait a moment, then retry.")};
    case ErrorCode::OutOfMemory:
        return {tr("The server is out of memory and refused the write: %1.").arg(a),
                tr("Raise maxmemory, allow eviction, or delete keys; nothing was changed.")};
    case ErrorCode::ServerReadOnly:
        return {a.isEmpty() ? tr("The server is a read-only replica.")
                            : tr("The server is a read-only replica and refused %1.").arg(a),
                tr("Connect to its primary, or retry once it is one itself.")};
    case ErrorCode::ClusterNode:
        return {a.isEmpty()
                    ? tr("This server is a node of a Redis Cluster.")
                    : tr("This server is a node of a Redis Cluster; slot %1 is at %2.").arg(a, b),
                tr("Cluster is not supported yet: this connection shows the node's own keys, "
                   "read-only.")};
    case ErrorCode::ScriptsRefused:
        return {tr("The server refuses scripts: %1.").arg(a), tr("Saving uses WATCH instead.")};
    case ErrorCode::WrongType:
        if (!b.isEmpty())
            return {tr("The key %1 holds a value of type %2.").arg(a, b),
                    tr("Only string values can be changed here; the window shows its elements.")};
        return {tr("The key %1 now holds another type.").arg(a), tr("Reload it.")};
    case ErrorCode::ServerError:
        return {tr("The server said: %1.").arg(a), remedyFor(a)};
    default:
        return {};
    }
}

ErrorText Sentences::ours(const Error &e)
{
    const QString a = e.parameter(0);
    const QString b = e.parameter(1);
    switch (e.code()) {
    case ErrorCode::ReadOnlyRefused:
        return {tr("The connection is read-only; %1 was not sent.").arg(a),
                tr("Open the connection read-write to change data.")};
    case ErrorCode::Cancelled:
        return {tr("Cancelled."), QString()};
    case ErrorCode::DatabaseChanged:
        return {tr("This belongs to database %1, and another one was selected meanwhile; nothing "
                   "was written.")
                    .arg(a),
                tr("Your text is kept: select database %1 again, then save.").arg(a)};
    case ErrorCode::KeyNotFound:
        return {tr("The key %1 does not exist.").arg(a),
                tr("It may have expired or been deleted; refresh.")};
    case ErrorCode::KeyExists:
        return {tr("The key %1 exists already.").arg(a), tr("Choose another name.")};
    case ErrorCode::Conflict:
        return {
            tr("The key %1 was changed by somebody else meanwhile; nothing was written.").arg(a),
            tr("Compare the versions, then save again.")};
    case ErrorCode::TtlRefused:
        if (isAboveZero(a))
            return {tr("A time to live of %1 is too long; it was refused.").arg(a),
                    tr("The longest is 100,000 years: enter less, or choose Persist.")};
        return {tr("A time to live of %1 would delete the key; it was refused.").arg(a),
                tr("Enter a time above zero, choose Persist, or delete the key.")};
    case ErrorCode::TooLarge:
        return {tr("The value is too large (%1, limit %2).").arg(a, b), QString()};
    case ErrorCode::UnsupportedType:
        return {tr("A value of type %1 can't be opened here.").arg(a), QString()};
    case ErrorCode::InvalidJson:
        return {tr("Not valid JSON: line %1, column %2: %3.").arg(a, b, e.parameter(2)),
                tr("Mend it there, or save it as plain text.")};
    case ErrorCode::PointerNotFound:
        return {tr("Nothing is at %1 in this document.").arg(a),
                tr("Check the JSON pointer (RFC 6901).")};
    case ErrorCode::NotSupported:
        return {tr("This store can't do that: %1.").arg(a), QString()};
    case ErrorCode::WrongUsage:
        return {tr("Wrong usage: %1.").arg(a), tr("See kvscope --help.")};
    case ErrorCode::FileUnreadable:
        return {tr("The file %1 can't be read: %2.").arg(a, b),
                tr("Check its path and permissions.")};
    case ErrorCode::FileUnwritable:
        return {tr("The file %1 can't be written: %2.").arg(a, b),
                tr("Choose another place, or free some space.")};
    case ErrorCode::SourceFailed:
        return {tr("%1 failed: %2.").arg(a, b),
                tr("Check that it runs and can be reached, and what is asked of it.")};
    default:
        return {};
    }
}

ErrorText Sentences::bindings(const Error &e)
{
    const QString a = e.parameter(0);
    const QString b = e.parameter(1);
    switch (e.code()) {
    case ErrorCode::InvalidBinding:
        return {tr("The binding can't be used: “%1” %2.").arg(a, b),
                tr("Mend that member of the binding file.")};
    case ErrorCode::DriverMissing:
        return {tr("The database driver for %1 is not installed.").arg(a),
                tr("Install it: apt install %1.").arg(b)};
    case ErrorCode::ColumnMissing:
        return {tr("The rows have no column “%1”.").arg(a),
                tr("Use one of: %1, or add it to the query.").arg(b)};
    case ErrorCode::OrderNotUnique:
        return {tr("The order (%1) is not unique: %2 occurs more than once.").arg(a, b),
                tr("Add a column to “order” that makes it unique, or rows are lost between "
                   "pages.")};
    case ErrorCode::OrderIsNull:
        return {
            tr("The order column “%1” is NULL in some rows, so they can't be paged over.").arg(a),
            tr("Order by a column without NULLs, or leave those rows out of the query.")};
    case ErrorCode::DuplicateKey:
        return {tr("%1 keys are made by more than one row.").arg(a),
                tr("Make the key template tell the rows apart.")};
    case ErrorCode::TooManyDifferences:
        return {tr("%1 of the entries differ, more than the %2 a repair may touch; nothing was "
                   "repaired.")
                    .arg(a, b),
                tr("Most likely the binding does not fit; look at some differences first.")};
    case ErrorCode::RunNotFound:
        return {tr("The journal has no run %1.").arg(a), tr("“kvscope runs” lists them.")};
    case ErrorCode::StoreRestarted:
        return {tr("The store has restarted since; writes it acknowledged may be lost."),
                tr("The pass starts anew; where the run has ended, resume it.")};
    case ErrorCode::LeaseHeld:
        return {tr("Somebody else is repairing “%1”: %2.").arg(a, b),
                tr("Wait until that run has ended; its lease ends seconds after it.")};
    case ErrorCode::LeaseLost:
        return {tr("The lease on repairing “%1” went to somebody else; nothing was written after "
                   "that.")
                    .arg(a),
                tr("Look at the other run, then resume this one if it is still needed.")};
    case ErrorCode::NotReplicated:
        return {tr("%1 of %2 replicas had taken the repairs over in time.").arg(a, b),
                tr("The repairs stand on the primary; look at its replicas, then resume.")};
    case ErrorCode::DoesNotFit:
        return {
            tr("The entries need about %1 and the store has room for %2: %3 of %4 rows. It would "
               "refuse writes when it is full.")
                .arg(a, b, e.parameter(2), e.parameter(3)),
            tr("Raise maxmemory, choose an eviction policy, or warm fewer rows.")};
    case ErrorCode::EvictionsRose:
        return {tr("The store threw out %1 entries while %2 were written: it is full, and what is "
                   "written now costs what is already there.")
                    .arg(a, b),
                tr("Give it more memory, or warm only what is asked for most (--order).")};
    case ErrorCode::ModelUnusable:
        return {tr("“%1” can't be run as a language model: %2.").arg(a, b),
                tr("The lab runs GGUF files of the Llama family (Llama, TinyLlama, SmolLM2, Qwen 2 "
                   "and 3) in F32, F16, BF16, Q8_0, Q4_0, Q4_K or Q6_K.")};
    case ErrorCode::LabFailed:
        return {tr("The model could not go on: %1.").arg(a), {}};
    default:
        return {};
    }
}

} // namespace

ErrorText errorText(const Error &error)
{
    for (const auto sentences : {Sentences::reaching, Sentences::tls, Sentences::server,
                                 Sentences::ours, Sentences::bindings}) {
        ErrorText text = sentences(error);
        if (!text.cause.isEmpty()) return text;
    }
    return {error.id(), QString()};
}

QString errorLine(const Error &error)
{
    const ErrorText text = errorText(error);
    return text.remedy.isEmpty() ? text.cause : text.cause + QLatin1Char(' ') + text.remedy;
}

} // namespace kvscope
