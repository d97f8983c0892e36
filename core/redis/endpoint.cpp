// Store URLs taken apart by hand: QUrl lower-cases, normalises and forgives too much for passwords.
#include "core/redis/endpoint.h"

#include <QCoreApplication>
#include <QUrl>

#include <optional>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Endpoint)
};

constexpr int kMaxDatabase = 1'000'000; // far above any server's `databases`

/// What a parse step returns when it fails: the reason, for InvalidUrl.
using Reason = std::optional<QString>;

Reason decodePercent(QStringView text, Bytes &out)
{
    const QByteArray utf8 = text.toUtf8();
    out.clear();
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8[i] != '%') {
            out.push_back(utf8[i]);
            continue;
        }
        bool ok = false;
        const int byte = utf8.mid(i + 1, 2).toInt(&ok, 16);
        if (!ok || i + 2 >= utf8.size() || !std::isxdigit(static_cast<unsigned char>(utf8[i + 1])))
            return Reasons::tr("a % must be followed by two hexadecimal digits");
        out.push_back(static_cast<char>(byte));
        i += 2;
    }
    return {};
}

Reason decodeText(QStringView text, QString &out)
{
    Bytes bytes;
    if (Reason reason = decodePercent(text, bytes)) return reason;
    out = QString::fromStdString(bytes);
    return {};
}

Reason parseDatabase(QStringView text, int &database)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    if (!ok || value < 0 || value > kMaxDatabase || text.startsWith(u'+'))
        return Reasons::tr("“%1” is not a database number").arg(text);
    database = value;
    return {};
}

Reason parseCredentials(QStringView text, Endpoint &endpoint)
{
    const qsizetype colon = text.indexOf(u':');
    const QStringView user = colon < 0 ? text : text.left(colon);
    const QStringView password = colon < 0 ? QStringView() : text.mid(colon + 1);
    if (Reason reason = decodePercent(user, endpoint.user)) return reason;
    return decodePercent(password, endpoint.password);
}

Reason parsePort(QStringView text, Endpoint &endpoint)
{
    bool ok = false;
    const int port = text.toInt(&ok);
    if (!ok || port < 1 || port > 65535 || text.startsWith(u'+'))
        return Reasons::tr("“%1” is not a port").arg(text);
    endpoint.port = static_cast<quint16>(port);
    return {};
}

Reason parseHostAndPort(QStringView text, Endpoint &endpoint)
{
    QStringView rest;
    if (text.startsWith(u'[')) {
        const qsizetype close = text.indexOf(u']');
        if (close < 0) return Reasons::tr("the bracket of the IPv6 address is not closed");
        endpoint.host = text.mid(1, close - 1).toString();
        rest = text.mid(close + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return Reasons::tr("only :port may follow the IPv6 address");
    } else {
        const qsizetype colon = text.indexOf(u':');
        if (colon >= 0 && text.indexOf(u':', colon + 1) >= 0)
            return Reasons::tr("an IPv6 address needs brackets, as in [::1]");
        if (Reason reason = decodeText(colon < 0 ? text : text.left(colon), endpoint.host))
            return reason;
        rest = colon < 0 ? QStringView() : text.mid(colon);
    }
    if (endpoint.host.isEmpty()) return Reasons::tr("the host is missing");
    for (const QChar c : std::as_const(endpoint.host)) {
        if (c.isSpace() || c == u'\0') return Reasons::tr("the host holds a blank");
    }
    return rest.size() > 1 ? parsePort(rest.mid(1), endpoint) : Reason();
}

Reason parseQuery(QStringView query, Endpoint &endpoint)
{
    for (const QStringView item : query.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = item.indexOf(u'=');
        const QStringView name = equals < 0 ? item : item.left(equals);
        QString value;
        if (Reason reason = decodeText(equals < 0 ? QStringView() : item.mid(equals + 1), value))
            return reason;
        const bool tls = endpoint.transport == Endpoint::Transport::Tls;
        if (name == u"db") {
            if (Reason reason = parseDatabase(value, endpoint.database)) return reason;
        } else if (tls && name == u"ca") {
            endpoint.tls.caFile = value;
        } else if (tls && name == u"cert") {
            endpoint.tls.certificateFile = value;
        } else if (tls && name == u"key") {
            endpoint.tls.keyFile = value;
        } else if (tls && name == u"sni") {
            endpoint.tls.serverName = value;
        } else {
            return Reasons::tr("the option “%1” is unknown here").arg(name);
        }
    }
    return {};
}

Reason parseNetwork(QStringView rest, Endpoint &endpoint)
{
    const qsizetype slash = rest.indexOf(u'/');
    QStringView authority = slash < 0 ? rest : rest.left(slash);
    QStringView path = slash < 0 ? QStringView() : rest.mid(slash + 1);
    // The last @: passwords hold unescaped ones often enough.
    const qsizetype at = authority.lastIndexOf(u'@');
    if (at >= 0) {
        if (Reason reason = parseCredentials(authority.left(at), endpoint)) return reason;
        authority = authority.mid(at + 1);
    }
    if (Reason reason = parseHostAndPort(authority, endpoint)) return reason;
    if (path.endsWith(u'/')) path.chop(1);
    return path.isEmpty() ? Reason() : parseDatabase(path, endpoint.database);
}

Reason parseUnix(QStringView rest, Endpoint &endpoint)
{
    const qsizetype slash = rest.indexOf(u'/');
    const QStringView authority = slash < 0 ? rest : rest.left(slash);
    if (!authority.isEmpty()) {
        if (!authority.endsWith(u'@'))
            return Reasons::tr("the path of the socket must begin with / (redis+unix:///path)");
        if (Reason reason = parseCredentials(authority.chopped(1), endpoint)) return reason;
    }
    if (slash < 0 || rest.size() == slash + 1)
        return Reasons::tr("the path of the socket is missing");
    return decodeText(rest.mid(slash), endpoint.path);
}

QString encoded(const QString &text, const char *keep)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, QByteArray(keep)));
}

