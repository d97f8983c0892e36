// Kernels, for the instruction set that is being compiled. Included once for each by kernels.cpp.
#if defined(KVSCOPE_LLM_KERNELS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef KVSCOPE_LLM_KERNELS_INL
#undef KVSCOPE_LLM_KERNELS_INL
#else
#define KVSCOPE_LLM_KERNELS_INL
#endif

#include "core/llm/kernels.h"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace kvscope::llm {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Accumulators are arrays of registers: they stay in registers only where every loop over them is
// unrolled, which -O2 does not do unasked (it cost three quarters of the speed).
#ifndef KVSCOPE_UNROLL
#define KVSCOPE_UNROLL _Pragma("GCC unroll 16")
#endif

// Up to sixteen lanes: a block of tokens, or a quarter of a panel.
using Floats = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Floats>;
constexpr std::size_t kLanes = HWY_MIN(HWY_LANES(float), 16);
constexpr std::size_t kPerBlock = 16 / kLanes;

/// Tokens × Vectors accumulators in registers; weights pass once.
template<std::size_t Tokens, std::size_t Vectors>
HWY_INLINE void panelSlice(const float *HWY_RESTRICT w, std::size_t columns,
                           const float *HWY_RESTRICT x, std::size_t xStride,
                           float *HWY_RESTRICT out, std::size_t outStride)
{
    const Floats d;
    Vector sums[Tokens][Vectors];
    KVSCOPE_UNROLL
    for (std::size_t t = 0; t < Tokens; ++t) {
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < Vectors; ++v) sums[t][v] = hn::Zero(d);
    }
    for (std::size_t k = 0; k < columns; ++k, w += kPanelRows) {
        Vector weights[Vectors];
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < Vectors; ++v) weights[v] = hn::LoadU(d, w + v * kLanes);
        KVSCOPE_UNROLL
        for (std::size_t t = 0; t < Tokens; ++t) {
            const Vector input = hn::Set(d, x[t * xStride + k]);
            KVSCOPE_UNROLL
            for (std::size_t v = 0; v < Vectors; ++v)
                sums[t][v] = hn::MulAdd(input, weights[v], sums[t][v]);
        }
    }
    KVSCOPE_UNROLL
    for (std::size_t t = 0; t < Tokens; ++t) {
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < Vectors; ++v)
            hn::StoreU(sums[t][v], d, out + t * outStride + v * kLanes);
    }
}

// As many accumulators as the register file has room for beside weights and input: 24 of AVX-512's
// 32 registers, 12 of the 16 of AVX2 and SSE.
constexpr std::size_t kSliceVectors = HWY_MAX_BYTES >= 64 ? 4 : 2;
constexpr std::size_t kPanelVectors = kPanelRows / kLanes;

template<std::size_t Tokens>
HWY_INLINE void panel(const float *w, std::size_t columns, const float *x, std::size_t xStride,
                      float *out, std::size_t outStride)
{
    if constexpr (Tokens == 1) {
        constexpr std::size_t kWide = HWY_MIN(kPanelVectors, 8);
        for (std::size_t v = 0; v < kPanelVectors; v += kWide)
            panelSlice<1, kWide>(w + v * kLanes, columns, x, xStride, out + v * kLanes, outStride);
    } else {
        for (std::size_t v = 0; v < kPanelVectors; v += kSliceVectors)
            panelSlice<Tokens, kSliceVectors>(w + v * kLanes, columns, x, xStride, out + v * kLanes,
                                              outStride);
    }
}

inline void panelOf(std::size_t tokens, const float *w, std::size_t columns, const float *x,
                    std::size_t xStride, float *out, std::size_t outStride)
{
    switch (tokens) {
    case 1:
        return panel<1>(w, columns, x, xStride, out, outStride);
    case 2:
        return panel<2>(w, columns, x, xStride, out, outStride);
    case 3:
        return panel<3>(w, columns, x, xStride, out, outStride);
    case 4:
        return panel<4>(w, columns, x, xStride, out, outStride);
    case 5:
        return panel<5>(w, columns, x, xStride, out, outStride);
    default:
        return panel<6>(w, columns, x, xStride, out, outStride);
    }
}

