// Sets: SSCAN, a member a row.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void SetType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"SCARD", key});
}

void SetType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    addSize(batch, key);
    batch.add({"SSCAN", key, PageCursor::parse(cursor).server, "COUNT", std::to_string(count)});
}

Result<ElementPage> SetType::page(const Replies &replies, std::size_t first, BytesView cursor,
                                  int count) const
{
    return scanPage(replies, first, cursor, count, 1, "SSCAN");
}

} // namespace kvscope
