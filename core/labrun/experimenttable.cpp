// experimentTable: three forms of one table.
#include "core/labrun/experimenttable.h"

#include "core/base/human.h"

#include <cmath>

namespace kvscope {
namespace {

QByteArray kvName(const ExperimentRow &row)
{
    const std::string_view name = llm::kvTypeName(row.kv);
    return {name.data(), static_cast<qsizetype>(name.size())};
}

const char *rotationName(const ExperimentRow &row)
{
    return row.rotation == llm::Rotation::None ? "none" : "hadamard";
}

QByteArray fixed(double value, int decimals)
{
    return std::isnan(value) ? QByteArray("–") : QByteArray::number(value, 'f', decimals);
}

} // namespace

QByteArray experimentCsv(const std::vector<ExperimentRow> &rows)
{
    QByteArray out("policy,kv,rotation,perplexity,recall,tokens_per_second,kv_bytes\n");
    for (const ExperimentRow &row : rows) {
        if (!row.isMeasured) continue;
        out += QByteArray::fromStdString(row.policy.text()) + ',' + kvName(row) + ',' +
               rotationName(row) + ',' + QByteArray::number(row.perplexity, 'g', 9) + ',' +
               QByteArray::number(row.recall, 'g', 9) + ',' + QByteArray::number(row.tps, 'g', 9) +
               ',' + QByteArray::number(qulonglong{row.bytes}) + '\n';
    }
    return out;
}

QJsonObject experimentJson(const ExperimentRow &row)
{
    const auto number = [](double value) {
        return std::isnan(value) ? QJsonValue() : QJsonValue(value);
    };
    return {{QStringLiteral("policy"), QString::fromStdString(row.policy.text())},
            {QStringLiteral("kv"), QString::fromLatin1(kvName(row))},
            {QStringLiteral("rotation"), QLatin1String(rotationName(row))},
            {QStringLiteral("perplexity"), number(row.perplexity)},
            {QStringLiteral("recall"), number(row.recall)},
            {QStringLiteral("tokens_per_second"), number(row.tps)},
            {QStringLiteral("kv_bytes"), static_cast<qint64>(row.bytes)}};
}

QJsonArray experimentJson(const std::vector<ExperimentRow> &rows)
{
    QJsonArray table;
    for (const ExperimentRow &row : rows)
        if (row.isMeasured) table.append(experimentJson(row));
    return table;
}

QByteArray experimentMarkdown(const std::vector<ExperimentRow> &rows)
{
    QByteArray out("| policy | KV | perplexity | fact recall | tokens/s | KV bytes |\n"
                   "|---|---|---:|---:|---:|---:|\n");
    for (const ExperimentRow &row : rows) {
        if (!row.isMeasured) continue;
        const QByteArray rotated = row.rotation == llm::Rotation::None ? "" : ", rotated";
        out += "| " + QByteArray::fromStdString(row.policy.text()) + " | " + kvName(row) + rotated +
               " | " + fixed(row.perplexity, 2) + " | " + fixed(row.recall, 2) + " | " +
               QByteArray::fromStdString(
                   formatCount(static_cast<std::uint64_t>(std::llround(std::max(0.0, row.tps))))) +
               " | " + QByteArray::fromStdString(formatCount(row.bytes)) + " |\n";
    }
    return out;
}

} // namespace kvscope