void matmul(const float *panels, std::size_t columns, std::size_t rows, std::size_t first,
            std::size_t end, const float *x, std::size_t xStride, std::size_t tokens, float *out,
            std::size_t outStride)
{
    for (std::size_t p = first; p < end; ++p) {
        const float *w = panels + p * kPanelRows * columns;
        const std::size_t row = p * kPanelRows;
        const std::size_t kept = std::min(kPanelRows, rows - row);
        for (std::size_t t = 0; t < tokens; t += 6) {
            const std::size_t count = std::min<std::size_t>(6, tokens - t);
            if (kept == kPanelRows) {
                panelOf(count, w, columns, x + t * xStride, xStride, out + t * outStride + row,
                        outStride);
                continue;
            }
            HWY_ALIGN float whole[6 * kPanelRows];
            panelOf(count, w, columns, x + t * xStride, xStride, whole, kPanelRows);
            for (std::size_t i = 0; i < count; ++i)
                std::copy_n(whole + i * kPanelRows, kept, out + (t + i) * outStride + row);
        }
    }
}

template<std::size_t Queries, std::size_t Blocks>
HWY_INLINE void scoreTile(const float *const *keys, std::size_t headDim,
                          const float *HWY_RESTRICT q, Vector scale, float *HWY_RESTRICT out,
                          std::size_t stride)
{
    const Floats d;
    for (std::size_t part = 0; part < kPerBlock; ++part) {
        Vector sums[Queries][Blocks];
        KVSCOPE_UNROLL
        for (std::size_t h = 0; h < Queries; ++h) {
            KVSCOPE_UNROLL
            for (std::size_t b = 0; b < Blocks; ++b) sums[h][b] = hn::Zero(d);
        }
        for (std::size_t i = 0; i < headDim; ++i) {
            Vector key[Blocks];
            KVSCOPE_UNROLL
            for (std::size_t b = 0; b < Blocks; ++b)
                key[b] = hn::LoadU(d, keys[b] + i * 16 + part * kLanes);
            KVSCOPE_UNROLL
            for (std::size_t h = 0; h < Queries; ++h) {
                const Vector query = hn::Set(d, q[h * headDim + i]);
                KVSCOPE_UNROLL
                for (std::size_t b = 0; b < Blocks; ++b)
                    sums[h][b] = hn::MulAdd(query, key[b], sums[h][b]);
            }
        }
        KVSCOPE_UNROLL
        for (std::size_t h = 0; h < Queries; ++h) {
            KVSCOPE_UNROLL
            for (std::size_t b = 0; b < Blocks; ++b)
                hn::StoreU(hn::Mul(sums[h][b], scale), d,
                           out + h * stride + b * 16 + part * kLanes);
        }
    }
}

template<std::size_t Queries>
HWY_INLINE void scoreRow(const float *const *keys, std::size_t blocks, std::size_t headDim,
                         const float *q, Vector scale, float *out, std::size_t stride)
{
    constexpr std::size_t kTile = HWY_MAX_BYTES >= 64 ? (Queries == 1   ? 4
                                                         : Queries <= 3 ? 3
                                                                        : 2)
                                                      : 2;
    std::size_t b = 0;
    for (; b + kTile <= blocks; b += kTile)
        scoreTile<Queries, kTile>(keys + b, headDim, q, scale, out + b * 16, stride);
    for (; b < blocks; ++b)
        scoreTile<Queries, 1>(keys + b, headDim, q, scale, out + b * 16, stride);
}

void scores(const float *const *keyBlocks, std::size_t blocks, std::size_t headDim, const float *q,
            std::size_t queries, float scale, float *out, std::size_t stride)
{
    const Vector factor = hn::Set(Floats(), scale);
    for (std::size_t h = 0; h < queries; h += 4) {
        const float *query = q + h * headDim;
        float *row = out + h * stride;
        switch (queries - h) {
        case 1:
            scoreRow<1>(keyBlocks, blocks, headDim, query, factor, row, stride);
            break;
        case 2:
            scoreRow<2>(keyBlocks, blocks, headDim, query, factor, row, stride);
            break;
        case 3:
            scoreRow<3>(keyBlocks, blocks, headDim, query, factor, row, stride);
            break;
        default:
            scoreRow<4>(keyBlocks, blocks, headDim, query, factor, row, stride);
            break;
        }
    }
}

