// Forward and backward pass of one chunk.
#include "network.h"

namespace {

void normalise(const float *x, const float *gain, long rows, float *inverse, bf16 *out)
{
    for (long r = 0; r < rows; ++r) {
        __m512 sum = _mm512_setzero_ps();
        for (long d = 0; d < kDim; d += 16) {
            const __m512 v = _mm512_loadu_ps(x + r * kDim + d);
            sum = _mm512_fmadd_ps(v, v, sum);
        }
        inverse[r] = 1.0f / std::sqrt(_mm512_reduce_add_ps(sum) / kDim + kEpsilon);
        const __m512 scale = _mm512_set1_ps(inverse[r]);
        for (long d = 0; d < kDim; d += 16)
            storeBf16(out + r * kDim + d,
                      _mm512_mul_ps(_mm512_mul_ps(_mm512_loadu_ps(x + r * kDim + d), scale),
                                    _mm512_loadu_ps(gain + d)));
    }
}

// dx (+)= gradient through the norm of dy.
void normaliseBackwards(const float *dy, const float *x, const float *gain, const float *inverse,
                        long rows, float *dx, float *dGain, bool add)
{
    for (long r = 0; r < rows; ++r) {
        const __m512 scale = _mm512_set1_ps(inverse[r]);
        __m512 sum = _mm512_setzero_ps();
        for (long d = 0; d < kDim; d += 16) {
            const __m512 unit = _mm512_mul_ps(_mm512_loadu_ps(x + r * kDim + d), scale);
            const __m512 g = _mm512_loadu_ps(dy + r * kDim + d);
            _mm512_storeu_ps(dGain + d, _mm512_fmadd_ps(g, unit, _mm512_loadu_ps(dGain + d)));
            sum = _mm512_fmadd_ps(_mm512_mul_ps(g, _mm512_loadu_ps(gain + d)), unit, sum);
        }
        const __m512 mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum) / kDim);
        for (long d = 0; d < kDim; d += 16) {
            const __m512 unit = _mm512_mul_ps(_mm512_loadu_ps(x + r * kDim + d), scale);
            const __m512 g =
                _mm512_mul_ps(_mm512_loadu_ps(dy + r * kDim + d), _mm512_loadu_ps(gain + d));
            const __m512 through = _mm512_mul_ps(scale, _mm512_fnmadd_ps(unit, mean, g));
            float *to = dx + r * kDim + d;
            _mm512_storeu_ps(to, add ? _mm512_add_ps(_mm512_loadu_ps(to), through) : through);
        }
    }
}

// Rotates queries and keys of a row in place; direction -1 turns back.
void rotate(float *row, const float *cosines, const float *sines, float direction)
{
    for (long d = 0; d < kDim + kKeyHeads * kHeadDim; d += 16) {
        const __m512 v = _mm512_loadu_ps(row + d);
        const __m512 swapped = _mm512_permute_ps(v, 0xB1);
        const __m512 sine =
            _mm512_mul_ps(_mm512_set1_ps(direction), _mm512_loadu_ps(sines + d % kHeadDim));
        _mm512_storeu_ps(row + d, _mm512_fmadd_ps(v, _mm512_loadu_ps(cosines + d % kHeadDim),
                                                  _mm512_mul_ps(swapped, sine)));
    }
}

__m512 sigmoid(__m512 x)
{
    const __m512 one = _mm512_set1_ps(1.0f);
    return _mm512_div_ps(
        one, _mm512_add_ps(one, exp512(_mm512_sub_ps(_mm512_setzero_ps(),
                                                     _mm512_min_ps(x, _mm512_set1_ps(87.0f))))));
}

