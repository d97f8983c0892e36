// RowMapper: column numbers looked up once, then only appending.
#include "core/binding/rowmapper.h"

#include "core/base/decimal.h"
#include "core/value/jsondocument.h"

#include <algorithm>

namespace kvscope {
namespace {

MappedBatch::Span spanOf(std::size_t begin, std::size_t end)
{
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
}

bool isInteger(BytesView text)
{
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// As a number is printed: 007 and -0 are texts.
bool isCanonicalInteger(BytesView text)
{
    if (!isInteger(text)) return false;
    const BytesView digits = text.substr(text[0] == '-' ? 1 : 0);
    return digits[0] != '0' || text == "0";
}

MappedBatch::Span appended(Bytes &out, BytesView text)
{
    const std::size_t begin = out.size();
    out.append(text);
    return spanOf(begin, out.size());
}

} // namespace

std::optional<FieldTuple> otherKindsOf(const FieldTuple &fields)
{
    FieldTuple other = fields;
    bool any = false;
    for (Field &field : other) {
        if (field.kind == CellKind::Integer)
            field.kind = CellKind::Text;
        else if (field.kind == CellKind::Text && isCanonicalInteger(field.text))
            field.kind = CellKind::Integer;
        else
            continue;
        any = true;
    }
    return any ? std::optional(std::move(other)) : std::nullopt;
}

void MappedBatch::clear()
{
    keys.buffer.clear();
    keys.spans.clear();
    values.clear();
    entries.clear();
    fields.clear();
    faults.clear();
}

Result<RowMapper> RowMapper::make(const Binding &binding, const std::vector<SourceColumn> &columns)
{
    RowMapper mapper(binding);
    std::optional<Error> missing;
    const auto indexOf = [&](const Bytes &name) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].name == name) return i;
        QStringList names;
        for (const SourceColumn &column : columns) names << QString::fromStdString(column.name);
        if (!missing)
            missing = Error(ErrorCode::ColumnMissing,
                            {QString::fromStdString(name), names.join(QLatin1String(", "))});
        return std::size_t{0};
    };
    for (const Bytes &name : binding.order) mapper.m_order.push_back(indexOf(name));
    for (const Bytes &name : binding.key.columns()) mapper.m_key.push_back(indexOf(name));
    for (const Bytes &name : binding.value.columns) mapper.m_value.push_back(indexOf(name));
    if (!binding.version.empty()) mapper.m_version = indexOf(binding.version);
    if (missing) return failure(*missing);

    mapper.m_shapes.resize(mapper.m_key.size());
    for (std::size_t i = 0; i < mapper.m_key.size(); ++i) {
        const auto &kind = columns[mapper.m_key[i]].kind;
        mapper.m_shapes[i].declared = kind == CellKind::Integer;
        if (kind && *kind != CellKind::Integer) mapper.m_shapes[i].onlyIntegers = false;
    }
    for (const Bytes &name : binding.key.columns()) {
        auto &names = mapper.m_keyNames;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    const auto &fields = binding.value.columns;
    mapper.m_appendVersion =
        binding.storesVersion() &&
        std::find(fields.begin(), fields.end(), binding.versionField) == fields.end();
    if (binding.value.type == ValueRule::Type::Json) {
        std::vector<Bytes> names = fields;
        if (mapper.m_appendVersion) names.push_back(binding.versionField);
        for (const Bytes &name : names) {
            const std::size_t i = mapper.m_members.size();
            Bytes head(i == 0 ? "{" : ",");
            appendJsonString(head, name);
            const std::size_t column =
                i < mapper.m_value.size() ? mapper.m_value[i] : *mapper.m_version;
            mapper.m_members.push_back({head + ':', name, column});
        }
        mapper.m_json = RowJson(mapper.m_members);
    }
    return mapper;
}

void RowMapper::map(const RowPage &page, std::size_t first, MappedBatch &out, Compose compose)
{
    for (std::size_t row = first; row < page.rows(); ++row) {
        const std::size_t keyBytes = out.keys.buffer.size();
        const std::size_t valueBytes = out.values.size();
        const std::size_t fields = out.fields.size();
        MappedBatch::Entry entry{};
        entry.row = static_cast<std::uint32_t>(row);
        RowFault fault = rowFaultOf(page.fault(row));
        if (fault == RowFault::None) fault = mapKey(page, row, out);
        if (fault == RowFault::None) fault = mapValue(page, row, out, entry, compose);
        if (fault == RowFault::None) {
            out.keys.spans.push_back(spanOf(keyBytes, out.keys.buffer.size()));
            out.entries.push_back(entry);
            continue;
        }
        out.keys.buffer.resize(keyBytes);
        out.values.resize(valueBytes);
        out.fields.resize(fields);
        out.faults.push_back({static_cast<std::uint32_t>(row), fault});
    }
}

void RowMapper::noteShape(std::size_t part, const RowPage::Cell &cell, BytesView text)
{
    KeyShape &shape = m_shapes[part];
    shape.any = true;
    if (cell.kind == CellKind::Integer) return;
    shape.integerCells = false;
    if (shape.onlyIntegers && !isInteger(text)) shape.onlyIntegers = false;
    if (!shape.holdsDelimiter) shape.holdsDelimiter = text.find_first_of(":/|") != BytesView::npos;
}

