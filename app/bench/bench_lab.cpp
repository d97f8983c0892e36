// `bench lab`: the decoder against what memory allows, against llama.cpp where it is at hand, and
// with its cache off; --prefix: time to the first token; --memory: bytes against the formula.
#include "app/bench/benchlab.h"
#include "app/bench/cases.h"
#include "app/bench/randommodel.h"
#include "core/config/paths.h"
#include "core/store/kvfault.h"

#include <QTemporaryDir>

#include <chrono>
#include <random>

namespace kvscope::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kDefaultPairs = 7;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One model at one context: a sequence of that length whose next token is computed again and
/// again.
class Decoding
{
  public:
    Decoding(const std::shared_ptr<const llm::Model> &model, std::size_t context)
        : m_decoder(model, {}), m_context(context),
          m_pool(std::make_shared<llm::BlockPool>(llm::KvLayout(model->shape(), {}))),
          m_cache(m_pool)
    {
        for (std::size_t i = 0; i < context; ++i)
            m_tokens.push_back(static_cast<llm::TokenId>((i * 37 + 5) % model->shape().vocab));
    }
    /// Seconds for the whole prompt.
    double prefill()
    {
        m_cache.clear();
        const auto start = Clock::now();
        (void)m_decoder.run(m_tokens, m_cache, llm::LogitsFor::Last, m_logits);
        return secondsSince(start);
    }
    /// Seconds for a token, the mean of `steps`. The sequence stays as long as it is.
    double decode(int steps)
    {
        if (m_cache.cells() != m_context) prefill();
        const auto start = Clock::now();
        for (int i = 0; i < steps; ++i) {
            m_cache.truncate(static_cast<std::int32_t>(m_context) - 1);
            (void)m_decoder.run({&m_tokens.back(), 1}, m_cache, llm::LogitsFor::Last, m_logits);
        }
        return secondsSince(start) / steps;
    }
    double bytesPerToken() const
    {
        const llm::Model &model = m_decoder.model();
        return static_cast<double>(model.bytesPerToken()) +
               static_cast<double>(m_context * model.shape().kvValuesPerToken() * sizeof(float));
    }

  private:
    llm::Decoder m_decoder;
    std::size_t m_context;
    std::shared_ptr<llm::BlockPool> m_pool;
    llm::KvCache m_cache;
    std::vector<llm::TokenId> m_tokens;
    std::vector<float> m_logits;
};

/// Bytes a second, reading the model's own weights from end to end.
double readBandwidth(const llm::Model &model, int rounds)
{
    const std::span<const float> weights = model.packed();
    volatile float sink = 0;
    const auto start = Clock::now();
    for (int i = 0; i < rounds; ++i)
        sink = sink + llm::kernels().readAll(weights.data(), weights.size());
    return static_cast<double>(weights.size_bytes()) * rounds / secondsSince(start);
}

struct Measured
{
    double decodeTps = 0;
    double prefillTps = 0;
    double bandwidth = 0;
    double roofline = 0; ///< median of the pairs' shares
    double offRatio = 0; ///< recomputing everything ÷ one step
};

Measured measure(const std::shared_ptr<const llm::Model> &model, std::size_t context, int pairs)
{
    Decoding decoding(model, context);
    decoding.prefill();
    // About 40 ms a measurement.
    const int steps = std::max(2, static_cast<int>(0.04 / decoding.decode(2)));
    const int rounds =
        std::max(1, static_cast<int>(0.04 * 50e9 / static_cast<double>(model->bytesPerToken())));
    std::vector<double> decodes, prefills, bandwidths, shares;
    for (int pair = 0; pair < pairs; ++pair) {
        prefills.push_back(decoding.prefill());
        double bandwidth = 0;
        if (pair % 2 == 0) bandwidth = readBandwidth(*model, rounds);
        decodes.push_back(decoding.decode(steps));
        if (pair % 2 != 0) bandwidth = readBandwidth(*model, rounds);
        bandwidths.push_back(bandwidth);
        shares.push_back(decoding.bytesPerToken() / decodes.back() / bandwidth);
    }
    const double decode = median(decodes);
    const double prefill = median(prefills);
    return {1 / decode, static_cast<double>(context) / prefill, median(bandwidths), median(shares),
            prefill / decode};
}

void tell(const Context &context, const QString &model, std::size_t length, const Measured &m,
          QJsonObject &figures)
{
    const QString name = QStringLiteral("%1_%2_").arg(model).arg(length);
    const QJsonObject values{{QStringLiteral("decode_tps"), m.decodeTps},
                             {QStringLiteral("prefill_tps"), m.prefillTps},
                             {QStringLiteral("read_gb_per_s"), m.bandwidth / 1e9},
                             {QStringLiteral("roofline"), m.roofline},
                             {QStringLiteral("cache_off_ratio"), m.offRatio}};
    QJsonObject item = values;
    item[QStringLiteral("model")] = model;
    item[QStringLiteral("context")] = static_cast<qint64>(length);
    context.item(item);
    for (auto it = values.begin(); it != values.end(); ++it) figures[name + it.key()] = it.value();
}

