// IndexState: passes, single changes and rebuilding.
#include "core/keyindex/indexstate.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace kvscope::keyindex {
namespace {

// Removed keys leave holes; beyond this many, and more than what is left, the index is packed anew.
constexpr std::size_t kMostHoles = 65'536;

bool never()
{
    return false;
}

} // namespace

IndexState::IndexState(Bytes delimiter)
    : m_storage(std::make_shared<KeyStorage>(std::move(delimiter))),
      m_builder(std::make_unique<TreeBuilder>(m_storage))
{}

void IndexState::beginPass(PassId pass, KeyIndex::PassMode mode)
{
    m_removedInPass.clear();
    m_refreshing = mode == KeyIndex::PassMode::Refresh;
    if (!m_refreshing) rebuild(Keep::Nothing, Bytes(m_storage->delimiter()));
    m_firstNew = m_storage->keys().size();
    m_seen.assign((m_firstNew + 63) / 64, 0);
    m_figures.pass = pass;
    m_figures.passKeys = 0;
    m_figures.passRunning = true;
}

void IndexState::take(const PackedPage &keys)
{
    // Hashing a page ahead lets the slots arrive from memory before they are looked at.
    m_hashes.resize(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        m_hashes[i] = m_storage->hash(keys[i]);
        m_storage->prefetch(m_hashes[i]);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const BytesView key = keys[i];
        if (!m_removedInPass.empty() && m_removedInPass.contains(Bytes(key))) continue;
        const KeyStorage::Added added = m_storage->add(key, m_hashes[i]);
        if (added.id == kNone) {
            m_figures.full = true;
        } else if (added.isNew) {
            m_builder->keyAdded(added);
        } else if (m_refreshing && added.id < m_firstNew) {
            m_seen[added.id / 64] |= std::uint64_t{1} << (added.id % 64);
        }
    }
    m_figures.passKeys += keys.size();
}

void IndexState::endPass(KeyIndex::PassEnd end)
{
    if (m_refreshing && end == KeyIndex::PassEnd::Complete) sweep();
    m_refreshing = false;
    m_seen = {};
    m_removedInPass.clear();
    m_figures.passRunning = false;
    m_builder->trim();
}

void IndexState::sweep()
{
    for (std::size_t i = 0; i < m_firstNew; ++i) {
        const auto id = static_cast<KeyId>(i);
        const bool seen = ((m_seen[i / 64] >> (i % 64)) & 1U) != 0;
        if (!seen && !m_storage->isRemoved(id)) removeKey(id);
    }
    const std::size_t holes = m_storage->removedKeys();
    if (holes > kMostHoles && holes > m_storage->liveKeys()) {
        rebuild(Keep::Keys, Bytes(m_storage->delimiter()));
    }
}

void IndexState::removeKey(KeyId id)
{
    m_storage->remove(id);
    m_builder->keyRemoved(id);
}

void IndexState::add(const Bytes &key)
{
    m_removedInPass.erase(key);
    const KeyStorage::Added added = m_storage->add(key, m_storage->hash(key));
    if (added.id == kNone) {
        m_figures.full = true;
    } else if (added.isNew) {
        m_builder->keyAdded(added);
    } else if (m_refreshing && added.id < m_firstNew) {
        m_seen[added.id / 64] |= std::uint64_t{1} << (added.id % 64);
    }
}

void IndexState::remove(const std::vector<Bytes> &keys)
{
    for (const Bytes &key : keys) {
        if (m_figures.passRunning) m_removedInPass.insert(key);
        const KeyId id = m_storage->find(key);
        if (id != kNone) removeKey(id);
    }
}

void IndexState::clear()
{
    m_storage = std::make_shared<KeyStorage>(Bytes(m_storage->delimiter()));
    const SortOrder order = m_builder->order();
    m_builder = std::make_unique<TreeBuilder>(m_storage);
    m_builder->setOrder(order);
    m_builder->setFilter(KeyMatcher(m_filter), m_filterVersion, never);
    m_figures = {};
    m_refreshing = false;
    m_firstNew = 0;
    m_seen = {};
    m_removedInPass = {};
    m_hashes = {};
#ifdef __GLIBC__
    // The pages that came through the heap left holes in it.
    malloc_trim(0);
#endif
}

void IndexState::rebuild(Keep keep, const Bytes &delimiter)
{
    const std::shared_ptr<KeyStorage> old = std::move(m_storage);
    const std::unique_ptr<TreeBuilder> oldBuilder = std::move(m_builder);
    m_storage = std::make_shared<KeyStorage>(delimiter);
    m_builder = std::make_unique<TreeBuilder>(m_storage);
    m_builder->setOrder(oldBuilder->order());
    for (const Bytes &path : oldBuilder->expandedPaths()) m_builder->setExpanded(path, true);
    m_figures.full = false;
    if (keep == Keep::Keys) {
        for (std::size_t i = 0; i < old->keys().size(); ++i) {
            const auto id = static_cast<KeyId>(i);
            if (old->isRemoved(id)) continue;
            const BytesView key = old->keys().key(id);
            const KeyStorage::Added added = m_storage->add(key, m_storage->hash(key));
            if (added.isNew) m_builder->keyAdded(added);
        }
    }
    m_builder->setFilter(KeyMatcher(m_filter), m_filterVersion, never);
}

bool IndexState::setFilter(const Bytes &text, std::uint64_t version,
                           const std::function<bool()> &cancelled)
{
    if (!m_builder->setFilter(KeyMatcher(text), version, cancelled)) return false;
    m_filter = text;
    m_filterVersion = version;
    return true;
}

void IndexState::setDelimiter(const Bytes &delimiter)
{
    if (delimiter == m_storage->delimiter()) return;
    // A running refresh can't go on: the keys' numbers change.
    m_refreshing = false;
    rebuild(Keep::Keys, delimiter);
}

KeyBatch IndexState::collect(const Bytes &path) const
{
    KeyBatch found;
    const auto take = [&](KeyId id, BytesView key) {
        if (key.starts_with(path) && !m_storage->isRemoved(id)) found.append(key);
    };
    if (m_builder->matches().isActive()) {
        m_builder->matches().forEach([&](KeyId id) { take(id, m_storage->keys().key(id)); });
    } else if (m_storage->keys().size() != 0) {
        const char *at = m_storage->keys().begin(0);
        for (std::size_t i = 0; i < m_storage->keys().size(); ++i) {
            take(static_cast<KeyId>(i), KeyArena::read(at));
        }
    }
    return found;
}

std::shared_ptr<const KeyTree> IndexState::build()
{
    return m_builder->build(m_figures);
}

} // namespace kvscope::keyindex
