// kvCodec: keys and values into a block and out again.
//
// Encoding: a group's scale is stored as binary16 and the codes are made with the rounded scale, so
// that decoding repeats exactly what encoding meant; what is written once is never encoded again.
// Decoding gives K as [head_dim][16] and V as [16][head_dim] floats, whatever the format.
#pragma once

#include "core/llm/kvlayout.h"

namespace kvscope::llm {

/// Writes one token's key and value (head_dim floats each) into slot `slot` of a head's stretch.
/// Requires: not kivi2, whose blocks are written whole.
void encodeCell(const KvLayout &layout, std::byte *head, std::size_t slot, const float *key,
                const float *value);

/// Writes sixteen tokens at once: K [head_dim][16], V [16][head_dim]. Requires: kivi2.
void encodeBlock(const KvLayout &layout, std::byte *head, const float *keys, const float *values);

/// Reads a head's stretch: 16 · head_dim floats each. Rotation is undone.
void decodeBlock(const KvLayout &layout, const Kernels &kernels, const std::byte *head, float *keys,
                 float *values);

/// x = H·x with the orthonormal Hadamard matrix of the largest power of two that divides `size`,
/// stretch by stretch. It is its own inverse. The elements lie `step` apart.
void hadamard(float *x, std::size_t size, std::size_t step);

} // namespace kvscope::llm
