// StoreFixture: the seams of one store as blocking calls, for both kinds of store.
#pragma once

#include "core/engine/engine.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

namespace kvscope::test {

/// Calls of the seams that wait. Ready when `store` is.
class Calls
{
  public:
    explicit Calls(Store &store) : m_store(store) {}

    Result<std::vector<Entry>> read(std::vector<Bytes> keys, ReadOptions options = {})
    {
        return await<std::vector<Entry>>(
            [&](auto done) { m_store.reader().read(std::move(keys), options, std::move(done)); });
    }
    Entry entry(const Bytes &key, ReadOptions options = {})
    {
        auto entries = read({key}, options);
        if (entries) return entries->front();
        ADD_FAILURE() << entries.error().id().toStdString()
                      << entries.error().parameters().join(u' ').toStdString();
        return {};
    }
    Result<Entry> whole(const Bytes &key, std::int64_t limit = 1LL << 30)
    {
        return await<Entry>(
            [&](auto done) { m_store.reader().readWhole(key, limit, std::move(done)); });
    }
    Result<WriteOutcome> write(WriteRequest request)
    {
        auto outcomes = writeAll({std::move(request)});
        return outcomes ? outcomes->front() : failure(outcomes.error());
    }
    Result<std::vector<Result<WriteOutcome>>> writeAll(std::vector<WriteRequest> requests)
    {
        return await<std::vector<Result<WriteOutcome>>>(
            [&](auto done) { m_store.writer().write(std::move(requests), std::move(done)); });
    }
    Result<WriteOutcome> put(const Bytes &key, const Bytes &value, ExpectedValue expected = {},
                             ExpiryChange expiry = {})
    {
        WriteRequest request;
        request.key = key;
        request.value = value;
        request.expected = std::move(expected);
        request.expiry = expiry;
        return write(std::move(request));
    }
    Result<WriteOutcome> remove(const Bytes &key, ExpectedValue expected = {})
    {
        WriteRequest request;
        request.action = WriteRequest::Action::Remove;
        request.key = key;
        request.expected = std::move(expected);
        return write(std::move(request));
    }
    Result<WriteOutcome> expire(const Bytes &key, ExpiryChange expiry, ExpectedValue expected = {})
    {
        WriteRequest request;
        request.action = WriteRequest::Action::ExpiryOnly;
        request.key = key;
        request.expiry = expiry;
        request.expected = std::move(expected);
        return write(std::move(request));
    }
    Result<bool> rename(const Bytes &from, const Bytes &to)
    {
        return await<bool>([&](auto done) { m_store.writer().rename(from, to, std::move(done)); });
    }
    Result<std::vector<BeforeImage>> take(std::vector<Bytes> keys)
    {
        return await<std::vector<BeforeImage>>(
            [&](auto done) { m_store.snapshot().take(std::move(keys), std::move(done)); });
    }
    Result<bool> restore(BeforeImage image,
                         Snapshot::IfPresent ifPresent = Snapshot::IfPresent::Replace)
    {
        return await<bool>([&](auto done) {
            m_store.snapshot().restore(std::move(image), ifPresent, std::move(done));
        });
    }
    Result<TelemetrySample> sample()
    {
        return await<TelemetrySample>(
            [&](auto done) { m_store.telemetry().sample(std::move(done)); });
    }
    Result<std::vector<Bytes>> keys(ScanOptions options = {})
    {
        std::mutex mutex;
        std::vector<Bytes> found;
        Lifetime lifetime;
        std::optional<Result<bool>> end;
        const auto finish = lifetime.guard([&](Result<bool> result) { end = std::move(result); });
        const auto scan = m_store.keySpace().scan(std::move(options), [&](Result<ScanPage> page) {
            if (!page) return finish(Result<bool>(failure(page.error())));
            const std::lock_guard lock(mutex);
            for (std::size_t i = 0; i < page->keys.size(); ++i) found.emplace_back(page->keys[i]);
            if (page->last) finish(Result<bool>(true));
        });
        if (!eventually([&] { return end.has_value(); })) return failure(ErrorCode::TimedOut);
        if (!*end) return failure(end->error());
        return found;
    }

  private:
    Store &m_store;
};

/// Opens it and waits; the error where it ends up otherwise.
inline std::optional<Error> openAndWait(Store &store)
{
    store.open();
    eventually([&] {
        return store.state().phase == StoreState::Phase::Ready ||
               store.state().phase == StoreState::Phase::Failed;
    });
    if (store.state().phase == StoreState::Phase::Ready) return std::nullopt;
    return store.state().error.value_or(Error(ErrorCode::TimedOut));
}

inline std::set<Bytes> setOf(const std::vector<Bytes> &keys)
{
    return {keys.begin(), keys.end()};
}

} // namespace kvscope::test
