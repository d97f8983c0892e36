// LabExport: comma-separated, a dot in numbers, quotes doubled.
#include "widgets/lab/labexport.h"

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

} // namespace

QByteArray tokensCsv(const LabSnapshot &snapshot)
{
    QByteArray out("index,id,text,origin,prompt,evicted,probability,micros,other_micros,kl_nats,"
                   "differs,bytes,other_bytes\n");
    for (std::size_t i = 0; i < snapshot.tokens.size(); ++i) {
        const LabToken &token = snapshot.tokens[i];
        out += QByteArray::number(qulonglong(i)) + ',' + QByteArray::number(token.id) + ',' +
               quoted(token.text) + ',' + originWord(token.origin) + ',' +
               (token.isPrompt ? '1' : '0') + ',' + (token.isEvicted ? '1' : '0') + ',' +
               number(token.probability) + ',' + number(token.micros) + ',' +
               number(token.otherMicros) + ',' + number(token.divergence) + ',' +
               (token.differs ? '1' : '0') + ',' + QByteArray::number(qulonglong(token.bytes)) +
               ',' + QByteArray::number(qulonglong(token.otherBytes)) + '\n';
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
