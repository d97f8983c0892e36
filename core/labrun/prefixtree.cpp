// PrefixTree: chains in, stretches out.
#include "core/labrun/prefixtree.h"

#include <algorithm>

namespace kvscope {

void PrefixTree::add(std::uint64_t run, std::span<const llm::BlockId> chain,
                     const llm::Tokenizer &tokenizer)
{
    Node *node = &m_root;
    for (const llm::BlockId &id : chain) {
        std::unique_ptr<Node> &child = node->children[id.hash];
        if (!child) {
            if (m_blocks == kMostBlocks) {
                node->children.erase(id.hash);
                return;
            }
            ++m_blocks;
            child = std::make_unique<Node>();
            child->text = tokenizer.decode(id.tokens);
        }
        node = child.get();
        if (node->lastRun != run) ++node->runs;
        node->lastRun = run;
    }
}

PrefixRows PrefixTree::rows() const
{
    PrefixRows rows;
    collect(m_root, 0, rows);
    return rows;
}

void PrefixTree::collect(const Node &node, int depth, PrefixRows &rows)
{
    std::vector<const Node *> children;
    for (const auto &[hash, child] : node.children) children.push_back(child.get());
    std::ranges::sort(children, std::greater<>(), &Node::lastRun);
    for (const Node *child : children) {
        PrefixRow row{.depth = depth,
                      .text = {},
                      .blocks = 0,
                      .runs = child->runs,
                      .lastRun = child->lastRun};
        const Node *end = child;
        for (;;) {
            row.text += end->text;
            ++row.blocks;
            const Node *next =
                end->children.size() == 1 ? end->children.begin()->second.get() : nullptr;
            if (next == nullptr || next->runs != end->runs) break;
            end = next;
        }
        rows.push_back(std::move(row));
        collect(*end, depth + 1, rows);
    }
}

} // namespace kvscope
