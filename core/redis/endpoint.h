// Endpoint: where a Redis server is and how to get in, as a store URL says it.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QString>

namespace kvscope {

struct TlsSettings
{
    QString caFile;          ///< PEM; empty: the system's authorities
    QString certificateFile; ///< PEM, for servers that ask for a client certificate
    QString keyFile;         ///< PEM, unencrypted; empty: in certificateFile
    QString serverName;      ///< for SNI and the host-name check; empty: the host

    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

/// A value. `redis://[user[:password]@]host[:port][/db]`, `rediss://…` (`?ca=&cert=&key=&sni=`),
/// `redis+unix:///path?db=0`. User and password are percent-decoded bytes.
struct Endpoint
{
    enum class Transport : std::uint8_t { Tcp, Tls, Unix };

    static constexpr quint16 kDefaultPort = 6379;

    Transport transport = Transport::Tcp;
    QString host;                ///< without brackets, for Tcp and Tls
    quint16 port = kDefaultPort; ///< for Tcp and Tls
    QString path;                ///< of the socket, for Unix
    int database = 0;
    Bytes user;     ///< empty: the default user
    Bytes password; ///< empty: no AUTH
    TlsSettings tls;

    /// InvalidUrl says why; what it shows of the URL never holds a password.
    static Result<Endpoint> parse(const QString &url);

    /// The URL again, without the password. parse() of it gives the rest back.
    QString url() const;
    /// For people: "localhost:6379/0", "[::1]:6379/0", "/run/redis.sock/0".
    QString displayName() const;
    /// The place alone, as Errors name it: "localhost:6379", "/run/redis.sock".
    QString place() const;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// Any URL as it may be shown or logged: the password replaced by "***".
QString redactedUrl(const QString &url);

} // namespace kvscope
