// Packing a page into the block at hand.
#include "core/keyindex/packedpage.h"

#include <algorithm>
#include <cstring>

namespace kvscope::keyindex {
namespace {

constexpr std::size_t kBlockWords = (std::size_t{256} << 10U) / sizeof(std::uint32_t);

} // namespace

PackedPage PagePacker::pack(const KeyBatch &keys)
{
    std::size_t bytes = 0;
    for (const KeyBatch::Span &span : keys.spans) bytes += span.length;
    const std::size_t words =
        keys.size() + (bytes + sizeof(std::uint32_t) - 1) / sizeof(std::uint32_t);
    if (!m_block || m_used + words > m_block->size()) {
        m_block = std::make_shared<Block>(std::max(words, kBlockWords));
        m_used = 0;
    }
    std::uint32_t *ends = m_block->data() + m_used;
    char *const begin = reinterpret_cast<char *>(ends + keys.size());
    char *at = begin;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const BytesView key = keys[i];
        if (!key.empty()) std::memcpy(at, key.data(), key.size());
        at += key.size();
        ends[i] = static_cast<std::uint32_t>(at - begin);
    }
    m_used += words;

    PackedPage page;
    page.m_block = m_block;
    page.m_ends = ends;
    page.m_bytes = begin;
    page.m_size = keys.size();
    return page;
}

} // namespace kvscope::keyindex
