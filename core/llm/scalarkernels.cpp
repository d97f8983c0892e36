// scalarKernels: the reference that the vector kernels are tested against.
#include "core/llm/kernels.h"

#include "core/llm/half.h"

#include <algorithm>
#include <cmath>

namespace kvscope::llm {
namespace {

void matmul(const float *panels, std::size_t columns, std::size_t rows, std::size_t first,
            std::size_t end, const float *x, std::size_t xStride, std::size_t tokens, float *out,
            std::size_t outStride)
{
    for (std::size_t r = first * kPanelRows; r < std::min(rows, end * kPanelRows); ++r) {
        const float *column = panels + r / kPanelRows * kPanelRows * columns + r % kPanelRows;
        for (std::size_t t = 0; t < tokens; ++t) {
            float sum = 0;
            for (std::size_t k = 0; k < columns; ++k)
                sum = std::fma(x[t * xStride + k], column[k * kPanelRows], sum);
            out[t * outStride + r] = sum;
        }
    }
}

void scores(const float *const *keyBlocks, std::size_t blocks, std::size_t headDim, const float *q,
            std::size_t queries, float scale, float *out, std::size_t stride)
{
    for (std::size_t h = 0; h < queries; ++h)
        for (std::size_t cell = 0; cell < blocks * kBlockTokens; ++cell) {
            const float *key = keyBlocks[cell / kBlockTokens] + cell % kBlockTokens;
            float sum = 0;
            for (std::size_t d = 0; d < headDim; ++d)
                sum = std::fma(q[h * headDim + d], key[d * kBlockTokens], sum);
            out[h * stride + cell] = sum * scale;
        }
}

void mix(const float *const *valueBlocks, std::size_t blocks, std::size_t headDim, const float *p,
         std::size_t stride, std::size_t queries, float *out)
{
    for (std::size_t h = 0; h < queries; ++h)
        for (std::size_t d = 0; d < headDim; ++d) {
            float sum = 0;
            for (std::size_t cell = 0; cell < blocks * kBlockTokens; ++cell)
                sum = std::fma(p[h * stride + cell],
                               valueBlocks[cell / kBlockTokens][cell % kBlockTokens * headDim + d],
                               sum);
            out[h * headDim + d] = sum;
        }
}

void softmax(float *x, std::size_t size)
{
    const float most = *std::max_element(x, x + size);
    float sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += x[i] = std::exp(x[i] - most);
    for (std::size_t i = 0; i < size; ++i) x[i] /= sum;
}

void rmsNorm(const float *x, const float *weight, std::size_t size, float epsilon, float *out)
{
    float sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += x[i] * x[i];
    const float scale = 1 / std::sqrt(sum / static_cast<float>(size) + epsilon);
    for (std::size_t i = 0; i < size; ++i) out[i] = x[i] * scale * weight[i];
}

void gate(float *gate, const float *up, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i) gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
}

void add(float *x, const float *y, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i) x[i] += y[i];
}

void decodeHalf(const std::uint16_t *in, float *out, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i) out[i] = floatFromHalf(in[i]);
}

void decodeBytes(const std::int8_t *in, const float *scale16, const float *offset16, float *out,
                 std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        out[i] = std::fma(scale16[i % 16], static_cast<float>(in[i]), offset16[i % 16]);
}

float readAll(const float *data, std::size_t size)
{
    float sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += data[i];
    return sum;
}

} // namespace

const Kernels &scalarKernels()
{
    static constexpr Kernels kTable{matmul, scores,     mix,         softmax, rmsNorm, gate,
                                    add,    decodeHalf, decodeBytes, readAll, "scalar"};
    return kTable;
}

} // namespace kvscope::llm
