// Half-precision numbers: IEEE binary16 and bfloat16, one at a time. Exact both ways; rounding is
// to nearest, ties to even, as the hardware does it.
#pragma once

#include <bit>
#include <cstdint>

namespace kvscope::llm {

inline float floatFromHalf(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 0x1FU;
    const std::uint32_t mantissa = half & 0x3FFU;
    if (exponent == 0x1FU) return std::bit_cast<float>(sign | 0x7F800000U | (mantissa << 13U));
    if (exponent != 0)
        return std::bit_cast<float>(sign | ((exponent + 112U) << 23U) | (mantissa << 13U));
    const float small = static_cast<float>(mantissa) * 0x1p-24F; // subnormal, exact
    return sign != 0 ? -small : small;
}

inline std::uint16_t halfFromFloat(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
    std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude >= 0x7F800000U) // infinity, or a quiet NaN
        return static_cast<std::uint16_t>(sign | 0x7C00U | (magnitude > 0x7F800000U ? 0x200U : 0U));
    if (magnitude >= 0x477FF000U) return static_cast<std::uint16_t>(sign | 0x7C00U);
    if (magnitude < 0x38800000U) { // becomes subnormal: let the adder round
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(
            sign | static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(shifted) - 0x3F000000U));
    }
    magnitude += 0xC8000FFFU + ((magnitude >> 13U) & 1U);
    return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(magnitude >> 13U));
}

inline float floatFromBfloat(std::uint16_t bits)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

} // namespace kvscope::llm
