// DemoTaste: vectors from numbers, and a product of each with each.
#include "core/source/demotaste.h"

#include "core/source/demotext.h"
#include "core/value/jsondocument.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numeric>

namespace kvscope {
namespace {

using Vector = std::array<float, kDemoFeatures>;

static_assert(std::endian::native == std::endian::little, "vectors are written as they lie");

// SplitMix64 (Steele, Lea, Flood 2014): the same on every machine, as std's distributions are not.
struct Mixer
{
    std::uint64_t state;

    std::uint64_t next()
    {
        std::uint64_t z = state += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    // -1 … 1; the sum of three looks enough like a bell.
    float part()
    {
        float sum = 0;
        for (int i = 0; i < 3; ++i)
            sum += static_cast<float>(next() >> 40U) / static_cast<float>(1U << 24U);
        return sum / 1.5F - 1;
    }
};

Vector vectorOf(std::uint64_t seed)
{
    Mixer mixer{seed};
    Vector vector{};
    float squares = 0;
    for (float &part : vector) {
        part = mixer.part();
        squares += part * part;
    }
    const float length = std::sqrt(squares);
    for (float &part : vector) part /= length;
    return vector;
}

} // namespace

Bytes demoFeatures(std::uint64_t user)
{
    const Vector vector = vectorOf(user << 20U);
    Bytes bytes(sizeof vector, '\0');
    std::memcpy(bytes.data(), vector.data(), sizeof vector);
    return bytes;
}

bool isDemoFeatures(BytesView bytes)
{
    return bytes.size() == sizeof(Vector);
}

DemoShop::DemoShop()
{
    m_items.reserve(kDemoItems);
    m_titles.reserve(kDemoItems);
    for (std::size_t item = 1; item <= kDemoItems; ++item) {
        m_items.push_back(vectorOf(item));
        m_titles.push_back(quoteJson(demoDocument(static_cast<std::int64_t>(item)).title));
    }
}

Bytes DemoShop::recommend(std::uint64_t user, BytesView features) const
{
    Vector taste{};
    std::memcpy(taste.data(), features.data(), sizeof taste);
    std::array<float, kDemoItems> scores{};
    for (std::size_t item = 0; item < kDemoItems; ++item)
        scores[item] = std::inner_product(taste.begin(), taste.end(), m_items[item].begin(), 0.0F);
    std::array<std::uint16_t, kDemoItems> order{};
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    // Two sums that are equal keep their items' order; one that is no number comes last.
    const auto isBetter = [&](std::uint16_t a, std::uint16_t b) {
        const float left = std::isnan(scores[a]) ? -INFINITY : scores[a];
        const float right = std::isnan(scores[b]) ? -INFINITY : scores[b];
        return left > right || (left == right && a < b);
    };
    std::partial_sort(order.begin(), order.begin() + kDemoListLength, order.end(), isBetter);
    Bytes json = "{\"user\":" + std::to_string(user) + ",\"items\":[";
    for (std::size_t i = 0; i < kDemoListLength; ++i) {
        const std::size_t item = order[i];
        const float score = std::isfinite(scores[item]) ? scores[item] : 0;
        std::array<char, 64> digits{};
        std::snprintf(digits.data(), digits.size(), "%.4f", static_cast<double>(score));
        json.append(i == 0 ? "{\"id\":" : ",{\"id\":").append(std::to_string(item + 1));
        json.append(",\"title\":").append(m_titles[item]);
        json.append(",\"score\":").append(digits.data()).append("}");
    }
    return json + "]}";
}

} // namespace kvscope
