// Result<T>: a value or an Error. Nothing in core throws across a room's border.
#pragma once

#include "core/async/error.h"

#include <tl/expected.hpp>

#include <functional>

namespace kvscope {

template<class T>
using Result = tl::expected<T, Error>;

/// What an asynchronous call ends in. Called exactly once, on the thread its Lifetime belongs to.
template<class T>
using Callback = std::function<void(Result<T>)>;

/// `return failure(ErrorCode::KeyNotFound, {key});`
inline tl::unexpected<Error> failure(ErrorCode code, QStringList parameters = {})
{
    return tl::unexpected<Error>(Error(code, std::move(parameters)));
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace kvscope
