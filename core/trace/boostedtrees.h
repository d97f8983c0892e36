// BoostedTrees: gradient-boosted regression trees over a handful of features.
//
// Each tree is grown level by level over histograms of 64 quantile bins a feature, and corrects
// what the trees before it left (Friedman 2001; the histograms as in LightGBM, Ke et al. 2017). The
// loss is that of Poisson counts under a log link, so the forest answers with an expected count: it
// can't be below zero, and a key asked for a thousand times does not drown a thousand keys asked
// for once. The first tree starts from a prior that a simple rule gives each sample, so that the
// forest learns where the rule is wrong instead of learning the rule: with 64 bins it could not
// tell the few most asked for apart, and those matter most (measured: up to a fifth of the hits of
// a small cache).
//
// Fit: O(trees · depth · samples · features). Predict: O(trees · depth).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kvscope::trace {

inline constexpr std::size_t kFeatures = 20;
using Features = std::array<float, kFeatures>;

/// What was seen of something at one time, and how often it was asked for afterwards.
struct Sample
{
    Features features{};
    float prior = 0; ///< what a simple rule expects; above 0
    float count = 0;
    float weight = 1; ///< how many like it this one stands for
};

/// Not thread-safe while it is fitted; predict() is const. The same samples give the same forest.
class BoostedTrees
{
  public:
    struct Shape
    {
        int trees = 60;
        int depth = 3;            ///< of each: 2^depth leaves
        double rate = 0.1;        ///< how much of a tree's correction is taken
        double leastPerLeaf = 20; ///< weight of samples
        double restraint = 60;    ///< of a leaf's value, towards none
        double longestStep = 0.5; ///< of a leaf, before the rate
        double spread = 0.3;      ///< counts vary by m + spread · m² around their mean m
    };

    BoostedTrees() = default;
    explicit BoostedTrees(Shape shape) : m_shape(shape) {}

    /// Forgets what it knew and learns from `samples`.
    void fit(std::span<const Sample> samples);
    bool isFitted() const { return !m_trees.empty(); }
    /// Expected count. Requires: fitted, and prior above 0.
    double predict(const Features &features, double prior) const;

  private:
    static constexpr std::size_t kBins = 64;
    struct Node
    {
        std::uint8_t feature = 0;
        float below = 0; ///< left where the feature is below this
    };
    struct Tree
    {
        std::vector<Node> nodes;   // a heap: the children of i are 2i + 1 and 2i + 2
        std::vector<float> leaves; // 2^depth
    };
    struct Split
    {
        double gain = 0;
        std::size_t feature = 0;
        std::size_t bin = 0; // left: bins up to and with it
    };
    struct Sums
    {
        double gradient = 0;
        double hessian = 0;
        double weight = 0;
    };
    using Histogram = std::array<std::array<Sums, kBins>, kFeatures>;

    void makeBins(std::span<const Sample> samples);
    std::size_t binOf(std::size_t feature, float value) const;
    Tree grow(std::span<const Sample> samples, const std::vector<double> &score) const;
    Split bestSplit(const Histogram &histogram) const;
    std::size_t leafOf(const Tree &tree, const Features &features) const;

    Shape m_shape{};
    double m_base = 0; // log of what the counts are to the priors
    std::vector<Tree> m_trees;
    std::array<std::vector<float>, kFeatures> m_edges;         // of the bins, ascending
    std::vector<std::array<std::uint8_t, kFeatures>> m_binned; // of the samples, while fitting
};

} // namespace kvscope::trace
