// Repairer: plans of one or two keys each, carried out in one burst.
#include "core/jobs/repairer.h"

#include "core/base/human.h"
#include "core/jobs/window.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr auto kReplicaPatience = std::chrono::seconds(2);
constexpr int kChangesAtOnce = 500;

bool isTtlClass(EntryClass what)
{
    return what == EntryClass::TtlNone || what == EntryClass::TtlLong ||
           what == EntryClass::TtlShort;
}

} // namespace

bool Repairer::hasCompanions() const
{
    return m_binding.storesVersion() && m_binding.value.type == ValueRule::Type::String;
}

std::optional<Error> Repairer::takeOver()
{
    std::int64_t after = 0;
    while (true) {
        const auto changes = m_journal.changes(m_options.run, after, kChangesAtOnce);
        if (!changes) return changes.error();
        if (changes->empty()) return std::nullopt;
        Bytes entry;
        for (const ChangeRecord &change : *changes) {
            if (change.place == ChangeRecord::Place::First) entry = change.key;
            m_earlier[entry].push_back(change.number);
        }
        after = changes->back().number;
    }
}

Result<BulkImages> Repairer::takeImages(std::span<const Suspect> verdicts)
{
    KeyBatch keys;
    for (const Suspect &suspect : verdicts) {
        keys.append(suspect.key);
        if (hasCompanions()) keys.append(m_binding.companionKey(suspect.key));
    }
    return answerOf<BulkImages>([&](auto done) { m_store.bulk().images(keys, std::move(done)); });
}

// Whether the look saw what the image holds.
bool Repairer::sawImage(std::size_t i, const Look &look, const BulkImage &image) const
{
    const BulkEntry &entry = look.entries.entries[i];
    const bool strings = shapeOf(m_binding) == BulkShape::String;
    switch (image.kind) {
    case BulkImage::Kind::Absent:
        return entry.state == BulkEntry::State::Absent;
    case BulkImage::Kind::String:
        return strings ? entry.state == BulkEntry::State::There &&
                             look.entries.text(entry.value) == image.payload
                       : entry.state == BulkEntry::State::OtherType;
    case BulkImage::Kind::TooLarge:
    case BulkImage::Kind::NotRead:
        return false;
    case BulkImage::Kind::Dump:
        break;
    }
    return entry.state == BulkEntry::State::OtherType ||
           (!strings && entry.state == BulkEntry::State::There);
}

void Repairer::plan(const Suspect &suspect, std::size_t i, const Look &look,
                    const BulkImages &images, std::vector<ChangeRecord> &records) const
{
    const BulkImage &image = images.each[i * imagesEach()];
    const bool there = image.kind != BulkImage::Kind::Absent;
    const std::size_t row = look.rowOf[i];
    const bool remove = suspect.orphan || m_options.how == Repair::Delete;
    if (!sawImage(i, look, image) || (remove && !there) || (!remove && row == Look::kNoRow)) return;

    ChangeRecord change;
    change.key = suspect.key;
    change.before = image;
    ChangeRecord beside;
    beside.place = ChangeRecord::Place::Joined;
    if (hasCompanions()) {
        beside.key = m_binding.companionKey(suspect.key);
        beside.before = images.each[i * imagesEach() + 1];
    }
    const bool besideThere = beside.before.kind != BulkImage::Kind::Absent;
    if (remove) {
        records.push_back(std::move(change));
        if (besideThere) records.push_back(std::move(beside)); // both: Removed
        return;
    }
    // Without a rule for it, an expiry stays as it is.
    change.wroteExpiresAtMs =
        m_binding.ttl ? images.nowMs + m_binding.ttl->msFor(suspect.key) : image.expiresAtMs;
    beside.wroteExpiresAtMs = change.wroteExpiresAtMs;
    if (isTtlClass(suspect.what)) {
        change.did = beside.did = ChangeRecord::Did::SetExpiry;
        records.push_back(std::move(change));
        if (besideThere) records.push_back(std::move(beside));
        return;
    }
    const MappedBatch &rows = look.rows;
    const MappedBatch::Entry &entry = rows.entries[row];
    if (shapeOf(m_binding) == BulkShape::Hash) {
        change.did = ChangeRecord::Did::PutHash;
        for (std::uint32_t f = 0; f < entry.fieldCount; ++f)
            change.wroteFields.emplace_back(rows.text(rows.fields[entry.firstField + f]));
    } else {
        change.did = ChangeRecord::Did::PutString;
        change.wrote = Bytes(rows.text(entry.value));
    }
    records.push_back(std::move(change));
    if (!hasCompanions()) return;
    beside.did = ChangeRecord::Did::PutString;
    beside.wrote = Bytes(rows.text(entry.version));
    records.push_back(std::move(beside));
}