template<std::size_t Queries, std::size_t Vectors>
HWY_INLINE void mixTile(const float *const *values, std::size_t blocks, std::size_t headDim,
                        std::size_t at, const float *HWY_RESTRICT p, std::size_t stride,
                        float *HWY_RESTRICT out)
{
    const Floats d;
    Vector sums[Queries][Vectors];
    KVSCOPE_UNROLL
    for (std::size_t h = 0; h < Queries; ++h) {
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < Vectors; ++v) sums[h][v] = hn::Zero(d);
    }
    for (std::size_t b = 0; b < blocks; ++b) {
        const float *value = values[b] + at;
        for (std::size_t i = 0; i < 16; ++i, value += headDim) {
            Vector row[Vectors];
            KVSCOPE_UNROLL
            for (std::size_t v = 0; v < Vectors; ++v) row[v] = hn::LoadU(d, value + v * kLanes);
            KVSCOPE_UNROLL
            for (std::size_t h = 0; h < Queries; ++h) {
                const Vector weight = hn::Set(d, p[h * stride + b * 16 + i]);
                KVSCOPE_UNROLL
                for (std::size_t v = 0; v < Vectors; ++v)
                    sums[h][v] = hn::MulAdd(weight, row[v], sums[h][v]);
            }
        }
    }
    KVSCOPE_UNROLL
    for (std::size_t h = 0; h < Queries; ++h) {
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < Vectors; ++v)
            hn::StoreU(sums[h][v], d, out + h * headDim + at + v * kLanes);
    }
}

template<std::size_t Queries>
HWY_INLINE void mixRow(const float *const *values, std::size_t blocks, std::size_t headDim,
                       const float *p, std::size_t stride, float *out)
{
    constexpr std::size_t kTile = Queries == 1 ? 4 : 2;
    std::size_t at = 0;
    for (; at + kTile * kLanes <= headDim; at += kTile * kLanes)
        mixTile<Queries, kTile>(values, blocks, headDim, at, p, stride, out);
    for (; at + kLanes <= headDim; at += kLanes)
        mixTile<Queries, 1>(values, blocks, headDim, at, p, stride, out);
    for (; at < headDim; ++at) {
        KVSCOPE_UNROLL
        for (std::size_t h = 0; h < Queries; ++h) {
            float sum = 0;
            for (std::size_t cell = 0; cell < blocks * 16; ++cell)
                sum = std::fma(p[h * stride + cell], values[cell / 16][cell % 16 * headDim + at],
                               sum);
            out[h * headDim + at] = sum;
        }
    }
}

void mix(const float *const *valueBlocks, std::size_t blocks, std::size_t headDim, const float *p,
         std::size_t stride, std::size_t queries, float *out)
{
    for (std::size_t h = 0; h < queries; h += 4) {
        const float *weight = p + h * stride;
        float *row = out + h * headDim;
        switch (queries - h) {
        case 1:
            mixRow<1>(valueBlocks, blocks, headDim, weight, stride, row);
            break;
        case 2:
            mixRow<2>(valueBlocks, blocks, headDim, weight, stride, row);
            break;
        case 3:
            mixRow<3>(valueBlocks, blocks, headDim, weight, stride, row);
            break;
        default:
            mixRow<4>(valueBlocks, blocks, headDim, weight, stride, row);
            break;
        }
    }
}

void softmax(float *x, std::size_t size)
{
    const Floats d;
    Vector most = hn::LoadU(d, x);
    for (std::size_t i = kLanes; i < size; i += kLanes) most = hn::Max(most, hn::LoadU(d, x + i));
    const Vector top = hn::MaxOfLanes(d, most);
    const Vector least = hn::Set(d, -87.0F); // below it exp() leaves the normal numbers
    Vector sum = hn::Zero(d);
    for (std::size_t i = 0; i < size; i += kLanes) {
        const Vector shifted = hn::Sub(hn::LoadU(d, x + i), top);
        const Vector power =
            hn::IfThenElseZero(hn::Ge(shifted, least), hn::Exp(d, hn::Max(shifted, least)));
        hn::StoreU(power, d, x + i);
        sum = hn::Add(sum, power);
    }
    const Vector inverse = hn::Div(hn::Set(d, 1.0F), hn::SumOfLanes(d, sum));
    for (std::size_t i = 0; i < size; i += kLanes)
        hn::StoreU(hn::Mul(hn::LoadU(d, x + i), inverse), d, x + i);
}

