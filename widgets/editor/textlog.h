// TextLog: a text as what it was and the changes made since, so that nobody has to copy it.
#pragma once

#include "core/value/jsondocument.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace kvscope {

/// The text at one moment. Cheap to take and to copy; never changes.
class TextSnapshot
{
  public:
    /// The whole text: what it began with where nothing was changed, else a copy. Any thread.
    SharedBytes join() const;

  private:
    friend class TextLog;
    SharedBytes m_base;
    std::vector<std::shared_ptr<const JsonSplice>> m_changes;
    std::uint64_t m_end = 0; // number of the change behind the last
};

/// Kept by a view beside its own buffer. One thread.
class TextLog
{
  public:
    void reset(SharedBytes text);
    /// `removed` bytes at `offset` gave way to `inserted`.
    void note(std::size_t offset, std::size_t removed, BytesView inserted);
    TextSnapshot snapshot();
    /// Takes what `snapshot` was joined to as the new beginning; later changes stay. One of another
    /// text, or older than the beginning, is ignored.
    void adopt(const TextSnapshot &snapshot, SharedBytes joined);

  private:
    bool extend(std::size_t offset, std::size_t removed, BytesView inserted);

    SharedBytes m_base = std::make_shared<const Bytes>();
    std::vector<std::shared_ptr<JsonSplice>> m_changes;
    std::uint64_t m_first = 0;  // number of the first of m_changes
    std::uint64_t m_frozen = 0; // changes below are in snapshots and can't be extended
};

/// Another text for the one in a view, as the splices that make it: from the last to the first, in
/// whole lines.
struct TextReplacement
{
    SharedBytes text;
    std::vector<JsonSplice> splices;
};
/// Any thread.
TextReplacement replacementOf(BytesView before, SharedBytes after);

} // namespace kvscope
