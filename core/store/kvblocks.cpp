// KvBlocks: handles, fetches, writes behind.
#include "core/store/kvblocks.h"

#include <cstdint>

namespace kvscope {

KvBlocks::KvBlocks(engine::Engine &engine, Options options)
    : m_engine(engine), m_ttlMs(options.ttlMs)
{
    m_writes->owner = this;
}

KvBlocks::~KvBlocks()
{
    const std::lock_guard lock(m_writes->owning);
    m_writes->owner = nullptr;
}

void KvBlocks::setSecondLevel(Store *store)
{
    const std::lock_guard lock(m_writes->owning);
    m_second = store;
}

engine::Expiry KvBlocks::expiry() const
{
    const std::int64_t ttlMs = m_ttlMs;
    if (ttlMs <= 0) return {engine::Expiry::Kind::None};
    return {engine::Expiry::Kind::At, Clock::system().wallMs() + ttlMs};
}

llm::BlockRef KvBlocks::pin(const llm::BlockId &id, engine::Handle handle) const
{
    const std::byte *block = llm::blockInRecord(id, handle.value(), llm::RecordCheck::Header);
    if (block == nullptr) return {};
    if (reinterpret_cast<std::uintptr_t>(block) % alignof(float) != 0) {
        // Keys of other lengths would move the floats off their alignment: a copy then.
        auto copy = std::make_shared<std::vector<std::byte>>(block, block + id.bytes);
        return llm::BlockRef::pinned(copy->data(), copy);
    }
    return llm::BlockRef::pinned(block, std::make_shared<engine::Handle>(std::move(handle)));
}

std::vector<llm::FoundBlock> KvBlocks::find(std::span<const llm::BlockId> chain)
{
    std::size_t there = 0;
    while (there < chain.size()) {
        const engine::Handle handle = m_engine.peek(chain[there].key);
        if (!handle || !llm::blockInRecord(chain[there], handle.value(), llm::RecordCheck::Header))
            break;
        ++there;
    }
    // The first that is missing is asked for as well, so that the engine counts the miss.
    if (there < chain.size()) (void)m_engine.get(chain[there].key);
    std::vector<llm::FoundBlock> found(there);
    for (std::size_t b = there; b-- > 0;) {
        engine::Handle handle = m_engine.get(chain[b].key);
        if (handle) found[b].block = pin(chain[b], std::move(handle));
        // It went between the two looks: what lies behind it is of no use.
        if (!found[b].block) found.resize(b);
    }
    const std::lock_guard lock(m_mutex);
    m_counters.misses += chain.size() - found.size();
    for (std::size_t b = 0; b < found.size(); ++b) {
        const bool isSecond = m_fromSecond.contains(chain[b].key);
        found[b].origin = isSecond ? llm::Origin::SecondLevel : llm::Origin::FirstLevel;
        ++(isSecond ? m_counters.secondLevelHits : m_counters.hits);
    }
    return found;
}

llm::BlockRef KvBlocks::publish(const llm::BlockId &id, const std::byte *block)
{
    Bytes record = llm::blockRecord(id, block);
    const engine::WriteResult written = m_engine.set(id.key, record, {}, expiry());
    {
        const std::lock_guard lock(m_mutex);
        ++(written.status == engine::WriteStatus::Applied ? m_counters.published
                                                          : m_counters.refused);
    }
    if (m_second.load() != nullptr) {
        std::vector<WriteRequest> requests;
        requests.push_back(requestFor(id.key, std::move(record), ExpectedValue::any()));
        writeBehind(std::move(requests));
    }
    if (written.status != engine::WriteStatus::Applied) return {};
    engine::Handle handle = m_engine.peek(id.key);
    return handle ? pin(id, std::move(handle)) : llm::BlockRef();
}

void KvBlocks::Writes::begin()
{
    const std::lock_guard lock(mutex);
    ++underWay;
}

void KvBlocks::Writes::end()
{
    std::vector<Callback<bool>> toTell;
    {
        const std::lock_guard lock(mutex);
        if (--underWay == 0) toTell.swap(waiting);
    }
    for (const Callback<bool> &done : toTell) done(true);
}

WriteRequest KvBlocks::requestFor(const Bytes &key, Bytes record, ExpectedValue expected) const
{
    WriteRequest request;
    request.key = key;
    request.value = std::move(record);
    request.expected = std::move(expected);
    const std::int64_t ttlMs = m_ttlMs;
    request.expiry = ttlMs > 0 ? ExpiryChange::set(ttlMs) : ExpiryChange::none();
    request.origin = WriteRequest::Origin::Traffic;
    return request;
}

void KvBlocks::writeBehind(std::vector<WriteRequest> requests)
{
    Store *second = m_second.load();
    if (second == nullptr || requests.empty()) return;
    m_writes->begin();
    second->writer().write(std::move(requests),
                           [writes = m_writes](const auto &) { writes->end(); });
}

void KvBlocks::completeSecondLevel(std::vector<llm::BlockId> held)
{
    Store *second = m_second.load();
    if (second == nullptr || held.empty()) return;
    std::vector<Bytes> keys;
    for (const llm::BlockId &id : held) keys.push_back(id.key);
    ReadOptions options;
    options.purpose = ReadPurpose::Job; // a look, not the model's traffic
    options.fields = ReadType;
    m_writes->begin();
    second->reader().read(std::move(keys), options,
                          [second, writes = m_writes,
                           held = std::move(held)](const Result<std::vector<Entry>> &read) {
                              if (read) {
                                  const std::lock_guard lock(writes->owning);
                                  if (writes->owner != nullptr &&
                                      writes->owner->m_second.load() == second)
                                      writes->owner->writeMissing(held, *read);
                              }
                              writes->end();
                          });
}

void KvBlocks::writeMissing(const std::vector<llm::BlockId> &held, const std::vector<Entry> &read)
{
    std::vector<WriteRequest> missing;
    for (std::size_t b = 0; b < read.size(); ++b) {
        if (read[b].exists()) continue;
        const engine::Handle handle = m_engine.peek(held[b].key);
        if (handle && llm::blockInRecord(held[b], handle.value(), llm::RecordCheck::Header))
            missing.push_back(
                requestFor(held[b].key, Bytes(handle.value()), ExpectedValue::absent()));
    }
    writeBehind(std::move(missing));
}

void KvBlocks::whenWritten(Callback<bool> done)
{
    {
        const std::lock_guard lock(m_writes->mutex);
        if (m_writes->underWay > 0) {
            m_writes->waiting.push_back(std::move(done));
            return;
        }
    }
    done(true);
}

void KvBlocks::fetch(std::vector<llm::BlockId> chain, Callback<int> done)
{
    Store *second = m_second.load();
    std::size_t there = 0;
    while (there < chain.size() && m_engine.peek(chain[there].key)) ++there;
    const auto lacking = chain.begin() + static_cast<std::ptrdiff_t>(there);
    completeSecondLevel({chain.begin(), lacking});
    chain.erase(chain.begin(), lacking);
    if (second == nullptr || chain.empty()) {
        done(0);
        return;
    }
    std::vector<Bytes> keys;
    std::size_t largest = 0;
    for (const llm::BlockId &id : chain) {
        keys.push_back(id.key);
        largest = std::max(largest, id.bytes + llm::kRecordHeaderBytes);
    }
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    options.limits.maxBytes = static_cast<std::int64_t>(largest) + 1;
    second->reader().read(std::move(keys), options,
                          [writes = m_writes, chain = std::move(chain),
                           done = std::move(done)](const Result<std::vector<Entry>> &read) {
                              if (!read) return done(failure(read.error()));
                              int came = 0;
                              {
                                  const std::lock_guard lock(writes->owning);
                                  if (writes->owner != nullptr)
                                      came = writes->owner->keep(chain, *read);
                              }
                              done(came);
                          });
}

int KvBlocks::keep(const std::vector<llm::BlockId> &chain, const std::vector<Entry> &read)
{
    int came = 0;
    for (std::size_t b = 0; b < chain.size() && b < read.size(); ++b) {
        const Bytes &record = read[b].value;
        if (!read[b].exists() || !llm::blockInRecord(chain[b], record, llm::RecordCheck::Thorough))
            break;
        if (m_engine.set(chain[b].key, record, {}, expiry()).status != engine::WriteStatus::Applied)
            break;
        const std::lock_guard lock(m_mutex);
        m_fromSecond.insert(chain[b].key);
        ++came;
    }
    return came;
}

KvBlocksCounters KvBlocks::counters() const
{
    const std::lock_guard lock(m_mutex);
    return m_counters;
}

} // namespace kvscope
