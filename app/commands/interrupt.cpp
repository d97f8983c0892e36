// Interrupt: a pipe to itself, since a signal handler may do next to nothing.
#include "app/commands/interrupt.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace kvscope {
namespace {

int g_pipe[2] = {-1, -1};
std::string g_lastWords; // set before the handler that reads it
int g_exit = 0;

void onSignalEnd(int)
{
    [[maybe_unused]] const auto written =
        ::write(STDOUT_FILENO, g_lastWords.data(), g_lastWords.size());
    ::_exit(g_exit);
}

void onSignal(int)
{
    const char byte = 1;
    // Full means that one is on its way already.
    [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0) qFatal("no pipe for signals");
    m_notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &Interrupt::take);
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

Interrupt::~Interrupt()
{
    for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);
    for (int &end : g_pipe) {
        ::close(end);
        end = -1;
    }
}

void Interrupt::endAtOnce(std::string lastWords, int exit)
{
    g_lastWords = std::move(lastWords);
    g_exit = exit;
    for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, onSignalEnd);
}

void Interrupt::take()
{
    char bytes[16];
    while (::read(g_pipe[0], bytes, sizeof bytes) > 0) m_raised = true;
    if (m_raised) emit interrupted();
}

} // namespace kvscope
