// PageCursor: the opaque cursor of pages made by HSCAN and SSCAN, and what types share.
//
// A small hash is packed and HSCAN ignores COUNT: it brings all of it (as many as the server's
// listpack limit allows). The page takes its part and the cursor remembers how many to skip of the
// same answer: "0+100".
#pragma once

#include "core/async/result.h"
#include "core/base/elementpage.h"
#include "core/redis/reply.h"

namespace kvscope {

struct PageCursor
{
    Bytes server = "0";     ///< the server's own cursor
    std::uint64_t skip = 0; ///< elements of its answer that were shown already

    static PageCursor parse(BytesView cursor);
    Bytes text() const;
    /// Decimal digits; 0 for anything else.
    static std::uint64_t number(BytesView text);
};

struct ElementAnswers
{
    std::int64_t total = -1;
    ReplyView elements;
};

/// The size and the elements, or the Error that either is.
Result<ElementAnswers> elementAnswers(const Replies &replies, std::size_t first,
                                      const char *command);

/// A page of HSCAN (two cells a row) or SSCAN (one).
Result<ElementPage> scanPage(const Replies &replies, std::size_t first, BytesView cursor, int count,
                             std::size_t width, const char *command);

} // namespace kvscope
