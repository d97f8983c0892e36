// BoostedTrees: bins, histograms, splits.
#include "core/trace/boostedtrees.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kvscope::trace {
namespace {

constexpr double kHighestScore = 20; // e^20 accesses: keeps exp() finite

double expected(double score)
{
    return std::exp(std::clamp(score, -kHighestScore, kHighestScore));
}

} // namespace

void BoostedTrees::makeBins(std::span<const Sample> samples)
{
    std::vector<float> values(samples.size());
    for (std::size_t f = 0; f < kFeatures; ++f) {
        for (std::size_t i = 0; i < samples.size(); ++i) values[i] = samples[i].features[f];
        std::sort(values.begin(), values.end());
        std::vector<float> &edges = m_edges[f];
        edges.clear();
        for (std::size_t bin = 1; bin < kBins; ++bin) {
            const float edge = values[bin * values.size() / kBins];
            if (edge > values.front() && (edges.empty() || edge > edges.back()))
                edges.push_back(edge);
        }
        // Rare large values are what matters in counts: the top of the distribution gets bins too.
        for (double share = 1.0 / 128; share > 1e-4 && edges.size() < kBins - 1; share /= 2) {
            const auto at =
                static_cast<std::size_t>(static_cast<double>(values.size() - 1) * (1 - share));
            if (edges.empty() ? values[at] > values.front() : values[at] > edges.back())
                edges.push_back(values[at]);
        }
    }
    m_binned.resize(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        for (std::size_t f = 0; f < kFeatures; ++f)
            m_binned[i][f] = static_cast<std::uint8_t>(binOf(f, samples[i].features[f]));
}

std::size_t BoostedTrees::binOf(std::size_t feature, float value) const
{
    const std::vector<float> &edges = m_edges[feature];
    return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), value) -
                                    edges.begin());
}

BoostedTrees::Split BoostedTrees::bestSplit(const Histogram &histogram) const
{
    Split best;
    const auto value = [this](const Sums &sums) {
        return sums.gradient * sums.gradient / (sums.hessian + m_shape.restraint);
    };
    for (std::size_t f = 0; f < kFeatures; ++f) {
        Sums all;
        for (const Sums &bin : histogram[f]) {
            all.gradient += bin.gradient;
            all.hessian += bin.hessian;
            all.weight += bin.weight;
        }
        Sums left;
        for (std::size_t bin = 0; bin < m_edges[f].size(); ++bin) {
            left.gradient += histogram[f][bin].gradient;
            left.hessian += histogram[f][bin].hessian;
            left.weight += histogram[f][bin].weight;
            const Sums right{all.gradient - left.gradient, all.hessian - left.hessian,
                             all.weight - left.weight};
            if (left.weight < m_shape.leastPerLeaf || right.weight < m_shape.leastPerLeaf) continue;
            const double gain = value(left) + value(right) - value(all);
            if (gain > best.gain) best = {gain, f, bin};
        }
    }
    return best;
}

BoostedTrees::Tree BoostedTrees::grow(std::span<const Sample> samples,
                                      const std::vector<double> &score) const
{
    const auto depth = static_cast<std::size_t>(m_shape.depth);
    const std::size_t inner = (std::size_t{1} << depth) - 1;
    Tree tree;
    // A node that is not split sends everything to the left.
    tree.nodes.resize(inner, {0, std::numeric_limits<float>::infinity()});
    std::vector<std::uint32_t> node(samples.size(), 0);
    std::vector<float> gradient(samples.size());
    std::vector<float> hessian(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double rate = expected(score[i]);
        const double weight = samples[i].weight / (1 + m_shape.spread * rate);
        gradient[i] = static_cast<float>(weight * (rate - samples[i].count));
        hessian[i] = static_cast<float>(weight * rate);
    }
    std::vector<Histogram> histograms;
    for (std::size_t level = 0; level < depth; ++level) {
        const std::size_t first = (std::size_t{1} << level) - 1;
        histograms.assign(first + 1, Histogram{});
        for (std::size_t i = 0; i < samples.size(); ++i) {
            Histogram &histogram = histograms[node[i] - first];
            for (std::size_t f = 0; f < kFeatures; ++f) {
                Sums &sums = histogram[f][m_binned[i][f]];
                sums.gradient += gradient[i];
                sums.hessian += hessian[i];
                sums.weight += samples[i].weight;
            }
        }
        std::vector<Split> splits;
        for (std::size_t n = 0; n <= first; ++n) {
            splits.push_back(bestSplit(histograms[n]));
            const Split &split = splits.back();
            if (split.gain > 0)
                tree.nodes[first + n] = {static_cast<std::uint8_t>(split.feature),
                                         m_edges[split.feature][split.bin]};
        }
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const Split &split = splits[node[i] - first];
            const bool right = split.gain > 0 && m_binned[i][split.feature] > split.bin;
            node[i] = node[i] * 2 + (right ? 2 : 1);
        }
    }
    std::vector<Sums> sums(inner + 1);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        sums[node[i] - inner].gradient += gradient[i];
        sums[node[i] - inner].hessian += hessian[i];
    }
    for (const Sums &leaf : sums)
        tree.leaves.push_back(static_cast<float>(
            m_shape.rate * std::clamp(-leaf.gradient / (leaf.hessian + m_shape.restraint),
                                      -m_shape.longestStep, m_shape.longestStep)));
    return tree;
}

void BoostedTrees::fit(std::span<const Sample> samples)
{
    m_trees.clear();
    if (samples.empty()) return;
    makeBins(samples);
    double prior = 0;
    double count = 0;
    for (const Sample &sample : samples) {
        prior += double{sample.weight} * sample.prior;
        count += double{sample.weight} * sample.count;
    }
    m_base = std::log(std::max(count, 1e-6) / prior);
    std::vector<double> score;
    score.reserve(samples.size());
    for (const Sample &sample : samples) score.push_back(m_base + std::log(double{sample.prior}));
    for (int n = 0; n < m_shape.trees; ++n) {
        Tree tree = grow(samples, score);
        for (std::size_t i = 0; i < samples.size(); ++i)
            score[i] += tree.leaves[leafOf(tree, samples[i].features)];
        m_trees.push_back(std::move(tree));
    }
    m_binned = {};
}

std::size_t BoostedTrees::leafOf(const Tree &tree, const Features &features) const
{
    std::size_t at = 0;
    while (at < tree.nodes.size()) {
        const Node &node = tree.nodes[at];
        at = 2 * at + (features[node.feature] < node.below ? 1 : 2);
    }
    return at - tree.nodes.size();
}

double BoostedTrees::predict(const Features &features, double prior) const
{
    double score = m_base + std::log(prior);
    for (const Tree &tree : m_trees) score += tree.leaves[leafOf(tree, features)];
    return expected(score);
}

} // namespace kvscope::trace
