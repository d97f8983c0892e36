// Sampler: temperature, top-k, top-p.
#include "core/llm/sampler.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace kvscope::llm {

TokenId Sampler::greedy(std::span<const float> logits)
{
    return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

TokenId Sampler::next(std::span<const float> logits)
{
    if (!(m_options.temperature > 0)) return greedy(logits);
    m_candidates.clear();
    for (std::size_t i = 0; i < logits.size(); ++i)
        m_candidates.emplace_back(static_cast<double>(logits[i]) / m_options.temperature,
                                  static_cast<TokenId>(i));
    const auto likelier = [](const auto &a, const auto &b) {
        return a.first > b.first || (a.first == b.first && a.second < b.second);
    };
    if (m_options.topK > 0 && m_options.topK < m_candidates.size()) {
        std::nth_element(m_candidates.begin(),
                         m_candidates.begin() + static_cast<std::ptrdiff_t>(m_options.topK) - 1,
                         m_candidates.end(), likelier);
        m_candidates.resize(m_options.topK);
    }
    std::sort(m_candidates.begin(), m_candidates.end(), likelier);
    const double most = m_candidates.front().first;
    double sum = 0;
    for (auto &[weight, token] : m_candidates) sum += weight = std::exp(weight - most);
    if (m_options.topP < 1) {
        double reached = 0;
        std::size_t kept = 0;
        while (kept < m_candidates.size() && (kept == 0 || reached < m_options.topP * sum))
            reached += m_candidates[kept++].first;
        m_candidates.resize(kept);
        sum = reached;
    }
    // The 53 high bits as a fraction: the library's distributions differ between implementations.
    double left = static_cast<double>(m_random() >> 11U) * 0x1p-53 * sum;
    for (const auto &[weight, token] : m_candidates) {
        if (left < weight) return token;
        left -= weight;
    }
    return m_candidates.back().second;
}

std::string Sampler::memory() const
{
    std::ostringstream out;
    out << m_random;
    return out.str();
}

bool Sampler::restore(const std::string &memory)
{
    std::istringstream in(memory);
    in >> m_random;
    return !in.fail();
}

double logSumExp(std::span<const float> logits)
{
    const double most = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (const float x : logits) sum += std::exp(static_cast<double>(x) - most);
    return most + std::log(sum);
}

double klDivergence(std::span<const float> p, std::span<const float> q)
{
    const double zp = logSumExp(p);
    const double zq = logSumExp(q);
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double a = static_cast<double>(p[i]) - zp;
        sum += std::exp(a) * (a - (static_cast<double>(q[i]) - zq));
    }
    return sum;
}

} // namespace kvscope::llm