Result<Outcome> benchDecoder(const Context &context)
{
    const auto model = labBenchModel(context);
    if (!model) return failure(model.error());
    const int pairs = context.number(QStringLiteral("pairs"), kDefaultPairs);
    Outcome outcome;
    outcome.figures[QStringLiteral("kernels")] = QString::fromLatin1(llm::kernels().name);
    outcome.figures[QStringLiteral("parameters")] = static_cast<qint64>((*model)->parameters());
    outcome.figures[QStringLiteral("weight_bytes")] =
        static_cast<qint64>((*model)->bytesPerToken());
    Measured short64;
    for (const std::size_t length : {64U, 256U, 1024U}) {
        context.progress(QStringLiteral("decoding at %1 tokens").arg(length));
        const Measured m = measure(*model, length, pairs);
        if (length == 64) short64 = m;
        tell(context, QStringLiteral("small"), length, m, outcome.figures);
    }
    outcome.ratios.push_back(
        {QStringLiteral("roofline_64"), short64.roofline, Ratio::Better::Higher, 0.80});

    if (!context.has(QStringLiteral("small-only"))) {
        context.progress(QStringLiteral("making a model of 110 M parameters"));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("random-110m.gguf"));
        if (auto written = writeRandomModel(path, {}); !written) return failure(written.error());
        auto large = llm::Model::load(path.toStdString());
        if (!large) return failure(errorOf(large.error(), path));
        context.progress(QStringLiteral("decoding with 110 M parameters"));
        const Measured m = measure(*large, 64, pairs);
        tell(context, QStringLiteral("110m"), 64, m, outcome.figures);
        outcome.ratios.push_back(
            {QStringLiteral("roofline_110m"), m.roofline, Ratio::Better::Higher, 0.85});
        large->reset(); // its memory, before another program loads the same file
        addLlamaCpp(context, {path, QStringLiteral("_110m"), m.decodeTps, m.prefillTps, 1, 1},
                    outcome);
    }
    addLlamaCpp(context,
                {labBenchModelPath(context), {}, short64.decodeTps, short64.prefillTps, 2, 1.5},
                outcome);
    return outcome;
}

/// 64 sequences of random lengths over one pool.
Result<Outcome> benchMemory(const Context &context)
{
    const auto model = labBenchModel(context);
    if (!model) return failure(model.error());
    Outcome outcome;
    bool isEqual = true;
    std::mt19937_64 dice(static_cast<std::uint64_t>(context.number(QStringLiteral("seed"), 1)));
    std::vector<std::size_t> lengths(64);
    for (std::size_t &length : lengths) length = 64 + dice() % 961;
    for (const llm::KvType type :
         {llm::KvType::F32, llm::KvType::F16, llm::KvType::Q8, llm::KvType::Q4}) {
        const auto pool =
            std::make_shared<llm::BlockPool>(llm::KvLayout((*model)->shape(), {type}));
        llm::Decoder decoder(*model, {});
        std::vector<llm::KvCache> caches;
        std::vector<float> logits;
        std::size_t cells = 0, payload = 0, scales = 0, total = 0;
        for (const std::size_t length : lengths) {
            std::vector<llm::TokenId> tokens(length);
            for (llm::TokenId &token : tokens)
                token = static_cast<llm::TokenId>(dice() % (*model)->shape().vocab);
            llm::KvCache &cache = caches.emplace_back(pool);
            if (auto ok = decoder.run(tokens, cache, llm::LogitsFor::None, logits); !ok)
                return failure(errorOf(ok.error(), {}));
            const llm::KvMemory memory = cache.memory();
            cells += memory.cells;
            payload += memory.payload;
            scales += memory.scales;
            total += memory.total;
        }
        const std::size_t formula =
            (*model)->shape().kvValuesPerToken() * llm::kvBits(type) * cells / 8;
        isEqual = isEqual && formula == payload &&
                  total == pool->blocksInUse() * pool->layout().blockBytes();
        const double waste = 1 - static_cast<double>(payload + scales) / static_cast<double>(total);
        const QString name = QString::fromUtf8(llm::kvTypeName(type).data());
        context.item({{QStringLiteral("kv"), name},
                      {QStringLiteral("cells"), static_cast<qint64>(cells)},
                      {QStringLiteral("bytes"), static_cast<qint64>(total)},
                      {QStringLiteral("payload_bytes"), static_cast<qint64>(payload)},
                      {QStringLiteral("formula_bytes"), static_cast<qint64>(formula)},
                      {QStringLiteral("waste"), waste}});
        outcome.figures[name + QStringLiteral("_payload_bytes")] = static_cast<qint64>(payload);
        outcome.figures[name + QStringLiteral("_waste")] = waste;
        outcome.reference[name + QStringLiteral("_payload_bytes")] = static_cast<qint64>(formula);
        if (type == llm::KvType::F32)
            outcome.ratios.push_back({QStringLiteral("waste"), waste, Ratio::Better::Lower, 0.04});
    }
    outcome.ratios.push_back(
        {QStringLiteral("payload_is_formula"), isEqual ? 1.0 : 0.0, Ratio::Better::Higher, 1});
    return outcome;
}

} // namespace

QString labBenchModelPath(const Context &context)
{
    QString path = context.option(QStringLiteral("model"), shippedModelPath());
    if (!path.isEmpty()) return path;
    static const QTemporaryDir folder; // goes when the process ends
    static const QString made = [&] {
        context.progress(
            QStringLiteral("no model came with this build: measuring a random one of its size"));
        const QString file = folder.filePath(QStringLiteral("random-2m.gguf"));
        const bool ok = writeRandomModel(file, {5, 192, 6, 2, 512, 1024}).has_value();
        return ok ? file : QString();
    }();
    return made;
}

Result<std::shared_ptr<const llm::Model>> labBenchModel(const Context &context)
{
    const QString path = labBenchModelPath(context);
    auto model = llm::Model::load(path.toStdString());
    if (!model) return failure(errorOf(model.error(), path));
    return std::move(*model);
}

Result<Outcome> benchLab(const Context &context)
{
    if (context.has(QStringLiteral("prefix"))) return benchPrefix(context);
    if (context.has(QStringLiteral("memory"))) return benchMemory(context);
    if (context.has(QStringLiteral("policies"))) return benchPolicies(context);
    return benchDecoder(context);
}

} // namespace kvscope::bench
