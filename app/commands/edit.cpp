// edit: one place in a JSON value, all else byte for byte, by compare-and-set.
#include "app/commands/onevalue.h"

#include "core/value/diff.h"
#include "core/value/jsondocument.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::EditVerb)
};

void showDiff(VerbContext &context, const Bytes &key, const Bytes &before, const Bytes &after)
{
    if (!context.arguments.has("show-diff")) return;
    const std::string name = escapeBytes(key);
    const std::string diff = unifiedDiff(before, after, name, name);
    context.output.answer(diff);
    context.output.line(JsonLine("item").bytes("diff", diff));
}

} // namespace

int runEdit(VerbContext &context)
{
    const auto path = context.arguments.value("path");
    const auto to = context.arguments.value("to");
    if (!path || !to)
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("give --path and --to")}));
    const Result<Bytes> key = context.key(1);
    if (!key) return context.output.fail(key.error());
    auto store = context.openStore(context.url(0), Access::ReadWrite);
    if (!store) return context.output.fail(store.error());

    const Result<Entry> entry = readWholeString(context, **store, *key);
    if (!entry && entry.error().code() == ErrorCode::UnsupportedType)
        return context.output.fail(
            Error(ErrorCode::WrongType, {keyText(*key), entry.error().parameter(0)}));
    if (!entry) return context.output.fail(entry.error());
    Result<Bytes> edited = setInJson(entry->value, *path, *to);
    if (!edited) return context.output.fail(edited.error());
    showDiff(context, *key, entry->value, *edited);
    if (*edited == entry->value) return finishWrite(context, false, entry->ttlMs);

    WriteRequest request;
    request.key = *key;
    request.value = std::move(*edited);
    request.expected = ExpectedValue::exactly(entry->value);
    const Result<WriteOutcome> outcome = writeGuarded(context, **store, std::move(request));
    if (!outcome) return context.output.fail(outcome.error());
    return finishWrite(context, true, outcome->ttlMs);
}

} // namespace kvscope