QString encodedBytes(BytesView bytes)
{
    const QByteArray raw(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QString::fromLatin1(raw.toPercentEncoding());
}

} // namespace

Result<Endpoint> Endpoint::parse(const QString &url)
{
    const auto invalid = [&](const QString &reason) {
        return failure(ErrorCode::InvalidUrl, {redactedUrl(url), reason});
    };
    const QString trimmed = url.trimmed();
    const qsizetype separator = trimmed.indexOf(QStringLiteral("://"));
    if (separator < 0) return invalid(Reasons::tr("it has no scheme such as redis://"));
    const QString scheme = trimmed.left(separator).toLower();

    Endpoint endpoint;
    if (scheme == QStringLiteral("redis"))
        endpoint.transport = Transport::Tcp;
    else if (scheme == QStringLiteral("rediss"))
        endpoint.transport = Transport::Tls;
    else if (scheme == QStringLiteral("redis+unix"))
        endpoint.transport = Transport::Unix;
    else
        return invalid(Reasons::tr("the scheme “%1” is unknown").arg(scheme));

    // A ? in a password is not a query's begin: look for it behind the last @.
    const QStringView rest = QStringView(trimmed).mid(separator + 3);
    const qsizetype query = rest.indexOf(u'?', std::max<qsizetype>(0, rest.lastIndexOf(u'@')));
    const QStringView place = query < 0 ? rest : rest.left(query);
    Reason reason = endpoint.transport == Transport::Unix ? parseUnix(place, endpoint)
                                                          : parseNetwork(place, endpoint);
    if (!reason && query >= 0) reason = parseQuery(rest.mid(query + 1), endpoint);
    if (reason) return invalid(*reason);
    return endpoint;
}

QString Endpoint::url() const
{
    const QString who = user.empty() ? QString() : encodedBytes(user) + QLatin1Char('@');
    if (transport == Transport::Unix) {
        const QString suffix = database ? QStringLiteral("?db=%1").arg(database) : QString();
        return QStringLiteral("redis+unix://") + who + encoded(path, "/") + suffix;
    }
    QString text =
        transport == Transport::Tls ? QStringLiteral("rediss://") : QStringLiteral("redis://");
    const bool brackets = host.contains(QLatin1Char(':'));
    text += who + (brackets ? QLatin1Char('[') + host + QLatin1Char(']') : encoded(host, ""));
    text += QStringLiteral(":%1/%2").arg(port).arg(database);
    QStringList options;
    const auto option = [&](const char *name, const QString &value) {
        if (!value.isEmpty())
            options += QLatin1String(name) + QLatin1Char('=') + encoded(value, "/");
    };
    option("ca", tls.caFile);
    option("cert", tls.certificateFile);
    option("key", tls.keyFile);
    option("sni", tls.serverName);
    if (!options.isEmpty()) text += QLatin1Char('?') + options.join(QLatin1Char('&'));
    return text;
}

QString Endpoint::displayName() const
{
    return QStringLiteral("%1/%2").arg(place()).arg(database);
}

QString Endpoint::place() const
{
    if (transport == Transport::Unix) return path;
    const bool brackets = host.contains(QLatin1Char(':'));
    return QStringLiteral("%1:%2")
        .arg(brackets ? QLatin1Char('[') + host + QLatin1Char(']') : host)
        .arg(port);
}

QString redactedUrl(const QString &url)
{
    const qsizetype separator = url.indexOf(QStringLiteral("://"));
    const qsizetype begin = separator < 0 ? 0 : separator + 3;
    const qsizetype at = url.lastIndexOf(QLatin1Char('@'));
    if (at < begin) return url;
    const qsizetype colon = url.indexOf(QLatin1Char(':'), begin);
    if (colon < 0 || colon > at) return url;
    return url.left(colon + 1) + QStringLiteral("***") + url.mid(at);
}

} // namespace kvscope
