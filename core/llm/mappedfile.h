// MappedFile: a file as read-only memory.
#pragma once

#include "core/llm/fault.h"

#include <cstddef>
#include <span>

namespace kvscope::llm {

/// Maps a whole file; unmaps when it dies. A file that shrinks while mapped ends the process on
/// access, as with every mapping; model files are not written to.
class MappedFile
{
  public:
    /// FileUnreadable when it can't be opened, is no regular file, or is empty.
    static Expected<MappedFile> open(const std::string &path);

    MappedFile(MappedFile &&other) noexcept;
    MappedFile &operator=(MappedFile &&other) noexcept;
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }

  private:
    MappedFile(const std::byte *data, std::size_t size) : m_data(data), m_size(size) {}
    const std::byte *m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace kvscope::llm