// Plain loss of one row of logits, which become the loss's gradient (times scale).
float crossEntropy(float *logits, std::int32_t target, float scale, bf16 *gradient)
{
    __m512 top = _mm512_loadu_ps(logits);
    for (long v = 16; v < kVocab; v += 16) top = _mm512_max_ps(top, _mm512_loadu_ps(logits + v));
    const float peak = _mm512_reduce_max_ps(top);
    const float wanted = logits[target];
    __m512 sum = _mm512_setzero_ps();
    for (long v = 0; v < kVocab; v += 16) {
        const __m512 e = exp512(_mm512_sub_ps(_mm512_loadu_ps(logits + v), _mm512_set1_ps(peak)));
        sum = _mm512_add_ps(sum, e);
        _mm512_storeu_ps(logits + v, e);
    }
    const float total = _mm512_reduce_add_ps(sum);
    const __m512 factor = _mm512_set1_ps(scale / total);
    const float probability = logits[target] / total;
    for (long v = 0; v < kVocab; v += 16)
        storeBf16(gradient + v, _mm512_mul_ps(factor, _mm512_loadu_ps(logits + v)));
    alignas(32) bf16 one[16];
    storeBf16(one, _mm512_set1_ps(scale * (probability - 1.0f)));
    gradient[target] = one[0];
    return std::log(total) + peak - wanted;
}

} // namespace

Worker::Worker() : gradients(kParameters)
{
    constexpr size_t rows = kMaxRows;
    for (LayerActivations &a : m_layers) {
        a.x.resize(rows * kDim);
        a.middle.resize(rows * kDim);
        a.inverse1.resize(rows);
        a.inverse2.resize(rows);
        a.logSums.resize(rows * kQueryHeads);
        a.normed1.resize(rows * kDim);
        a.qkv.resize(rows * kQkv);
        a.attended.resize(rows * kDim);
        a.normed2.resize(rows * kDim);
        a.gateUp.resize(rows * 2 * kHidden);
    }
    for (auto *v : {&m_x, &m_dx}) v->resize(rows * kDim);
    m_inverse.resize(rows);
    m_block.resize(64 * kVocab);
    m_dQkv.resize(rows * kQkv);
    m_dots.resize(rows * kQueryHeads);
    for (auto *v : {&m_normed, &m_dxNarrow, &m_dOut}) v->resize(rows * kDim);
    m_dLogits.resize(rows * kVocab);
    m_act.resize(rows * kHidden);
    m_dGateUp.resize(rows * 2 * kHidden);
    m_dQkvNarrow.resize(rows * kQkv);
    m_outerA.resize(rows * kVocab / 2);
    m_outerB.resize(rows * kHidden / 2);
}

double Worker::forward(const PackedModel &model, const std::int32_t *tokens,
                       const std::int32_t *targets, const float *lossWeights, float lossScale,
                       long rows, long length, float *nll)
{
    for (long r = 0; r < rows; ++r)
        std::memcpy(m_layers[0].x.data() + r * kDim, model.weights + tokens[r] * kDim,
                    kDim * sizeof(float));
    for (long layer = 0; layer < kLayers; ++layer) forwardLayer(model, layer, rows, length);
    normalise(m_x.data(), model.weights + kFinalNorm, rows, m_inverse.data(), m_normed.data());
    double loss = 0;
    for (long r = 0; r < rows; r += 64) {
        model.embedding.apply(m_normed.data() + r * kDim, 64, m_block.data(), false);
        for (long i = 0; i < 64; ++i) {
            const float plain =
                crossEntropy(m_block.data() + i * kVocab, targets[r + i],
                             lossWeights[r + i] * lossScale, m_dLogits.data() + (r + i) * kVocab);
            loss += static_cast<double>(plain) * lossWeights[r + i];
            if (nll) nll[r + i] = plain;
        }
    }
    return loss;
}

