// Streams: XRANGE from an id. One entry more than the page is asked for: its id is the next cursor,
// which needs no exclusive range (6.2+) and no arithmetic on ids.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void StreamType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"XLEN", key});
}

void StreamType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    addSize(batch, key);
    batch.add({"XRANGE", key, cursor.empty() ? BytesView("-") : cursor, "+", "COUNT",
               std::to_string(count + 1)});
}

Result<ElementPage> StreamType::page(const Replies &replies, std::size_t first, BytesView,
                                     int count) const
{
    const Result<ElementAnswers> answers = elementAnswers(replies, first, "XRANGE");
    if (!answers) return failure(answers.error());
    ElementPage page;
    page.total = answers->total;
    for (const ReplyView entry : answers->elements) {
        if (page.rows.size() == static_cast<std::size_t>(count)) {
            page.next = entry[0].bytes();
            break;
        }
        std::vector<Bytes> &cells = page.rows.emplace_back();
        cells.emplace_back(entry[0].bytes());
        for (const ReplyView cell : entry[1]) cells.emplace_back(cell.bytes());
    }
    return page;
}

} // namespace kvscope