void rmsNorm(const float *x, const float *weight, std::size_t size, float epsilon, float *out)
{
    const Floats d;
    Vector a = hn::Zero(d);
    Vector b = hn::Zero(d);
    std::size_t i = 0;
    for (; i + 2 * kLanes <= size; i += 2 * kLanes) {
        const Vector first = hn::LoadU(d, x + i);
        const Vector second = hn::LoadU(d, x + i + kLanes);
        a = hn::MulAdd(first, first, a);
        b = hn::MulAdd(second, second, b);
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b)));
    for (; i < size; ++i) sum += x[i] * x[i];
    const float factor = 1 / std::sqrt(sum / static_cast<float>(size) + epsilon);
    const Vector scale = hn::Set(d, factor);
    for (i = 0; i + kLanes <= size; i += kLanes)
        hn::StoreU(hn::Mul(hn::Mul(hn::LoadU(d, x + i), scale), hn::LoadU(d, weight + i)), d,
                   out + i);
    for (; i < size; ++i) out[i] = x[i] * factor * weight[i];
}

void gate(float *gate, const float *up, std::size_t size)
{
    const Floats d;
    const Vector one = hn::Set(d, 1.0F);
    std::size_t i = 0;
    for (; i + kLanes <= size; i += kLanes) {
        const Vector g = hn::LoadU(d, gate + i);
        // exp() of more than 88 is infinite and the quotient 0, as it should be
        const Vector power =
            hn::Exp(d, hn::Min(hn::Max(hn::Neg(g), hn::Set(d, -87.0F)), hn::Set(d, 88.0F)));
        hn::StoreU(hn::Mul(hn::Div(g, hn::Add(one, power)), hn::LoadU(d, up + i)), d, gate + i);
    }
    for (; i < size; ++i) gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
}

void add(float *x, const float *y, std::size_t size)
{
    const Floats d;
    std::size_t i = 0;
    for (; i + kLanes <= size; i += kLanes)
        hn::StoreU(hn::Add(hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, x + i);
    for (; i < size; ++i) x[i] += y[i];
}

void decodeHalf(const std::uint16_t *in, float *out, std::size_t size)
{
    const Floats d;
    const hn::Rebind<hwy::float16_t, Floats> halves;
    std::size_t i = 0;
    for (; i + kLanes <= size; i += kLanes)
        hn::StoreU(
            hn::PromoteTo(d, hn::LoadU(halves, reinterpret_cast<const hwy::float16_t *>(in + i))),
            d, out + i);
    if (i < size) scalarKernels().decodeHalf(in + i, out + i, size - i);
}

void decodeBytes(const std::int8_t *in, const float *scale16, const float *offset16, float *out,
                 std::size_t size)
{
    const Floats d;
    const hn::Rebind<std::int32_t, Floats> whole;
    const hn::Rebind<std::int8_t, Floats> bytes;
    for (std::size_t part = 0; part < 16; part += kLanes) {
        const Vector scale = hn::LoadU(d, scale16 + part);
        const Vector offset = hn::LoadU(d, offset16 + part);
        for (std::size_t i = part; i < size; i += 16) {
            const Vector code = hn::ConvertTo(d, hn::PromoteTo(whole, hn::LoadU(bytes, in + i)));
            hn::StoreU(hn::MulAdd(scale, code, offset), d, out + i);
        }
    }
}

float readAll(const float *data, std::size_t size)
{
    const Floats d;
    constexpr std::size_t kWide = 8;
    Vector sums[kWide];
    KVSCOPE_UNROLL
    for (std::size_t v = 0; v < kWide; ++v) sums[v] = hn::Zero(d);
    for (std::size_t i = 0; i + kWide * kLanes <= size; i += kWide * kLanes) {
        KVSCOPE_UNROLL
        for (std::size_t v = 0; v < kWide; ++v)
            sums[v] = hn::Add(sums[v], hn::LoadU(d, data + i + v * kLanes));
    }
    for (std::size_t v = 1; v < kWide; ++v) sums[0] = hn::Add(sums[0], sums[v]);
    return hn::GetLane(hn::SumOfLanes(d, sums[0]));
}

Kernels table()
{
    return {matmul,
            scores,
            mix,
            softmax,
            rmsNorm,
            gate,
            add,
            decodeHalf,
            decodeBytes,
            readAll,
            hwy::TargetName(HWY_TARGET)};
}

} // namespace HWY_NAMESPACE
} // namespace kvscope::llm
HWY_AFTER_NAMESPACE();

#endif
