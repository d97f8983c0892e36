// KeyStorage: the keys of one database and the namespaces they form.
//
// A namespace is the beginning of a key up to and with a delimiter: "user:" and "user:profile:" of
// "user:profile:7". It has no name of its own but borrows the bytes of the first key seen in it.
// Per key there is its number of its namespace (4 B), its slot in the hash index (10–12.5 B), its
// length (1 B) and its share of the skips (0.5 B).
//
// Empty segments count: "a::b" lies in "a:" and in that in "a::". A key that is a namespace's name
// as well ("user" beside "user:1") is both.
#pragma once

#include "core/keyindex/hashindex.h"
#include "core/keyindex/keyarena.h"

#include <atomic>
#include <memory>
#include <new>
#include <vector>

namespace kvscope::keyindex {

using NodeId = std::uint32_t;
inline constexpr NodeId kRoot = 0;

/// Deeper delimiters belong to the key's own name, so that a hostile key is not 65,536 levels deep.
inline constexpr std::size_t kMaxDepth = 64;

struct Node
{
    NodeId parent = kNone;
    KeyId exemplar = 0;                  ///< a key whose first `length` bytes are the path
    std::uint32_t length = 0;            ///< of the path, with its last delimiter
    std::uint32_t nameBegin = 0;         ///< where the last segment begins in it
    std::atomic<std::uint32_t> keys = 0; ///< beneath, at any depth
};

/// One thread writes. Any may call path(), name(), keysBeneath(), parentOf() and keys().key() for
/// numbers it was told of.
class KeyStorage
{
  public:
    explicit KeyStorage(Bytes delimiter);

    struct Added
    {
        KeyId id = kNone; ///< kNone: full
        bool isNew = false;
        NodeId node = kRoot; ///< where it lies
    };
    std::uint64_t hash(BytesView key) const { return hashBytes(key, m_seed); }
    void prefetch(std::uint64_t hash) const { m_index.prefetch(hash); }
    Added add(BytesView key, std::uint64_t hash);
    KeyId find(BytesView key) const;
    /// Its bytes stay where they are; its number is never given again.
    void remove(KeyId id);
    bool isRemoved(KeyId id) const
    {
        return id / 64 < m_removed.size() && ((m_removed[id / 64] >> (id % 64)) & 1U) != 0;
    }
    /// Which of the keys 64 · word … 64 · word + 63 are removed, a bit each.
    std::uint64_t removedOf(std::size_t word) const
    {
        return word < m_removed.size() ? m_removed[word] : 0;
    }

    /// The namespace whose path is `path`, or kNone.
    NodeId findNode(BytesView path) const;
    BytesView path(NodeId node) const
    {
        const Node &n = m_nodes[node];
        return n.length == 0 ? BytesView() : m_arena.key(n.exemplar).substr(0, n.length);
    }
    /// The last segment, without delimiter.
    BytesView name(NodeId node) const
    {
        const Node &n = m_nodes[node];
        if (n.length == 0) return {};
        return path(node).substr(n.nameBegin, n.length - n.nameBegin - m_delimiter.size());
    }
    std::uint32_t keysBeneath(NodeId node) const
    {
        return m_nodes[node].keys.load(std::memory_order_relaxed);
    }
    NodeId parentOf(NodeId node) const { return m_nodes[node].parent; }
    std::size_t nodeCount() const { return m_nodeCount; }
    std::size_t pathLength(NodeId node) const { return m_nodes[node].length; }

    NodeId nodeOf(KeyId id) const { return m_nodeOf[id]; }
    const KeyArena &keys() const { return m_arena; }
    /// Keys that are there, removed ones not counted.
    std::size_t liveKeys() const { return m_index.size(); }
    std::size_t removedKeys() const { return m_arena.size() - m_index.size(); }
    BytesView delimiter() const { return m_delimiter; }
    /// All memory it holds, the keys' own bytes included.
    std::size_t bytesUsed() const;

  private:
    NodeId nodeFor(BytesView key, KeyId id);
    void count(NodeId node, std::uint32_t difference);

    Bytes m_delimiter;
    std::uint64_t m_seed;
    KeyArena m_arena;
    HashIndex m_index;
    RegionArray<NodeId> m_nodeOf;
    std::vector<std::uint64_t> m_removed; // a bit a key, only as long as needed

    RegionArray<Node> m_nodes;
    std::size_t m_nodeCount = 0;
    HashIndex m_nodeIndex;
};

} // namespace kvscope::keyindex
