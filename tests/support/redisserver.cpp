// redis-server as a child process.
#include "tests/support/redisserver.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <charconv>
#include <chrono>
#include <thread>

namespace kvscope::test {
namespace {

constexpr int kStartMs = 15'000;

/// A blocking client of a few lines: tests must not look through the code they test.
class Looker
{
  public:
    explicit Looker(const QString &path) : m_descriptor(socket(AF_UNIX, SOCK_STREAM, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray bytes = path.toLocal8Bit();
        std::copy_n(bytes.constData(),
                    std::min<qsizetype>(bytes.size(), sizeof address.sun_path - 1),
                    address.sun_path);
        m_open = connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~Looker() { close(m_descriptor); }
    Looker(const Looker &) = delete;
    Looker &operator=(const Looker &) = delete;

    bool isOpen() const { return m_open; }

    Bytes run(const std::vector<Bytes> &argv)
    {
        Bytes wire = "*" + std::to_string(argv.size()) + "\r\n";
        for (const Bytes &argument : argv)
            wire += "$" + std::to_string(argument.size()) + "\r\n" + argument + "\r\n";
        for (std::size_t at = 0; at < wire.size();) {
            const ssize_t sent =
                send(m_descriptor, wire.data() + at, wire.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return "-closed";
            at += std::size_t(sent);
        }
        return reply();
    }

  private:
    bool fill()
    {
        char chunk[4096];
        const ssize_t got = recv(m_descriptor, chunk, sizeof chunk, 0);
        if (got > 0) m_buffer.append(chunk, std::size_t(got));
        return got > 0;
    }

    Bytes take(std::size_t size)
    {
        while (m_buffer.size() < size) {
            if (!fill()) return "-closed";
        }
        Bytes taken = m_buffer.substr(0, size);
        m_buffer.erase(0, size);
        return taken;
    }

    Bytes reply()
    {
        std::size_t end = 0;
        while ((end = m_buffer.find("\r\n")) == Bytes::npos) {
            if (!fill()) return "-closed";
        }
        const Bytes line = take(end + 2).substr(0, end);
        long long count = 0;
        std::from_chars(line.data() + 1, line.data() + line.size(), count);
        switch (line[0]) {
        case '$':
            return count < 0 ? "(nil)" : take(std::size_t(count) + 2).substr(0, std::size_t(count));
        case '*': {
            Bytes joined;
            for (long long i = 0; i < count; ++i) joined += (i ? "\n" : "") + reply();
            return joined;
        }
        case '-':
            return line;
        default:
            return line.substr(1);
        }
    }

    int m_descriptor;
    bool m_open = false;
    Bytes m_buffer;
};

} // namespace

namespace {

int anyFreePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(descriptor, reinterpret_cast<sockaddr *>(&address), size);
    getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    close(descriptor);
    return ntohs(address.sin_port);
}

} // namespace

int freePort()
{
    // A cluster node also listens on its port + 10,000, which must be a port too.
    constexpr int kHighest = 55'000;
    int port = anyFreePort();
    while (port > kHighest) port = anyFreePort();
    return port;
}

RedisServer::RedisServer(QStringList options) : m_port(freePort()), m_tlsPort(freePort())
{
    for (QString &option : options) {
        option.replace(QStringLiteral("{tls}"), QString::number(m_tlsPort));
        option.replace(QStringLiteral("{dir}"), m_folder.path());
    }
    m_options = options;
    start();
}

RedisServer::~RedisServer()
{
    kill();
}

QString RedisServer::url(const QString &credentials, int database) const
{
    const QString who = credentials.isEmpty() ? QString() : credentials + QLatin1Char('@');
    return QStringLiteral("redis://") + who +
           QStringLiteral("127.0.0.1:%1/%2").arg(m_port).arg(database);
}

QString RedisServer::unixUrl(int database) const
{
    return QStringLiteral("redis+unix://%1?db=%2").arg(socketPath()).arg(database);
}

void RedisServer::kill()
{
    if (!m_process) return;
    thaw();
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

void RedisServer::start(const QStringList &more)
{
    m_process = std::make_unique<QProcess>();
    m_process->setWorkingDirectory(m_folder.path());
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_folder.filePath(QStringLiteral("log")));
    m_process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    const QStringList base{QStringLiteral("--port"),       QString::number(m_port),
                           QStringLiteral("--bind"),       QStringLiteral("127.0.0.1"),
                           QStringLiteral("--unixsocket"), socketPath(),
                           QStringLiteral("--save"),       QString(),
                           QStringLiteral("--appendonly"), QStringLiteral("no"),
                           QStringLiteral("--dir"),        m_folder.path()};
    m_process->start(QStringLiteral("redis-server"), base + m_options + more);
    ASSERT_TRUE(m_process->waitForStarted()) << "redis-server can't be started";
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartMs);
    while (!Looker(socketPath()).isOpen()) {
        ASSERT_LT(std::chrono::steady_clock::now(), until) << "redis-server does not listen";
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void RedisServer::freeze()
{
    if (m_process) ::kill(pid_t(m_process->processId()), SIGSTOP);
}

void RedisServer::thaw()
{
    if (m_process) ::kill(pid_t(m_process->processId()), SIGCONT);
}

void RedisServer::setCredentials(Bytes user, Bytes password)
{
    m_user = std::move(user);
    m_password = std::move(password);
}

Bytes RedisServer::run(const std::vector<Bytes> &argv) const
{
    Looker looker(socketPath());
    if (!looker.isOpen()) return "-closed";
    if (!m_password.empty()) {
        const Bytes answer = m_user.empty() ? looker.run({"AUTH", m_password})
                                            : looker.run({"AUTH", m_user, m_password});
        if (answer != "OK") return answer;
    }
    return looker.run(argv);
}

} // namespace kvscope::test
