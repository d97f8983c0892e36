// Sorted sets: ZRANGE by rank, so that a page is in order and of a known size.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void SortedSetType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"ZCARD", key});
}

void SortedSetType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    const std::uint64_t begin = PageCursor::number(cursor);
    const std::uint64_t last = begin + static_cast<std::uint64_t>(count) - 1;
    addSize(batch, key);
    batch.add({"ZRANGE", key, std::to_string(begin), std::to_string(last), "WITHSCORES"});
}

Result<ElementPage> SortedSetType::page(const Replies &replies, std::size_t first, BytesView cursor,
                                        int) const
{
    const Result<ElementAnswers> answers = elementAnswers(replies, first, "ZRANGE");
    if (!answers) return failure(answers.error());
    ElementPage page;
    page.total = answers->total;
    const ReplyView elements = answers->elements;
    for (std::size_t i = 0; i + 1 < elements.size(); i += 2)
        page.rows.push_back({Bytes(elements[i].bytes()), Bytes(elements[i + 1].bytes())});
    const std::uint64_t end = PageCursor::number(cursor) + page.rows.size();
    if (!page.rows.empty() && static_cast<std::int64_t>(end) < page.total)
        page.next = std::to_string(end);
    return page;
}

} // namespace kvscope
