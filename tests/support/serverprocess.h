// ServerProcess: what the tests' databases have in common: a child process and its end.
#pragma once

#include <QProcess>
#include <QStringList>

#include <functional>
#include <memory>

namespace kvscope::test {

/// Killed by the destructor, and with the test's process. Blocks: for tests.
class ServerProcess
{
  public:
    ~ServerProcess() { kill(); }

    /// `user` empty: as ourselves. Its output goes to `log`.
    void start(const QString &program, const QStringList &arguments, const QString &user,
               const QString &folder, const QString &log);
    bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }
    qint64 id() const { return m_process ? m_process->processId() : 0; }
    /// kill -9 of the process and of its children.
    void kill();

    /// Runs a program to its end; true where it exits with 0.
    static bool run(const QString &program, const QStringList &arguments, const QString &user,
                    const QString &folder, QString *output);
    /// Looks every 10 ms until `done`; false after half a minute.
    static bool waitUntil(const std::function<bool()> &done);

  private:
    std::unique_ptr<QProcess> m_process;
};

} // namespace kvscope::test
