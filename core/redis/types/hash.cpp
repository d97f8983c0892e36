// Hashes: HSCAN, field and value.
#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

namespace kvscope {

void HashType::addSize(Batch &batch, BytesView key) const
{
    batch.add({"HLEN", key});
}

void HashType::addPage(Batch &batch, BytesView key, BytesView cursor, int count) const
{
    addSize(batch, key);
    batch.add({"HSCAN", key, PageCursor::parse(cursor).server, "COUNT", std::to_string(count)});
}

Result<ElementPage> HashType::page(const Replies &replies, std::size_t first, BytesView cursor,
                                   int count) const
{
    return scanPage(replies, first, cursor, count, 2, "HSCAN");
}

} // namespace kvscope
