// KvBlockNote: sentences.
#include "core/store/kvblocknote.h"

#include "core/base/human.h"
#include "core/llm/blocksource.h"

#include <QCoreApplication>
#include <QStringList>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::KvBlockNote)
};

QString formatOf(const llm::KvFormat &format)
{
    const std::string_view name = llm::kvTypeName(format.type);
    QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (format.rotation != llm::Rotation::None) text = Words::tr("%1 rotated").arg(text);
    return text;
}

} // namespace

std::optional<KvBlockNote> kvBlockNote(BytesView value)
{
    const std::optional<llm::BlockId> id = llm::blockIdIn(value);
    if (!id) return std::nullopt;
    const bool isWhole = llm::blockInRecord(*id, value, llm::RecordCheck::Thorough) != nullptr;
    const QString format = formatOf(id->format);
    QStringList tokens;
    for (const llm::TokenId token : id->tokens) tokens += QString::number(token);
    const auto count = static_cast<int>(id->tokens.size());
    KvBlockNote note;
    note.summary = isWhole ? Words::tr("KV block of %n tokens, %1", nullptr, count).arg(format)
                           : Words::tr("KV block, damaged");
    note.detail =
        QStringList{
            Words::tr("Keys and values of %n tokens for the model %1, as %2: %3 behind a header of "
                      "%4 bytes",
                      nullptr, count)
                .arg(id->model, 16, 16, QLatin1Char('0'))
                .arg(format, QString::fromStdString(formatBytes(id->bytes)))
                .arg(llm::kRecordHeaderBytes),
            Words::tr("Tokens: %1").arg(tokens.join(QLatin1Char(' '))),
            id->parent == llm::BlockHash{} ? Words::tr("The first block of its texts")
                                           : Words::tr("Behind another block, by its hash"),
            isWhole ? Words::tr("Its checksum agrees")
                    : Words::tr("Its length or checksum does not agree")}
            .join(QLatin1Char('\n'));
    return note;
}

} // namespace kvscope
