// ModelCatalogue: what known models keep for each token, from their published configurations, and
// what that means for a GPU.
//
//     full attention, each layer     2 · kv_heads · head_dim values a token
//     window layers                  the same, but for the last `window` tokens alone
//     latent attention (MLA)         kv_rank + rope_dims values a token and layer, K and V together
//                                    (DeepSeek-V2, 2024)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kvscope::llm {

struct KnownModel
{
    std::string_view name;
    double billions = 0; ///< parameters, all of them
    std::uint32_t layers = 0;
    std::uint32_t kvHeads = 0;
    std::uint32_t headDim = 0;
    std::uint32_t context = 0;      ///< tokens
    std::uint32_t latentRank = 0;   ///< MLA: kv_lora_rank; 0: keys and values of their own
    std::uint32_t latentRope = 0;   ///< MLA: qk_rope_head_dim
    std::uint32_t windowLayers = 0; ///< of layers: those with a sliding window
    std::uint32_t window = 0;       ///< tokens
    std::string_view source;        ///< where the numbers stand
};

/// By size within a family. Static; never empty.
std::span<const KnownModel> knownModels();

/// How keys and values are kept in a server's memory.
struct Keeping
{
    double kvBits = 16;             ///< with the scales: 8.5 for int8 in groups of 32
    double weightBits = 16;         ///< of a parameter
    double memoryGiB = 80;          ///< of one GPU
    double usable = 0.9;            ///< of it: the rest is activations and the runtime
    std::uint32_t gpus = 1;         ///< that share weights and cache evenly
    std::uint64_t context = 8192;   ///< tokens a user has in the cache
    std::uint64_t reserved = 0;     ///< tokens reserved for each user; 0: pages of 16
    std::uint64_t sharedPrefix = 0; ///< of context: tokens that all users have in common
};

struct Capacity
{
    double bytesPerToken = 0; ///< beyond every window
    double bytesPerUser = 0;  ///< with its share of reserved room or the last page's slack
    double sharedBytes = 0;   ///< kept once
    double weightBytes = 0;   ///< on all GPUs together
    double roomBytes = 0;     ///< for the cache, on all GPUs together; 0: the weights don't fit
    std::uint64_t users = 0;
};

/// Values that `tokens` tokens of one user take, windows considered.
double kvValues(const KnownModel &model, std::uint64_t tokens);
Capacity capacityOf(const KnownModel &model, const Keeping &keeping);

} // namespace kvscope::llm