void Worker::forwardLayer(const PackedModel &model, long layer, long rows, long length)
{
    const LayerOffsets at = layerOffsets(layer);
    const PackedLayer &w = model.layers[layer];
    LayerActivations &a = m_layers[layer];
    float *next = layer + 1 < kLayers ? m_layers[layer + 1].x.data() : m_x.data();
    normalise(a.x.data(), model.weights + at.norm1, rows, a.inverse1.data(), a.normed1.data());
    for (long r = 0; r < rows; r += 64) {
        w.qkv.apply(a.normed1.data() + r * kDim, 64, m_block.data(), false);
        for (long i = 0; i < 64; ++i) {
            const long position = (r + i) % length;
            rotate(m_block.data() + i * kQkv, model.cosines.data() + position * kHeadDim,
                   model.sines.data() + position * kHeadDim, 1);
        }
        narrow(m_block.data(), 64 * kQkv, a.qkv.data() + r * kQkv);
    }
    for (long r = 0; r < rows; r += length)
        attend(a.qkv.data() + r * kQkv, length, a.attended.data() + r * kDim, a.logSums.data() + r,
               rows, m_attention);
    for (long r = 0; r < rows; r += 64) {
        constexpr size_t bytes = 64 * kDim * sizeof(float);
        float *middle = a.middle.data() + r * kDim;
        std::memcpy(middle, a.x.data() + r * kDim, bytes);
        w.out.apply(a.attended.data() + r * kDim, 64, middle, true);
        normalise(middle, model.weights + at.norm2, 64, a.inverse2.data() + r,
                  a.normed2.data() + r * kDim);
        w.gateUp.apply(a.normed2.data() + r * kDim, 64, m_block.data(), false);
        narrow(m_block.data(), 64 * 2 * kHidden, a.gateUp.data() + r * 2 * kHidden);
        for (long i = 0; i < 64; ++i)
            for (long d = 0; d < kHidden; d += 16) {
                const __m512 gate = _mm512_loadu_ps(m_block.data() + i * 2 * kHidden + d);
                const __m512 up = _mm512_loadu_ps(m_block.data() + i * 2 * kHidden + kHidden + d);
                storeBf16(m_act.data() + i * kHidden + d,
                          _mm512_mul_ps(_mm512_mul_ps(gate, sigmoid(gate)), up));
            }
        std::memcpy(next + r * kDim, middle, bytes);
        w.down.apply(m_act.data(), 64, next + r * kDim, true);
    }
}

void Worker::outer(long weights, const bf16 *dy, long m, const bf16 *x, long n, long rows)
{
    interleave(dy, m, rows, m, m_outerA.data());
    interleave(x, n, rows, n, m_outerB.data());
    addOuter(m, n, rows / 2, m_outerA.data(), m_outerB.data(), gradients.data() + weights);
}

void Worker::backward(const PackedModel &model, const std::int32_t *tokens, long rows, long length)
{
    for (long r = 0; r < rows; r += 64) {
        model.embedding.applyBackwards(m_dLogits.data() + r * kVocab, 64, m_block.data());
        normaliseBackwards(m_block.data(), m_x.data() + r * kDim, model.weights + kFinalNorm,
                           m_inverse.data() + r, 64, m_dx.data() + r * kDim,
                           gradients.data() + kFinalNorm, false);
    }
    outer(0, m_dLogits.data(), kVocab, m_normed.data(), kDim, rows);
    for (long layer = kLayers - 1; layer >= 0; --layer) backwardLayer(model, layer, rows, length);
    for (long r = 0; r < rows; ++r)
        for (long d = 0; d < kDim; d += 16) {
            float *to = gradients.data() + tokens[r] * kDim + d;
            _mm512_storeu_ps(to, _mm512_add_ps(_mm512_loadu_ps(to),
                                               _mm512_loadu_ps(m_dx.data() + r * kDim + d)));
        }
}

