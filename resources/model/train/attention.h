// Causal attention of one key/value head and its three query heads, forwards and backwards, in
// blocks of 64.
//
// The forward pass keeps a whole row of scores (no running maximum is needed below 2,048 keys: 64
// rows of them fit the second-level cache) and saves the logarithm of each row's sum; the backward
// pass makes the probabilities again from that, tile by tile, as FlashAttention does (Dao et al.
// 2022), and never holds more than 64 × 64 of them.
#pragma once

#include "kernels.h"

#include <vector>

constexpr long kHeadDim = 32;
constexpr long kQueryHeads = 6;
constexpr long kKeyHeads = 2;
constexpr long kGroup = kQueryHeads / kKeyHeads;
constexpr long kDim = kQueryHeads * kHeadDim;
constexpr long kQkv = kDim + 2 * kKeyHeads * kHeadDim; // row of q, k and v
constexpr long kMaxContext = 2048;
constexpr float kScale = 0.17677669529663687f; // 1 / sqrt(kHeadDim)

struct AttentionBuffers
{
    std::vector<u32> keysT = std::vector<u32>(kMaxContext * 16);
    std::vector<u32> valuesT = std::vector<u32>(kMaxContext * 16);
    std::vector<u32> keyRows = std::vector<u32>(kMaxContext * 16);
    std::vector<u32> valueRows = std::vector<u32>(kMaxContext * 16);
    std::vector<float> scores = std::vector<float>(64 * (kMaxContext + 16));
    std::vector<bf16> weights = std::vector<bf16>(64 * (kMaxContext + 32));
    std::vector<float> dk = std::vector<float>(kMaxContext * kHeadDim);
    std::vector<float> dv = std::vector<float>(kMaxContext * kHeadDim);
};

// qkv: [length, kQkv] with RoPE applied; out: [length, kDim]; logSums: [kQueryHeads][stride].
inline void attend(const bf16 *qkv, long length, bf16 *out, float *logSums, long stride,
                   AttentionBuffers &s)
{
    const long ldScores = length + 16;
    const long ldWeights = length + 32;
    for (long g = 0; g < kKeyHeads; ++g) {
        const bf16 *keys = qkv + kDim + g * kHeadDim;
        const bf16 *values = keys + kKeyHeads * kHeadDim;
        transposePairs(reinterpret_cast<const u32 *>(keys), kQkv / 2, length, 16, s.keysT.data());
        interleave(values, kQkv, length, kHeadDim, s.valueRows.data(), kHeadDim);
        for (long h = g * kGroup; h < (g + 1) * kGroup; ++h)
            for (long q = 0; q < length; q += 64) {
                const long seen = q + 64;
                const auto *queries = reinterpret_cast<const u32 *>(qkv + q * kQkv + h * kHeadDim);
                multiply<4>(64, seen, 16, queries, kQkv / 2, 1, s.keysT.data(), 16, s.scores.data(),
                            ldScores, false);
                float inverse[64];
                for (long i = 0; i < 64; ++i) {
                    float *row = s.scores.data() + i * ldScores;
                    bf16 *weight = s.weights.data() + i * ldWeights;
                    for (long j = q + i + 1; j < seen; ++j) row[j] = -1e30f;
                    __m512 top = _mm512_loadu_ps(row);
                    for (long j = 16; j < seen; j += 16)
                        top = _mm512_max_ps(top, _mm512_loadu_ps(row + j));
                    const float peak = _mm512_reduce_max_ps(top);
                    const __m512 shift = _mm512_set1_ps(-peak * kScale);
                    __m512 sum = _mm512_setzero_ps();
                    for (long j = 0; j < seen; j += 16) {
                        const __m512 score = _mm512_loadu_ps(row + j);
                        const __m512 e = _mm512_maskz_mov_ps(
                            _mm512_cmp_ps_mask(score, _mm512_set1_ps(-1e29f), _CMP_GT_OQ),
                            exp512(_mm512_fmadd_ps(score, _mm512_set1_ps(kScale), shift)));
                        sum = _mm512_add_ps(sum, e);
                        storeBf16(weight + j, e);
                    }
                    const float total = _mm512_reduce_add_ps(sum);
                    inverse[i] = 1.0f / total;
                    logSums[h * stride + q + i] = peak * kScale + std::log(total);
                }
                alignas(64) float block[64 * kHeadDim];
                multiply<2>(64, kHeadDim, seen / 2, reinterpret_cast<const u32 *>(s.weights.data()),
                            ldWeights / 2, 1, s.valueRows.data(), length / 2, block, kHeadDim,
                            false);
                for (long i = 0; i < 64; ++i)
                    for (long d = 0; d < kHeadDim; d += 16)
                        storeBf16(out + (q + i) * kDim + h * kHeadDim + d,
                                  _mm512_mul_ps(_mm512_set1_ps(inverse[i]),
                                                _mm512_loadu_ps(block + i * kHeadDim + d)));
            }
    }
}

