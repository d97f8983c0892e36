// Sampler: the next token out of logits.
#pragma once

#include "core/llm/tokenizer.h"

#include <random>

namespace kvscope::llm {

struct SamplerOptions
{
    double temperature = 0; ///< 0: greedy, and the rest does not matter
    std::size_t topK = 0;   ///< the k likeliest alone; 0: all
    double topP = 1;        ///< the likeliest that together reach p (nucleus; Holtzman et al. 2020)
    std::uint64_t seed = 0;
};

/// The same seed and the same logits give the same tokens, on every machine.
class Sampler
{
  public:
    explicit Sampler(SamplerOptions options) : m_options(options), m_random(options.seed) {}

    TokenId next(std::span<const float> logits);
    const SamplerOptions &options() const { return m_options; }

    /// Where its random numbers stand, as text. restore() is false for nonsense.
    std::string memory() const;
    bool restore(const std::string &memory);

    /// The likeliest; of equals the first.
    static TokenId greedy(std::span<const float> logits);

  private:
    SamplerOptions m_options;
    std::mt19937_64 m_random;
    std::vector<std::pair<double, TokenId>> m_candidates; // kept for its memory
};

/// ln Σ exp(logits): what turns a logit into a log-probability by subtraction.
double logSumExp(std::span<const float> logits);
/// Σ p · ln(p/q) in nats, of the distributions that two rows of logits mean.
double klDivergence(std::span<const float> p, std::span<const float> q);

} // namespace kvscope::llm
