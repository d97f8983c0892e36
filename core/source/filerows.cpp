// FileRows: passes over the file, and single records by their place.
#include "core/source/filerows.h"

#include "core/source/pagedrows.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <charconv>
#include <sys/stat.h>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RowSource)
};

constexpr std::size_t kSampleRecords = 1000;
constexpr std::size_t kRecordsBetweenLooks = 1000;

bool isBlank(BytesView text)
{
    return text.find_first_not_of(" \t") == BytesView::npos;
}

bool isPlace(const Bytes &column)
{
    return column == kLineColumn || column == kOffsetColumn;
}

bool contains(const std::vector<Bytes> &names, const Bytes &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<FilePlace> placeOf(const FieldTuple &tuple)
{
    const auto number = [](const Bytes &text, std::uint64_t &value) {
        const auto end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value);
        return read.ec == std::errc() && read.ptr == end;
    };
    FilePlace place;
    if (tuple.size() != 2 || !number(tuple[0].text, place.line) ||
        !number(tuple[1].text, place.offset))
        return std::nullopt;
    return place;
}

} // namespace

std::vector<Bytes> fileOrder()
{
    return {kLineColumn, kOffsetColumn};
}

FileRows::FileRows(Kind kind, QString path) : m_kind(kind), m_path(std::move(path))
{}

FileRows::Stamp FileRows::stamp() const
{
    struct stat status = {};
    if (::stat(QFile::encodeName(m_path).constData(), &status) != 0) return {};
    return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
            status.st_ino};
}

tl::unexpected<Error> FileRows::changed() const
{
    return failure(ErrorCode::FileUnreadable,
                   {m_path, Words::tr("it was changed while it was read; start anew")});
}

Result<bool> FileRows::openReader(std::optional<RecordReader> &reader) const
{
    reader.emplace(m_format->quoting(), m_format->delimiter());
    return reader->open(m_path);
}

Result<bool> FileRows::open()
{
    if (m_kind == Kind::JsonLines) {
        m_format = std::make_unique<JsonLines>();
        auto opened = openReader(m_reader);
        if (opened) m_start = m_reader->place();
        return opened;
    }
    RecordReader reader(RecordReader::Quoting::None, ',');
    if (auto opened = reader.open(m_path); !opened) return opened;
    const auto line = reader.next();
    if (!line) return failure(line.error());
    m_format =
        std::make_unique<CsvLines>(CsvLines::delimiterOf(*line ? (*line)->text : BytesView()));
    if (auto opened = openReader(m_reader); !opened) return opened;
    const auto header = m_reader->next();
    if (!header) return failure(header.error());
    const auto named = *header ? m_format->setHeader(**header) : LineFault::None;
    if (!*header || named != LineFault::None)
        return failure(ErrorCode::FileUnreadable,
                       {m_path, Words::tr("its first line is no header with the columns' names")});
    m_start = m_reader->place();
    return true;
}

Result<bool> FileRows::forEachRecord(const Visit &visit)
{
    std::optional<RecordReader> reader;
    if (auto opened = openReader(reader); !opened) return opened;
    if (auto sought = reader->seek(m_start); !sought) return sought;
    for (std::size_t count = 0;; ++count) {
        if (count % kRecordsBetweenLooks == 0 && stopToken().stop_requested())
            return failure(ErrorCode::Cancelled);
        const auto record = reader->next();
        if (!record) return failure(record.error());
        if (!*record) return true;
        if ((*record)->fault == LineFault::None && isBlank((*record)->text)) continue;
        auto more = visit(**record);
        if (!more || !*more) return more;
    }
}

// Those that the first records show; further on only until all that are needed were met.
Result<std::vector<Bytes>> FileRows::scanColumns(const std::vector<Bytes> &needed)
{
    std::vector<Bytes> found = m_format->header();
    if (m_kind == Kind::Csv) return found;
    std::size_t count = 0;
    const auto scanned = forEachRecord([&](const FileRecord &record) -> Result<bool> {
        m_format->addColumns(record, found);
        if (++count < kSampleRecords) return true;
        return std::any_of(needed.begin(), needed.end(),
                           [&](const Bytes &name) { return !contains(found, name); });
    });
    if (!scanned) return failure(scanned.error());
    return found;
}

Result<std::vector<SourceTable>> FileRows::tables()
{
    const auto names = scanColumns({});
    if (!names) return failure(names.error());
    SourceTable table;
    table.name = QFileInfo(m_path).fileName();
    for (const Bytes &name : *names) table.columns.push_back({name, {}, {}});
    return std::vector<SourceTable>{table};
}

