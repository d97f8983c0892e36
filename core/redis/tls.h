// Tls: certificates from files, and what Qt's TLS errors mean to us.
#pragma once

#include "core/async/result.h"
#include "core/redis/endpoint.h"

#include <QSslConfiguration>
#include <QSslError>

namespace kvscope {

/// Reads the endpoint's PEM files; TlsFileUnreadable names the one that can't be used and why.
Result<QSslConfiguration> tlsConfiguration(const TlsSettings &settings);

/// The error worth telling of those a handshake found: untrusted before expired before a wrong
/// name. `detail` is used where the list is empty.
Error tlsError(const QString &host, const QList<QSslError> &errors, const QString &detail);

} // namespace kvscope
