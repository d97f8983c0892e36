// labModel: what the lab's verbs share: the model, the cache's options, work that Ctrl+C ends.
#pragma once

#include "app/commands/verb.h"
#include "core/llm/session.h"

#include <functional>
#include <stop_token>

namespace kvscope {

/// `--model FILE`, or the shipped one. FileUnreadable, ModelUnusable; WrongUsage where none is
/// named and none is shipped.
Result<std::shared_ptr<const llm::Model>> labModel(const Arguments &arguments);
/// What errors call the model.
QString labModelPath(const Arguments &arguments);

/// `--kv --rotate --cache --threads --seed --temp --top-k --top-p`. WrongUsage.
Result<llm::Session::Options> labOptions(const Arguments &arguments);

/// A whole number from `least` up. WrongUsage.
Result<std::size_t> labNumber(const Arguments &arguments, const char *name, std::size_t fallback,
                              std::size_t least);

/// Runs `work` on a thread of its own; Ctrl+C asks it to stop. Returns when it has ended.
Result<bool> labWork(Interrupt &interrupt,
                     const std::function<Result<bool>(std::stop_token)> &work);

} // namespace kvscope
