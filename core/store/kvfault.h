// kvFault: what core/llm could not do, as an Error that windows and verbs can show.
#pragma once

#include "core/async/result.h"
#include "core/llm/fault.h"

namespace kvscope {

/// `model`: the file's path, for faults that are about the file.
Error errorOf(const llm::Fault &fault, const QString &model);

} // namespace kvscope
