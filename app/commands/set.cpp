// set: a compare-and-set against what it read, keeping the TTL.
#include "app/commands/onevalue.h"

#include "core/base/human.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::SetVerb)
};

Result<Bytes> valueFrom(const Arguments &arguments)
{
    if (arguments.has("value") == arguments.has("file"))
        return failure(ErrorCode::WrongUsage, {Sentences::tr("give either --value or --file")});
    if (const auto value = arguments.value("value")) return *value;
    return readFile(*arguments.value("file"));
}

Result<ExpiryChange> expiryFrom(const Arguments &arguments)
{
    const auto ttl = arguments.value("ttl");
    if (!ttl) return ExpiryChange::keep();
    const auto ms = parseDuration(*ttl);
    if (!ms)
        return failure(ErrorCode::WrongUsage,
                       {Sentences::tr("--ttl is a time such as 10s, 500ms or 2m")});
    if (*ms <= 0) return failure(ErrorCode::TtlRefused, {QString::fromStdString(*ttl)});
    return ExpiryChange::set(*ms);
}

} // namespace

int runSet(VerbContext &context)
{
    const Result<Bytes> key = context.key(1);
    if (!key) return context.output.fail(key.error());
    const Result<ExpiryChange> expiry = expiryFrom(context.arguments);
    if (!expiry) return context.output.fail(expiry.error());
    Result<Bytes> value = valueFrom(context.arguments);
    if (!value) return context.output.fail(value.error());
    auto store = context.openStore(context.url(0), Access::ReadWrite);
    if (!store) return context.output.fail(store.error());

    WriteRequest request;
    request.key = *key;
    request.expiry = *expiry;
    const Result<Entry> entry = readWholeString(context, **store, *key);
    if (!entry && entry.error().code() == ErrorCode::UnsupportedType)
        return context.output.fail(
            Error(ErrorCode::WrongType, {keyText(*key), entry.error().parameter(0)}));
    const bool absent = !entry && entry.error().code() == ErrorCode::KeyNotFound;
    if (!entry && !(absent && context.arguments.has("create")))
        return context.output.fail(entry.error());
    const bool same = entry && entry->value == *value;
    if (same && expiry->kind == ExpiryChange::Kind::Keep)
        return finishWrite(context, false, entry->ttlMs);
    request.expected = absent ? ExpectedValue::absent() : ExpectedValue::exactly(entry->value);
    request.value = std::move(*value);
    const Result<WriteOutcome> outcome = writeGuarded(context, **store, std::move(request));
    if (!outcome) return context.output.fail(outcome.error());
    return finishWrite(context, true, outcome->ttlMs);
}

} // namespace kvscope
