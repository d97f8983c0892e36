// kvCodec: the formats of KV blocks.
#include "core/llm/kvcodec.h"

#include "core/llm/half.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace kvscope::llm {
namespace {

constexpr std::size_t kT = kBlockTokens;

void putHalf(std::byte *base, std::size_t index, std::uint16_t bits)
{
    std::memcpy(base + 2 * index, &bits, 2);
}

float halfAt(const std::byte *base, std::size_t index)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, base + 2 * index, 2);
    return floatFromHalf(bits);
}

/// The affine code of a group: x ≈ scale · code + minimum, code in 0 … levels.
struct Affine
{
    std::uint16_t scaleBits;
    std::uint16_t minimumBits;
    float inverse;
    float minimum;
    float levels;

    Affine(const float *x, std::size_t size, std::size_t step, float most) : levels(most)
    {
        float low = x[0];
        float high = x[0];
        for (std::size_t i = 1; i < size; ++i) {
            low = std::min(low, x[i * step]);
            high = std::max(high, x[i * step]);
        }
        minimumBits = halfFromFloat(low);
        minimum = floatFromHalf(minimumBits);
        scaleBits = halfFromFloat((high - minimum) / levels);
        const float scale = floatFromHalf(scaleBits);
        inverse = scale > 0 ? 1 / scale : 0;
    }
    unsigned code(float x) const
    {
        return static_cast<unsigned>(
            std::clamp(std::nearbyint((x - minimum) * inverse), 0.0F, levels));
    }
};

void encodeBytes(const float *x, std::size_t size, std::int8_t *codes, std::size_t step,
                 std::uint16_t &scaleBits)
{
    float most = 0;
    for (std::size_t i = 0; i < size; ++i) most = std::max(most, std::abs(x[i]));
    scaleBits = halfFromFloat(most / 127);
    const float scale = floatFromHalf(scaleBits);
    const float inverse = scale > 0 ? 1 / scale : 0;
    for (std::size_t i = 0; i < size; ++i)
        codes[i * step] =
            static_cast<std::int8_t>(std::clamp(std::nearbyint(x[i] * inverse), -127.0F, 127.0F));
}

void setNibble(std::byte *at, bool high, unsigned code)
{
    const unsigned old = std::to_integer<unsigned>(*at);
    *at = static_cast<std::byte>(high ? (old & 0x0FU) | (code << 4U) : (old & 0xF0U) | code);
}

void encodeFloats(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
                  const float *value)
{
    const std::size_t n = layout.headDim();
    for (std::size_t i = 0; i < n; ++i) std::memcpy(head + (i * kT + slot) * 4, key + i, 4);
    std::memcpy(head + layout.values() + slot * n * 4, value, n * 4);
}

void encodeHalves(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
                  const float *value)
{
    const std::size_t n = layout.headDim();
    for (std::size_t i = 0; i < n; ++i) putHalf(head, i * kT + slot, halfFromFloat(key[i]));
    for (std::size_t i = 0; i < n; ++i)
        putHalf(head + layout.values(), slot * n + i, halfFromFloat(value[i]));
}

void encodeQ8(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
              const float *value)
{
    const std::size_t n = layout.headDim();
    const std::size_t dims = layout.groupDims();
    auto *keys = reinterpret_cast<std::int8_t *>(head);
    auto *values = reinterpret_cast<std::int8_t *>(head + layout.values());
    for (std::size_t g = 0; g < layout.groups(); ++g) {
        std::uint16_t scale = 0;
        encodeBytes(key + g * dims, dims, keys + g * dims * kT + slot, kT, scale);
        putHalf(head + layout.keyScales(), g * kT + slot, scale);
        encodeBytes(value + g * dims, dims, values + slot * n + g * dims, 1, scale);
        putHalf(head + layout.valueScales(), slot * layout.groups() + g, scale);
    }
}

void encodeQ4(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
              const float *value)
{
    const std::size_t n = layout.headDim();
    const std::size_t dims = layout.groupDims();
    for (std::size_t g = 0; g < layout.groups(); ++g) {
        const Affine forKey(key + g * dims, dims, 1, 15);
        const Affine forValue(value + g * dims, dims, 1, 15);
        for (std::size_t i = g * dims; i < (g + 1) * dims; ++i) {
            setNibble(head + i / 2 * kT + slot, i % 2 != 0, forKey.code(key[i]));
            setNibble(head + layout.values() + (slot * n + i) / 2, i % 2 != 0,
                      forValue.code(value[i]));
        }
        putHalf(head + layout.keyScales(), 2 * g * kT + slot, forKey.scaleBits);
        putHalf(head + layout.keyScales(), (2 * g + 1) * kT + slot, forKey.minimumBits);
        putHalf(head + layout.valueScales(), 2 * (slot * layout.groups() + g), forValue.scaleBits);
        putHalf(head + layout.valueScales(), 2 * (slot * layout.groups() + g) + 1,
                forValue.minimumBits);
    }
}

