// OneValue: single-key calls of the seams.
#include "app/commands/onevalue.h"

namespace kvscope {

Result<Entry> readHead(VerbContext &context, Store &store, const Bytes &key)
{
    auto entries = await<std::vector<Entry>>(context.interrupt, [&](auto done) {
        store.reader().read({key}, {ReadPurpose::Inspect, ReadType | ReadTtl | ReadSize, {}},
                            std::move(done));
    });
    if (!entries) return failure(entries.error());
    Entry &entry = entries->front();
    if (!entry.exists()) return failure(ErrorCode::KeyNotFound, {keyText(key)});
    return std::move(entry);
}

Result<Entry> readWholeString(VerbContext &context, Store &store, const Bytes &key)
{
    return await<Entry>(context.interrupt, [&](auto done) {
        store.reader().readWhole(key, kWholeValueLimit, std::move(done));
    });
}

Result<WriteOutcome> writeGuarded(VerbContext &context, Store &store, WriteRequest request)
{
    const Bytes key = request.key;
    std::vector<WriteRequest> requests;
    requests.push_back(std::move(request));
    auto outcomes = await<std::vector<Result<WriteOutcome>>>(context.interrupt, [&](auto done) {
        store.writer().write(std::move(requests), std::move(done));
    });
    if (!outcomes) return failure(outcomes.error());
    Result<WriteOutcome> outcome = std::move(outcomes->front());
    if (outcome && outcome->status != WriteOutcome::Status::Applied)
        return failure(ErrorCode::Conflict, {keyText(key)});
    return outcome;
}

int finishWrite(VerbContext &context, bool changed, std::optional<std::int64_t> ttlMs)
{
    return context.output.finish(
        Exit::Done, JsonLine("result").boolean("changed", changed).integer("ttl_ms", ttlMs));
}

} // namespace kvscope
