// await: runs the event loop until an asynchronous call has answered, for tests alone.
#pragma once

#include "core/async/lifetime.h"
#include "core/async/result.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace kvscope::test {

/// `auto r = await<qint64>([&](auto done) { store.keySpace().count(done); });`
/// TimedOut after `milliseconds`.
template<class T, class Start>
Result<T> await(Start start, int milliseconds = 20000)
{
    Lifetime lifetime;
    std::optional<Result<T>> answer;
    QEventLoop loop;
    start(Callback<T>(lifetime.guard([&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    })));
    QTimer::singleShot(milliseconds, &loop, [&] { loop.quit(); });
    if (!answer) loop.exec();
    if (!answer)
        return failure(ErrorCode::TimedOut,
                       {QStringLiteral("test"), QString::number(milliseconds)});
    return std::move(*answer);
}

/// Runs the event loop until `condition()` holds; false after `milliseconds`.
template<class Condition>
bool eventually(Condition condition, int milliseconds = 20000)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!condition()) {
        if (deadline.hasExpired()) return false;
        QEventLoop loop;
        QTimer::singleShot(2, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

} // namespace kvscope::test
