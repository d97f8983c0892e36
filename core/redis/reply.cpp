// Views into flat replies.
#include "core/redis/reply.h"

#include <charconv>

namespace kvscope {
namespace {

const ReplyNode kNil{0, 0, 1, ReplyType::Nil};

const ReplyNode &nodeAt(const Replies *replies, std::uint32_t node)
{
    return replies && node < replies->nodes().size() ? replies->nodes()[node] : kNil;
}

bool holdsBytes(ReplyType type)
{
    return type == ReplyType::String || type == ReplyType::Status || type == ReplyType::Error;
}

} // namespace

ReplyType ReplyView::type() const
{
    return nodeAt(m_replies, m_node).type;
}

BytesView ReplyView::bytes() const
{
    const ReplyNode &node = nodeAt(m_replies, m_node);
    if (!holdsBytes(node.type)) return {};
    return BytesView(m_replies->buffer()).substr(static_cast<std::size_t>(node.value), node.length);
}

std::int64_t ReplyView::integer(std::int64_t fallback) const
{
    const ReplyNode &node = nodeAt(m_replies, m_node);
    if (node.type == ReplyType::Integer) return node.value;
    if (!isBytes()) return fallback;
    const BytesView text = bytes();
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? value : fallback;
}

std::size_t ReplyView::size() const
{
    const ReplyNode &node = nodeAt(m_replies, m_node);
    return node.type == ReplyType::Array ? node.length : 0;
}

ReplyView ReplyView::operator[](std::size_t i) const
{
    const ReplyNode &node = nodeAt(m_replies, m_node);
    if (node.type != ReplyType::Array || i >= node.length) return {};
    // Elements before an inner array, and all of an array of leaves, lie one behind the other.
    std::uint32_t at = m_node + 1;
    if (node.end - at == node.length) return {m_replies, at + static_cast<std::uint32_t>(i)};
    for (std::size_t skipped = 0; skipped < i; ++skipped) at = nodeAt(m_replies, at).end;
    return {m_replies, at};
}

ReplyView::Iterator &ReplyView::Iterator::operator++()
{
    m_node = nodeAt(m_replies, m_node).end;
    return *this;
}

ReplyView::Iterator ReplyView::begin() const
{
    return {m_replies, size() ? m_node + 1 : 0};
}

ReplyView::Iterator ReplyView::end() const
{
    return {m_replies, size() ? nodeAt(m_replies, m_node).end : 0};
}

ReplyView Replies::firstError() const
{
    for (const std::uint32_t root : m_roots) {
        if (m_nodes[root].type == ReplyType::Error) return {this, root};
    }
    return {};
}

std::size_t Replies::memoryBytes() const
{
    return m_buffer.size() + m_nodes.size() * sizeof(ReplyNode) +
           m_roots.size() * sizeof(std::uint32_t);
}

} // namespace kvscope
