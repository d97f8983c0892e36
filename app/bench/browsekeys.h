// BrowseKeys: the keyspace that the browse and filter cases share, three namespaces and some loose
// keys.
#pragma once

#include "core/base/bytes.h"

#include <string>

namespace kvscope::bench {

/// Of every million: 412,220 "session:…", 214,007 "user:profile:…", the rest "user:…".
inline Bytes browseKey(std::size_t i)
{
    const std::size_t inMillion = i % 1'000'000;
    if (inMillion < 412'220) return "session:" + std::to_string(i);
    if (inMillion < 626'227) return "user:profile:" + std::to_string(i);
    return "user:" + std::to_string(i);
}

} // namespace kvscope::bench
