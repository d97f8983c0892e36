// TlsCerts: a little authority with the certificates that tests need, made by the openssl program.
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace kvscope::test {

/// Files live as long as this does. Made once a test suite: keys take a moment.
class TlsCerts
{
  public:
    TlsCerts();

    QString ca() const { return file("ca.crt"); }               ///< signed all below
    QString strangerCa() const { return file("other.crt"); }    ///< signed none of them
    QString key() const { return file("server.key"); }          ///< of every certificate below
    QString good() const { return file("good.crt"); }           ///< for localhost and 127.0.0.1
    QString expired() const { return file("expired.crt"); }     ///< for the same, until 2020-01-02
    QString otherHost() const { return file("elsewhere.crt"); } ///< for elsewhere.example
    QString client() const { return file("client.crt"); }       ///< for a client

    /// redis-server options that serve `certificate` on RedisServer's "{tls}" port.
    QStringList serverOptions(const QString &certificate,
                              bool wantsClientCertificate = false) const;

  private:
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void openssl(const QStringList &arguments) const;
    void sign(const char *name, const QString &subject, const QString &names) const;

    QTemporaryDir m_folder;
};

} // namespace kvscope::test
