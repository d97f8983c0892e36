// Source: the system of record behind a cache.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

namespace kvscope {

class Source
{
  public:
    virtual ~Source() = default;

    /// What the source says to `query`, as the bytes a cache keeps. Any thread; answered exactly
    /// once, with Cancelled when the source goes first.
    virtual void find(Bytes query, Callback<Bytes> done) = 0;
};

} // namespace kvscope
