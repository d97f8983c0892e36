// Lists: LRANGE by index.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void ListType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"LLEN", key});
}

void ListType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    const std::uint64_t begin = PageCursor::number(cursor);
    const std::uint64_t last = begin + static_cast<std::uint64_t>(count) - 1;
    addSize(batch, key);
    batch.add({"LRANGE", key, std::to_string(begin), std::to_string(last)});
}

Result<ElementPage> ListType::page(const Replies &replies, std::size_t first, BytesView cursor,
                                   int) const
{
    const Result<ElementAnswers> answers = elementAnswers(replies, first, "LRANGE");
    if (!answers) return failure(answers.error());
    ElementPage page;
    page.total = answers->total;
    const ReplyView elements = answers->elements;
    for (const ReplyView element : elements) page.rows.push_back({Bytes(element.bytes())});
    const std::uint64_t end = PageCursor::number(cursor) + page.rows.size();
    if (!page.rows.empty() && static_cast<std::int64_t>(end) < page.total)
        page.next = std::to_string(end);
    return page;
}

} // namespace kvscope
