// FileIndex: append all, then sort once.
#include "core/source/fileindex.h"

#include "core/base/hash.h"
#include "core/source/sqlitefields.h"

namespace kvscope {
namespace {

constexpr std::uint64_t kSeed = 0x66696c65; // of its own, so that it follows no other index

// Kinds don't count: a key's part is a text, whatever its column holds.
std::optional<std::int64_t> hashOf(const FieldTuple &fields)
{
    Bytes joined;
    for (const Field &field : fields) {
        if (field.isNull()) return std::nullopt;
        joined += std::to_string(field.text.size()) + ':' + field.text;
    }
    return static_cast<std::int64_t>(hashBytes(joined, kSeed));
}

Bytes listed(std::size_t columns, const char *item)
{
    Bytes text;
    for (std::size_t i = 0; i < columns; ++i)
        text += (i == 0 ? "" : ", ") + Bytes(item) + (*item == 'k' ? std::to_string(i) : Bytes());
    return text;
}

} // namespace

Result<FileIndex> FileIndex::make(Purpose purpose, std::size_t columns)
{
    FileIndex made;
    made.m_purpose = purpose;
    made.m_columns = columns;
    auto database = Sqlite::open({}, Sqlite::Access::ReadWrite);
    if (!database) return failure(database.error());
    made.m_database = std::move(*database);
    const bool find = purpose == Purpose::Find;
    const auto ready = made.m_database.execute(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000; BEGIN;"
        "CREATE TABLE row(" +
        (find ? Bytes("hash INTEGER") : listed(columns, "k")) + ", line INTEGER, at INTEGER)");
    if (!ready) return failure(ready.error());
    auto insert = made.m_database.prepare("INSERT INTO row VALUES(" +
                                          listed((find ? 1 : columns) + 2, "?") + ")");
    if (!insert) return failure(insert.error());
    made.m_insert = std::move(*insert);
    return made;
}

Result<bool> FileIndex::add(const FieldTuple &fields, const FilePlace &place)
{
    m_insert.reset();
    int parameter = 0;
    if (m_purpose == Purpose::Find) {
        const auto hash = hashOf(fields);
        if (!hash) return true;
        m_insert.bind(++parameter, *hash);
    } else {
        for (const Field &field : fields) bindField(m_insert, ++parameter, field);
    }
    m_insert.bind(++parameter, static_cast<std::int64_t>(place.line));
    m_insert.bind(++parameter, static_cast<std::int64_t>(place.offset));
    const auto added = m_insert.step();
    if (!added) return failure(added.error());
    return true;
}

Result<bool> FileIndex::finish()
{
    m_insert = SqliteStatement();
    const bool find = m_purpose == Purpose::Find;
    auto done =
        m_database.execute("CREATE INDEX place ON row(" +
                           (find ? Bytes("hash") : listed(m_columns, "k")) + ", line, at); COMMIT");
    if (!done) return done;
    if (!find) return prepareOrder();
    auto statement = m_database.prepare("SELECT line, at FROM row WHERE hash = ? ORDER BY line");
    if (!statement) return failure(statement.error());
    m_find = std::move(*statement);
    return true;
}

Result<bool> FileIndex::prepareOrder()
{
    const Bytes columns = listed(m_columns, "k");
    const Bytes end = " ORDER BY " + columns + ", line";
    auto first = m_database.prepare("SELECT line, at FROM row" + end);
    if (!first) return failure(first.error());
    auto behind = m_database.prepare("SELECT line, at FROM row WHERE (" + columns + ") > (" +
                                     listed(m_columns, "?") + ")" + end);
    if (!behind) return failure(behind.error());
    m_first = std::move(*first);
    m_behind = std::move(*behind);
    return true;
}

Result<bool> FileIndex::find(const FieldTuple &fields, std::vector<FilePlace> &places)
{
    const auto hash = hashOf(fields);
    if (!hash) return true;
    m_find.reset();
    m_find.bind(1, *hash);
    while (true) {
        const auto row = m_find.step();
        if (!row || !*row) return row ? Result<bool>(true) : row;
        places.push_back({static_cast<std::uint64_t>(m_find.integer(1)),
                          static_cast<std::uint64_t>(m_find.integer(0))});
    }
}

Result<bool> FileIndex::seek(const std::optional<FieldTuple> &after)
{
    m_running = after ? &m_behind : &m_first;
    m_running->reset();
    int parameter = 0;
    if (after)
        for (const Field &field : *after) bindField(*m_running, ++parameter, field);
    return true;
}

Result<std::optional<FilePlace>> FileIndex::next()
{
    const auto row = m_running->step();
    if (!row) return failure(row.error());
    if (!*row) return std::optional<FilePlace>();
    return FilePlace{static_cast<std::uint64_t>(m_running->integer(1)),
                     static_cast<std::uint64_t>(m_running->integer(0))};
}

} // namespace kvscope
