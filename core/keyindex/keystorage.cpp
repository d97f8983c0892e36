// KeyStorage: a key's namespaces are found by one look-up of its longest path.
#include "core/keyindex/keystorage.h"

#include <array>
#include <random>

namespace kvscope::keyindex {
namespace {

std::uint64_t randomSeed()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

/// Lengths of the paths that `key` lies in, the shortest first.
struct Paths
{
    std::array<std::uint32_t, kMaxDepth> length{};
    std::size_t count = 0;

    Paths(BytesView key, BytesView delimiter)
    {
        if (delimiter.empty()) return;
        std::size_t at = 0;
        while (count < kMaxDepth) {
            at = delimiter.size() == 1 ? key.find(delimiter[0], at) : key.find(delimiter, at);
            if (at == BytesView::npos) return;
            at += delimiter.size();
            length[count++] = static_cast<std::uint32_t>(at);
        }
    }
};

} // namespace

KeyStorage::KeyStorage(Bytes delimiter)
    : m_delimiter(std::move(delimiter)), m_seed(randomSeed()), m_nodeOf(KeyArena::kMaxKeys),
      m_nodes(KeyArena::kMaxKeys)
{
    if (!m_nodes.ensure(1)) throw std::bad_alloc();
    new (&m_nodes[kRoot]) Node;
    m_nodeCount = 1;
}

KeyStorage::Added KeyStorage::add(BytesView key, std::uint64_t hash)
{
    const KeyId known = m_index.find(hash, [&](KeyId id) { return m_arena.key(id) == key; });
    if (known != kNone) return {known, false, m_nodeOf[known]};
    if (!m_nodeOf.ensure(m_arena.size() + 1)) return {};
    const KeyId id = m_arena.append(key);
    if (id == kNone) return {};
    const NodeId node = nodeFor(m_arena.key(id), id);
    m_nodeOf[id] = node;
    m_index.insert(hash, id);
    count(node, 1);
    return {id, true, node};
}

KeyId KeyStorage::find(BytesView key) const
{
    return m_index.find(hash(key), [&](KeyId id) { return m_arena.key(id) == key; });
}

void KeyStorage::remove(KeyId id)
{
    if (isRemoved(id)) return;
    if (id / 64 >= m_removed.size()) m_removed.resize(id / 64 + 1);
    m_removed[id / 64] |= std::uint64_t{1} << (id % 64);
    m_index.erase(hash(m_arena.key(id)), id);
    count(m_nodeOf[id], static_cast<std::uint32_t>(-1));
}

NodeId KeyStorage::findNode(BytesView path) const
{
    if (path.empty()) return kRoot;
    return m_nodeIndex.find(hash(path), [&](NodeId node) { return this->path(node) == path; });
}

NodeId KeyStorage::nodeFor(BytesView key, KeyId id)
{
    const Paths paths(key, m_delimiter);
    if (paths.count == 0) return kRoot;
    // Nearly always the longest path is known; shorter ones are looked for only when it is not.
    std::size_t depth = paths.count;
    NodeId node = kRoot;
    for (; depth != 0; --depth) {
        node = findNode(key.substr(0, paths.length[depth - 1]));
        if (node != kNone) break;
    }
    if (depth == 0) node = kRoot;
    for (; depth < paths.count; ++depth) {
        if (!m_nodes.ensure(m_nodeCount + 1)) return node;
        Node *made = new (&m_nodes[m_nodeCount]) Node;
        made->parent = node;
        made->exemplar = id;
        made->length = paths.length[depth];
        made->nameBegin = depth == 0 ? 0 : paths.length[depth - 1];
        node = static_cast<NodeId>(m_nodeCount++);
        m_nodeIndex.insert(hash(key.substr(0, made->length)), node);
    }
    return node;
}

void KeyStorage::count(NodeId node, std::uint32_t difference)
{
    for (; node != kNone; node = m_nodes[node].parent) {
        std::atomic<std::uint32_t> &keys = m_nodes[node].keys;
        // One writer: a plain addition that readers may see at any time.
        keys.store(keys.load(std::memory_order_relaxed) + difference, std::memory_order_relaxed);
    }
}

std::size_t KeyStorage::bytesUsed() const
{
    return m_arena.bytesUsed() + m_index.bytesUsed() + m_nodeOf.bytesUsed() + m_nodes.bytesUsed() +
           m_nodeIndex.bytesUsed() + m_removed.capacity() * sizeof(std::uint64_t);
}

} // namespace kvscope::keyindex