RowFault RowMapper::mapKey(const RowPage &page, std::size_t row, MappedBatch &out)
{
    Bytes &buffer = out.keys.buffer;
    std::size_t next = 0;
    for (const KeyTemplate::Part &part : m_binding.key.parts()) {
        buffer.append(part.literal);
        if (part.column.empty()) break;
        const RowPage::Cell &cell = page.cell(row, m_key[next]);
        if (cell.kind == CellKind::Null) return RowFault::NullInKey;
        const BytesView text = page.text(cell);
        noteShape(next++, cell, text);
        buffer.append(text);
    }
    return RowFault::None;
}

RowFault RowMapper::mapValue(const RowPage &page, std::size_t row, MappedBatch &out,
                             MappedBatch::Entry &entry, Compose compose)
{
    const bool later = compose == Compose::Later && m_binding.value.type == ValueRule::Type::Json;
    if (m_version) {
        const RowPage::Cell &cell = page.cell(row, *m_version);
        if (m_binding.storesVersion() && cell.kind == CellKind::Null) return RowFault::NullVersion;
        if (!later) entry.version = appended(out.values, page.text(cell));
    }
    if (later) return lookAtJson(page, row, entry);
    switch (m_binding.value.type) {
    case ValueRule::Type::Json:
        return mapJson(page, row, out, entry);
    case ValueRule::Type::Hash:
        return mapHash(page, row, out, entry);
    case ValueRule::Type::String:
        break;
    }
    const RowPage::Cell &cell = page.cell(row, m_value[0]);
    if (cell.kind == CellKind::Null) return RowFault::NullValue;
    entry.value = appended(out.values, page.text(cell));
    return RowFault::None;
}

RowFault RowMapper::mapJson(const RowPage &page, std::size_t row, MappedBatch &out,
                            MappedBatch::Entry &entry) const
{
    const std::size_t begin = out.values.size();
    for (const RowJson::Member &member : m_members) {
        const RowPage::Cell &cell = page.cell(row, member.column);
        out.values.append(member.head);
        const RowFault fault = appendJsonValue(out.values, cell, page.text(cell));
        if (fault != RowFault::None) return fault;
    }
    out.values += '}';
    entry.value = spanOf(begin, out.values.size());
    return RowFault::None;
}

// The faults that mapJson() would find.
RowFault RowMapper::lookAtJson(const RowPage &page, std::size_t row,
                               MappedBatch::Entry &entry) const
{
    std::uint64_t bit = 1;
    for (const RowJson::Member &member : m_members) {
        const RowPage::Cell &cell = page.cell(row, member.column);
        if (cell.kind == CellKind::Text || cell.kind == CellKind::Blob) {
            const JsonText text = jsonTextOf(page.text(cell));
            if (text == JsonText::NotUtf8) return RowFault::NotUtf8;
            if (text == JsonText::Plain) entry.plain |= bit;
        } else if (cell.kind == CellKind::Integer || cell.kind == CellKind::Decimal) {
            const BytesView text = page.text(cell);
            if (!isCanonicalInteger(text) && !isJsonNumber(text)) return RowFault::NotANumber;
        }
        bit <<= 1U;
    }
    return RowFault::None;
}

void RowMapper::compose(const RowPage &page, std::size_t i, MappedBatch &batch) const
{
    if (m_binding.value.type != ValueRule::Type::Json) return;
    MappedBatch::Entry &entry = batch.entries[i];
    if (m_version) entry.version = appended(batch.values, page.text(entry.row, *m_version));
    mapJson(page, entry.row, batch, entry);
}

RowFault RowMapper::mapHash(const RowPage &page, std::size_t row, MappedBatch &out,
                            MappedBatch::Entry &entry)
{
    const auto &names = m_binding.value.columns;
    entry.firstField = static_cast<std::uint32_t>(out.fields.size());
    const auto add = [&](BytesView name, std::size_t column) {
        const RowPage::Cell &cell = page.cell(row, column);
        if (cell.kind == CellKind::Null) return; // a hash holds no NULL: the field is not there
        out.fields.push_back(appended(out.values, name));
        out.fields.push_back(appended(out.values, page.text(cell)));
        entry.fieldCount += 2;
    };
    for (std::size_t i = 0; i < names.size(); ++i) add(names[i], m_value[i]);
    if (entry.fieldCount == 0) return RowFault::NullValue;
    if (m_appendVersion) add(m_binding.versionField, *m_version);
    return RowFault::None;
}

std::optional<FieldTuple> RowMapper::fieldsOf(BytesView key) const
{
    const auto values = m_binding.key.match(key);
    if (!values) return std::nullopt;
    const std::vector<Bytes> parts = m_binding.key.columns();
    FieldTuple fields;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const KeyShape &shape = m_shapes[i];
        const Bytes &value = (*values)[i];
        const bool integers = shape.onlyIntegers && (shape.any || shape.declared);
        if (integers && !isInteger(value)) return std::nullopt;
        const bool delimited = value.find_first_of(":/|") != Bytes::npos;
        if (delimited && !shape.holdsDelimiter) return std::nullopt;
        if (fields.size() < m_keyNames.size() && m_keyNames[fields.size()] == parts[i])
            fields.push_back({integers && shape.integerCells && isCanonicalInteger(value)
                                  ? CellKind::Integer
                                  : CellKind::Text,
                              value});
    }
    return fields;
}

std::optional<Bytes> storedVersion(const Binding &binding, BytesView json)
{
    const auto document = JsonDocument::parse(Bytes(json));
    if (!document || document->type(JsonDocument::kRoot) != JsonType::Object) return std::nullopt;
    std::optional<Bytes> version;
    for (auto node = document->firstChild(JsonDocument::kRoot); node != JsonDocument::kNone;
         node = document->nextSibling(node))
        if (document->key(node) == binding.versionField) version = document->scalar(node);
    return version;
}

} // namespace kvscope
