// Elements: how a value of each Redis type is measured and paged, one file a type.
#pragma once

#include "core/async/result.h"
#include "core/base/elementpage.h"
#include "core/redis/command.h"
#include "core/redis/reply.h"

namespace kvscope {

/// Appends a type's commands to a batch and reads the answers back. Stateless; any thread.
class ElementType
{
  public:
    static constexpr int kMaxPage = 10'000; ///< elements asked for at once

    virtual ~ElementType() = default;

    /// Null for None and Module: what we can't page.
    static const ElementType *of(ValueType type);

    /// One command: STRLEN, HLEN, LLEN, SCARD, ZCARD, XLEN.
    virtual void addSize(Batch &batch, BytesView key) const = 0;

    /// The commands of one page of about `count` elements from `cursor` (empty: the first):
    /// pageCommands() of them. A string's page is `count` bytes and its cursor an offset.
    virtual void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const = 0;
    static constexpr std::size_t kPageCommands = 2; ///< the size, then the elements

    /// Reads the page off replies[first] and replies[first + 1]. Error replies become an Error.
    /// What a page brings beyond `count` (HSCAN of a small hash brings all of it) is left for the
    /// next.
    virtual Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                                     int count) const = 0;
};

/// The type Redis calls by this name (`string`, `zset`, …): None for "none", Module for the
/// unknown.
ValueType valueTypeOf(BytesView redisName);

} // namespace kvscope
