// The trainer's C interface: one object with weights, optimiser state and a worker per thread.
//
// Matrices inside the layers are updated by Muon (Jordan et al. 2024: momentum, then the nearest
// orthogonal matrix by five Newton-Schulz steps), embeddings and norms by Adam. Threads take chunks
// from a counter and never wait for one another inside a pass, so a thread that is put off the
// processor costs at most one chunk.
#include "network.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace {

struct Matrix
{
    long offset, rows, columns;
};

std::vector<Matrix> muonMatrices()
{
    std::vector<Matrix> all;
    constexpr long keyRows = kKeyHeads * kHeadDim;
    for (long layer = 0; layer < kLayers; ++layer) {
        const LayerOffsets at = layerOffsets(layer);
        all.push_back({at.qkv, kDim, kDim});
        all.push_back({at.qkv + kDim * kDim, keyRows, kDim});
        all.push_back({at.qkv + (kDim + keyRows) * kDim, keyRows, kDim});
        all.push_back({at.out, kDim, kDim});
        all.push_back({at.gateUp, kHidden, kDim});
        all.push_back({at.gateUp + kHidden * kDim, kHidden, kDim});
        all.push_back({at.down, kDim, kHidden});
    }
    return all;
}

std::vector<float> transposed(const std::vector<float> &x, long rows, long columns)
{
    std::vector<float> out(x.size());
    for (long r = 0; r < rows; ++r)
        for (long c = 0; c < columns; ++c)
            out[static_cast<size_t>(c * rows + r)] = x[static_cast<size_t>(r * columns + c)];
    return out;
}

// The nearest orthogonal matrix, roughly: singular values end between 0.7 and 1.2.
std::vector<float> orthogonalised(std::vector<float> x, long rows, long columns)
{
    if (rows > columns)
        return transposed(orthogonalised(transposed(x, rows, columns), columns, rows), columns,
                          rows);
    double square = 0;
    for (const float v : x) square += static_cast<double>(v) * v;
    const auto scale = static_cast<float>(1.0 / (std::sqrt(square) + 1e-12));
    for (float &v : x) v *= scale;
    std::vector<float> gram(static_cast<size_t>(rows * rows)), gramSquare(gram.size()),
        next(x.size());
    std::vector<bf16> narrowed(x.size()), gramNarrow(gram.size());
    Packed px, pg;
    for (int step = 0; step < 5; ++step) {
        px.pack(x.data(), rows, columns);
        narrow(x.data(), rows * columns, narrowed.data());
        px.apply(narrowed.data(), rows, gram.data(), false);
        pg.pack(gram.data(), rows, rows);
        narrow(gram.data(), rows * rows, gramNarrow.data());
        pg.apply(gramNarrow.data(), rows, gramSquare.data(), false);
        for (size_t i = 0; i < gram.size(); ++i)
            gramSquare[i] = -4.7750f * gram[i] + 2.0315f * gramSquare[i];
        narrow(gramSquare.data(), rows * rows, gramNarrow.data());
        px.applyBackwards(gramNarrow.data(), rows, next.data());
        for (size_t i = 0; i < x.size(); ++i) x[i] = 3.4445f * x[i] + next[i];
    }
    return x;
}

} // namespace

struct Rates
{
    float muon, adam, decay, momentum, clip, average;
};

class Trainer
{
  public:
    explicit Trainer(int threads) : m_matrices(muonMatrices())
    {
        for (auto &array : state) array.resize(kParameters);
        for (int i = 0; i < threads; ++i) m_workers.push_back(std::make_unique<Worker>());
    }

    enum Array { Weights, First, Second, Average, ArrayCount };
    std::vector<float> state[ArrayCount];

    void pack()
    {
        m_model.weights = state[Weights].data();
        const float *w = m_model.weights;
        m_model.embedding.pack(w, kVocab, kDim);
        parallel(kLayers, [&](long layer, Worker &) {
            const LayerOffsets at = layerOffsets(layer);
            PackedLayer &to = m_model.layers[layer];
            to.qkv.pack(w + at.qkv, kQkv, kDim);
            to.out.pack(w + at.out, kDim, kDim);
            to.gateUp.pack(w + at.gateUp, 2 * kHidden, kDim);
            to.down.pack(w + at.down, kDim, kHidden);
        });
    }

    // Sum of weighted losses over all chunks; gradients too when `learn`.
    double run(long chunks, long rows, long length, const std::int32_t *tokens,
               const std::int32_t *targets, const float *weights, float lossScale, float *nll,
               std::int32_t learn)
    {
        std::vector<double> losses(static_cast<size_t>(chunks));
        parallel(chunks, [&](long c, Worker &worker) {
            const long at = c * rows;
            losses[static_cast<size_t>(c)] =
                worker.forward(m_model, tokens + at, targets + at, weights + at, lossScale, rows,
                               length, nll ? nll + at : nullptr);
            if (learn) worker.backward(m_model, tokens + at, rows, length);
        });
        double sum = 0;
        for (const double loss : losses) sum += loss;
        return sum;
    }

