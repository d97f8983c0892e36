// KeyIndex: the packed key index and the thread that keeps it.
//
// Pages of a scan come in on any thread and are queued; the index thread deduplicates, counts and
// sorts them and publishes a KeyTree (keytree.h) now and then: at once after a command, otherwise
// so seldom that publishing takes a ninth of its time at most. A view takes the newest tree and
// reads rows from it without waiting for anybody.
//
// Memory, a key: its bytes, length 1, skip 0.5, namespace number 4, hash slot 10–12.5, and 4 more
// where its namespace is open. All of it lies in Regions and is given back by clear().
#pragma once

#include "core/base/keybatch.h"
#include "core/keyindex/keytree.h"

#include <functional>
#include <memory>

namespace kvscope::keyindex {

using PassId = std::uint32_t;

/// Functions return at once and may be called from any thread unless they say otherwise.
class KeyIndex
{
  public:
    /// Called on the index thread after a tree was published; hand it on.
    using Notify = std::function<void()>;

    explicit KeyIndex(Notify published, Bytes delimiter = ":");
    /// Waits for the index thread to end the step it is in.
    ~KeyIndex();
    KeyIndex(const KeyIndex &) = delete;
    KeyIndex &operator=(const KeyIndex &) = delete;

    enum class PassMode : std::uint8_t {
        Replace, ///< everything goes first (open paths, order and filter stay)
        Refresh, ///< what this pass does not bring goes when it is complete
    };
    /// Starts a scan's pass; one that is running is over.
    PassId beginPass(PassMode mode);
    /// Ignored for a pass that is over. Keys may repeat.
    void append(PassId pass, const KeyBatch &keys);
    enum class PassEnd : std::uint8_t { Complete, Stopped };
    /// Behind the pages appended before.
    void endPass(PassId pass, PassEnd end);
    /// Pages that wait to be taken in; who feeds it pauses above a limit of his own.
    std::size_t backlog() const;

    /// A key that was made, or is known to exist.
    void add(Bytes key);
    /// Keys known to be gone; a running pass does not bring them back.
    void remove(std::vector<Bytes> keys);
    /// Forgets keys and open paths, ends the pass, gives the memory back (on the index thread, once
    /// the last tree is dropped). tree() is empty when this returns.
    void clear();

    void setExpanded(Bytes path, bool expanded);
    void setOrder(SortOrder order);
    /// Empty: none. Supersedes a filter that is still being applied. Returns the version that
    /// IndexFigures::filterVersion has once it is.
    std::uint64_t setFilter(Bytes text);
    /// Builds the tree anew.
    void setDelimiter(Bytes delimiter);

    /// The keys beneath a namespace (all for an empty path; with a filter only those that match),
    /// on the index thread.
    void collect(Bytes path, std::function<void(KeyBatch)> done);

    /// The newest tree, never null.
    std::shared_ptr<const KeyTree> tree() const;
    /// Drops a tree on the index thread: the last of an index holds all its memory.
    void retire(std::shared_ptr<const KeyTree> tree);

  private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace kvscope::keyindex