Result<std::vector<SourceColumn>> FileRows::prepare(const RowQuery &query)
{
    std::vector<Bytes> needed;
    for (const auto &list : {query.order, query.needed})
        for (const Bytes &name : list)
            if (!isPlace(name) && !contains(needed, name)) needed.push_back(name);
    const auto found = scanColumns(needed);
    if (!found) return failure(found.error());
    std::vector<SourceColumn> there;
    for (const Bytes &name : *found) there.push_back({name, {}, {}});
    // A file without a single row lacks nothing.
    if (m_kind == Kind::Csv || !found->empty())
        if (auto missing = missingColumn(there, needed)) return failure(std::move(*missing));

    m_names = query.needed.empty() ? *found : needed;
    m_order = query.order == fileOrder() ? std::vector<Bytes>() : query.order;
    m_orderColumns = indexesOf(m_order);
    m_ordered.reset();
    m_index.reset();
    if (!m_order.empty()) {
        auto ordered = makeIndex(FileIndex::Purpose::Order, m_order);
        if (!ordered) return failure(ordered.error());
        m_ordered = std::move(*ordered);
    }
    m_format->setColumns(m_names);
    if (const auto sought = seek({}); !sought) return failure(sought.error());

    std::vector<SourceColumn> columns;
    for (const Bytes &name : m_names) columns.push_back({name, {}, {}});
    for (const Bytes &name : fileOrder()) columns.push_back({name, {}, CellKind::Integer});
    return columns;
}

std::vector<std::size_t> FileRows::indexesOf(const std::vector<Bytes> &names) const
{
    std::vector<std::size_t> found;
    found.reserve(names.size());
    for (const Bytes &name : names)
        found.push_back(static_cast<std::size_t>(std::find(m_names.begin(), m_names.end(), name) -
                                                 m_names.begin()));
    return found;
}

Result<FileIndex> FileRows::makeIndex(FileIndex::Purpose purpose, const std::vector<Bytes> &columns)
{
    auto index = FileIndex::make(purpose, columns.size());
    if (!index) return index;
    m_format->setColumns(columns);
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < columns.size(); ++i) all.push_back(i);
    const FieldTuple nothing(columns.size());
    RowPage row;
    const auto filled = forEachRecord([&](const FileRecord &record) -> Result<bool> {
        const FilePlace place{record.offset, record.line};
        row.reset(columns.size());
        const bool broken =
            record.fault != LineFault::None || m_format->append(record, row) != LineFault::None;
        if (broken) {
            if (purpose == FileIndex::Purpose::Find) return true;
            const auto added = index->add(nothing, place);
            return added ? Result<bool>(true) : added;
        }
        const FieldTuple fields = row.tuple(0, all);
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (purpose == FileIndex::Purpose::Order && fields[i].isNull())
                return failure(ErrorCode::OrderIsNull, {QString::fromStdString(columns[i])});
        const auto added = index->add(fields, place);
        return added ? Result<bool>(true) : added;
    });
    m_format->setColumns(m_names);
    if (!filled) return failure(filled.error());
    if (const auto finished = index->finish(); !finished) return failure(finished.error());
    return index;
}

Result<std::optional<FileRecord>> FileRows::recordAt(RecordReader &reader,
                                                     const FilePlace &place) const
{
    if (place.offset <= m_start.offset) {
        if (place.offset < m_start.offset) return std::optional<FileRecord>();
        if (const auto sought = reader.seek(place); !sought) return failure(sought.error());
        return reader.next();
    }
    // A record begins behind a line end: from there on the one before is empty.
    const FilePlace before{place.offset - 1, place.line - 1};
    if (const auto sought = reader.seek(before); !sought) return failure(sought.error());
    auto end = reader.next();
    if (!end) return end;
    if (!*end || !(*end)->text.empty() || reader.place().offset != place.offset)
        return std::optional<FileRecord>();
    return reader.next();
}

Result<bool> FileRows::seek(std::optional<FieldTuple> after)
{
    m_ended = false;
    m_last.reset();
    if (m_ordered) {
        const bool broken = after && std::any_of(after->begin(), after->end(),
                                                 [](const Field &f) { return f.isNull(); });
        if (!broken) m_last = after;
        return m_ordered->seek(broken ? std::nullopt : after);
    }
    if (!after) return m_reader->seek(m_start);
    const auto place = placeOf(*after);
    if (!place) return changed();
    const auto record = recordAt(*m_reader, *place);
    if (!record) return failure(record.error());
    if (!*record) return changed();
    return true;
}

Result<std::optional<FileRecord>> FileRows::nextRecord()
{
    while (!m_ordered) {
        auto record = m_reader->next();
        const bool blank =
            record && *record && (*record)->fault == LineFault::None && isBlank((*record)->text);
        if (!blank) return record;
    }
    const auto place = m_ordered->next();
    if (!place) return failure(place.error());
    if (!*place) return std::optional<FileRecord>();
    auto record = recordAt(*m_reader, **place);
    if (record && !*record) return changed();
    return record;
}