// The tile (q, k) of the backward pass: probabilities and score gradients from scores and dP, in
// the three layouts needed.
inline void scoreGradients(float *scores, const float *dp, long firstMasked, const float *logSums,
                           const float *dots, u32 *p, u32 *dsRows, bf16 *ds)
{
    const __m512i lane = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (long i = 0; i < 64; i += 2)
        for (long j = 0; j < 64; j += 16) {
            __m256i weight[2];
            __m256i gradient[2];
            for (long r = 0; r < 2; ++r) {
                const long row = i + r;
                const __mmask16 seen = _mm512_cmplt_epi32_mask(
                    lane, _mm512_set1_epi32(static_cast<int>(firstMasked + row - j)));
                const __m512 score = _mm512_loadu_ps(scores + row * 64 + j);
                const __m512 e = _mm512_maskz_mov_ps(
                    seen, exp512(_mm512_fmsub_ps(score, _mm512_set1_ps(kScale),
                                                 _mm512_set1_ps(logSums[row]))));
                const __m512 d = _mm512_mul_ps(
                    _mm512_mul_ps(e, _mm512_set1_ps(kScale)),
                    _mm512_sub_ps(_mm512_loadu_ps(dp + row * 64 + j), _mm512_set1_ps(dots[row])));
                weight[r] = toBf16(e);
                gradient[r] = toBf16(d);
                _mm256_storeu_si256(reinterpret_cast<__m256i *>(ds + row * 64 + j), gradient[r]);
            }
            _mm512_storeu_si512(p + (i / 2) * 64 + j, zip(weight[0], weight[1]));
            _mm512_storeu_si512(dsRows + (i / 2) * 64 + j, zip(gradient[0], gradient[1]));
        }
}

// dOut: [length, kDim]; dots: [kQueryHeads][stride], the sum of dOut · out per head and row; dQkv:
// [length, kQkv].
inline void attendBackwards(const bf16 *qkv, const bf16 *dOut, long length, const float *logSums,
                            const float *dots, long stride, float *dQkv, AttentionBuffers &s)
{
    alignas(64) float scores[64 * 64];
    alignas(64) float dp[64 * 64];
    alignas(64) u32 p[32 * 64];
    alignas(64) u32 dsRows[32 * 64];
    alignas(64) bf16 ds[64 * 64];
    alignas(64) u32 queryRows[32 * 32];
    alignas(64) u32 dOutRows[32 * 32];
    for (long g = 0; g < kKeyHeads; ++g) {
        const bf16 *keys = qkv + kDim + g * kHeadDim;
        const bf16 *values = keys + kKeyHeads * kHeadDim;
        transposePairs(reinterpret_cast<const u32 *>(keys), kQkv / 2, length, 16, s.keysT.data());
        transposePairs(reinterpret_cast<const u32 *>(values), kQkv / 2, length, 16,
                       s.valuesT.data());
        interleave(keys, kQkv, length, kHeadDim, s.keyRows.data(), kHeadDim);
        std::memset(s.dk.data(), 0, static_cast<size_t>(length * kHeadDim) * sizeof(float));
        std::memset(s.dv.data(), 0, static_cast<size_t>(length * kHeadDim) * sizeof(float));
        for (long h = g * kGroup; h < (g + 1) * kGroup; ++h)
            for (long q = 0; q < length; q += 64) {
                const bf16 *queries = qkv + q * kQkv + h * kHeadDim;
                const bf16 *dRows = dOut + q * kDim + h * kHeadDim;
                float *dQuery = dQkv + q * kQkv + h * kHeadDim;
                interleave(queries, kQkv, 64, kHeadDim, queryRows, kHeadDim);
                interleave(dRows, kDim, 64, kHeadDim, dOutRows, kHeadDim);
                for (long k = 0; k <= q; k += 64) {
                    multiply<4>(64, 64, 16, reinterpret_cast<const u32 *>(queries), kQkv / 2, 1,
                                s.keysT.data() + k * 16, 16, scores, 64, false);
                    multiply<4>(64, 64, 16, reinterpret_cast<const u32 *>(dRows), kDim / 2, 1,
                                s.valuesT.data() + k * 16, 16, dp, 64, false);
                    scoreGradients(scores, dp, q - k + 1, logSums + h * stride + q,
                                   dots + h * stride + q, p, dsRows, ds);
                    multiply<2>(64, kHeadDim, 32, p, 1, 64, dOutRows, 32,
                                s.dv.data() + k * kHeadDim, kHeadDim, true);
                    multiply<2>(64, kHeadDim, 32, dsRows, 1, 64, queryRows, 32,
                                s.dk.data() + k * kHeadDim, kHeadDim, true);
                    multiply<2>(64, kHeadDim, 32, reinterpret_cast<const u32 *>(ds), 32, 1,
                                s.keyRows.data() + k * 16, 32, dQuery, kQkv, k > 0);
                }
            }
        for (long t = 0; t < length; ++t) {
            float *row = dQkv + t * kQkv + kDim + g * kHeadDim;
            std::memcpy(row, s.dk.data() + t * kHeadDim, kHeadDim * sizeof(float));
            std::memcpy(row + kKeyHeads * kHeadDim, s.dv.data() + t * kHeadDim,
                        kHeadDim * sizeof(float));
        }
    }
}
