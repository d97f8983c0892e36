// EtcdLease: grant, a transaction that makes the key where it is not there, keepalive, revoke.
#include "core/jobs/etcdlease.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace kvscope {
namespace {

constexpr int kPatienceMs = 3'000;

QString base64(const Bytes &bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

Bytes fromBase64(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1()).toStdString();
}

Error trouble(const QString &detail)
{
    return Error(ErrorCode::SourceFailed, {QStringLiteral("etcd"), detail});
}

// `WORK OWNER`.
bool isOf(const Bytes &value, const Bytes &work)
{
    return value.starts_with(work + ' ');
}

} // namespace

// The gateway answers a stream (keepalive) as one object after another: the first is enough.
Result<QJsonObject> EtcdLease::post(const QString &path, const QJsonObject &body) const
{
    QNetworkAccessManager network; // of this thread, for this one call
    QNetworkRequest request(QUrl(m_url + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setTransferTimeout(kPatienceMs);
    const std::unique_ptr<QNetworkReply> reply(
        network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact)));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished()) loop.exec();
    const QByteArray first = reply->readAll().split('\n').constFirst();
    const QJsonObject object = QJsonDocument::fromJson(first).object();
    if (reply->error() != QNetworkReply::NoError) {
        const QString said = object[QLatin1String("message")].toString();
        return failure(trouble(said.isEmpty() ? reply->errorString() : said));
    }
    return object;
}

QJsonObject EtcdLease::keyObject() const
{
    return {{QStringLiteral("key"), base64("kvscope/lease/" + m_name)}};
}

Result<std::unique_ptr<EtcdLease>> EtcdLease::take(const QString &url, const Bytes &name,
                                                   const Bytes &work, const Bytes &owner,
                                                   std::chrono::milliseconds time)
{
    QString base = url;
    while (base.endsWith(QLatin1Char('/'))) base.chop(1);
    std::unique_ptr<EtcdLease> lease(new EtcdLease(base, name));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    const auto granted = lease->post(
        QStringLiteral("/v3/lease/grant"),
        {{QStringLiteral("TTL"), static_cast<qint64>(std::max<std::int64_t>(seconds, 1))}});
    if (!granted) return failure(granted.error());
    lease->m_lease = (*granted)[QLatin1String("ID")].toString();
    if (lease->m_lease.isEmpty()) return failure(trouble(QStringLiteral("no lease was granted")));
    const auto claimed = lease->claim(work + ' ' + owner, work);
    if (!claimed) {
        lease->giveBack();
        return failure(claimed.error());
    }
    return lease;
}

Result<bool> EtcdLease::claim(const Bytes &value, const Bytes &work)
{
    QJsonObject put = keyObject();
    put.insert(QStringLiteral("value"), base64(value));
    put.insert(QStringLiteral("lease"), m_lease);
    QJsonObject compare = keyObject();
    compare.insert(QStringLiteral("target"), QStringLiteral("CREATE"));
    compare.insert(QStringLiteral("create_revision"), QStringLiteral("0"));
    // Twice: once against nobody, and once against an earlier process of the same work.
    for (int round = 0; round < 2; ++round) {
        const QJsonObject transaction{
            {QStringLiteral("compare"), QJsonArray{compare}},
            {QStringLiteral("success"),
             QJsonArray{QJsonObject{{QStringLiteral("request_put"), put}}}},
            {QStringLiteral("failure"),
             QJsonArray{QJsonObject{{QStringLiteral("request_range"), keyObject()}}}}};
        const auto answer = post(QStringLiteral("/v3/kv/txn"), transaction);
        if (!answer) return failure(answer.error());
        if ((*answer)[QLatin1String("succeeded")].toBool()) {
            const QJsonObject header = (*answer)[QLatin1String("header")].toObject();
            m_token = header[QLatin1String("revision")].toString().toLongLong();
            return true;
        }
        const QJsonObject there =
            (*answer)[QLatin1String("responses")][0][QLatin1String("response_range")]
                     [QLatin1String("kvs")][0]
                         .toObject();
        const Bytes holder = fromBase64(there[QLatin1String("value")]);
        if (!isOf(holder, work))
            return failure(ErrorCode::LeaseHeld,
                           {QString::fromStdString(m_name), QString::fromStdString(holder)});
        compare.remove(QStringLiteral("create_revision"));
        compare.insert(QStringLiteral("target"), QStringLiteral("MOD"));
        compare.insert(QStringLiteral("mod_revision"), there[QLatin1String("mod_revision")]);
    }
    return failure(ErrorCode::LeaseHeld, {QString::fromStdString(m_name), QString()});
}

EtcdLease::State EtcdLease::keepAlive()
{
    const auto answer =
        post(QStringLiteral("/v3/lease/keepalive"), {{QStringLiteral("ID"), m_lease}});
    if (!answer) return State::Unreachable;
    // A lease that is gone has no time left.
    const QJsonObject result = (*answer)[QLatin1String("result")].toObject();
    return result[QLatin1String("TTL")].toString().toLongLong() > 0 ? State::Held : State::Lost;
}

void EtcdLease::giveBack()
{
    (void)post(QStringLiteral("/v3/lease/revoke"), {{QStringLiteral("ID"), m_lease}});
}

} // namespace kvscope
