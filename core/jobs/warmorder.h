// WarmOrder: which entries a warm-up writes first.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QString>

namespace kvscope {

/// A value. What stands first is written first; everything else follows in key order.
struct WarmOrder
{
    enum class Kind : std::uint8_t {
        Key,     ///< the binding's own order
        Hot,     ///< how often an access log (a key a line) names a key
        Lfu,     ///< the store's own LFU counters (OBJECT FREQ)
        Column,  ///< a column, the largest first
        Learned, ///< how often the predictor expects a key in the next window of a trace
        Benefit, ///< expected accesses × what a miss costs ÷ bytes that the entry takes
    };
    Kind kind = Kind::Key;
    QString file{}; ///< Hot, Learned, Benefit
    Bytes column{}; ///< Column

    /// `key`, `hot:FILE`, `lfu`, `column:NAME`, `learned:FILE`, `benefit:FILE`. WrongUsage.
    static Result<WarmOrder> parse(const QString &text);
    /// What parse() reads back.
    QString text() const;

    friend bool operator==(const WarmOrder &, const WarmOrder &) = default;
};

} // namespace kvscope
