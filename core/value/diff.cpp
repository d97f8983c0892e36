// Lines, what changed within them, unified text and three texts side by side.
#include "core/value/diff.h"

#include <algorithm>

namespace kvscope {
namespace {

// Beyond this a line's inside is compared by its ends only.
constexpr std::size_t kLongLine = 8UL * 1024;

bool isWordByte(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Words, and every other byte alone.
std::vector<BytesView> splitWords(BytesView line)
{
    std::vector<BytesView> words;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at + 1;
        if (isWordByte(line[at])) {
            while (end < line.size() && isWordByte(line[end])) ++end;
        }
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

void markEnds(DiffLine &removed, DiffLine &added)
{
    const BytesView a = removed.text;
    const BytesView b = added.text;
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t head = 0;
    while (head < shorter && a[head] == b[head]) ++head;
    while (head > 0 && ((head < a.size() && isContinuation(a[head])) ||
                        (head < b.size() && isContinuation(b[head]))))
        --head;
    std::size_t tail = 0;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    while (tail > 0 && isContinuation(a[a.size() - tail])) --tail;
    if (head < a.size() - tail) removed.changed.push_back({head, a.size() - tail});
    if (head < b.size() - tail) added.changed.push_back({head, b.size() - tail});
}

void markWithin(DiffLine &removed, DiffLine &added)
{
    if (removed.text.size() + added.text.size() > kLongLine) return markEnds(removed, added);
    const std::vector<BytesView> before = splitWords(removed.text);
    const std::vector<BytesView> after = splitWords(added.text);
    const auto mark = [](DiffLine &line, const std::vector<BytesView> &words, std::size_t first,
                         std::size_t count) {
        if (count == 0) return;
        const BytesView last = words[first + count - 1];
        line.changed.push_back({std::size_t(words[first].data() - line.text.data()),
                                std::size_t(last.data() - line.text.data()) + last.size()});
    };
    for (const EditRun &run : shortestEdit(before, after)) {
        mark(removed, before, run.before, run.beforeCount);
        mark(added, after, run.after, run.afterCount);
    }
}

// What two texts share at both ends, in whole lines, less some for context.
struct CommonEnds
{
    std::size_t head = 0;
    std::size_t tail = 0;
};

CommonEnds commonEnds(BytesView a, BytesView b, int context)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    CommonEnds ends;
    ends.head = std::size_t(
        std::mismatch(a.begin(), a.begin() + std::ptrdiff_t(shorter), b.begin()).first - a.begin());
    const std::size_t most = shorter - ends.head;
    while (ends.tail < most && a[a.size() - 1 - ends.tail] == b[b.size() - 1 - ends.tail])
        ++ends.tail;
    for (int line = 0; line <= context && ends.head > 0; ++line) {
        const std::size_t lineBreak =
            ends.head < 2 ? BytesView::npos : a.rfind('\n', ends.head - 2);
        ends.head = lineBreak == BytesView::npos ? 0 : lineBreak + 1;
    }
    for (int line = 0; line <= context && ends.tail > 0; ++line) {
        const std::size_t lineBreak = a.find('\n', a.size() - ends.tail);
        ends.tail = lineBreak == BytesView::npos ? 0 : a.size() - lineBreak - 1;
    }
    return ends;
}

// Where a text's line stands that is line `base` of the base, given the runs that differ.
class LineMap
{
  public:
    explicit LineMap(const std::vector<EditRun> &runs) : m_runs(runs) {}

    const EditRun *runAt(std::size_t base) const
    {
        return m_next < m_runs.size() && m_runs[m_next].before <= base ? &m_runs[m_next] : nullptr;
    }
    void pass()
    {
        const EditRun &run = m_runs[m_next++];
        m_shift += std::ptrdiff_t(run.afterCount) - std::ptrdiff_t(run.beforeCount);
    }
    std::size_t lineOf(std::size_t base) const
    {
        return std::size_t(std::ptrdiff_t(base) + m_shift);
    }

  private:
    const std::vector<EditRun> &m_runs;
    std::size_t m_next = 0;
    std::ptrdiff_t m_shift = 0;
};

void printLine(std::string &text, char mark, BytesView line)
{
    text += mark;
    text.append(line);
    if (!line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
}

std::string rangeText(std::size_t first, std::size_t count)
{
    const std::string start = std::to_string(count == 0 ? first : first + 1);
    return count == 1 ? start : start + ',' + std::to_string(count);
}

} // namespace

std::vector<BytesView> splitLines(BytesView text)
{
    std::vector<BytesView> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find_first_of("\r\n", at);
        if (end == BytesView::npos)
            end = text.size();
        else if (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n')
            end += 2;
        else
            end += 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    return lines;
}

BytesView withoutBreak(BytesView line)
{
    if (line.ends_with("\r\n")) return line.substr(0, line.size() - 2);
    if (line.ends_with('\n') || line.ends_with('\r')) return line.substr(0, line.size() - 1);
    return line;
}

std::size_t countLines(BytesView text)
{
    std::size_t lines = text.empty() || text.back() == '\n' || text.back() == '\r' ? 0 : 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
        if (text[at] == '\n' || (text[at] == '\r' && !pair)) ++lines;
    }
    return lines;
}

std::vector<DiffLine> diffLines(BytesView before, BytesView after, int context)
{
    const CommonEnds ends = context < 0 ? CommonEnds{} : commonEnds(before, after, context);
    const std::vector<BytesView> old =
        splitLines(before.substr(ends.head, before.size() - ends.head - ends.tail));
    const std::vector<BytesView> fresh =
        splitLines(after.substr(ends.head, after.size() - ends.head - ends.tail));
    const auto first = int(countLines(before.substr(0, ends.head))) + 1;
    const std::vector<EditRun> runs = shortestEdit(old, fresh);
    std::vector<DiffLine> lines;
    std::size_t b = 0;
    std::size_t a = 0;
    const auto addSame = [&](std::size_t until, bool changeBefore, bool changeBehind) {
        const auto around = std::size_t(std::max(context, 0));
        const std::size_t start = b;
        for (; b < until; ++b, ++a) {
            const bool near = context < 0 || (changeBefore && b < start + around) ||
                              (changeBehind && b + around >= until);
            if (near)
                lines.push_back({DiffLine::Kind::Same,
                                 first + int(b),
                                 first + int(a),
                                 withoutBreak(old[b]),
                                 {}});
        }
    };
    for (const EditRun &run : runs) {
        addSame(run.before, &run != &runs.front(), true);
        const std::size_t rows = std::max(run.beforeCount, run.afterCount);
        for (std::size_t row = 0; row < rows; ++row) {
            const bool removes = row < run.beforeCount;
            const bool adds = row < run.afterCount;
            if (removes) {
                lines.push_back(
                    {DiffLine::Kind::Removed, first + int(b), 0, withoutBreak(old[b]), {}});
                ++b;
            }
            if (adds) {
                lines.push_back(
                    {DiffLine::Kind::Added, 0, first + int(a), withoutBreak(fresh[a]), {}});
                ++a;
            }
            if (removes && adds) markWithin(lines[lines.size() - 2], lines.back());
        }
    }
    addSame(old.size(), !runs.empty(), false);
    return lines;
}

std::string unifiedDiff(BytesView before, BytesView after, std::string_view beforeName,
                        std::string_view afterName, int context)
{
    const std::vector<BytesView> old = splitLines(before);
    const std::vector<BytesView> fresh = splitLines(after);
    const std::vector<EditRun> runs = shortestEdit(old, fresh);
    if (runs.empty()) return {};
    std::string text;
    text.append("--- ").append(beforeName).append("\n+++ ").append(afterName).append("\n");
    const auto around = std::size_t(std::max(context, 0));
    for (std::size_t first = 0; first < runs.size();) {
        std::size_t last = first;
        while (last + 1 < runs.size() &&
               runs[last + 1].before - (runs[last].before + runs[last].beforeCount) <= 2 * around)
            ++last;
        const std::size_t lead = std::min(around, runs[first].before);
        const std::size_t begin = runs[first].before - lead;
        const std::size_t end =
            std::min(runs[last].before + runs[last].beforeCount + around, old.size());
        const std::size_t afterBegin = runs[first].after - lead;
        const std::size_t afterEnd = runs[last].after + runs[last].afterCount + end -
                                     runs[last].before - runs[last].beforeCount;
        text.append("@@ -").append(rangeText(begin, end - begin));
        text.append(" +").append(rangeText(afterBegin, afterEnd - afterBegin)).append(" @@\n");
        std::size_t b = begin;
        for (; first <= last; ++first) {
            const EditRun &run = runs[first];
            for (; b < run.before; ++b) printLine(text, ' ', old[b]);
            for (; b < run.before + run.beforeCount; ++b) printLine(text, '-', old[b]);
            for (std::size_t a = run.after; a < run.after + run.afterCount; ++a)
                printLine(text, '+', fresh[a]);
        }
        for (; b < end; ++b) printLine(text, ' ', old[b]);
    }
    return text;
}

std::vector<ThreeWayRow> alignThreeWays(BytesView base, BytesView theirs, BytesView mine)
{
    const std::vector<BytesView> baseLines = splitLines(base);
    const std::vector<EditRun> theirRuns = shortestEdit(baseLines, splitLines(theirs));
    const std::vector<EditRun> myRuns = shortestEdit(baseLines, splitLines(mine));
    LineMap theirMap(theirRuns);
    LineMap myMap(myRuns);
    std::vector<ThreeWayRow> rows;
    std::size_t at = 0;
    while (at < baseLines.size() || theirMap.runAt(at) || myMap.runAt(at)) {
        if (!theirMap.runAt(at) && !myMap.runAt(at)) {
            rows.push_back({int(at) + 1, int(theirMap.lineOf(at)) + 1, int(myMap.lineOf(at)) + 1,
                            false, false});
            ++at;
            continue;
        }
        // A block: all runs of either side that overlap, taken together.
        const std::size_t theirFirst = theirMap.lineOf(at);
        const std::size_t myFirst = myMap.lineOf(at);
        std::size_t end = at;
        bool theirChanged = false;
        bool myChanged = false;
        for (bool grew = true; grew;) {
            grew = false;
            for (auto [map, changed] :
                 {std::pair(&theirMap, &theirChanged), std::pair(&myMap, &myChanged)}) {
                const EditRun *run = map->runAt(end);
                if (!run || (run->before == end && end > at && run->beforeCount > 0)) continue;
                end = std::max(end, run->before + run->beforeCount);
                map->pass();
                *changed = grew = true;
            }
        }
        const std::size_t baseCount = end - at;
        const std::size_t theirCount = theirMap.lineOf(end) - theirFirst;
        const std::size_t myCount = myMap.lineOf(end) - myFirst;
        for (std::size_t row = 0; row < std::max({baseCount, theirCount, myCount}); ++row) {
            rows.push_back({row < baseCount ? int(at + row) + 1 : 0,
                            row < theirCount ? int(theirFirst + row) + 1 : 0,
                            row < myCount ? int(myFirst + row) + 1 : 0, theirChanged, myChanged});
        }
        at = end;
    }
    return rows;
}

} // namespace kvscope
