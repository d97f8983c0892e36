// EntryVerdict: value first, then version, then expiry.
#include "core/jobs/entryverdict.h"

#include "core/binding/jsoncompare.h"
#include "core/binding/rowversion.h"

#include <algorithm>
#include <cmath>

namespace kvscope {

EntryVerdict::EntryVerdict(const Binding &binding)
    : m_binding(binding), m_fields(hashFieldsOf(binding))
{
    if (!binding.ttl) return;
    m_longestMs = binding.ttl->longestMs();
    m_shortestMs = std::llround(binding.ttl->minSeconds.value_or(0) * 1000);
}

EntryClass EntryVerdict::byTtl(const BulkEntry &entry) const
{
    if (!m_binding.ttl) return EntryClass::Match;
    if (entry.ttlMs < 0) return EntryClass::TtlNone;
    if (entry.ttlMs > m_longestMs) return EntryClass::TtlLong;
    if (entry.ttlMs < m_shortestMs) return EntryClass::TtlShort;
    return EntryClass::Match;
}

EntryClass EntryVerdict::byVersion(const std::optional<Bytes> &held, BytesView version) const
{
    if (!m_binding.storesVersion() || !held) return EntryClass::Stale;
    const auto order = compareVersions(*held, version);
    if (std::is_lt(order)) return EntryClass::Stale;
    return std::is_gt(order) ? EntryClass::Ahead : EntryClass::Diverged;
}

// Both hold fields in the order they were asked for; a NULL column has no field.
bool EntryVerdict::sameHash(const MappedBatch &rows, std::size_t row, const BulkPage &page,
                            const BulkEntry &entry) const
{
    const MappedBatch::Entry &expected = rows.entries[row];
    if (entry.fieldCount != expected.fieldCount / 2) return false;
    std::uint32_t at = expected.firstField;
    const std::uint32_t end = expected.firstField + expected.fieldCount;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const BulkPage::FieldSpan &field = page.fields[entry.firstField + i];
        const bool wanted = at < end && rows.text(rows.fields[at]) == m_fields[i];
        if (field.there != wanted) return false;
        if (!wanted) continue;
        if (page.text(field.span) != rows.text(rows.fields[at + 1])) return false;
        at += 2;
    }
    return true;
}

std::optional<Bytes> EntryVerdict::hashVersion(const BulkPage &page, const BulkEntry &entry) const
{
    const auto found = std::find(m_fields.begin(), m_fields.end(), m_binding.versionField);
    if (found == m_fields.end()) return std::nullopt;
    const auto at = static_cast<std::size_t>(found - m_fields.begin());
    const BulkPage::FieldSpan &field = page.fields[entry.firstField + at];
    if (!field.there) return std::nullopt;
    return Bytes(page.text(field.span));
}

EntryClass EntryVerdict::classify(const MappedBatch &rows, std::size_t row, const BulkPage &page,
                                  std::size_t index, const BulkPage *companions) const
{
    const BulkEntry &entry = page.entries[index];
    switch (entry.state) {
    case BulkEntry::State::Absent:
        return EntryClass::Missing;
    case BulkEntry::State::OtherType:
        return EntryClass::Corrupt;
    case BulkEntry::State::Refused:
        return EntryClass::Unknown;
    case BulkEntry::State::There:
        break;
    }
    const BytesView version = rows.text(rows.entries[row].version);
    const BytesView held = page.text(entry.value);
    const BytesView expected = rows.text(rows.entries[row].value);
    switch (m_binding.value.type) {
    case ValueRule::Type::Json:
        switch (compareJson(expected, held)) {
        case JsonComparison::Same:
            return byTtl(entry);
        case JsonComparison::NotJson:
            return EntryClass::Corrupt;
        case JsonComparison::Different:
            break;
        }
        return byVersion(m_binding.storesVersion() ? storedVersion(m_binding, held) : std::nullopt,
                         version);
    case ValueRule::Type::Hash:
        if (sameHash(rows, row, page, entry)) return byTtl(entry);
        return byVersion(hashVersion(page, entry), version);
    case ValueRule::Type::String:
        break;
    }
    std::optional<Bytes> stored;
    if (companions != nullptr) {
        const BulkEntry &companion = companions->entries[index];
        if (companion.state == BulkEntry::State::There)
            stored = Bytes(companions->text(companion.value));
    }
    if (held == expected) return byTtl(entry);
    return byVersion(stored, version);
}

ValueMark EntryVerdict::markOf(const BulkPage &page, std::size_t index) const
{
    const BulkEntry &entry = page.entries[index];
    if (m_binding.value.type != ValueRule::Type::Hash || entry.state != BulkEntry::State::There) {
        Bytes bytes(1, static_cast<char>(entry.state));
        bytes += page.text(entry.value);
        return ValueMark::of(bytes);
    }
    Bytes bytes = std::to_string(entry.fieldCount);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const BulkPage::FieldSpan &field = page.fields[entry.firstField + i];
        bytes += field.there ? '1' : '0';
        bytes += std::to_string(field.span.length);
        bytes += ':';
        if (field.there) bytes += page.text(field.span);
    }
    return ValueMark::of(bytes);
}

ValueMark EntryVerdict::absentMark() const
{
    return ValueMark::of(Bytes(1, static_cast<char>(BulkEntry::State::Absent)));
}

ValueMark EntryVerdict::markOf(const MappedBatch &rows, std::size_t row) const
{
    const MappedBatch::Entry &entry = rows.entries[row];
    Bytes bytes(rows.text(entry.version));
    bytes += '\0';
    bytes += rows.text(entry.value);
    for (std::uint32_t i = 0; i < entry.fieldCount; ++i) {
        const BytesView text = rows.text(rows.fields[entry.firstField + i]);
        bytes += std::to_string(text.size());
        bytes += ':';
        bytes += text;
    }
    return ValueMark::of(bytes);
}

ShownValue EntryVerdict::shown(const BulkPage &page, std::size_t index) const
{
    const BulkEntry &entry = page.entries[index];
    ShownValue value;
    value.there = entry.state == BulkEntry::State::There;
    if (!value.there) return value;
    value.bytes = Bytes(page.text(entry.value));
    value.isHash = m_binding.value.type == ValueRule::Type::Hash;
    if (!value.isHash) return value;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const BulkPage::FieldSpan &field = page.fields[entry.firstField + i];
        if (field.there) value.fields.emplace_back(m_fields[i], Bytes(page.text(field.span)));
    }
    return value;
}

ShownValue EntryVerdict::shown(const MappedBatch &rows, std::size_t row) const
{
    const MappedBatch::Entry &entry = rows.entries[row];
    ShownValue value;
    value.there = true;
    value.bytes = Bytes(rows.text(entry.value));
    value.isHash = m_binding.value.type == ValueRule::Type::Hash;
    for (std::uint32_t i = 0; i < entry.fieldCount; i += 2)
        value.fields.emplace_back(Bytes(rows.text(rows.fields[entry.firstField + i])),
                                  Bytes(rows.text(rows.fields[entry.firstField + i + 1])));
    return value;
}

} // namespace kvscope
