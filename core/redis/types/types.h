// Types: one class for each Redis type; each is implemented in a file of its own.
#pragma once

#include "core/redis/types/elements.h"

namespace kvscope {

/// STRLEN and GETRANGE; the cursor is an offset. One row of one cell.
class StringType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

/// HLEN and HSCAN: field, value; in the server's order.
class HashType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

/// LLEN and LRANGE: value; the cursor is an index.
class ListType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

/// SCARD and SSCAN: member; in the server's order.
class SetType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

/// ZCARD and ZRANGE WITHSCORES: member, score; by rank, the score with the server's own digits.
class SortedSetType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

/// XLEN and XRANGE: id, field, value, field, value …; the cursor is the id to begin with.
class StreamType final : public ElementType
{
  public:
    void addSize(Batch &batch, BytesView key) const override;
    void addPage(Batch &batch, BytesView key, BytesView cursor, int count) const override;
    Result<ElementPage> page(const Replies &replies, std::size_t first, BytesView cursor,
                             int count) const override;
};

} // namespace kvscope
