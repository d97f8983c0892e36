// ModelShape: the numbers that make an architecture of the Llama family.
#pragma once

#include "core/llm/gguf.h"

namespace kvscope::llm {

/// Which two dimensions of a head RoPE turns together.
enum class RopeLayout : std::uint8_t {
    Interleaved, ///< (0,1), (2,3) …: Llama files
    Halves,      ///< (0,n/2), (1,n/2+1) …: GPT-NeoX order, Qwen files
};

struct ModelShape
{
    std::string architecture;
    std::string name;
    std::size_t layers = 0;
    std::size_t dim = 0;
    std::size_t heads = 0;
    std::size_t kvHeads = 0;
    std::size_t headDim = 0;
    std::size_t ffn = 0;
    std::size_t vocab = 0;
    std::size_t context = 0; ///< trained length, a sliding window's where one is declared
    RopeLayout ropeLayout = RopeLayout::Interleaved;
    std::size_t ropeDims = 0;
    double ropeBase = 10'000;
    double ropeScale = 1;           ///< positions are divided by it (linear scaling)
    std::vector<float> ropeFactors; ///< Llama 3: each frequency is divided by its factor; or empty
    float normEpsilon = 1e-5F;

    std::size_t groupSize() const { return heads / kvHeads; }
    /// Values in K and V together, for one token over all layers.
    std::size_t kvValuesPerToken() const { return 2 * layers * kvHeads * headDim; }

    /// FormatUnknown for another architecture or feature, KeyMissing, KeyInvalid.
    static Expected<ModelShape> from(const Gguf &gguf);
};

} // namespace kvscope::llm
