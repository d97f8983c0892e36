// ModelCatalogue: the table and its arithmetic.
#include "core/llm/modelcatalogue.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kvscope::llm {
namespace {

constexpr double kPage = 16; // tokens

// Where a page could not be read itself, its numbers are from the configurations that
// Lightning-AI/litgpt (litgpt/config.py, which names the page of each) and pytorch/torchtitan
// (torchtitan/models/llama/__init__.py) keep; "as … quotes it" says so.
// name, billions, layers, kv heads, head dim, context, MLA rank and rope, window layers and window
constexpr std::array kModels{
    KnownModel{"GPT-2 XL", 1.56, 48, 25, 64, 1024, 0, 0, 0, 0,
               "config.json of openai-community/gpt2-xl"},
    KnownModel{"TinyLlama 1.1B", 1.1, 22, 4, 64, 2048, 0, 0, 0, 0,
               "config.json of TinyLlama/TinyLlama-1.1B-Chat-v1.0, as litgpt quotes it"},
    KnownModel{"SmolLM2 135M", 0.135, 30, 3, 64, 8192, 0, 0, 0, 0,
               "config.json of HuggingFaceTB/SmolLM2-135M, as litgpt quotes it"},
    KnownModel{"SmolLM2 1.7B", 1.71, 24, 32, 64, 8192, 0, 0, 0, 0,
               "config.json of HuggingFaceTB/SmolLM2-1.7B, as litgpt quotes it"},
    KnownModel{"Llama 2 7B", 6.74, 32, 32, 128, 4096, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-2-7b-hf, as torchtitan has it; arXiv:2307.09288"},
    KnownModel{"Llama 2 13B", 13.0, 40, 40, 128, 4096, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-2-13b-hf, as torchtitan has it; arXiv:2307.09288"},
    KnownModel{"Llama 2 70B", 69.0, 80, 8, 128, 4096, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-2-70b-hf, as torchtitan has it; arXiv:2307.09288"},
    KnownModel{"Llama 3 8B", 8.03, 32, 8, 128, 8192, 0, 0, 0, 0,
               "config.json of meta-llama/Meta-Llama-3-8B, as litgpt quotes it; arXiv:2407.21783"},
    KnownModel{"Llama 3.2 1B", 1.24, 16, 8, 64, 131072, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-3.2-1B, as litgpt quotes it"},
    KnownModel{"Llama 3.2 3B", 3.21, 28, 8, 128, 131072, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-3.2-3B, as litgpt quotes it"},
    KnownModel{"Llama 3.1 8B", 8.03, 32, 8, 128, 131072, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-3.1-8B, as litgpt quotes it; arXiv:2407.21783"},
    KnownModel{"Llama 3.1 70B", 70.6, 80, 8, 128, 131072, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-3.1-70B, as litgpt quotes it; arXiv:2407.21783"},
    KnownModel{"Llama 3.1 405B", 405.9, 126, 8, 128, 131072, 0, 0, 0, 0,
               "config.json of meta-llama/Llama-3.1-405B, as litgpt quotes it; arXiv:2407.21783"},
    KnownModel{"Mistral 7B v0.1", 7.24, 32, 8, 128, 32768, 0, 0, 32, 4096,
               "config.json of mistralai/Mistral-7B-v0.1, as litgpt quotes it; arXiv:2310.06825"},
    KnownModel{"Mixtral 8x7B", 46.7, 32, 8, 128, 32768, 0, 0, 0, 0,
               "config.json of mistralai/Mixtral-8x7B-v0.1, as litgpt quotes it; arXiv:2401.04088"},
    KnownModel{"Qwen2 7B", 7.62, 28, 4, 128, 131072, 0, 0, 0, 0,
               "config.json of Qwen/Qwen2-7B; arXiv:2407.10671"},
    KnownModel{"Qwen2.5 0.5B", 0.494, 24, 2, 64, 32768, 0, 0, 0, 0,
               "config.json of Qwen/Qwen2.5-0.5B, as litgpt quotes it; arXiv:2412.15115"},
    KnownModel{"Qwen2.5 7B", 7.62, 28, 4, 128, 131072, 0, 0, 0, 0,
               "config.json of Qwen/Qwen2.5-7B, as litgpt quotes it; arXiv:2412.15115"},
    KnownModel{"Qwen2.5 72B", 72.7, 80, 8, 128, 131072, 0, 0, 0, 0,
               "config.json of Qwen/Qwen2.5-72B, as litgpt quotes it; arXiv:2412.15115"},
    KnownModel{"Qwen3 8B", 8.19, 36, 8, 128, 40960, 0, 0, 0, 0,
               "config.json of Qwen/Qwen3-8B; arXiv:2505.09388"},
    KnownModel{"Qwen3 32B", 32.8, 64, 8, 128, 40960, 0, 0, 0, 0,
               "config.json of Qwen/Qwen3-32B; arXiv:2505.09388"},
    KnownModel{"Qwen3 235B-A22B", 235.1, 94, 4, 128, 40960, 0, 0, 0, 0,
               "config.json of Qwen/Qwen3-235B-A22B; arXiv:2505.09388"},
    KnownModel{"Gemma 2 9B", 9.24, 42, 8, 256, 8192, 0, 0, 21, 4096,
               "config.json of google/gemma-2-9b, as litgpt quotes it; arXiv:2408.00118: every "
               "other layer local"},
    KnownModel{"Gemma 3 27B", 27.4, 62, 16, 128, 131072, 0, 0, 52, 1024,
               "config.json of google/gemma-3-27b-it; arXiv:2503.19786: five local to one global"},
    KnownModel{"Phi-3 mini 4K", 3.82, 32, 32, 96, 4096, 0, 0, 32, 2047,
               "config.json of microsoft/Phi-3-mini-4k-instruct; arXiv:2404.14219"},
    KnownModel{"DeepSeek-V2", 236.0, 60, 1, 576, 163840, 512, 64, 0, 0,
               "config.json of deepseek-ai/DeepSeek-V2; arXiv:2405.04434"},
    KnownModel{"DeepSeek-V3", 671.0, 61, 1, 576, 163840, 512, 64, 0, 0,
               "config.json of deepseek-ai/DeepSeek-V3; arXiv:2412.19437"},
};

double pages(double tokens)
{
    return std::ceil(tokens / kPage) * kPage;
}

} // namespace

std::span<const KnownModel> knownModels()
{
    return kModels;
}

double kvValues(const KnownModel &model, std::uint64_t tokens)
{
    const double perLayer = model.latentRank > 0 ? model.latentRank + model.latentRope
                                                 : 2.0 * model.kvHeads * model.headDim;
    const auto all = static_cast<double>(tokens);
    const double seen = model.window > 0 ? std::min(all, static_cast<double>(model.window)) : all;
    return perLayer * ((model.layers - model.windowLayers) * all + model.windowLayers * seen);
}

Capacity capacityOf(const KnownModel &model, const Keeping &keeping)
{
    Capacity out;
    const double bytes = keeping.kvBits / 8;
    // What one more token costs where no window has passed it yet.
    out.bytesPerToken = kvValues(model, 1) * bytes;
    out.weightBytes = model.billions * 1e9 * keeping.weightBits / 8;
    const std::uint64_t shared = std::min(keeping.sharedPrefix, keeping.context);
    out.sharedBytes = kvValues(model, shared) * bytes;
    const double held = keeping.reserved > 0
                            ? static_cast<double>(std::max(keeping.reserved, keeping.context))
                            : pages(static_cast<double>(keeping.context));
    out.bytesPerUser = kvValues(model, static_cast<std::uint64_t>(held)) * bytes - out.sharedBytes;
    const double memory =
        keeping.memoryGiB * keeping.gpus * keeping.usable * static_cast<double>(1ULL << 30U);
    out.roomBytes = std::max(0.0, memory - out.weightBytes);
    const double room = out.roomBytes - out.sharedBytes;
    if (room > 0 && out.bytesPerUser > 0)
        out.users = static_cast<std::uint64_t>(room / out.bytesPerUser);
    return out;
}

} // namespace kvscope::llm