    // Applies and clears the gradients; returns their norm before clipping.
    double update(const Rates &rates, long step)
    {
        constexpr long slices = 16;
        double squares[slices] = {};
        parallel(slices, [&](long s, Worker &) {
            float *sum = m_workers[0]->gradients.data();
            for (long i = kParameters * s / slices; i < kParameters * (s + 1) / slices; ++i) {
                for (size_t w = 1; w < m_workers.size(); ++w) {
                    sum[i] += m_workers[w]->gradients[static_cast<size_t>(i)];
                    m_workers[w]->gradients[static_cast<size_t>(i)] = 0;
                }
                squares[s] += static_cast<double>(sum[i]) * sum[i];
            }
        });
        double norm = 0;
        for (const double square : squares) norm += square;
        norm = std::sqrt(norm);
        m_gradientScale = norm > static_cast<double>(rates.clip)
                              ? static_cast<float>(static_cast<double>(rates.clip) / norm)
                              : 1.0f;
        const long count = static_cast<long>(m_matrices.size());
        parallel(count + 1, [&](long i, Worker &) {
            if (i < count)
                muon(m_matrices[static_cast<size_t>(count - 1 - i)], rates);
            else
                adam(rates, step);
        });
        float *average = state[Average].data();
        for (long i = 0; i < kParameters; ++i)
            average[i] += rates.average * (state[Weights][static_cast<size_t>(i)] - average[i]);
        std::fill_n(m_workers[0]->gradients.data(), kParameters, 0.0f);
        pack();
        return norm;
    }

    float *gradients() { return m_workers[0]->gradients.data(); }

  private:
    void parallel(long tasks, const std::function<void(long, Worker &)> &task)
    {
        std::atomic<long> next{0};
        std::vector<std::thread> threads;
        for (auto &worker : m_workers)
            threads.emplace_back([&] {
                for (long i = next++; i < tasks; i = next++) task(i, *worker);
            });
        for (std::thread &thread : threads) thread.join();
    }

    void muon(const Matrix &matrix, const Rates &rates)
    {
        const auto size = static_cast<size_t>(matrix.rows * matrix.columns);
        float *w = state[Weights].data() + matrix.offset;
        float *momentum = state[First].data() + matrix.offset;
        const float *g = m_workers[0]->gradients.data() + matrix.offset;
        std::vector<float> direction(size);
        for (size_t i = 0; i < size; ++i) {
            const float gradient = g[i] * m_gradientScale;
            momentum[i] += (1 - rates.momentum) * (gradient - momentum[i]);
            direction[i] = gradient + rates.momentum * (momentum[i] - gradient);
        }
        direction = orthogonalised(std::move(direction), matrix.rows, matrix.columns);
        const auto aspect = static_cast<float>(std::sqrt(
            std::max(1.0, static_cast<double>(matrix.rows) / static_cast<double>(matrix.columns))));
        for (size_t i = 0; i < size; ++i)
            w[i] = w[i] * (1 - rates.muon * rates.decay) - rates.muon * aspect * direction[i];
    }

    void adam(const Rates &rates, long step)
    {
        adamRange(0, kVocab * kDim, rates, step);
        for (long layer = 0; layer < kLayers; ++layer) {
            adamRange(layerOffsets(layer).norm1, kDim, rates, step);
            adamRange(layerOffsets(layer).norm2, kDim, rates, step);
        }
        adamRange(kFinalNorm, kDim, rates, step);
    }

    void adamRange(long start, long size, const Rates &rates, long step)
    {
        constexpr float beta1 = 0.9f;
        constexpr float beta2 = 0.98f;
        const auto correction1 = static_cast<float>(1 - std::pow(0.9, static_cast<double>(step)));
        const auto correction2 = static_cast<float>(1 - std::pow(0.98, static_cast<double>(step)));
        for (long i = start; i < start + size; ++i) {
            const auto at = static_cast<size_t>(i);
            const float g = m_workers[0]->gradients[at] * m_gradientScale;
            float &m = state[First][at];
            float &v = state[Second][at];
            m += (1 - beta1) * (g - m);
            v += (1 - beta2) * (g * g - v);
            state[Weights][at] -=
                rates.adam * (m / correction1) / (std::sqrt(v / correction2) + 1e-10f);
        }
    }

    std::vector<Matrix> m_matrices;
    std::vector<std::unique_ptr<Worker>> m_workers;
    PackedModel m_model;
    float m_gradientScale = 1;
};

extern "C" {
Trainer *trainerCreate(int threads)
{
    return new Trainer(threads);
}
std::int64_t trainerParameters()
{
    return kParameters;
}
float *trainerArray(Trainer *t, int which)
{
    return which < Trainer::ArrayCount ? t->state[which].data() : t->gradients();
}
void trainerPack(Trainer *t)
{
    t->pack();
}
double trainerRun(Trainer *t, long chunks, long rows, long length, const std::int32_t *tokens,
                  const std::int32_t *targets, const float *weights, float lossScale, float *nll,
                  std::int32_t learn)
{
    return t->run(chunks, rows, length, tokens, targets, weights, lossScale, nll, learn);
}
double trainerUpdate(Trainer *t, const Rates *rates, long step)
{
    return t->update(*rates, step);
}
}
