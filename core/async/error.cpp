// Error: the payload and the stable identifiers.
#include "core/async/error.h"

namespace kvscope {

struct Error::Payload : QSharedData
{
    ErrorCode code;
    QStringList parameters;
    Payload(ErrorCode c, QStringList p) : code(c), parameters(std::move(p)) {}
};

Error::Error(ErrorCode code, QStringList parameters)
    : m_payload(new Payload(code, std::move(parameters)))
{}
Error::Error(const Error &) = default;
Error::Error(Error &&) noexcept = default;
Error &Error::operator=(const Error &) = default;
Error &Error::operator=(Error &&) noexcept = default;
Error::~Error() = default;

ErrorCode Error::code() const
{
    return m_payload->code;
}
const QStringList &Error::parameters() const
{
    return m_payload->parameters;
}
QString Error::parameter(int n) const
{
    return m_payload->parameters.value(n);
}

QString Error::id() const
{
    switch (code()) {
    case ErrorCode::InvalidUrl:
        return QStringLiteral("invalid_url");
    case ErrorCode::HostNotFound:
        return QStringLiteral("host_not_found");
    case ErrorCode::ConnectionRefused:
        return QStringLiteral("connection_refused");
    case ErrorCode::Unreachable:
        return QStringLiteral("unreachable");
    case ErrorCode::ConnectionLost:
        return QStringLiteral("connection_lost");
    case ErrorCode::TimedOut:
        return QStringLiteral("timed_out");
    case ErrorCode::NotRedis:
        return QStringLiteral("not_redis");
    case ErrorCode::ProtocolError:
        return QStringLiteral("protocol_error");
    case ErrorCode::ReplyTooLarge:
        return QStringLiteral("reply_too_large");
    case ErrorCode::TlsExpired:
        return QStringLiteral("tls_expired");
    case ErrorCode::TlsHostMismatch:
        return QStringLiteral("tls_host_mismatch");
    case ErrorCode::TlsUntrusted:
        return QStringLiteral("tls_untrusted");
    case ErrorCode::TlsFailed:
        return QStringLiteral("tls_failed");
    case ErrorCode::TlsFileUnreadable:
        return QStringLiteral("tls_file_unreadable");
    case ErrorCode::AuthenticationRequired:
        return QStringLiteral("authentication_required");
    case ErrorCode::AuthenticationFailed:
        return QStringLiteral("authentication_failed");
    case ErrorCode::NoPermission:
        return QStringLiteral("no_permission");
    case ErrorCode::Loading:
        return QStringLiteral("loading");
    case ErrorCode::OutOfMemory:
        return QStringLiteral("out_of_memory");
    case ErrorCode::ServerReadOnly:
        return QStringLiteral("server_read_only");
    case ErrorCode::ClusterNode:
        return QStringLiteral("cluster_node");
    case ErrorCode::ScriptsRefused:
        return QStringLiteral("scripts_refused");
    case ErrorCode::WrongType:
        return QStringLiteral("wrong_type");
    case ErrorCode::ServerError:
        return QStringLiteral("server_error");
    case ErrorCode::ReadOnlyRefused:
        return QStringLiteral("read_only");
    case ErrorCode::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorCode::DatabaseChanged:
        return QStringLiteral("database_changed");
    case ErrorCode::KeyNotFound:
        return QStringLiteral("key_not_found");
    case ErrorCode::KeyExists:
        return QStringLiteral("key_exists");
    case ErrorCode::Conflict:
        return QStringLiteral("conflict");
    case ErrorCode::TtlRefused:
        return QStringLiteral("ttl_refused");
    case ErrorCode::TooLarge:
        return QStringLiteral("too_large");
    case ErrorCode::UnsupportedType:
        return QStringLiteral("unsupported_type");
    case ErrorCode::InvalidJson:
        return QStringLiteral("invalid_json");
    case ErrorCode::PointerNotFound:
        return QStringLiteral("pointer_not_found");
    case ErrorCode::NotSupported:
        return QStringLiteral("not_supported");
    case ErrorCode::WrongUsage:
        return QStringLiteral("wrong_usage");
    case ErrorCode::FileUnreadable:
        return QStringLiteral("file_unreadable");
    case ErrorCode::FileUnwritable:
        return QStringLiteral("file_unwritable");
    case ErrorCode::SourceFailed:
        return QStringLiteral("source_failed");
    case ErrorCode::InvalidBinding:
        return QStringLiteral("invalid_binding");
    case ErrorCode::DriverMissing:
        return QStringLiteral("driver_missing");
    case ErrorCode::ColumnMissing:
        return QStringLiteral("column_missing");
    case ErrorCode::OrderNotUnique:
        return QStringLiteral("order_not_unique");
    case ErrorCode::OrderIsNull:
        return QStringLiteral("order_is_null");
    case ErrorCode::DuplicateKey:
        return QStringLiteral("duplicate_key");
    case ErrorCode::TooManyDifferences:
        return QStringLiteral("too_many_differences");
    case ErrorCode::RunNotFound:
        return QStringLiteral("run_not_found");
    case ErrorCode::StoreRestarted:
        return QStringLiteral("store_restarted");
    case ErrorCode::LeaseHeld:
        return QStringLiteral("lease_held");
    case ErrorCode::LeaseLost:
        return QStringLiteral("lease_lost");
    case ErrorCode::NotReplicated:
        return QStringLiteral("not_replicated");
    case ErrorCode::DoesNotFit:
        return QStringLiteral("does_not_fit");
    case ErrorCode::EvictionsRose:
        return QStringLiteral("evictions_rose");
    case ErrorCode::ModelUnusable:
        return QStringLiteral("model_unusable");
    case ErrorCode::LabFailed:
        return QStringLiteral("lab_failed");
    }
    return QStringLiteral("unknown");
}

} // namespace kvscope