void Repairer::tellTooLarge(const Bytes &key) const
{
    if (!m_options.leftAlone) return;
    const auto most = QString::fromStdString(formatBytes(BulkImage::kMostBytes));
    m_options.leftAlone(
        key,
        Words::tr("not repaired: it is larger than the %1 that are kept to put it back").arg(most));
}

// How many verdicts, from the first on, have all their images: one at least.
std::size_t Repairer::readIn(const BulkImages &images) const
{
    const auto later = std::ranges::find(images.each, BulkImage::Kind::NotRead, &BulkImage::kind);
    return static_cast<std::size_t>(later - images.each.begin()) / imagesEach();
}

Result<std::int64_t> Repairer::repair(std::span<const Suspect> verdicts)
{
    std::int64_t mended = 0;
    while (!verdicts.empty()) {
        const auto images = takeImages(verdicts);
        if (!images) return failure(images.error());
        const std::size_t count = std::max<std::size_t>(readIn(*images), 1);
        auto some = repairRead(verdicts.first(count), *images);
        if (!some) return some;
        mended += *some;
        verdicts = verdicts.subspan(count);
    }
    return mended;
}

Result<std::int64_t> Repairer::repairRead(std::span<const Suspect> verdicts,
                                          const BulkImages &images)
{
    std::vector<Suspect> again(verdicts.begin(), verdicts.end());
    Look look;
    if (auto error = m_looker.look(again, look)) return failure(*error);
    std::vector<ChangeRecord> records;
    std::vector<std::int64_t> stale;
    std::int64_t mended = 0;
    for (std::size_t i = 0; i < again.size(); ++i) {
        const auto earlier = m_earlier.find(again[i].key);
        if (again[i].what == EntryClass::Transient) {
            if (earlier != m_earlier.end()) ++mended;
            continue;
        }
        if (earlier != m_earlier.end())
            stale.insert(stale.end(), earlier->second.begin(), earlier->second.end());
        const BulkImage &image = images.each[i * imagesEach()];
        if (image.kind == BulkImage::Kind::TooLarge) {
            tellTooLarge(again[i].key);
            continue;
        }
        if (again[i].what != EntryClass::Unknown) plan(again[i], i, look, images, records);
    }
    if (const auto forgot = m_journal.forget(m_options.run, stale); !forgot)
        return failure(forgot.error());
    if (records.empty()) return mended;
    auto changed = carryOut(records);
    if (!changed) return changed;
    return mended + *changed;
}

Result<std::int64_t> Repairer::carryOut(std::vector<ChangeRecord> &records)
{
    if (const auto kept = m_journal.keep(m_options.run, records); !kept)
        return failure(kept.error());
    const ChangeSteps steps(records, ChangeSteps::Direction::Forth);
    const auto answers = answerOf<BulkChangeAnswers>([&](auto done) {
        m_store.bulk().change(steps.changes(), m_options.fence, std::move(done));
    });
    // Nobody knows what was carried out: the images stay, and undo compares.
    if (!answers) return failure(answers.error());
    std::int64_t mended = 0;
    bool fenced = false;
    std::vector<std::int64_t> unchanged;
    for (std::size_t i = 0; i < answers->outcomes.size(); ++i) {
        if (answers->outcomes[i] == BulkChanged::Applied) {
            ++mended;
            continue;
        }
        fenced |= answers->outcomes[i] == BulkChanged::Fenced;
        for (const ChangeRecord &record : steps.recordsOf(i)) unchanged.push_back(record.number);
    }
    if (const auto forgot = m_journal.forget(m_options.run, unchanged); !forgot)
        return failure(forgot.error());
    if (fenced) return failure(ErrorCode::LeaseLost, {m_options.leaseName});
    if (answers->refusal) return failure(*answers->refusal);
    if (m_options.replicas == 0 || mended == 0) return mended;
    const auto took = answerOf<int>([&](auto done) {
        m_store.bulk().awaitReplicas(m_options.replicas, kReplicaPatience, std::move(done));
    });
    if (!took) return failure(took.error());
    if (*took < m_options.replicas)
        return failure(ErrorCode::NotReplicated,
                       {QString::number(*took), QString::number(m_options.replicas)});
    return mended;
}

} // namespace kvscope
