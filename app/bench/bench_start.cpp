// bench start: process start to the first painted frame, against a bare QMainWindow, and RSS then.
//
// Both sides are this binary, so both load the same libraries; the bare side builds one empty
// QMainWindow of the same size. The clock runs in this process, from before fork() to the line that
// the child writes once its first frame was flushed.
#include "app/bench/cases.h"
#include "app/firstpaint.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace kvscope::bench {
namespace {

constexpr double kGoalRatio = 4.5;
constexpr double kGoalMib = 75;
constexpr int kPairs = 15;
constexpr int kPatienceMs = 20'000;

enum class Side : std::uint8_t { Ours, Bare };

struct Start
{
    double seconds = 0;
    double residentMib = 0;
};

double residentMibOf(pid_t child)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(child));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return double(file.readAll().split(' ').value(1).toLongLong()) * double(sysconf(_SC_PAGESIZE)) /
           (1024.0 * 1024.0);
}

[[noreturn]] void runChild(Side side, const QByteArray &program, const QByteArray &language,
                           const QByteArray &state, int out)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out, STDOUT_FILENO);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("KVSCOPE_STATE", state.constData(), 1);
    setenv(side == Side::Bare ? kBareVariable : kReportVariable, "1", 1);
    execl(program.constData(), program.constData(), "--lang", language.constData(), nullptr);
    _exit(127);
}

/// Starts one side, waits for its first frame, ends it.
std::optional<Start> startOnce(Side side, const QByteArray &language)
{
    const QTemporaryDir state;
    const QByteArray program = QFile::encodeName(QCoreApplication::applicationFilePath());
    const QByteArray folder = QFile::encodeName(state.path());
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) runChild(side, program, language, folder, ends[1]);
    close(ends[1]);

    std::optional<Start> start;
    pollfd readable{ends[0], POLLIN, 0};
    char first = 0;
    if (child > 0 && poll(&readable, 1, kPatienceMs) == 1 && read(ends[0], &first, 1) == 1 &&
        first == kPaintedLine[0]) {
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        start = Start{took.count(), residentMibOf(child)};
    }
    close(ends[0]);
    if (child > 0) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
    }
    return start;
}

struct Samples
{
    std::vector<double> ours, bare, ratios, ourMib, bareMib;
};

bool measure(const QByteArray &language, int pairs, const Context &context, Samples &samples)
{
    for (int pair = 0; pair < pairs; ++pair) {
        std::optional<Start> ours, bare;
        if (pair % 2 == 0) ours = startOnce(Side::Ours, language);
        bare = startOnce(Side::Bare, language);
        if (pair % 2 == 1) ours = startOnce(Side::Ours, language);
        if (!ours || !bare) return false;
        samples.ours.push_back(ours->seconds);
        samples.bare.push_back(bare->seconds);
        samples.ratios.push_back(ours->seconds / bare->seconds);
        samples.ourMib.push_back(ours->residentMib);
        samples.bareMib.push_back(bare->residentMib);
        context.progress(QStringLiteral("%1, pair %2 of %3: %4 ms against %5 ms, %6 MiB")
                             .arg(QString::fromLatin1(language))
                             .arg(pair + 1)
                             .arg(pairs)
                             .arg(ours->seconds * 1e3, 0, 'f', 1)
                             .arg(bare->seconds * 1e3, 0, 'f', 1)
                             .arg(ours->residentMib, 0, 'f', 1));
    }
    return true;
}

} // namespace

Result<Outcome> benchStart(const Context &context)
{
    const int pairs = context.number(QStringLiteral("pairs"), kPairs);
    // The first start of a binary reads it from the disk; that is not what is compared.
    startOnce(Side::Ours, "en");
    startOnce(Side::Bare, "en");

    Outcome outcome;
    for (const char *language : {"en", "zh_CN"}) {
        Samples samples;
        if (!measure(language, pairs, context, samples))
            return failure(ErrorCode::SourceFailed,
                           {QStringLiteral("start"), QStringLiteral("no frame was painted")});
        const QString suffix = QLatin1Char('_') + QString::fromLatin1(language);
        outcome.figures[QStringLiteral("first_paint_ms") + suffix] = median(samples.ours) * 1e3;
        outcome.figures[QStringLiteral("rss_mib") + suffix] = median(samples.ourMib);
        outcome.reference[QStringLiteral("first_paint_ms") + suffix] = median(samples.bare) * 1e3;
        outcome.reference[QStringLiteral("rss_mib") + suffix] = median(samples.bareMib);
        outcome.ratios.push_back({QStringLiteral("first_paint") + suffix, median(samples.ratios),
                                  Ratio::Better::Lower, kGoalRatio});
        outcome.ratios.push_back({QStringLiteral("rss_mib") + suffix, median(samples.ourMib),
                                  Ratio::Better::Lower, kGoalMib});
    }
    return outcome;
}

} // namespace kvscope::bench
