// PackedPage: a page of a scan that waits for the index thread.
//
//   block   [page][page][page]…free      256 KiB, given back once its last page was taken
//   page    where each key ends (4 B a key), then the keys' bytes
//
// A page's own buffers come from the heap of the thread that read it. Kept until the index thread
// had time for them they would leave that heap megabytes larger; so they are copied (2 µs a page)
// and freed where they were made.
#pragma once

#include "core/base/keybatch.h"
#include "core/keyindex/largearray.h"

#include <memory>

namespace kvscope::keyindex {

/// Keys of one page, readable as long as it lives.
class PackedPage
{
  public:
    PackedPage() = default;

    std::size_t size() const { return m_size; }
    BytesView operator[](std::size_t i) const
    {
        const std::uint32_t begin = i == 0 ? 0 : m_ends[i - 1];
        return {m_bytes + begin, m_ends[i] - begin};
    }

  private:
    friend class PagePacker;

    std::shared_ptr<const void> m_block;
    const std::uint32_t *m_ends = nullptr;
    const char *m_bytes = nullptr;
    std::size_t m_size = 0;
};

/// One thread at a time; the pages may be read and dropped on any other.
class PagePacker
{
  public:
    PackedPage pack(const KeyBatch &keys);

  private:
    using Block = LargeArray<std::uint32_t>; // for its alignment

    std::shared_ptr<Block> m_block;
    std::size_t m_used = 0; // words of it
};

} // namespace kvscope::keyindex
