// Kernels: the arithmetic of the decoder, by SIMD chosen at run time, and a scalar reference.
//
// Matrices are packed in panels of 64 rows, a panel column by column:
//
//     panel p:  w[0][64p … 64p+63], w[1][64p … 64p+63], …     w[k][r]: weight of input k, row r
//
// so that a vector register holds sixteen neighbouring outputs, each weight is read once, in
// address order, and no register is ever summed across. An output is the chain
//     ((0 + w[0]·x[0]) + w[1]·x[1]) + …     fused, k ascending
// for every batch size, every chunk and every thread count. That is why a prompt computed in one
// piece, in pieces of seven, or token by token gives the same bits (and the scalar reference too,
// where the machine has fused multiply-add). With one token the kernel runs at the speed at which
// memory yields the weights; with more, six tokens share each weight loaded.
//
// Attention reads K as blocks of sixteen tokens [head_dim][16] and V as [16][head_dim]: scores come
// sixteen at a time, again without a sum across a register. Highway (Google) compiles the same
// source for SSE, AVX2 and AVX-512.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kvscope::llm {

constexpr std::size_t kPanelRows = 64;
constexpr std::size_t kBlockTokens = 16;

struct Kernels
{
    /// out[t][r] = Σ w·x[t] for rows [64·first, 64·end) below `rows`. Strides in floats.
    void (*matmul)(const float *panels, std::size_t columns, std::size_t rows, std::size_t first,
                   std::size_t end, const float *x, std::size_t xStride, std::size_t tokens,
                   float *out, std::size_t outStride);

    /// scores[h][16·b + i] = scale · Σ q[h]·K[b][·][i] for `queries` heads that share K.
    void (*scores)(const float *const *keyBlocks, std::size_t blocks, std::size_t headDim,
                   const float *q, std::size_t queries, float scale, float *scores,
                   std::size_t stride);

    /// out[h] = Σ p[h][16·b + i] · V[b][i] in the order of the cells.
    void (*mix)(const float *const *valueBlocks, std::size_t blocks, std::size_t headDim,
                const float *p, std::size_t stride, std::size_t queries, float *out);

    /// In place: exp(x − max) / Σ. −∞ becomes 0. Requires: a finite one among them; size % 16 == 0.
    void (*softmax)(float *x, std::size_t size);

    /// out = x / √(mean x² + epsilon) · weight.
    void (*rmsNorm)(const float *x, const float *weight, std::size_t size, float epsilon,
                    float *out);

    /// gate = silu(gate) · up.
    void (*gate)(float *gate, const float *up, std::size_t size);

    /// x += y.
    void (*add)(float *x, const float *y, std::size_t size);

    /// out = binary16 values.
    void (*decodeHalf)(const std::uint16_t *in, float *out, std::size_t size);
    /// out[i] = scale[i % 16] · code[i] + offset[i % 16].  Requires: size % 16 == 0.
    void (*decodeBytes)(const std::int8_t *in, const float *scale16, const float *offset16,
                        float *out, std::size_t size);

    /// The sum of everything: reads memory as fast as it comes. For rooflines.
    float (*readAll)(const float *data, std::size_t size);

    const char *name; ///< "AVX3_ZEN4", "AVX2", "scalar" …
};

/// The best that this machine runs. Chosen once.
const Kernels &kernels();
/// Every one that this machine runs, for tests. Not while another thread calls kernels() first.
std::vector<Kernels> everyKernels();
/// Plain C++, one number after the other.
const Kernels &scalarKernels();

} // namespace kvscope::llm
