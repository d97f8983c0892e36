// What the lab's tests share: caches, runs, comparisons.
#pragma once

#include "core/llm/decoder.h"
#include "tests/unit/llm/modelwriter.h"

#include <gtest/gtest.h>

namespace kvscope::llm::test {

inline std::shared_ptr<const Model> loadModel(const std::string &bytes)
{
    const TemporaryFile file(bytes);
    auto model = Model::load(file.path());
    if (!model) ADD_FAILURE() << describe(model.error());
    return model ? *model : nullptr;
}

inline std::vector<TokenId> randomTokens(std::size_t count, std::size_t vocab,
                                         std::uint64_t seed = 7)
{
    std::mt19937_64 random(seed);
    std::vector<TokenId> tokens(count);
    for (TokenId &token : tokens) token = static_cast<TokenId>(random() % vocab);
    return tokens;
}

inline KvCache makeCache(const ModelShape &shape, KvFormat format = {},
                         BlockPool::Placement placement = BlockPool::Placement::InOrder)
{
    std::shared_ptr<BlockPool> residual;
    if (format.type == KvType::Kivi2)
        residual = std::make_shared<BlockPool>(KvLayout(shape, KvCache::residualFormat(format)),
                                               placement);
    return KvCache(std::make_shared<BlockPool>(KvLayout(shape, format), placement), residual);
}

/// Logits [tokens · vocab], computed in chunks of the given size.
inline std::vector<float> logitsOf(Decoder &decoder, KvCache &cache,
                                   std::span<const TokenId> tokens, std::size_t chunk)
{
    std::vector<float> all;
    std::vector<float> part;
    for (std::size_t at = 0; at < tokens.size(); at += chunk) {
        const auto ok = decoder.run(tokens.subspan(at, std::min(chunk, tokens.size() - at)), cache,
                                    LogitsFor::All, part);
        if (!ok) ADD_FAILURE() << describe(ok.error());
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

/// Σ(a − b)² / Σ b².
template<class A, class B>
double nmse(const std::vector<A> &a, const std::vector<B> &b)
{
    double error = 0;
    double power = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double d = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        error += d * d;
        power += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return error / power;
}

inline bool sameBits(const std::vector<float> &a, const std::vector<float> &b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

} // namespace kvscope::llm::test
