// IndexFixture: a KeyIndex that is waited for, and a plain model of what it must show.
#pragma once

#include "core/keyindex/keyindex.h"
#include "core/keyindex/naturalorder.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <set>

namespace kvscope::keyindex {

/// Runs a KeyIndex and waits until its published tree fulfils a condition.
class WaitedIndex
{
  public:
    explicit WaitedIndex(Bytes delimiter = ":") : m_index([this] { wake(); }, std::move(delimiter))
    {}

    KeyIndex &operator*() { return m_index; }
    KeyIndex *operator->() { return &m_index; }

    template<class Condition>
    std::shared_ptr<const KeyTree> until(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        std::shared_ptr<const KeyTree> tree;
        const bool came = m_published.wait_for(lock, std::chrono::seconds(60), [&] {
            tree = m_index.tree();
            return condition(*tree);
        });
        EXPECT_TRUE(came) << "the tree never came to be as awaited";
        return tree;
    }

    /// Whatever was asked for before has happened in the tree returned.
    std::shared_ptr<const KeyTree> settled()
    {
        const std::uint64_t version = m_index.setFilter(m_filter);
        return until([&](const KeyTree &t) { return t.figures().filterVersion == version; });
    }
    std::shared_ptr<const KeyTree> filtered(const Bytes &text)
    {
        m_filter = text;
        return settled();
    }

    /// One whole pass over `keys`, in pages of `pageSize`.
    template<class Keys>
    std::shared_ptr<const KeyTree> pass(const Keys &keys,
                                        KeyIndex::PassMode mode = KeyIndex::PassMode::Replace,
                                        std::size_t pageSize = 100)
    {
        const PassId pass = m_index.beginPass(mode);
        KeyBatch page;
        for (const Bytes &key : keys) {
            page.append(key);
            if (page.size() == pageSize) m_index.append(pass, std::exchange(page, {}));
        }
        m_index.append(pass, page);
        m_index.endPass(pass, KeyIndex::PassEnd::Complete);
        return until(
            [&](const KeyTree &t) { return t.figures().pass == pass && !t.figures().passRunning; });
    }

  private:
    void wake()
    {
        const std::lock_guard lock(m_mutex);
        m_published.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_published;
    Bytes m_filter;
    KeyIndex m_index; // last: its thread calls wake()
};

struct NaturalLess
{
    bool operator()(const Bytes &a, const Bytes &b) const { return naturalCompare(a, b) < 0; }
};

/// The tree's lines as text, two spaces a level: "user: 3" for a namespace, "user:1" for a key.
inline std::vector<Bytes> lines(const KeyTree &tree)
{
    std::vector<Bytes> lines;
    for (const TreeRow &row : tree.rows(0, tree.rowCount())) {
        Bytes line(static_cast<std::size_t>(row.depth) * 2, ' ');
        line += row.path;
        if (row.kind == TreeRow::Kind::Namespace) line += ' ' + std::to_string(row.keys);
        lines.push_back(line);
    }
    return lines;
}

/// The same lines from a set of keys, by the plainest means.
class ModelTree
{
  public:
    ModelTree(const std::set<Bytes> &keys, const std::set<Bytes> &expanded)
        : m_keys(keys), m_expanded(expanded)
    {}

    std::vector<Bytes> lines() const
    {
        std::vector<Bytes> result;
        addLevel("", 0, result);
        return result;
    }

  private:
    void addLevel(const Bytes &path, std::size_t depth, std::vector<Bytes> &result) const
    {
        std::map<Bytes, std::size_t, NaturalLess> namespaces;
        std::set<Bytes, NaturalLess> leaves;
        for (const Bytes &key : m_keys) {
            if (!key.starts_with(path)) continue;
            const Bytes rest = key.substr(path.size());
            const std::size_t at = rest.find(':');
            if (at == Bytes::npos) {
                leaves.insert(rest);
            } else {
                ++namespaces[rest.substr(0, at)];
            }
        }
        const Bytes indent(depth * 2, ' ');
        for (const auto &[name, count] : namespaces) {
            const Bytes inner = path + name + ':';
            result.push_back(indent + inner + ' ' + std::to_string(count));
            if (m_expanded.contains(inner)) addLevel(inner, depth + 1, result);
        }
        for (const Bytes &leaf : leaves) result.push_back(indent + path + leaf);
    }

    const std::set<Bytes> &m_keys;
    const std::set<Bytes> &m_expanded;
};

} // namespace kvscope::keyindex
