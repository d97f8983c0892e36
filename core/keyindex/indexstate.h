// IndexState: what the index thread owns, and what each command does to it.
#pragma once

#include "core/base/keybatch.h"
#include "core/keyindex/keyindex.h"
#include "core/keyindex/packedpage.h"
#include "core/keyindex/treebuilder.h"

#include <unordered_set>

namespace kvscope::keyindex {

/// Index thread only.
class IndexState
{
  public:
    explicit IndexState(Bytes delimiter);

    void beginPass(PassId pass, KeyIndex::PassMode mode);
    void take(const PackedPage &keys);
    void endPass(KeyIndex::PassEnd end);

    void add(const Bytes &key);
    void remove(const std::vector<Bytes> &keys);
    void clear();
    void setExpanded(const Bytes &path, bool expanded) { m_builder->setExpanded(path, expanded); }
    void setOrder(SortOrder order) { m_builder->setOrder(order); }
    bool setFilter(const Bytes &text, std::uint64_t version,
                   const std::function<bool()> &cancelled);
    void setDelimiter(const Bytes &delimiter);
    KeyBatch collect(const Bytes &path) const;

    std::shared_ptr<const KeyTree> build();

  private:
    enum class Keep { Keys, Nothing };
    void rebuild(Keep keep, const Bytes &delimiter);
    void removeKey(KeyId id);
    void sweep();

    std::shared_ptr<KeyStorage> m_storage;
    std::unique_ptr<TreeBuilder> m_builder;
    Bytes m_filter;
    std::uint64_t m_filterVersion = 0;
    IndexFigures m_figures;

    bool m_refreshing = false;         // the pass compares with what was there
    std::size_t m_firstNew = 0;        // keys below were there when it began
    std::vector<std::uint64_t> m_seen; // of those, the ones it has brought
    std::unordered_set<Bytes> m_removedInPass;
    std::vector<std::uint64_t> m_hashes; // of the page being taken in
};

} // namespace kvscope::keyindex