/// Bytes of one group's codes as floats: sixteen scales and offsets side by side.
struct Row16
{
    float scale[16];
    float offset[16];
    void fill(float s, float o)
    {
        std::fill_n(scale, 16, s);
        std::fill_n(offset, 16, o);
    }
};

/// Codes at a byte each, keys [head_dim][16] and values [16][head_dim], with their scales.
void scaleCodes(const KvLayout &layout, const Kernels &kernels, const std::byte *head,
                const std::int8_t *keyCodes, const std::int8_t *valueCodes, float *keys,
                float *values)
{
    const std::size_t n = layout.headDim();
    const std::size_t dims = layout.groupDims();
    const std::size_t groups = layout.groups();
    const bool affine = layout.format().type != KvType::Q8;
    const bool perChannel = layout.format().type == KvType::Kivi2;
    const std::byte *keyScales = head + layout.keyScales();
    const std::byte *valueScales = head + layout.valueScales();
    Row16 row{};
    for (std::size_t g = 0; g < groups && !perChannel; ++g) {
        for (std::size_t t = 0; t < kT; ++t) {
            row.scale[t] = halfAt(keyScales, (affine ? 2 : 1) * g * kT + t);
            row.offset[t] = affine ? halfAt(keyScales, (2 * g + 1) * kT + t) : 0;
        }
        kernels.decodeBytes(keyCodes + g * dims * kT, row.scale, row.offset, keys + g * dims * kT,
                            dims * kT);
    }
    for (std::size_t i = 0; i < n && perChannel; ++i) {
        row.fill(halfAt(keyScales, 2 * i), halfAt(keyScales, 2 * i + 1));
        kernels.decodeBytes(keyCodes + i * kT, row.scale, row.offset, keys + i * kT, kT);
    }
    for (std::size_t t = 0; t < kT; ++t)
        for (std::size_t g = 0; g < groups; ++g) {
            const std::size_t at = t * groups + g;
            const float scale = halfAt(valueScales, affine ? 2 * at : at);
            const float offset = affine ? halfAt(valueScales, 2 * at + 1) : 0;
            const std::size_t first = t * n + g * dims;
            if (dims % 16 == 0) {
                row.fill(scale, offset);
                kernels.decodeBytes(valueCodes + first, row.scale, row.offset, values + first,
                                    dims);
            } else {
                for (std::size_t i = first; i < first + dims; ++i)
                    values[i] = std::fma(scale, static_cast<float>(valueCodes[i]), offset);
            }
        }
}

/// Nibbles of [n/2][16] bytes as [n][16] codes: dimensions 2i and 2i+1 share a byte.
void unpackKeys(const std::byte *in, std::size_t dims, std::int8_t *out)
{
    for (std::size_t pair = 0; pair < dims / 2; ++pair, in += kT, out += 2 * kT)
        for (std::size_t t = 0; t < kT; ++t) {
            const unsigned byte = std::to_integer<unsigned>(in[t]);
            out[t] = static_cast<std::int8_t>(byte & 15U);
            out[kT + t] = static_cast<std::int8_t>(byte >> 4U);
        }
}

/// `perByte` codes in each byte, the lowest bits first.
void unpackRun(const std::byte *in, std::size_t bytes, unsigned perByte, std::int8_t *out)
{
    const unsigned bits = 8U / perByte;
    const unsigned mask = (1U << bits) - 1U;
    for (std::size_t i = 0; i < bytes; ++i)
        for (unsigned part = 0; part < perByte; ++part)
            *out++ = static_cast<std::int8_t>((std::to_integer<unsigned>(in[i]) >> (part * bits)) &
                                              mask);
}

void undoRotation(const KvLayout &layout, float *keys, float *values)
{
    for (std::size_t t = 0; t < kT; ++t) {
        hadamard(keys + t, layout.headDim(), kT);
        hadamard(values + t * layout.headDim(), layout.headDim(), 1);
    }
}

} // namespace

