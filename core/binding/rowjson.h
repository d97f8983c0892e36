// RowJson: whether a stored JSON text says what a row says, without composing the row's own.
//
// What a store holds was written by one program, or by a few: the members come in one order, with
// the same white space between them, thousands of times. So the bytes between the values are
// remembered, and a text is compared with its row in one walk:
//
//   layout   {"id": ·, "name": ·}          learned from a text that compareJson() called the same
//   held     {"id": 7, "name": "Ann"}      bytes between values by memcmp
//                   ^          ^           values against the cells: a text is known to end where
//                                          the cell's does, so no quote has to be looked for
//
// The first layout is the one we write ourselves. Only a walk's “yes” means anything: whatever does
// not fit is composed and given to compareJson().
#pragma once

#include "core/source/rowpage.h"

#include <cstdint>
#include <vector>

namespace kvscope {

/// Not thread-safe: it learns.
class RowJson
{
  public:
    struct Member
    {
        Bytes head;         ///< `{"name":` or `,"name":`, as we write it
        Bytes name;         ///< raw
        std::size_t column; ///< of the page
    };

    RowJson() = default;
    explicit RowJson(std::vector<Member> members);

    /// True only where compareJson(composed, held) is Same. `plain`: bit i is set where member i's
    /// text can stand between quotes as it is (the first 64 members). Requires: an entry can be
    /// made of the row.
    bool says(BytesView held, const RowPage &page, std::size_t row, std::uint64_t plain);
    /// `held` says the same as its row, but says() did not see it.
    void learn(BytesView held);

  private:
    struct Slot
    {
        Bytes literal; ///< in front of the value
        std::size_t member;
    };
    struct Layout
    {
        std::vector<Slot> places;
        Bytes end;
    };
    static constexpr std::size_t kMostLayouts = 4;
    static constexpr std::size_t kLearnAtOnce = 16; ///< then every 16th that does not fit

    bool fits(const Layout &layout, BytesView held, const RowPage &page, std::size_t row,
              std::uint64_t plain);
    bool jsonFits(BytesView held, std::size_t &at, BytesView json);

    std::vector<Member> m_members;
    std::vector<Layout> m_layouts;
    std::size_t m_last = 0;  // that fitted
    std::size_t m_next = 1;  // to be replaced, once there are many
    std::size_t m_asked = 0; // to learn
    Bytes m_compact;         // keeps its memory
};

} // namespace kvscope
