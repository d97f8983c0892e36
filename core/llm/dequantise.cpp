// dequantise: ggml's block formats, value by value.
//
// Each format is a row of units; in a unit, small integers q share a scale d (binary16):
//   Q8_0   32 values   d, 32 × int8                                   x = d·q
//   Q4_0   32 values   d, 16 bytes: low nibbles are values 0–15       x = d·(q − 8)
//   Q4_K  256 values   d, dmin, 8 × (6-bit scale, 6-bit minimum), 128 nibble pairs   x = d·s·q −
//   dmin·m Q6_K  256 values   128 low nibbles, 64 × four 2-bit tops, 16 × int8 scale, d     x =
//   d·s·(q − 32)
// The products are formed in the order in which ggml forms them, so that the floats are the same.
#include "core/llm/dequantise.h"

#include "core/llm/half.h"

#include <cstring>

namespace kvscope::llm {
namespace {

float halfAt(const std::byte *at)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, 2);
    return floatFromHalf(bits);
}

unsigned byteAt(const std::byte *at)
{
    return std::to_integer<unsigned>(*at);
}

int signedAt(const std::byte *at)
{
    return static_cast<std::int8_t>(byteAt(at));
}

void unitQ80(const std::byte *in, float *out)
{
    const float d = halfAt(in);
    for (int i = 0; i < 32; ++i) out[i] = static_cast<float>(signedAt(in + 2 + i)) * d;
}

void unitQ40(const std::byte *in, float *out)
{
    const float d = halfAt(in);
    for (int i = 0; i < 16; ++i) {
        const int pair = static_cast<int>(byteAt(in + 2 + i));
        out[i] = static_cast<float>((pair & 15) - 8) * d;
        out[i + 16] = static_cast<float>((pair >> 4) - 8) * d;
    }
}

struct ScaleAndMinimum
{
    float scale;
    float minimum;
};

// Twelve bytes hold eight 6-bit pairs: the first four whole, the last four split over nibbles and
// the tops of the first eight bytes.
ScaleAndMinimum scaleQ4K(const std::byte *in, int j)
{
    unsigned scale = 0;
    unsigned minimum = 0;
    if (j < 4) {
        scale = byteAt(in + j) & 63U;
        minimum = byteAt(in + j + 4) & 63U;
    } else {
        scale = (byteAt(in + j + 4) & 15U) | ((byteAt(in + j - 4) >> 6U) << 4U);
        minimum = (byteAt(in + j + 4) >> 4U) | ((byteAt(in + j) >> 6U) << 4U);
    }
    return {static_cast<float>(scale), static_cast<float>(minimum)};
}

void unitQ4K(const std::byte *in, float *out)
{
    const float d = halfAt(in);
    const float dmin = halfAt(in + 2);
    const std::byte *nibbles = in + 16;
    for (int pair = 0; pair < 4; ++pair, nibbles += 32) {
        const ScaleAndMinimum low = scaleQ4K(in + 4, 2 * pair);
        const ScaleAndMinimum high = scaleQ4K(in + 4, 2 * pair + 1);
        for (int i = 0; i < 32; ++i, ++out)
            *out =
                d * low.scale * static_cast<float>(byteAt(nibbles + i) & 15U) - dmin * low.minimum;
        for (int i = 0; i < 32; ++i, ++out)
            *out = d * high.scale * static_cast<float>(byteAt(nibbles + i) >> 4U) -
                   dmin * high.minimum;
    }
}

void unitQ6K(const std::byte *in, float *out)
{
    const float d = halfAt(in + 208);
    for (std::ptrdiff_t half = 0; half < 2; ++half) {
        const std::byte *low = in + 64 * half;
        const std::byte *top = in + 128 + 32 * half;
        const std::byte *scales = in + 192 + 8 * half;
        for (int i = 0; i < 32; ++i) {
            const unsigned tops = byteAt(top + i);
            const unsigned quarters[4] = {
                (byteAt(low + i) & 15U) | ((tops & 3U) << 4U),
                (byteAt(low + i + 32) & 15U) | (((tops >> 2U) & 3U) << 4U),
                (byteAt(low + i) >> 4U) | (((tops >> 4U) & 3U) << 4U),
                (byteAt(low + i + 32) >> 4U) | ((tops >> 6U) << 4U),
            };
            for (std::ptrdiff_t q = 0; q < 4; ++q)
                out[128 * half + 32 * q + i] =
                    d * static_cast<float>(signedAt(scales + i / 16 + 2 * q)) *
                    static_cast<float>(static_cast<int>(quarters[q]) - 32);
        }
    }
}

template<class Unit>
void units(std::span<const std::byte> bytes, std::span<float> out, const TensorUnit &size,
           Unit unit)
{
    const std::byte *in = bytes.data();
    for (std::size_t at = 0; at < out.size(); at += size.values, in += size.bytes)
        unit(in, out.data() + at);
}

} // namespace

void dequantise(TensorType type, std::span<const std::byte> bytes, std::span<float> out)
{
    const TensorUnit size = tensorUnit(static_cast<std::uint32_t>(type)).value();
    switch (type) {
    case TensorType::F32:
        std::memcpy(out.data(), bytes.data(), out.size() * 4);
        break;
    case TensorType::F16:
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = halfAt(bytes.data() + 2 * i);
        break;
    case TensorType::BF16:
        for (std::size_t i = 0; i < out.size(); ++i) {
            std::uint16_t bits = 0;
            std::memcpy(&bits, bytes.data() + 2 * i, 2);
            out[i] = floatFromBfloat(bits);
        }
        break;
    case TensorType::Q4_0:
        units(bytes, out, size, unitQ40);
        break;
    case TensorType::Q8_0:
        units(bytes, out, size, unitQ80);
        break;
    case TensorType::Q4_K:
        units(bytes, out, size, unitQ4K);
        break;
    case TensorType::Q6_K:
        units(bytes, out, size, unitQ6K);
        break;
    }
}

} // namespace kvscope::llm
