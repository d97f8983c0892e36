// referenceForward: the transformer in double precision, the plainest way there is.
#pragma once

#include "core/llm/tokenizer.h"
#include "tests/unit/llm/modelwriter.h"

#include <cmath>

namespace kvscope::llm::test {

inline std::vector<double> times(const Matrix &matrix, const std::vector<double> &x)
{
    std::vector<double> out(matrix.size());
    for (std::size_t r = 0; r < matrix.size(); ++r)
        for (std::size_t c = 0; c < x.size(); ++c) out[r] += matrix[r][c] * x[c];
    return out;
}

inline std::vector<double> normed(std::vector<double> x, const std::vector<double> &weight,
                                  double epsilon)
{
    double sum = 0;
    for (const double v : x) sum += v * v;
    const double factor = 1 / std::sqrt(sum / static_cast<double>(x.size()) + epsilon);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] *= factor * weight[i];
    return x;
}

/// One head's vector: the model's norm, then the turn by its position.
inline std::vector<double> headOf(const RandomModel &m, const std::vector<double> &all,
                                  std::size_t head, const std::vector<double> &norm,
                                  std::size_t position)
{
    std::vector<double> x(all.begin() + static_cast<std::ptrdiff_t>(head * m.headDim),
                          all.begin() + static_cast<std::ptrdiff_t>((head + 1) * m.headDim));
    if (!norm.empty()) x = normed(x, norm, static_cast<double>(static_cast<float>(m.epsilon)));
    const bool halves = m.architecture != "llama";
    for (std::size_t i = 0; i < m.headDim / 2; ++i) {
        const std::size_t a = halves ? i : 2 * i;
        const std::size_t b = halves ? i + m.headDim / 2 : 2 * i + 1;
        double angle =
            static_cast<double>(position) *
            std::pow(m.ropeBase, -2.0 * static_cast<double>(i) / static_cast<double>(m.headDim));
        if (!m.ropeFactors.empty()) angle /= m.ropeFactors[i];
        const double turned = x[a] * std::cos(angle) - x[b] * std::sin(angle);
        x[b] = x[a] * std::sin(angle) + x[b] * std::cos(angle);
        x[a] = turned;
    }
    return x;
}

inline void add(std::vector<double> &x, const std::vector<double> &y)
{
    for (std::size_t i = 0; i < y.size(); ++i) x[i] += y[i];
}

/// Logits [tokens][vocab] of a model without any cache.
inline Matrix referenceForward(const RandomModel &m, const std::vector<TokenId> &tokens)
{
    const double epsilon = static_cast<double>(static_cast<float>(m.epsilon));
    Matrix x;
    for (const TokenId token : tokens) x.push_back(m.embedding[token]);
    for (const RandomModel::Layer &layer : m.weights) {
        Matrix q, k, v;
        for (const auto &row : x) {
            const std::vector<double> h = normed(row, layer.attentionNorm, epsilon);
            add(q.emplace_back(times(layer.q, h)), layer.qBias);
            add(k.emplace_back(times(layer.k, h)), layer.kBias);
            add(v.emplace_back(times(layer.v, h)), layer.vBias);
        }
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            std::vector<double> mixed(m.heads * m.headDim);
            for (std::size_t head = 0; head < m.heads; ++head) {
                const std::size_t kv = head * m.kvHeads / m.heads;
                const std::vector<double> query = headOf(m, q[t], head, layer.qNorm, t);
                std::vector<double> weights;
                double sum = 0;
                for (std::size_t s = 0; s <= t; ++s) {
                    const std::vector<double> key = headOf(m, k[s], kv, layer.kNorm, s);
                    double score = 0;
                    for (std::size_t d = 0; d < m.headDim; ++d) score += query[d] * key[d];
                    sum += weights.emplace_back(
                        std::exp(score / std::sqrt(static_cast<double>(m.headDim))));
                }
                for (std::size_t s = 0; s <= t; ++s)
                    for (std::size_t d = 0; d < m.headDim; ++d)
                        mixed[head * m.headDim + d] += weights[s] / sum * v[s][kv * m.headDim + d];
            }
            add(x[t], times(layer.output, mixed));
        }
        for (auto &row : x) {
            const std::vector<double> h = normed(row, layer.ffnNorm, epsilon);
            std::vector<double> gate = times(layer.gate, h);
            const std::vector<double> up = times(layer.up, h);
            for (std::size_t i = 0; i < gate.size(); ++i)
                gate[i] *= up[i] / (1 + std::exp(-gate[i]));
            add(row, times(layer.down, gate));
        }
    }
    Matrix logits;
    for (const auto &row : x) logits.push_back(times(m.head, normed(row, m.outputNorm, epsilon)));
    return logits;
}

} // namespace kvscope::llm::test
