// Suspects: rows are found by their order columns and told apart by the keys they make.
#include "core/jobs/suspects.h"

#include "core/jobs/byteio.h"
#include "core/jobs/window.h"

#include <algorithm>
#include <unordered_map>

namespace kvscope {

Bytes Suspect::encoded() const
{
    Bytes out;
    out += orphan ? '\1' : '\0';
    out += static_cast<char>(what);
    out += static_cast<char>(looks);
    byteio::putNumber(out, static_cast<std::int64_t>(cache.low));
    byteio::putNumber(out, static_cast<std::int64_t>(cache.high));
    byteio::putText(out, key);
    byteio::putFields(out, row);
    return out;
}

std::optional<Suspect> Suspect::decoded(BytesView bytes)
{
    byteio::Reader reader{bytes};
    Suspect suspect;
    suspect.orphan = reader.byte() != 0;
    const unsigned char what = reader.byte();
    suspect.looks = reader.byte();
    suspect.cache.low = static_cast<std::uint64_t>(reader.number());
    suspect.cache.high = static_cast<std::uint64_t>(reader.number());
    suspect.key = reader.text();
    suspect.row = reader.fields();
    if (!reader.ended() || what >= kEntryClasses) return std::nullopt;
    suspect.what = static_cast<EntryClass>(what);
    return suspect;
}

std::optional<Error> SuspectLooker::findRows(std::span<const Suspect> suspects, RowPage &page,
                                             MappedBatch &rows, std::vector<std::size_t> &rowOf)
{
    rows.clear();
    rowOf.assign(suspects.size(), Look::kNoRow);
    // Orphans are looked for by the columns of their key, all others by the order.
    for (const bool orphans : {false, true}) {
        std::vector<FieldTuple> tuples;
        for (const Suspect &suspect : suspects) {
            if (suspect.orphan != orphans) continue;
            tuples.push_back(suspect.row);
            // Nobody is to be an orphan for the kind its column's values have.
            if (auto other = orphans ? otherKindsOf(suspect.row) : std::nullopt)
                tuples.push_back(std::move(*other));
        }
        if (tuples.empty()) continue;
        const auto &columns = orphans ? m_rows.mapper.keyColumns() : m_binding.order;
        const auto found = m_rows.source->find(columns, tuples, page);
        if (!found) return found.error();
        m_rows.mapper.map(page, 0, rows);
    }
    std::unordered_map<BytesView, std::size_t> byKey;
    for (std::size_t i = 0; i < rows.size(); ++i) byKey.emplace(rows.keys[i], i);
    for (std::size_t i = 0; i < suspects.size(); ++i)
        if (const auto at = byKey.find(suspects[i].key); at != byKey.end()) rowOf[i] = at->second;
    return std::nullopt;
}

EntryClass SuspectLooker::judge(const Suspect &suspect, std::size_t i, const Look &look) const
{
    const std::size_t before = look.rowOf[i];
    const std::size_t after = look.rowOfAfter[i];
    const bool there = look.entries.entries[i].state != BulkEntry::State::Absent;
    if (suspect.orphan) {
        const bool without = before == Look::kNoRow && after == Look::kNoRow;
        return without && there ? EntryClass::Orphan : EntryClass::Transient;
    }
    if (before == Look::kNoRow || after == Look::kNoRow) return EntryClass::Transient;
    if (!(m_verdict.markOf(look.rows, before) == m_verdict.markOf(look.rowsAfter, after)))
        return EntryClass::Transient;
    const bool companions = !look.companions.entries.empty();
    const EntryClass what = m_verdict.classify(look.rows, before, look.entries, i,
                                               companions ? &look.companions : nullptr);
    return what == EntryClass::Match ? EntryClass::Transient : what;
}

void SuspectLooker::noteBytes(const Look &look, std::size_t suspects)
{
    if (suspects == 0) return;
    constexpr std::size_t kBytes = 64U << 20U;
    const std::size_t held = look.before.bytes() + look.after.bytes() + look.rows.values.size() +
                             look.rowsAfter.values.size() + look.entries.buffer.size();
    m_atOnce = std::clamp(kBytes / (held / suspects + 1), std::size_t{1}, kMostAtOnce);
}

std::optional<Error> SuspectLooker::look(std::span<Suspect> suspects, Look &look)
{
    if (auto error = findRows(suspects, look.before, look.rows, look.rowOf)) return error;

    look.keys = KeyBatch();
    for (const Suspect &suspect : suspects) look.keys.append(suspect.key);
    BulkReadOptions options = readOptionsFor(m_binding);
    options.exact = true;
    options.ttl = true;
    auto entries = answerOf<BulkPage>(
        [&](auto done) { m_store.bulk().read(look.keys, options, std::move(done)); });
    if (!entries) return entries.error();
    look.entries = std::move(*entries);
    look.companions = BulkPage();
    if (m_binding.storesVersion() && m_binding.value.type == ValueRule::Type::String) {
        KeyBatch keys;
        for (const Suspect &suspect : suspects) keys.append(m_binding.companionKey(suspect.key));
        BulkReadOptions plain;
        plain.exact = true;
        auto companions = answerOf<BulkPage>(
            [&](auto done) { m_store.bulk().read(keys, plain, std::move(done)); });
        if (!companions) return companions.error();
        look.companions = std::move(*companions);
    }

    if (auto error = findRows(suspects, look.after, look.rowsAfter, look.rowOfAfter)) return error;

    noteBytes(look, suspects.size());
    for (std::size_t i = 0; i < suspects.size(); ++i) {
        Suspect &suspect = suspects[i];
        suspect.what = judge(suspect, i, look);
        const ValueMark mark = m_verdict.markOf(look.entries, i);
        const bool sameBytes = suspect.cache == mark ||
                               (suspect.looks == 1 && m_verdict.mayBeHidden(look.entries, i) &&
                                suspect.cache == m_verdict.absentMark());
        if (suspect.looks > 0 && !sameBytes) suspect.what = EntryClass::Transient;
        suspect.cache = mark;
        if (suspect.looks < 2) ++suspect.looks;
    }
    return std::nullopt;
}

} // namespace kvscope
