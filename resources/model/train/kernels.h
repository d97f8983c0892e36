// Arithmetic of the trainer: bfloat16 products with float32 sums, on AVX-512.
//
// Every product of the network, forwards and backwards, is one loop: C[M,N] += sum over k of A[m,k]
// · B[k,n], where k runs over *pairs* of bfloat16 kept in 32 bits, because vdpbf16ps multiplies and
// adds two pairs at a time. A is read by broadcast with any two strides, B lies in panels of 64 (or
// 32) columns so that a panel stays in the first-level cache and no two of its rows fall into the
// same cache set. Which layout an operand needs:
//
//   pairs along a row      bf16 row-major, seen as u32                        (A of y = x Wᵀ)
//   pairs of rows          interleave(): rows 2r and 2r+1 zipped into panels  (both operands of dW
//   = dyᵀ x)
//
// Without AVX512_BF16 the same pairs are multiplied by two float32 FMAs.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <immintrin.h>
#include <initializer_list>

using u32 = std::uint32_t;
using bf16 = std::uint16_t;

#ifdef __AVX512BF16__
inline __m512 dotPairs(__m512 c, __m512i a, __m512i b)
{
    return _mm512_dpbf16_ps(c, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
}
inline __m256i toBf16(__m512 x)
{
    return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x));
}
#else
inline __m512 dotPairs(__m512 c, __m512i a, __m512i b)
{
    const __m512i high = _mm512_set1_epi32(static_cast<int>(0xffff0000u));
    const auto low = [](__m512i v) { return _mm512_castsi512_ps(_mm512_slli_epi32(v, 16)); };
    c = _mm512_fmadd_ps(low(a), low(b), c);
    return _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_and_si512(a, high)),
                           _mm512_castsi512_ps(_mm512_and_si512(b, high)), c);
}
inline __m256i toBf16(__m512 x) // round to nearest even
{
    const __m512i v = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(v, 16), _mm512_set1_epi32(1));
    return _mm512_cvtepi32_epi16(_mm512_srli_epi32(
        _mm512_add_epi32(v, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff))), 16));
}
#endif

inline __m512 fromBf16(__m256i x)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(x), 16));
}

inline __m512 loadBf16(const bf16 *p)
{
    return fromBf16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(p)));
}

inline void storeBf16(bf16 *p, __m512 x)
{
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(p), toBf16(x));
}

// e^x, relative error about 2e-7.
inline __m512 exp512(__m512 x)
{
    const __m512 t =
        _mm512_mul_ps(_mm512_max_ps(x, _mm512_set1_ps(-87.0f)), _mm512_set1_ps(1.44269504f));
    const __m512 n = _mm512_roundscale_ps(t, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512 f = _mm512_sub_ps(t, n);
    __m512 p = _mm512_set1_ps(1.54035e-4f);
    for (const float c :
         {1.33335581e-3f, 9.61812911e-3f, 5.55041087e-2f, 2.40226507e-1f, 6.93147181e-1f, 1.0f})
        p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(c));
    return _mm512_scalef_ps(p, n);
}

template<int Rows, int Vectors>
inline void tile(const u32 *a, long rowStride, long pairStride, const u32 *b, long pairs, float *c,
                 long ldc, bool add)
{
    __m512 sum[Rows][Vectors];
#pragma GCC unroll 8
    for (int m = 0; m < Rows; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            sum[m][v] = add ? _mm512_loadu_ps(c + m * ldc + v * 16) : _mm512_setzero_ps();
    for (long k = 0; k < pairs; ++k) {
        __m512i column[Vectors];
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            column[v] = _mm512_loadu_si512(b + k * (Vectors * 16) + v * 16);
#pragma GCC unroll 8
        for (int m = 0; m < Rows; ++m) {
            const __m512i x =
                _mm512_set1_epi32(static_cast<int>(a[m * rowStride + k * pairStride]));
#pragma GCC unroll 4
            for (int v = 0; v < Vectors; ++v) sum[m][v] = dotPairs(sum[m][v], x, column[v]);
        }
    }
#pragma GCC unroll 8
    for (int m = 0; m < Rows; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v) _mm512_storeu_ps(c + m * ldc + v * 16, sum[m][v]);
}

// C[rows, columns] = or += A · B. Requires: columns a multiple of 16 · Vectors, rows of 16 /
// Vectors. panelPairs: pairs in a whole panel of B, of which the first `pairs` are used.
template<int Vectors>
inline void multiply(long rows, long columns, long pairs, const u32 *a, long rowStride,
                     long pairStride, const u32 *b, long panelPairs, float *c, long ldc, bool add)
{
    constexpr int Rows = 16 / Vectors;
    constexpr int Width = 16 * Vectors;
    for (long n = 0; n < columns; n += Width)
        for (long m = 0; m < rows; m += Rows)
            tile<Rows, Vectors>(a + m * rowStride, rowStride, pairStride,
                                b + (n / Width) * panelPairs * Width, pairs, c + m * ldc + n, ldc,
                                add);
}

// dW[M,N] += dyᵀ x for operands interleaved in panels of 64 with `pairs` row pairs each.
inline void addOuter(long m, long n, long pairs, const u32 *dy, const u32 *x, float *dw)
{
    for (long i = 0; i < m; i += 64)
        multiply<4>(64, n, pairs, dy + i * pairs, 1, 64, x, pairs, dw + i * n, n, true);
}

inline __m512i zip(__m256i even, __m256i odd)
{
    const __m512i both = _mm512_inserti64x4(_mm512_castsi256_si512(even), odd, 1);
    const __m512i order =
        _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6,
                         21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    return _mm512_permutexvar_epi16(order, both);
}

// Rows 2r and 2r+1 zipped, in panels of `width` columns: out[column / width][r][column % width].
inline void interleave(const bf16 *x, long ld, long rows, long columns, u32 *out, long width = 64)
{
    for (long r = 0; r < rows / 2; ++r)
        for (long n = 0; n < columns; n += 16) {
            const auto *even = reinterpret_cast<const __m256i *>(x + 2 * r * ld + n);
            const auto *odd = reinterpret_cast<const __m256i *>(x + (2 * r + 1) * ld + n);
            _mm512_storeu_si512(out + ((n / width) * (rows / 2) + r) * width + n % width,
                                zip(_mm256_loadu_si256(even), _mm256_loadu_si256(odd)));
        }
}

// Pairs along rows turned into panels of 64 rows: out[row / 64][pair][row % 64]; the B of y = x Wᵀ,
// and of q kᵀ.
inline void transposePairs(const u32 *x, long ld, long rows, long pairs, u32 *out)
{
    const __m512i steps =
        _mm512_mullo_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                           _mm512_set1_epi32(static_cast<int>(ld)));
    for (long r = 0; r < rows; r += 16)
        for (long k = 0; k < pairs; ++k)
            _mm512_storeu_si512(out + ((r / 64) * pairs + k) * 64 + r % 64,
                                _mm512_i32gather_epi32(steps, x + r * ld + k, 4));
}

inline void narrow(const float *x, long n, bf16 *out)
{
    for (long i = 0; i < n; i += 16) storeBf16(out + i, _mm512_loadu_ps(x + i));
}