void Worker::backwardFeedForward(const PackedModel &model, long layer, long rows)
{
    const LayerOffsets at = layerOffsets(layer);
    const PackedLayer &w = model.layers[layer];
    const LayerActivations &a = m_layers[layer];
    const __m512 one = _mm512_set1_ps(1.0f);
    narrow(m_dx.data(), rows * kDim, m_dxNarrow.data());
    for (long r = 0; r < rows; r += 64) {
        w.down.applyBackwards(m_dxNarrow.data() + r * kDim, 64, m_block.data());
        for (long i = 0; i < 64; ++i)
            for (long d = 0; d < kHidden; d += 16) {
                const long row = (r + i) * 2 * kHidden + d;
                const __m512 gate = loadBf16(a.gateUp.data() + row);
                const __m512 up = loadBf16(a.gateUp.data() + row + kHidden);
                const __m512 s = sigmoid(gate);
                const __m512 silu = _mm512_mul_ps(gate, s);
                const __m512 da = _mm512_loadu_ps(m_block.data() + i * kHidden + d);
                const __m512 slope =
                    _mm512_mul_ps(s, _mm512_fmadd_ps(gate, _mm512_sub_ps(one, s), one));
                storeBf16(m_act.data() + (r + i) * kHidden + d, _mm512_mul_ps(silu, up));
                storeBf16(m_dGateUp.data() + row, _mm512_mul_ps(_mm512_mul_ps(da, up), slope));
                storeBf16(m_dGateUp.data() + row + kHidden, _mm512_mul_ps(da, silu));
            }
        w.gateUp.applyBackwards(m_dGateUp.data() + r * 2 * kHidden, 64, m_block.data());
        normaliseBackwards(m_block.data(), a.middle.data() + r * kDim, model.weights + at.norm2,
                           a.inverse2.data() + r, 64, m_dx.data() + r * kDim,
                           gradients.data() + at.norm2, true);
    }
    outer(at.down, m_dxNarrow.data(), kDim, m_act.data(), kHidden, rows);
    outer(at.gateUp, m_dGateUp.data(), 2 * kHidden, a.normed2.data(), kDim, rows);
}

void Worker::backwardLayer(const PackedModel &model, long layer, long rows, long length)
{
    backwardFeedForward(model, layer, rows);
    const LayerOffsets at = layerOffsets(layer);
    const PackedLayer &w = model.layers[layer];
    const LayerActivations &a = m_layers[layer];
    narrow(m_dx.data(), rows * kDim, m_dxNarrow.data());
    for (long r = 0; r < rows; r += 64) {
        w.out.applyBackwards(m_dxNarrow.data() + r * kDim, 64, m_block.data());
        narrow(m_block.data(), 64 * kDim, m_dOut.data() + r * kDim);
        for (long i = 0; i < 64; ++i)
            for (long h = 0; h < kQueryHeads; ++h) {
                const float *d = m_block.data() + i * kDim + h * kHeadDim;
                const bf16 *o = a.attended.data() + (r + i) * kDim + h * kHeadDim;
                const __m512 dot =
                    _mm512_fmadd_ps(_mm512_loadu_ps(d), loadBf16(o),
                                    _mm512_mul_ps(_mm512_loadu_ps(d + 16), loadBf16(o + 16)));
                m_dots[static_cast<size_t>(h * rows + r + i)] = _mm512_reduce_add_ps(dot);
            }
    }
    outer(at.out, m_dxNarrow.data(), kDim, a.attended.data(), kDim, rows);
    for (long r = 0; r < rows; r += length)
        attendBackwards(a.qkv.data() + r * kQkv, m_dOut.data() + r * kDim, length,
                        a.logSums.data() + r, m_dots.data() + r, rows, m_dQkv.data() + r * kQkv,
                        m_attention);
    for (long r = 0; r < rows; ++r) {
        const long position = (r % length) * kHeadDim;
        rotate(m_dQkv.data() + r * kQkv, model.cosines.data() + position,
               model.sines.data() + position, -1);
    }
    narrow(m_dQkv.data(), rows * kQkv, m_dQkvNarrow.data());
    for (long r = 0; r < rows; r += 64) {
        w.qkv.applyBackwards(m_dQkvNarrow.data() + r * kQkv, 64, m_block.data());
        normaliseBackwards(m_block.data(), a.x.data() + r * kDim, model.weights + at.norm1,
                           a.inverse1.data() + r, 64, m_dx.data() + r * kDim,
                           gradients.data() + at.norm1, true);
    }
    outer(at.qkv, m_dQkvNarrow.data(), kQkv, a.normed1.data(), kDim, rows);
}
