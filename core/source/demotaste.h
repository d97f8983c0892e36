// DemoTaste: the invented users of a shop, their feature vectors, and what to recommend them.
//
// Everything follows from a number, as with DemoText: every machine has the same users and items.
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace kvscope {

inline constexpr std::size_t kDemoUsers = 30'000;
inline constexpr std::size_t kDemoFeatures = 64; ///< in a vector
inline constexpr std::size_t kDemoItems = 1'000;
inline constexpr std::size_t kDemoListLength = 10;

/// The vector of `user` as a cache keeps it: 64 float32, little-endian, of length 1. Requires:
/// user ≥ 1.
Bytes demoFeatures(std::uint64_t user);
/// Whether `bytes` have the form of a vector.
bool isDemoFeatures(BytesView bytes);

/// The items and their vectors. Immutable; takes a few ms to make.
class DemoShop
{
  public:
    DemoShop();

    /// The ten items whose vectors point most where `features` do, best first, as JSON:
    /// {"user":7,"items":[{"id":12,"title":"…","score":0.4310},…]}. Requires:
    /// isDemoFeatures(features).
    Bytes recommend(std::uint64_t user, BytesView features) const;

  private:
    using Vector = std::array<float, kDemoFeatures>;

    std::vector<Vector> m_items;
    std::vector<std::string> m_titles; // quoted
};

} // namespace kvscope
