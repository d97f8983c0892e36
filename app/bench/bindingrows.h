// BindingRows: the rows that the cases of warm-up and check read, and the same ready-made for bare
// loops.
#pragma once

#include "core/binding/binding.h"

#include <functional>

namespace kvscope::bench {

/// A million users in a table, in an order that has nothing to do with that of their keys.
struct BindingRows
{
    /// Whose JSON the store holds.
    enum class Writer : std::uint8_t {
        Warmup,  ///< byte for byte what a warm-up writes
        Another, ///< equal by value: other order of members, white space
    };
    enum class Version : std::uint8_t { None, Stored };

    std::size_t count = 0;
    Writer writer = Writer::Warmup;
    Version version = Version::None;
    std::int64_t ttlSeconds = 0; ///< 0: none

    /// Table `items` for a binding and table `ready` (key, value, version) for a bare loop.
    Result<bool> writeSqlite(const QString &path) const;
    /// The same items for PostgreSQL's COPY.
    Result<bool> writeCsv(const QString &path) const;
    /// Makes the table that the CSV fits.
    static Bytes createItems();

    Result<Binding> binding(const QString &sourceUrl) const;
    /// Each key and value, in the order of the rows, until it returns false.
    void forEach(const std::function<bool(BytesView key, BytesView value)> &take) const;
};

} // namespace kvscope::bench
