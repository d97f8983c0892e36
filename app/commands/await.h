// await: waits for an asynchronous call in a verb, which has no window to keep alive.
#pragma once

#include "app/commands/interrupt.h"
#include "core/async/lifetime.h"
#include "core/async/result.h"

#include <QEventLoop>

#include <optional>

namespace kvscope {

/// `auto keys = await<std::int64_t>(interrupt, [&](auto done) { store.keySpace().count(done); });`
/// Cancelled after Ctrl+C.
template<class T, class Start>
Result<T> await(Interrupt &interrupt, Start start)
{
    Lifetime lifetime;
    std::optional<Result<T>> answer;
    QEventLoop loop;
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, &QEventLoop::quit);
    start(Callback<T>(lifetime.guard([&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    })));
    if (!answer && !interrupt.raised()) loop.exec();
    if (!answer) return failure(ErrorCode::Cancelled);
    return std::move(*answer);
}

} // namespace kvscope
