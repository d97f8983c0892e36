// ComparedLines: words and signs by the shortest edit.
#include "widgets/jobs/comparedlines.h"

#include "core/value/diff.h"
#include "widgets/jobs/jobwords.h"

namespace kvscope {
namespace {

constexpr int kContext = 24; // characters in front of the first difference when the line is cut

// Words and signs of a line, so that a changed name is marked whole and not letter by letter.
std::vector<BytesView> tokensOf(BytesView line)
{
    std::vector<BytesView> tokens;
    const auto isWord = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || (c & '\x80') || c == '_' ||
               c == '.' || c == '-';
    };
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        if (isWord(line[i]))
            while (end < line.size() && isWord(line[end])) ++end;
        tokens.push_back(line.substr(i, end - i));
        i = end;
    }
    return tokens;
}

// Where each token begins in the line as Qt counts characters; one more for the end.
std::vector<int> startsOf(const std::vector<BytesView> &tokens)
{
    std::vector<int> starts;
    int at = 0;
    for (const BytesView token : tokens) {
        starts.push_back(at);
        at += static_cast<int>(
            QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size())).size());
    }
    starts.push_back(at);
    return starts;
}

void shift(std::vector<ComparedLines::Range> &ranges, int by, int length)
{
    std::vector<ComparedLines::Range> kept;
    for (ComparedLines::Range range : ranges) {
        const int begin = std::max(range.begin - by, 0);
        const int end = std::min(range.begin + range.length - by, length);
        if (end > begin) kept.push_back({begin, end - begin});
    }
    ranges = std::move(kept);
}

void cut(QString &line, std::vector<ComparedLines::Range> &ranges, int begin, int most)
{
    const auto whole = line.size();
    line = line.mid(begin, most);
    shift(ranges, begin, static_cast<int>(line.size()));
    if (begin + most < whole) line += QChar(0x2026);
    if (begin == 0) return;
    line.prepend(QChar(0x2026));
    for (ComparedLines::Range &range : ranges) ++range.begin;
}

} // namespace

ComparedLines compareLines(const ShownValue &cache, const ShownValue &source, int most)
{
    ComparedLines out{valueLine(cache), valueLine(source), {}, {}};
    if (cache.there && source.there) {
        const Bytes before = out.cache.toStdString();
        const Bytes after = out.source.toStdString();
        const auto a = tokensOf(before);
        const auto b = tokensOf(after);
        const auto starts = startsOf(a);
        const auto ends = startsOf(b);
        for (const EditRun &run : shortestEdit(a, b)) {
            const auto range = [](const std::vector<int> &at, std::size_t first,
                                  std::size_t count) -> ComparedLines::Range {
                return {at[first], at[first + count] - at[first]};
            };
            if (run.beforeCount > 0)
                out.cacheChanged.push_back(range(starts, run.before, run.beforeCount));
            if (run.afterCount > 0)
                out.sourceChanged.push_back(range(ends, run.after, run.afterCount));
        }
    }
    int first = 0;
    if (out.cache.size() > most || out.source.size() > most) {
        int differs = static_cast<int>(std::max(out.cache.size(), out.source.size()));
        for (const auto *changed : {&out.cacheChanged, &out.sourceChanged})
            if (!changed->empty()) differs = std::min(differs, changed->front().begin);
        if (differs > most / 4 && differs < std::max(out.cache.size(), out.source.size()))
            first = std::max(differs - kContext, 0);
    }
    cut(out.cache, out.cacheChanged, std::min<int>(first, static_cast<int>(out.cache.size())),
        most);
    cut(out.source, out.sourceChanged, std::min<int>(first, static_cast<int>(out.source.size())),
        most);
    return out;
}

} // namespace kvscope
