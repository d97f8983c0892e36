// SyncWriter: look, plan, change; what conflicts is brought again.
#include "core/jobs/syncjobwriter.h"

#include "core/jobs/window.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr int kMostRounds = 4;

// Key columns of a row as one text, to find it by.
Bytes placeOf(const FieldTuple &fields)
{
    Bytes place;
    for (const Field &field : fields) {
        place += std::to_string(field.text.size());
        place += ':';
        place += field.text;
    }
    return place;
}

} // namespace

bool SyncWriter::hasCompanions() const
{
    return m_binding.storesVersion() && m_binding.value.type == ValueRule::Type::String;
}

Result<bool> SyncWriter::look(Seen &seen) const
{
    KeyBatch keys;
    KeyBatch companions;
    for (const Bytes &key : seen.keys) keys.append(key);
    KeyBatch all = keys;
    if (hasCompanions()) {
        for (const Bytes &key : seen.keys) companions.append(m_binding.companionKey(key));
        for (std::size_t i = 0; i < companions.size(); ++i) all.append(companions[i]);
    }
    auto images =
        answerOf<BulkImages>([&](auto done) { m_store.bulk().images(all, std::move(done)); });
    if (!images) return failure(images.error());
    seen.images = std::move(*images);
    const auto read = [&](const KeyBatch &some, const BulkReadOptions &options) {
        return answerOf<BulkPage>(
            [&](auto done) { m_store.bulk().read(some, options, std::move(done)); });
    };
    BulkReadOptions options = readOptionsFor(m_binding);
    options.exact = true;
    auto entries = read(keys, options);
    if (!entries) return failure(entries.error());
    seen.entries = std::move(*entries);
    if (hasCompanions()) {
        auto beside = read(companions, {});
        if (!beside) return failure(beside.error());
        seen.companions = std::move(*beside);
    }
    return findRows(seen);
}

Result<bool> SyncWriter::findRows(const std::vector<FieldTuple> &tuples, Seen &seen) const
{
    if (tuples.empty()) return true;
    const std::vector<Bytes> &names = m_rows.mapper.keyColumns();
    seen.page.reset(m_rows.columns.size());
    if (auto found = m_rows.source->find(names, tuples, seen.page); !found) return found;
    const std::size_t known = seen.rows.faults.size();
    m_rows.mapper.map(seen.page, 0, seen.rows);
    std::vector<std::size_t> keyColumns;
    for (const Bytes &name : names)
        for (std::size_t c = 0; c < m_rows.columns.size(); ++c)
            if (m_rows.columns[c].name == name) keyColumns.push_back(c);
    for (std::size_t i = known; i < seen.rows.faults.size(); ++i)
        seen.faulty.insert(placeOf(seen.page.tuple(seen.rows.faults[i].row, keyColumns)));
    return true;
}

Result<bool> SyncWriter::findRows(Seen &seen) const
{
    seen.rows.clear();
    seen.faulty.clear();
    std::vector<FieldTuple> tuples;
    for (const Bytes &key : seen.keys)
        if (auto fields = m_rows.mapper.fieldsOf(key)) tuples.push_back(std::move(*fields));
    if (auto found = findRows(tuples, seen); !found) return found;
    std::unordered_set<Bytes> there;
    for (std::size_t i = 0; i < seen.rows.size(); ++i) there.emplace(seen.rows.keys[i]);
    // No entry is to go for the kind its column's values have.
    tuples.clear();
    for (const Bytes &key : seen.keys) {
        if (there.contains(key)) continue;
        const auto fields = m_rows.mapper.fieldsOf(key);
        if (auto other = fields ? otherKindsOf(*fields) : std::nullopt)
            tuples.push_back(std::move(*other));
    }
    if (auto found = findRows(tuples, seen); !found) return found;
    seen.rowOf.clear();
    for (std::size_t i = 0; i < seen.rows.size(); ++i) seen.rowOf.emplace(seen.rows.keys[i], i);
    return true;
}

bool SyncWriter::isFaulty(const Seen &seen, const Bytes &key) const
{
    if (seen.faulty.empty()) return false;
    const auto fields = m_rows.mapper.fieldsOf(key);
    return fields && seen.faulty.contains(placeOf(*fields));
}

