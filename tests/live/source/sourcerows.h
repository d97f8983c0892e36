// SourceRows: reading a source to its end, for tests of every kind of source.
#pragma once

#include "core/async/errortext.h"
#include "core/source/rowsource.h"

#include <gtest/gtest.h>

namespace kvscope::test {

inline std::unique_ptr<RowSource> opened(const QString &url, std::stop_token stop = {})
{
    auto source = makeRowSource(url);
    EXPECT_TRUE(source);
    (*source)->setStopToken(std::move(stop));
    const auto open = (*source)->open();
    EXPECT_TRUE(open) << (open ? std::string() : errorLine(open.error()).toStdString());
    return std::move(*source);
}

inline RowQuery query(const char *rows, std::vector<Bytes> order)
{
    RowQuery made;
    made.rows = QString::fromUtf8(rows);
    made.order = std::move(order);
    return made;
}

/// Every row from the first on as `a|b|c`, NULL as `~`; the error's identifier at the end where
/// there is one.
inline std::vector<Bytes> all(RowSource &source, std::size_t rowsAtOnce = 1000)
{
    std::vector<Bytes> found;
    RowPage page;
    while (true) {
        const auto read = source.read(page, rowsAtOnce, 8U << 20U);
        if (!read) found.push_back(read.error().id().toStdString());
        if (!read || page.empty()) return found;
        for (std::size_t r = 0; r < page.rows(); ++r) {
            Bytes row;
            for (std::size_t c = 0; c < page.columns(); ++c) {
                if (c > 0) row += '|';
                row += page.cell(r, c).kind == CellKind::Null ? Bytes("~") : Bytes(page.text(r, c));
            }
            found.push_back(row);
        }
    }
}

/// The same for one query.
inline std::vector<Bytes> rowsOf(RowSource &source, const RowQuery &asked)
{
    const auto prepared = source.prepare(asked);
    if (!prepared) return {prepared.error().id().toStdString()};
    EXPECT_TRUE(source.seek({}));
    return all(source);
}

/// `none` where the query can be prepared.
inline ErrorCode failureOf(RowSource &source, const RowQuery &asked, ErrorCode none)
{
    const auto prepared = source.prepare(asked);
    return prepared ? none : prepared.error().code();
}

/// Names of the kinds of a page's cells in row 0.
inline std::vector<CellKind> kindsOf(RowSource &source)
{
    std::vector<CellKind> kinds;
    RowPage page;
    EXPECT_TRUE(source.seek({}));
    EXPECT_TRUE(source.read(page, 1, 1));
    for (std::size_t c = 0; c < page.columns() && !page.empty(); ++c)
        kinds.push_back(page.cell(0, c).kind);
    return kinds;
}

} // namespace kvscope::test