void hadamard(float *x, std::size_t size, std::size_t step)
{
    const std::size_t stretch = std::size_t{1} << static_cast<unsigned>(std::countr_zero(size));
    const float factor = 1 / std::sqrt(static_cast<float>(stretch));
    for (std::size_t start = 0; start < size; start += stretch) {
        float *y = x + start * step;
        for (std::size_t half = 1; half < stretch; half *= 2)
            for (std::size_t i = 0; i < stretch; i += 2 * half)
                for (std::size_t j = i; j < i + half; ++j) {
                    const float a = y[j * step];
                    const float b = y[(j + half) * step];
                    y[j * step] = a + b;
                    y[(j + half) * step] = a - b;
                }
        for (std::size_t i = 0; i < stretch; ++i) y[i * step] *= factor;
    }
}

void encodeCell(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
                const float *value)
{
    float turned[2 * 4096];
    if (layout.format().rotation == Rotation::Hadamard) {
        const std::size_t n = layout.headDim();
        std::copy_n(key, n, turned);
        std::copy_n(value, n, turned + n);
        hadamard(turned, n, 1);
        hadamard(turned + n, n, 1);
        key = turned;
        value = turned + n;
    }
    switch (layout.format().type) {
    case KvType::F32:
        encodeFloats(layout, head, slot, key, value);
        break;
    case KvType::F16:
        encodeHalves(layout, head, slot, key, value);
        break;
    case KvType::Q8:
        encodeQ8(layout, head, slot, key, value);
        break;
    case KvType::Q4:
        encodeQ4(layout, head, slot, key, value);
        break;
    case KvType::Kivi2:
        break;
    }
}

void encodeBlock(const KvLayout &layout, std::byte *head, const float *keys, const float *values)
{
    const std::size_t n = layout.headDim();
    std::vector<float> turnedKeys(keys, keys + n * kT);
    std::vector<float> turnedValues(values, values + n * kT);
    if (layout.format().rotation == Rotation::Hadamard)
        undoRotation(layout, turnedKeys.data(), turnedValues.data()); // its own inverse
    std::memset(head, 0, 2 * layout.values());
    const auto put = [](std::byte *at, std::size_t part, unsigned code) {
        *at |= static_cast<std::byte>(code << (2 * part));
    };
    for (std::size_t i = 0; i < n; ++i) {
        const float *channel = turnedKeys.data() + i * kT;
        const Affine code(channel, kT, 1, 3);
        for (std::size_t t = 0; t < kT; ++t)
            put(head + (i * kT + t) / 4, t % 4, code.code(channel[t]));
        putHalf(head + layout.keyScales(), 2 * i, code.scaleBits);
        putHalf(head + layout.keyScales(), 2 * i + 1, code.minimumBits);
    }
    const std::size_t dims = layout.groupDims();
    for (std::size_t at = 0; at < n * kT; at += dims) {
        const Affine code(turnedValues.data() + at, dims, 1, 3);
        for (std::size_t i = at; i < at + dims; ++i)
            put(head + layout.values() + i / 4, i % 4, code.code(turnedValues[i]));
        putHalf(head + layout.valueScales(), 2 * (at / dims), code.scaleBits);
        putHalf(head + layout.valueScales(), 2 * (at / dims) + 1, code.minimumBits);
    }
}

void decodeBlock(const KvLayout &layout, const Kernels &kernels, const std::byte *head, float *keys,
                 float *values)
{
    const std::size_t size = layout.headDim() * kT;
    const std::byte *valuePart = head + layout.values();
    switch (layout.format().type) {
    case KvType::F32:
        std::memcpy(keys, head, size * 4);
        std::memcpy(values, valuePart, size * 4);
        break;
    case KvType::F16:
        kernels.decodeHalf(reinterpret_cast<const std::uint16_t *>(head), keys, size);
        kernels.decodeHalf(reinterpret_cast<const std::uint16_t *>(valuePart), values, size);
        break;
    case KvType::Q8:
        scaleCodes(layout, kernels, head, reinterpret_cast<const std::int8_t *>(head),
                   reinterpret_cast<const std::int8_t *>(valuePart), keys, values);
        break;
    case KvType::Q4:
    case KvType::Kivi2: {
        thread_local std::vector<std::int8_t> codes;
        codes.resize(2 * size);
        const bool nibbles = layout.format().type == KvType::Q4;
        if (nibbles)
            unpackKeys(head, layout.headDim(), codes.data());
        else
            unpackRun(head, layout.values(), 4, codes.data());
        unpackRun(valuePart, layout.values(), nibbles ? 2 : 4, codes.data() + size);
        scaleCodes(layout, kernels, head, codes.data(), codes.data() + size, keys, values);
        break;
    }
    }
    if (layout.format().rotation == Rotation::Hadamard) undoRotation(layout, keys, values);
}

} // namespace kvscope::llm
