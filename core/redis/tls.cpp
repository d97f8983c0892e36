// TLS by QSslSocket: always verified, never an ignored error.
#include "core/redis/tls.h"

#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

#include <array>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Tls)
};

tl::unexpected<Error> unusable(const QString &path, const QString &reason)
{
    return failure(ErrorCode::TlsFileUnreadable, {path, reason});
}

Result<QByteArray> contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return unusable(path, file.errorString());
    return file.readAll();
}

Result<QList<QSslCertificate>> certificates(const QString &path)
{
    const Result<QByteArray> pem = contents(path);
    if (!pem) return failure(pem.error());
    const QList<QSslCertificate> list = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (list.isEmpty()) return unusable(path, Reasons::tr("it holds no PEM certificate"));
    return list;
}

Result<QSslKey> privateKey(const QString &path)
{
    const Result<QByteArray> pem = contents(path);
    if (!pem) return failure(pem.error());
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(*pem, algorithm, QSsl::Pem);
        if (!key.isNull()) return key;
    }
    return unusable(path, Reasons::tr("it holds no unencrypted PEM key"));
}

bool isAboutName(QSslError::SslError error)
{
    return error == QSslError::HostNameMismatch;
}

bool isAboutDate(QSslError::SslError error)
{
    return error == QSslError::CertificateExpired;
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const TlsSettings &settings)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!settings.caFile.isEmpty()) {
        const auto authorities = certificates(settings.caFile);
        if (!authorities) return failure(authorities.error());
        configuration.setCaCertificates(*authorities);
    }
    if (!settings.certificateFile.isEmpty()) {
        const auto chain = certificates(settings.certificateFile);
        if (!chain) return failure(chain.error());
        const auto key =
            privateKey(settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile);
        if (!key) return failure(key.error());
        configuration.setLocalCertificateChain(*chain);
        configuration.setPrivateKey(*key);
    }
    return configuration;
}

Error tlsError(const QString &host, const QList<QSslError> &errors, const QString &detail)
{
    const QSslError *name = nullptr;
    const QSslError *date = nullptr;
    for (const QSslError &error : errors) {
        if (isAboutName(error.error()))
            name = &error;
        else if (isAboutDate(error.error()))
            date = &error;
        else
            return Error(ErrorCode::TlsUntrusted, {host, error.errorString()});
    }
    if (date)
        return Error(ErrorCode::TlsExpired,
                     {host, date->certificate().expiryDate().toUTC().toString(Qt::ISODate)});
    if (name) return Error(ErrorCode::TlsHostMismatch, {host});
    return Error(ErrorCode::TlsFailed, {host, detail});
}

} // namespace kvscope
