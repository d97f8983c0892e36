// Certificates by the openssl program, with elliptic keys: RSA ones take seconds.
#include "tests/support/tlscerts.h"

#include <QFile>
#include <QProcess>

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

constexpr auto kLoopback = "DNS:localhost,IP:127.0.0.1";

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

void TlsCerts::openssl(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    ASSERT_TRUE(process.waitForFinished() && process.exitCode() == 0)
        << process.readAll().toStdString();
}

void TlsCerts::sign(const char *name, const QString &subject, const QString &names) const
{
    const QString base = QString::fromLatin1(name);
    openssl(words("req -new -key server.key -subj") +
            QStringList{subject, QStringLiteral("-out"), base + QStringLiteral(".csr")});
    write(file((base + QStringLiteral(".ext")).toLatin1().constData()),
          "subjectAltName=" + names.toLatin1() + "\n");
    openssl(words("x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -in") +
            QStringList{base + QStringLiteral(".csr"), QStringLiteral("-extfile"),
                        base + QStringLiteral(".ext"), QStringLiteral("-out"),
                        base + QStringLiteral(".crt")});
}

TlsCerts::TlsCerts()
{
    for (const char *name : {"ca", "other"}) {
        const QString base = QString::fromLatin1(name);
        openssl(words("ecparam -name prime256v1 -genkey -noout -out") +
                QStringList{base + QStringLiteral(".key")});
        openssl(words("req -x509 -new -days 3650 -key") +
                QStringList{base + QStringLiteral(".key"), QStringLiteral("-subj"),
                            QStringLiteral("/CN=kvscope test ") + base, QStringLiteral("-out"),
                            base + QStringLiteral(".crt")});
    }
    openssl(words("ecparam -name prime256v1 -genkey -noout -out server.key"));
    sign("good", QStringLiteral("/CN=localhost"), QLatin1String(kLoopback));
    sign("client", QStringLiteral("/CN=client"), QStringLiteral("DNS:client"));
    sign("elsewhere", QStringLiteral("/CN=elsewhere.example"),
         QStringLiteral("DNS:elsewhere.example"));

    // `openssl x509` can't date a certificate back; `openssl ca` can.
    write(file("index.txt"), {});
    write(file("serial"), "1000\n");
    write(file("ca.conf"),
          "[ca]\ndefault_ca=d\n[d]\ndir=.\nnew_certs_dir=.\ndatabase=index.txt\nserial=serial\n"
          "certificate=ca.crt\nprivate_key=ca.key\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
          "[p]\ncommonName=supplied\n[e]\nsubjectAltName=" +
              QByteArray(kLoopback) + "\n");
    openssl(words("req -new -key server.key -subj /CN=localhost -out expired.csr"));
    openssl(words("ca -batch -config ca.conf -extensions e -startdate 20200101000000Z "
                  "-enddate 20200102000000Z -in expired.csr -out expired.crt -notext"));
}

QStringList TlsCerts::serverOptions(const QString &certificate, bool wantsClientCertificate) const
{
    return {QStringLiteral("--tls-port"),
            QStringLiteral("{tls}"),
            QStringLiteral("--tls-cert-file"),
            certificate,
            QStringLiteral("--tls-key-file"),
            key(),
            QStringLiteral("--tls-ca-cert-file"),
            ca(),
            QStringLiteral("--tls-auth-clients"),
            wantsClientCertificate ? QStringLiteral("yes") : QStringLiteral("no")};
}

} // namespace kvscope::test
