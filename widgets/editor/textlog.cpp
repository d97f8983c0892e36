// Keystrokes that follow each other become one change.
#include "widgets/editor/textlog.h"

#include "core/value/diff.h"

#include <numeric>
#include <utility>

namespace kvscope {
namespace {

std::vector<std::size_t> offsetsOf(BytesView text, const std::vector<BytesView> &lines)
{
    std::vector<std::size_t> offsets;
    offsets.reserve(lines.size() + 1);
    for (const BytesView line : lines) offsets.push_back(std::size_t(line.data() - text.data()));
    offsets.push_back(text.size());
    return offsets;
}

} // namespace

SharedBytes TextSnapshot::join() const
{
    if (m_changes.empty()) return m_base;
    Bytes text;
    text.reserve(std::accumulate(
        m_changes.begin(), m_changes.end(), m_base->size(),
        [](std::size_t sum, const auto &change) { return sum + change->inserted.size(); }));
    text.append(*m_base);
    for (const auto &change : m_changes)
        text.replace(change->offset, change->removed, change->inserted);
    return std::make_shared<const Bytes>(std::move(text));
}

void TextLog::reset(SharedBytes text)
{
    m_first += m_changes.size() + 1; // snapshots taken so far end below
    m_frozen = m_first;
    m_changes.clear();
    m_base = std::move(text);
}

void TextLog::note(std::size_t offset, std::size_t removed, BytesView inserted)
{
    if (extend(offset, removed, inserted)) return;
    m_changes.push_back(std::make_shared<JsonSplice>(JsonSplice{offset, removed, Bytes(inserted)}));
}

bool TextLog::extend(std::size_t offset, std::size_t removed, BytesView inserted)
{
    if (m_changes.empty() || m_frozen >= m_first + m_changes.size()) return false;
    JsonSplice &last = *m_changes.back();
    const std::size_t end = last.offset + last.inserted.size();
    if (removed == 0 && offset == end) {
        last.inserted.append(inserted);
        return true;
    }
    if (!inserted.empty() || offset + removed != end) return false;
    if (removed <= last.inserted.size()) { // back over what was typed
        last.inserted.resize(last.inserted.size() - removed);
        return true;
    }
    if (!last.inserted.empty()) return false;
    last.offset = offset;
    last.removed += removed;
    return true;
}

TextSnapshot TextLog::snapshot()
{
    TextSnapshot snapshot;
    snapshot.m_base = m_base;
    snapshot.m_changes.assign(m_changes.begin(), m_changes.end());
    snapshot.m_end = m_first + m_changes.size();
    m_frozen = snapshot.m_end;
    return snapshot;
}

void TextLog::adopt(const TextSnapshot &snapshot, SharedBytes joined)
{
    if (snapshot.m_end <= m_first) return;
    m_changes.erase(m_changes.begin(),
                    m_changes.begin() + std::ptrdiff_t(snapshot.m_end - m_first));
    m_first = snapshot.m_end;
    m_base = std::move(joined);
}

TextReplacement replacementOf(BytesView before, SharedBytes after)
{
    TextReplacement replacement;
    const std::vector<BytesView> old = splitLines(before);
    const std::vector<BytesView> fresh = splitLines(*after);
    const std::vector<std::size_t> from = offsetsOf(before, old);
    const std::vector<std::size_t> to = offsetsOf(*after, fresh);
    const std::vector<EditRun> runs = shortestEdit(old, fresh);
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        const std::size_t begin = from[run->before];
        const std::size_t first = to[run->after];
        replacement.splices.push_back(
            {begin, from[run->before + run->beforeCount] - begin,
             after->substr(first, to[run->after + run->afterCount] - first)});
    }
    replacement.text = std::move(after);
    return replacement;
}

} // namespace kvscope
