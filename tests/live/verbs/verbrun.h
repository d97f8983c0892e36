// VerbRun: the built binary as a script would run it.
#pragma once

#include "core/base/bytes.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <gtest/gtest.h>

#include <csignal>
#include <sys/prctl.h>
#include <vector>

namespace kvscope::test {

struct VerbRun
{
    int exit = -1;
    Bytes out;
    Bytes err;

    /// Lines of JSON output.
    std::vector<QJsonObject> lines() const
    {
        std::vector<QJsonObject> objects;
        for (const QByteArray &line : QByteArray::fromStdString(out).split('\n'))
            if (!line.isEmpty()) objects.push_back(QJsonDocument::fromJson(line).object());
        return objects;
    }
    /// The last line; fails the test where it is not a result that says how the process ended.
    QJsonObject result() const
    {
        const auto all = lines();
        if (all.empty()) {
            ADD_FAILURE() << "no JSON line; standard error: " << err;
            return {};
        }
        EXPECT_EQ(all.back()[QStringLiteral("event")].toString(), QStringLiteral("result"));
        EXPECT_TRUE(all.back()[QStringLiteral("done")].toBool());
        EXPECT_EQ(all.back()[QStringLiteral("exit")].toInt(-1), exit);
        return all.back();
    }
    QString errorCode() const
    {
        for (const QJsonObject &line : lines())
            if (line[QStringLiteral("event")].toString() == QLatin1String("error"))
                return line[QStringLiteral("code")].toString();
        return {};
    }
};

inline QString binaryPath()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/kvscope");
}

/// Starts the binary; it dies with the test.
inline void startVerb(QProcess &process, const QStringList &arguments,
                      const QStringList &environment = {})
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.remove(QStringLiteral("DISPLAY"));
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(binaryPath(), arguments);
}

inline VerbRun finished(QProcess &process)
{
    VerbRun run;
    if (!process.waitForFinished(60'000)) {
        ADD_FAILURE() << "did not end: " << process.arguments().join(u' ').toStdString();
        process.kill();
        process.waitForFinished();
    }
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    run.exit = process.exitCode();
    run.out = process.readAllStandardOutput().toStdString();
    run.err = process.readAllStandardError().toStdString();
    return run;
}

inline VerbRun verb(const QStringList &arguments, const Bytes &input = {},
                    const QStringList &environment = {})
{
    QProcess process;
    startVerb(process, arguments, environment);
    process.write(input.data(), qint64(input.size()));
    process.closeWriteChannel();
    return finished(process);
}

} // namespace kvscope::test
