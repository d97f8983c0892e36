// LabExport: comma-separated, a dot in numbers, quotes doubled; JSON.
#include "widgets/lab/labexport.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <bit>
#include <cmath>

namespace kvscope {
namespace {

QByteArray quoted(const Bytes &text)
{
    QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    return '"' + bytes.replace('"', "\"\"") + '"';
}

QByteArray number(float value)
{
    return std::isnan(value) ? QByteArray()
                             : QByteArray::number(static_cast<double>(value), 'g', 9);
}

QByteArray originWord(llm::Origin origin)
{
    switch (origin) {
    case llm::Origin::FirstLevel:
        return "l1";
    case llm::Origin::SecondLevel:
        return "l2";
    case llm::Origin::File:
        return "file";
    case llm::Origin::Computed:
        break;
    }
    return "computed";
}

QJsonValue jsonText(const Bytes &text)
{
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    if (isValidUtf8(text)) return QString::fromUtf8(bytes);
    return QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
}

QJsonValue jsonNumber(float value)
{
    return std::isnan(value) ? QJsonValue() : QJsonValue(static_cast<double>(value));
}

QJsonValue jsonCount(std::uint64_t count)
{
    return static_cast<qint64>(count);
}

QJsonArray jsonTokens(const std::vector<LabToken> &tokens)
{
    QJsonArray out;
    for (const LabToken &token : tokens)
        out +=
            QJsonObject{{QStringLiteral("id"), static_cast<qint64>(token.id)},
                        {QStringLiteral("text"), jsonText(token.text)},
                        {QStringLiteral("origin"), QString::fromLatin1(originWord(token.origin))},
                        {QStringLiteral("prompt"), token.isPrompt},
                        {QStringLiteral("evicted"), token.isEvicted},
                        {QStringLiteral("differs"), token.differs},
                        {QStringLiteral("probability"), jsonNumber(token.probability)},
                        {QStringLiteral("micros"), jsonNumber(token.micros)},
                        {QStringLiteral("kl_nats"), jsonNumber(token.divergence)},
                        {QStringLiteral("bytes"), jsonCount(token.bytes)}};
    return out;
}

QJsonObject jsonCache(const llm::Session::Options &options)
{
    return {{QStringLiteral("cache"), options.caching == llm::Caching::Off
                                          ? QStringLiteral("off")
                                          : QString::fromStdString(options.policy.text())},
            {QStringLiteral("kv"),
             QLatin1String(llm::kvTypeName(options.kv).data(),
                           static_cast<qsizetype>(llm::kvTypeName(options.kv).size()))},
            {QStringLiteral("rotate"), options.rotation != llm::Rotation::None},
            {QStringLiteral("temperature"), options.sampler.temperature},
            {QStringLiteral("top_k"), jsonCount(options.sampler.topK)},
            {QStringLiteral("top_p"), options.sampler.topP},
            {QStringLiteral("seed"), jsonCount(options.sampler.seed)}};
}

QJsonArray jsonBlocks(const LabSnapshot &snapshot)
{
    QJsonArray out;
    for (const LabBlock &block : snapshot.blocks)
        out +=
            QJsonObject{{QStringLiteral("first"), block.first},
                        {QStringLiteral("last"), block.last},
                        {QStringLiteral("live"), std::popcount(block.live)},
                        {QStringLiteral("origin"), QString::fromLatin1(originWord(block.origin))},
                        {QStringLiteral("shared"), block.isShared},
                        {QStringLiteral("residual"), block.isResidual}};
    return out;
}

QJsonObject jsonHeat(const LabHeat &heat)
{
    constexpr const char *kKinds[] = {"mass", "norm", "age", "error"};
    QJsonArray rows;
    for (std::size_t row = 0; row < heat.rows; ++row) {
        QJsonArray values;
        for (std::size_t i = 0; i < heat.positions; ++i)
            values += jsonNumber(heat.values[row * heat.positions + i]);
        rows += values;
    }
    return {
        {QStringLiteral("kind"), QString::fromLatin1(kKinds[static_cast<std::size_t>(heat.kind)])},
        {QStringLiteral("rows"), rows}};
}

} // namespace

QByteArray blocksCsv(const LabSnapshot &snapshot)
{
    QByteArray out("block,first,last,live,origin,shared,residual\n");
    for (std::size_t i = 0; i < snapshot.blocks.size(); ++i) {
        const LabBlock &block = snapshot.blocks[i];
        out += QByteArray::number(qulonglong(i)) + ',' + QByteArray::number(block.first) + ',' +
               QByteArray::number(block.last) + ',' +
               QByteArray::number(std::popcount(block.live)) + ',' + originWord(block.origin) +
               ',' + (block.isShared ? '1' : '0') + ',' + (block.isResidual ? '1' : '0') + '\n';
    }
    return out;
}

QByteArray runJson(const LabSnapshot &snapshot)
{
    const llm::KvMemory &memory = snapshot.memory;
    QJsonObject out{
        {QStringLiteral("model"), QFileInfo(QString::fromStdString(snapshot.modelPath)).fileName()},
        {QStringLiteral("prompt_tokens"), jsonCount(snapshot.promptTokens)},
        {QStringLiteral("prefix_hit_tokens"), jsonCount(snapshot.prefixHits)},
        {QStringLiteral("turns"), jsonCount(snapshot.turns)},
        {QStringLiteral("context_shifts"), jsonCount(snapshot.shifts)},
        {QStringLiteral("prefill_ms"), snapshot.prefillMs},
        {QStringLiteral("decode_tps"), snapshot.decodeTps},
        {QStringLiteral("roofline_tps"), snapshot.rooflineTps},
        {QStringLiteral("kv_bytes"), jsonCount(memory.total)},
        {QStringLiteral("kv_payload_bytes"), jsonCount(memory.payload)},
        {QStringLiteral("kv_scale_bytes"), jsonCount(memory.scales)},
        {QStringLiteral("kv_slack_bytes"), jsonCount(memory.slack)},
        {QStringLiteral("kv_bytes_formula"), jsonCount(snapshot.formulaBytes)},
        {QStringLiteral("kv_cells"), jsonCount(memory.cells)},
        {QStringLiteral("blocks"), jsonBlocks(snapshot)},
        {QStringLiteral("heat"), jsonHeat(snapshot.heat)},
        {QStringLiteral("tokens"), jsonTokens(snapshot.tokens)}};
    if (snapshot.plan) out.insert(QStringLiteral("session"), jsonCache(snapshot.plan->session));
    if (snapshot.plan && snapshot.plan->other) {
        QJsonObject other = jsonCache(*snapshot.plan->other);
        other.insert(QStringLiteral("decode_tps"), snapshot.otherTps);
        other.insert(QStringLiteral("first_difference"), snapshot.firstDifference
                                                             ? jsonCount(*snapshot.firstDifference)
                                                             : QJsonValue());
        other.insert(QStringLiteral("tokens"), jsonTokens(snapshot.otherTokens));
        out.insert(QStringLiteral("comparison"), other);
    }
    return QJsonDocument(out).toJson();
}

QByteArray tokensCsv(const LabSnapshot &snapshot)
{
    QByteArray out("index,id,text,origin,prompt,evicted,probability,micros,other_micros,kl_nats,"
                   "differs,bytes,other_bytes,other_id,other_text\n");
    for (std::size_t i = 0; i < snapshot.tokens.size(); ++i) {
        const LabToken &token = snapshot.tokens[i];
        out += QByteArray::number(qulonglong(i)) + ',' + QByteArray::number(token.id) + ',' +
               quoted(token.text) + ',' + originWord(token.origin) + ',' +
               (token.isPrompt ? '1' : '0') + ',' + (token.isEvicted ? '1' : '0') + ',' +
               number(token.probability) + ',' + number(token.micros) + ',' +
               number(token.otherMicros) + ',' + number(token.divergence) + ',' +
               (token.differs ? '1' : '0') + ',' + QByteArray::number(qulonglong(token.bytes)) +
               ',' + QByteArray::number(qulonglong(token.otherBytes)) + ',';
        if (i < snapshot.otherTokens.size())
            out += QByteArray::number(snapshot.otherTokens[i].id) + ',' +
                   quoted(snapshot.otherTokens[i].text);
        else
            out += ',';
        out += '\n';
    }
    return out;
}

QByteArray heatCsv(const LabSnapshot &snapshot)
{
    const LabHeat &heat = snapshot.heat;
    const std::size_t kvHeads = snapshot.model ? snapshot.model->shape().kvHeads : 1;
    QByteArray out("layer,kv_head");
    for (std::size_t i = 0; i < heat.positions; ++i) out += ',' + QByteArray::number(qulonglong(i));
    out += '\n';
    for (std::size_t row = 0; row < heat.rows; ++row) {
        out += QByteArray::number(qulonglong(row / kvHeads)) + ',' +
               QByteArray::number(qulonglong(row % kvHeads));
        for (std::size_t i = 0; i < heat.positions; ++i)
            out += ',' + number(heat.values[row * heat.positions + i]);
        out += '\n';
    }
    return out;
}

} // namespace kvscope
