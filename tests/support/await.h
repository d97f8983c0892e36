// await: runs the event loop until an asynchronous call has answered, for tests alone.
#pragma once

#include "core/async/lifetime.h"
#include "core/async/result.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace kvscope::test {

/// How long tests wait for what must come. A sanitizer's build takes several times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kPatienceMs = 120'000;
#else
inline constexpr int kPatienceMs = 20'000;
#endif

/// `auto r = await<qint64>([&](auto done) { store.keySpace().count(done); });`
/// TimedOut after `milliseconds`.
template<class T, class Start>
Result<T> await(Start start, int milliseconds = kPatienceMs)
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
bool eventually(Condition condition, int milliseconds = kPatienceMs)
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
