// Policy: the seam between a shard and its eviction policy.
//
// A policy sees nodes, not entries: every entry of the shard carries one, with two links and a few
// bytes of state for the policy's own use, so that no policy allocates per entry. It is told what
// happens to them and names the next one to go:
//
//     inserted ──> accessed* ──> removed        an entry's life
//          │
//          └─ suspended … resumed               taken out for a while, its state kept in the node
//
// A node is suspended while its entry is pinned (only when it would have been the victim, so that
// reading costs nothing) and while it is written anew: it then comes back at another address or
// with another cost, so a change of size is a suspend and a resume. A policy that counts bytes
// subtracts node.cost at removed and suspended, and adds it at inserted and resumed.
//
// Room is made before an entry is inserted, so a policy never has to spare the newcomer. One that
// keeps ghosts (S3-FIFO, ARC, 2Q, LIRS) or a sketch (TinyLFU) finds the key's hash in the node;
// what it allocates itself it declares by memoryBytes(), which counts against the budget.
//
// Policies are switched while the engine runs: the old one hands its nodes over, coldest first, and
// the new one has them inserted in order of their last access.
//
// All calls are made under the shard's lock.
#pragma once

#include "core/engine/engine.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kvscope::engine {

/// A place in a NodeList.
struct Links
{
    Links *colder = nullptr;
    Links *warmer = nullptr;
};

/// What a policy sees of an entry.
struct PolicyNode : Links
{
    std::uint64_t hash = 0;     ///< of the key; set by the shard
    std::uint32_t cost = 0;     ///< bytes of memory; set by the shard
    std::uint8_t frequency = 0; ///< this and below: the policy's own
    std::uint8_t queue = 0;
    std::uint16_t epoch = 0;

    void forgetPolicy()
    {
        frequency = 0;
        queue = 0;
        epoch = 0;
    }
};

/// Why a node left. Only an evicted or expired one is worth remembering as a ghost.
enum class Departure : std::uint8_t { Evicted, Expired, Erased };

class Policy
{
  public:
    virtual ~Policy() = default;
    virtual PolicyKind kind() const = 0;

    virtual void inserted(PolicyNode &node) = 0;
    virtual void accessed(PolicyNode &node) = 0;
    virtual void removed(PolicyNode &node, Departure why) = 0;

    virtual void suspended(PolicyNode &node) = 0;
    /// Back at the cold end of where it was; followed by accessed() where that is deserved. Must
    /// also take a node whose state is all zero (it was suspended under another policy).
    virtual void resumed(PolicyNode &node) = 0;

    /// The node to go next, or nothing when there is none. It stays until removed or suspended;
    /// asking twice gives the same one.
    virtual PolicyNode *victim() = 0;

    /// How often the node was accessed, by this policy's reckoning; 0 where it does not count.
    virtual std::uint32_t frequency(const PolicyNode &node) const = 0;
    /// Memory of its own, beside the nodes.
    virtual std::size_t memoryBytes() const = 0;
    /// Gives up every node, coldest first. Only destruction may follow.
    virtual std::vector<PolicyNode *> handOver() = 0;
};

/// `kind`'s implementation, empty.
std::unique_ptr<Policy> makePolicy(PolicyKind kind);

} // namespace kvscope::engine
