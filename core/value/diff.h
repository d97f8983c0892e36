// Diff: what changed between two texts, by lines and within them; three texts side by side.
//
// Myers' O(ND) with the middle snake (E. Myers, "An O(ND) Difference Algorithm and Its Variations",
// 1986), common prefix and suffix cut off first. Beyond kMaxCost edits a stretch is taken as
// replaced as a whole: coarse, never slow.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kvscope {

/// A stretch of bytes within one line.
struct ByteRange
{
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

struct DiffLine
{
    enum class Kind : std::uint8_t { Same, Removed, Added };
    Kind kind = Kind::Same;
    int before = 0; ///< line number from 1, 0 where the line is not in that text
    int after = 0;
    BytesView text;                 ///< into the text it came from, without its line break
    std::vector<ByteRange> changed; ///< of Removed and Added lines that pair: what differs within
};

/// Every line of both texts in order; a removed line stands before the added one it pairs with.
/// Lines differ also when only their breaks do. The views point into the arguments. With a
/// `context` of 0 or more only that many equal lines around each change are told; the line numbers
/// show the gaps.
std::vector<DiffLine> diffLines(BytesView before, BytesView after, int context = -1);

/// The lines that changed with `context` lines around them, as `diff -u` prints them; empty if
/// equal.
std::string unifiedDiff(BytesView before, BytesView after, std::string_view beforeName,
                        std::string_view afterName, int context = 3);

/// One line of three texts; 0 where that text has none there.
struct ThreeWayRow
{
    int base = 0;
    int theirs = 0;
    int mine = 0;
    bool theirsChanged = false;
    bool mineChanged = false;
};

/// Aligns `theirs` and `mine` along `base`.
std::vector<ThreeWayRow> alignThreeWays(BytesView base, BytesView theirs, BytesView mine);

/// The lines of a text with their breaks (LF, CR LF, or CR alone); an empty text has none.
std::vector<BytesView> splitLines(BytesView text);
/// How many lines splitLines() finds.
std::size_t countLines(BytesView text);
/// `line` without its break.
BytesView withoutBreak(BytesView line);

/// A stretch that differs; what lies between two of them is equal.
struct EditRun
{
    std::size_t before = 0, beforeCount = 0;
    std::size_t after = 0, afterCount = 0;
    friend bool operator==(const EditRun &, const EditRun &) = default;
};

/// The shortest edit between two sequences, the core of all of the above; runs in order.
std::vector<EditRun> shortestEdit(const std::vector<BytesView> &before,
                                  const std::vector<BytesView> &after);

} // namespace kvscope