void FileRows::append(const FileRecord &record, RowPage &page)
{
    const LineFault fault =
        record.fault == LineFault::None ? m_format->append(record, page) : record.fault;
    if (fault != LineFault::None)
        for (std::size_t i = 0; i < m_names.size(); ++i) page.append(CellKind::Null, {});
    page.append(CellKind::Integer, std::to_string(record.line));
    page.append(CellKind::Integer, std::to_string(record.offset));
    if (fault != LineFault::None) page.markLast(fault);
}

Result<bool> FileRows::checkOrder(const RowPage &page)
{
    const std::size_t row = page.rows() - 1;
    if (!m_ordered || page.fault(row) != LineFault::None) return true;
    FieldTuple order = page.tuple(row, m_orderColumns);
    const auto sameText = [](const Field &a, const Field &b) { return a.text == b.text; };
    if (m_last && std::equal(order.begin(), order.end(), m_last->begin(), sameText)) {
        std::vector<Bytes> values;
        for (const Field &field : order) values.push_back(field.text);
        return failure(ErrorCode::OrderNotUnique, {namesText(m_order), namesText(values)});
    }
    m_last = std::move(order);
    return true;
}

Result<bool> FileRows::read(RowPage &page, std::size_t rows, std::size_t bytes)
{
    page.reset(m_names.size() + 2);
    while (!m_ended && page.rows() < rows && page.bytes() < bytes) {
        if (stopToken().stop_requested()) return failure(ErrorCode::Cancelled);
        const auto record = nextRecord();
        if (!record) return failure(record.error());
        m_ended = !record->has_value();
        if (m_ended) break;
        append(**record, page);
        if (auto checked = checkOrder(page); !checked) return checked;
    }
    return true;
}

Result<bool> FileRows::prepareLookups(const std::vector<Bytes> &columns)
{
    const Stamp now = stamp();
    const bool places = columns == fileOrder();
    if (m_lookup && m_indexed == now && (places || (m_index && m_indexColumns == columns)))
        return true;
    // The stamp is older than what is read then: a change meanwhile is seen next time.
    if (auto opened = openReader(m_lookup); !opened) return opened;
    if (m_indexed != now) m_index.reset();
    m_indexed = now;
    if (places) return true;
    m_index.reset();
    auto index = makeIndex(FileIndex::Purpose::Find, columns);
    if (!index) return failure(index.error());
    m_index = std::move(*index);
    m_indexColumns = columns;
    return true;
}

Result<bool> FileRows::appendFound(const std::vector<std::size_t> &columns, const FieldTuple &tuple,
                                   const std::vector<FilePlace> &places, RowPage &page)
{
    for (const FilePlace &place : places) {
        const auto record = recordAt(*m_lookup, place);
        if (!record) return failure(record.error());
        if (!*record) continue;
        append(**record, page);
        const std::size_t row = page.rows() - 1;
        bool same = page.fault(row) == LineFault::None;
        for (std::size_t i = 0; i < columns.size() && same; ++i)
            same = page.text(row, columns[i]) == tuple[i].text;
        if (!same) page.dropLast();
    }
    return true;
}

Result<bool> FileRows::find(const std::vector<Bytes> &names, const std::vector<FieldTuple> &tuples,
                            RowPage &page)
{
    page.reset(m_names.size() + 2);
    if (tuples.empty()) return true;
    if (auto ready = prepareLookups(names); !ready) return ready;
    std::vector<FilePlace> places;
    const bool byPlace = names == fileOrder();
    const auto columns = byPlace ? std::vector<std::size_t>() : indexesOf(names);
    for (const FieldTuple &tuple : tuples) {
        if (stopToken().stop_requested()) return failure(ErrorCode::Cancelled);
        places.clear();
        if (byPlace) {
            if (const auto place = placeOf(tuple)) places.push_back(*place);
        } else if (auto found = m_index->find(tuple, places); !found) {
            return found;
        }
        if (auto found = appendFound(columns, tuple, places, page); !found) return found;
    }
    return true;
}

std::optional<std::int64_t> FileRows::countRows(std::chrono::milliseconds patience)
{
    std::int64_t count = 0;
    const auto until = std::chrono::steady_clock::now() + patience;
    const auto counted = forEachRecord([&](const FileRecord &) -> Result<bool> {
        if (++count % std::int64_t{kRecordsBetweenLooks} == 0 &&
            std::chrono::steady_clock::now() > until)
            return failure(ErrorCode::Cancelled);
        return true;
    });
    return counted ? std::optional(count) : std::nullopt;
}

} // namespace kvscope
