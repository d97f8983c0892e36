// randomModel: a GGUF file of any size with random weights, for measurements.
#pragma once

#include "core/async/result.h"

namespace kvscope::bench {

struct ModelSize
{
    std::uint32_t layers = 12;
    std::uint32_t dim = 768;
    std::uint32_t heads = 12;
    std::uint32_t kvHeads = 12;
    std::uint32_t ffn = 2048;
    std::uint32_t vocab = 32'000;
};

/// Llama-shaped, tied embeddings, F32 matrices (so that no decoder gains by reading fewer bytes)
/// whose values are small enough for numbers to stay finite. The default has 110 M parameters.
/// FileUnwritable.
Result<bool> writeRandomModel(const QString &path, const ModelSize &size);

} // namespace kvscope::bench