void SyncWriter::planPut(const Seen &seen, std::size_t i, std::size_t row,
                         std::vector<ChangeRecord> &records) const
{
    const MappedBatch::Entry &entry = seen.rows.entries[row];
    const BulkImage &image = seen.images.each[i];
    ChangeRecord change;
    change.key = seen.keys[i];
    change.before = image;
    change.wroteExpiresAtMs =
        m_binding.ttl ? seen.images.nowMs + m_binding.ttl->msFor(seen.keys[i]) : image.expiresAtMs;
    if (m_binding.value.type == ValueRule::Type::Hash) {
        change.did = ChangeRecord::Did::PutHash;
        for (std::uint32_t f = 0; f < entry.fieldCount; ++f)
            change.wroteFields.emplace_back(seen.rows.text(seen.rows.fields[entry.firstField + f]));
    } else {
        change.did = ChangeRecord::Did::PutString;
        change.wrote = Bytes(seen.rows.text(entry.value));
    }
    const std::int64_t expires = change.wroteExpiresAtMs;
    records.push_back(std::move(change));
    if (!hasCompanions()) return;
    ChangeRecord beside;
    beside.place = ChangeRecord::Place::Joined;
    beside.key = m_binding.companionKey(seen.keys[i]);
    beside.before = seen.images.each[seen.keys.size() + i];
    beside.did = ChangeRecord::Did::PutString;
    beside.wrote = Bytes(seen.rows.text(entry.version));
    beside.wroteExpiresAtMs = expires;
    records.push_back(std::move(beside));
}

void SyncWriter::plan(const Seen &seen, std::size_t i, Gone gone, Brought &brought,
                      std::vector<ChangeRecord> &records) const
{
    const auto row = seen.rowOf.find(seen.keys[i]);
    if (row == seen.rowOf.end()) {
        const bool there = seen.images.each[i].kind != BulkImage::Kind::Absent;
        // What may have a row that we can't find or map is not ours to remove.
        const bool known = m_rows.mapper.fieldsOf(seen.keys[i]).has_value();
        if (!known || gone == Gone::Keep || isFaulty(seen, seen.keys[i])) {
            ++brought.skipped;
        } else if (!there) {
            ++brought.kept;
        } else {
            ChangeRecord change;
            change.key = seen.keys[i];
            change.before = seen.images.each[i];
            records.push_back(std::move(change)); // Did::Removed
            if (!hasCompanions()) return;
            ChangeRecord beside;
            beside.before = seen.images.each[seen.keys.size() + i];
            if (beside.before.kind == BulkImage::Kind::Absent) return;
            beside.place = ChangeRecord::Place::Joined;
            beside.key = m_binding.companionKey(seen.keys[i]);
            records.push_back(std::move(beside));
        }
        return;
    }
    const EntryClass what = m_verdict.classify(seen.rows, row->second, seen.entries, i,
                                               hasCompanions() ? &seen.companions : nullptr);
    switch (what) {
    case EntryClass::Missing:
    case EntryClass::Stale:
    case EntryClass::Diverged:
    case EntryClass::Corrupt:
        return planPut(seen, i, row->second, records);
    case EntryClass::Unknown:
        ++brought.skipped;
        return;
    default:
        ++brought.kept;
    }
}

Result<SyncWriter::Brought> SyncWriter::bring(const std::vector<Bytes> &keys, Gone gone)
{
    Brought brought;
    Seen seen;
    seen.keys = keys;
    for (int round = 0; !seen.keys.empty(); ++round) {
        if (round == kMostRounds) {
            brought.unsettled += static_cast<std::int64_t>(seen.keys.size());
            break;
        }
        if (const auto looked = look(seen); !looked) return failure(looked.error());
        std::vector<ChangeRecord> records;
        for (std::size_t i = 0; i < seen.keys.size(); ++i) plan(seen, i, gone, brought, records);
        if (records.empty()) break;
        const ChangeSteps steps(records, ChangeSteps::Direction::Forth);
        const auto answers = answerOf<BulkChangeAnswers>(
            [&](auto done) { m_store.bulk().change(steps.changes(), {}, std::move(done)); });
        if (!answers) return failure(answers.error());
        std::vector<Bytes> again;
        for (std::size_t i = 0; i < answers->outcomes.size(); ++i) {
            const ChangeRecord &record = steps.recordsOf(i).front();
            switch (answers->outcomes[i]) {
            case BulkChanged::Applied:
                ++(record.did == ChangeRecord::Did::Removed ? brought.removed : brought.written);
                break;
            case BulkChanged::Conflict:
                again.push_back(record.key);
                break;
            case BulkChanged::Fenced:
            case BulkChanged::Refused:
                ++brought.skipped;
                break;
            }
        }
        if (answers->refusal && !brought.refusal) brought.refusal = answers->refusal;
        seen.keys = std::move(again);
    }
    return brought;
}

} // namespace kvscope
