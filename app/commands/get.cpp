// get: one value, formatted or raw; of the other types all elements, a row a line.
#include "app/commands/onevalue.h"

#include "core/value/format.h"
#include "core/value/jsonlayout.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::GetVerb)
};

constexpr int kElementsAPage = 1000;

bool endsLine(BytesView text)
{
    return !text.empty() && text.back() == '\n';
}

// As its look suggests, or as asked; ends with a line break.
Result<Bytes> formatted(const Bytes &value, BytesView format)
{
    const bool json =
        format == "json" ||
        (format == "auto" && sniffFormat(value) == ValueFormat::Json && isJson(value));
    if (json) {
        const auto document = JsonDocument::parse(value);
        if (!document) return failure(document.error().toError());
        Bytes text = wantsLayout(value) ? layOutJson(*document) : value;
        if (!endsLine(text)) text += '\n';
        return text;
    }
    if (format == "hex" || sniffFormat(value) == ValueFormat::Binary) return hexDump(value);
    return endsLine(value) ? value : value + '\n';
}

JsonLine resultOf(const Entry &entry, std::int64_t bytes)
{
    JsonLine line("result");
    line.text("type", valueTypeName(entry.type).toStdString());
    line.integer("bytes", bytes).integer("ttl_ms", entry.ttlMs);
    return line;
}

int printString(VerbContext &context, Store &store, const Bytes &key, BytesView format)
{
    const Result<Entry> entry = readWholeString(context, store, key);
    if (!entry) return context.output.fail(entry.error());
    if (context.arguments.has("raw")) {
        context.output.answer(entry->value);
    } else if (!context.output.isJson() || format != "auto") {
        const Result<Bytes> text = formatted(entry->value, format);
        if (!text) return context.output.fail(text.error());
        context.output.answer(*text);
    }
    JsonLine line = resultOf(*entry, entry->size);
    if (context.output.isJson()) line.bytes("value", entry->value);
    return context.output.finish(Exit::Done, std::move(line));
}

int printElements(VerbContext &context, Store &store, const Entry &head)
{
    if (context.arguments.has("raw"))
        return context.output.fail(Error(ErrorCode::UnsupportedType, {valueTypeName(head.type)}));
    std::vector<std::vector<Bytes>> rows;
    std::int64_t bytes = 0;
    Bytes cursor;
    do {
        auto page = await<ElementPage>(context.interrupt, [&](auto done) {
            store.reader().readElements(head.key, head.type, cursor, kElementsAPage,
                                        std::move(done));
        });
        if (!page) return context.output.fail(page.error());
        for (auto &row : page->rows) {
            Bytes line;
            for (const Bytes &cell : row) {
                if (!line.empty()) line += '\t';
                line += escapeBytes(cell);
                bytes += static_cast<std::int64_t>(cell.size());
            }
            context.output.answer(line + '\n');
            if (context.output.isJson()) rows.push_back(std::move(row));
        }
        cursor = page->next;
    } while (!cursor.empty());
    JsonLine line = resultOf(head, bytes);
    return context.output.finish(Exit::Done, std::move(line.rows("value", rows)));
}

} // namespace

int runGet(VerbContext &context)
{
    const Bytes format = context.arguments.value("format").value_or("auto");
    if (format != "auto" && format != "json" && format != "hex")
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("--format is auto, json or hex")}));
    const Result<Bytes> key = context.key(1);
    if (!key) return context.output.fail(key.error());
    auto store = context.openStore(context.url(0), Access::ReadOnly);
    if (!store) return context.output.fail(store.error());
    const Result<Entry> head = readHead(context, **store, *key);
    if (!head) return context.output.fail(head.error());
    if (head->type == ValueType::String) return printString(context, **store, *key, format);
    return printElements(context, **store, *head);
}

} // namespace kvscope
