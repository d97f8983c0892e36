// FirstPaint: one line on standard output after the first frame.
#include "app/firstpaint.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <unistd.h>

namespace kvscope {
namespace {

/// Sees the window's first Paint event; the line goes out once that event and its flush are over.
class FirstPaint final : public QObject
{
  public:
    using QObject::QObject;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QTimer::singleShot(0, this, [] {
                const QByteArrayView line(kPaintedLine);
                [[maybe_unused]] const auto written =
                    ::write(STDOUT_FILENO, line.data(), std::size_t(line.size()));
            });
        }
        return false;
    }

  private:
    bool m_seen = false;
};

} // namespace

bool wantsFirstPaintReport()
{
    return qEnvironmentVariableIsSet(kReportVariable);
}

bool isBareWindowStart()
{
    return qEnvironmentVariableIsSet(kBareVariable);
}

void reportFirstPaint(QWidget *window)
{
    window->installEventFilter(new FirstPaint(window));
}

} // namespace kvscope
