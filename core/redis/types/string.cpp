// Strings: a page is a range of bytes.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void StringType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"STRLEN", key});
}

void StringType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    const std::uint64_t begin = PageCursor::number(cursor);
    addSize(batch, key);
    batch.add({"GETRANGE", key, std::to_string(begin),
               std::to_string(begin + static_cast<std::uint64_t>(count) - 1)});
}

Result<ElementPage> StringType::page(const Replies &replies, std::size_t first, BytesView cursor,
                                     int) const
{
    const Result<ElementAnswers> answers = elementAnswers(replies, first, "GETRANGE");
    if (!answers) return failure(answers.error());
    ElementPage page;
    page.total = answers->total;
    const BytesView bytes = answers->elements.bytes();
    if (!bytes.empty()) page.rows.push_back({Bytes(bytes)});
    const std::uint64_t end = PageCursor::number(cursor) + bytes.size();
    if (!bytes.empty() && static_cast<std::int64_t>(end) < page.total)
        page.next = std::to_string(end);
    return page;
}

} // namespace kvscope
