// BatchReader: values, types, TTLs and sizes. The batch is the primitive; one key is a batch of
// one.
#pragma once

#include "core/store/entry.h"

namespace kvscope {

struct ReadOptions
{
    ReadPurpose purpose = ReadPurpose::Inspect;
    int fields = ReadType | ReadTtl | ReadSize | ReadValue; ///< of ReadField
    ReadLimits limits;
};

class BatchReader
{
  public:
    virtual ~BatchReader() = default;

    /// One Entry a key, in order; a key that does not exist has type None. Traffic reads ask for
    /// ReadValue alone and are one GET each. Any thread.
    virtual void read(std::vector<Bytes> keys, ReadOptions options,
                      Callback<std::vector<Entry>> done) = 0;

    /// A whole string whatever its size, for editing and export; `limit` bytes at most (TooLarge).
    virtual void readWhole(Bytes key, std::int64_t limit, Callback<Entry> done) = 0;

    /// A page of at most about `count` elements from `cursor` (empty: the first).
    virtual void readElements(Bytes key, ValueType type, Bytes cursor, int count,
                              Callback<ElementPage> done) = 0;
};

} // namespace kvscope
