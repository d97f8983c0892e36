// dequantise: encoded tensor rows as floats.
#pragma once

#include "core/llm/gguf.h"

namespace kvscope::llm {

/// Decodes `out.size()` values from the start of `bytes`.
/// Requires: tensorUnit(type), a whole number of units, and as many bytes as they take.
void dequantise(TensorType type, std::span<const std::byte> bytes, std::span<float> out);

} // namespace kvscope::llm
