// Interrupt: Ctrl+C as a signal of the event loop.
#pragma once

#include <QObject>

#include <string>

class QSocketNotifier;

namespace kvscope {

/// One per process, in the main thread. The first SIGINT or SIGTERM is told; a second one ends the
/// process at once, in case the clean end takes too long.
class Interrupt : public QObject
{
    Q_OBJECT

  public:
    Interrupt();
    ~Interrupt() override;

    bool raised() const { return m_raised; }

    /// For work that can't be told to stop: from now on a signal writes `lastWords` to standard
    /// output and ends the process with `exit`.
    void endAtOnce(std::string lastWords, int exit);

  signals:
    void interrupted();

  private:
    void take();

    QSocketNotifier *m_notifier;
    bool m_raised = false;
};

} // namespace kvscope
