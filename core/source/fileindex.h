// FileIndex: where the rows of a file are, by what some of their columns hold.
#pragma once

#include "core/source/recordreader.h"
#include "core/source/sqlite.h"

#include <optional>

namespace kvscope {

/// In a temporary SQLite file without a name: memory stays at some 16 MB however many rows there
/// are, and nothing is left behind. One thread.
class FileIndex
{
  public:
    enum class Purpose : std::uint8_t {
        Find,  ///< by equal texts: only hashes are kept, so a find may bring others too
        Order, ///< by value: numbers before texts, as SQLite orders them
    };

    static Result<FileIndex> make(Purpose purpose, std::size_t columns);

    /// NULL in `fields`: nothing finds it, and an order begins with it.
    Result<bool> add(const FieldTuple &fields, const FilePlace &place);
    /// Once all are added; before that nothing is found.
    Result<bool> finish();

    Result<bool> find(const FieldTuple &fields, std::vector<FilePlace> &places);

    /// From behind `after`, or from the first one, which may hold NULLs.
    Result<bool> seek(const std::optional<FieldTuple> &after);
    Result<std::optional<FilePlace>> next();

  private:
    Result<bool> prepareOrder();

    Purpose m_purpose = Purpose::Find;
    std::size_t m_columns = 0;
    Sqlite m_database;
    SqliteStatement m_insert;
    SqliteStatement m_find;
    SqliteStatement m_first;
    SqliteStatement m_behind;
    SqliteStatement *m_running = nullptr;
};

} // namespace kvscope
