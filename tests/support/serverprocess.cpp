// ServerProcess: fork, a user of its own, a process group of its own.
#include "tests/support/serverprocess.h"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace kvscope::test {
namespace {

// PostgreSQL refuses to run as root, and MariaDB should not.
std::function<void()> becoming(const QString &user)
{
    const passwd *entry = user.isEmpty() ? nullptr : getpwnam(user.toLocal8Bit().constData());
    const uid_t uid = entry ? entry->pw_uid : getuid();
    const gid_t gid = entry ? entry->pw_gid : getgid();
    const bool change = entry && getuid() == 0;
    return [uid, gid, change] {
        setpgid(0, 0);
        if (change && (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0))
            _exit(126);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // behind setuid, which clears it
    };
}

} // namespace

void ServerProcess::start(const QString &program, const QStringList &arguments, const QString &user,
                          const QString &folder, const QString &log)
{
    m_process = std::make_unique<QProcess>();
    m_process->setWorkingDirectory(folder);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(log);
    m_process->setChildProcessModifier(becoming(user));
    m_process->start(program, arguments);
    m_process->waitForStarted();
}

void ServerProcess::kill()
{
    if (!m_process) return;
    const auto group = static_cast<pid_t>(m_process->processId());
    if (group > 0) ::kill(-group, SIGKILL);
    m_process->waitForFinished();
    m_process.reset();
}

bool ServerProcess::run(const QString &program, const QStringList &arguments, const QString &user,
                        const QString &folder, QString *output)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier(becoming(user));
    process.start(program, arguments);
    const bool ended = process.waitForFinished(120'000);
    if (output) *output = QString::fromLocal8Bit(process.readAll());
    return ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool ServerProcess::waitUntil(const std::function<bool()> &done)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

} // namespace kvscope::test
