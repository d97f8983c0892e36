// Repairer: look once more, journal what is there, then write.
#include "core/jobs/repairer.h"

#include "core/jobs/window.h"

namespace kvscope {

std::optional<WriteRequest> Repairer::requestFor(const Suspect &suspect, std::size_t i,
                                                 const Look &look) const
{
    const BulkEntry &entry = look.entries.entries[i];
    // Only strings can be compared and set in one step through the seam.
    const bool isString = shapeOf(m_binding) == BulkShape::String;
    if (!isString || entry.state == BulkEntry::State::OtherType) return std::nullopt;
    WriteRequest request;
    request.key = suspect.key;
    request.origin = WriteRequest::Origin::Traffic;
    const bool there = entry.state == BulkEntry::State::There;
    request.expected = there ? ExpectedValue::exactly(Bytes(look.entries.text(entry.value)))
                             : ExpectedValue::absent();
    if (suspect.orphan || m_how == Repair::Delete) {
        if (!there) return std::nullopt;
        request.action = WriteRequest::Action::Remove;
        return request;
    }
    const std::size_t row = look.rowOf[i];
    if (row == Look::kNoRow) return std::nullopt;
    request.value = Bytes(look.rows.text(look.rows.entries[row].value));
    if (m_binding.ttl) request.expiry = ExpiryChange::set(m_binding.ttl->msFor(suspect.key));
    const bool valueAgrees = suspect.what == EntryClass::TtlNone ||
                             suspect.what == EntryClass::TtlLong ||
                             suspect.what == EntryClass::TtlShort;
    if (valueAgrees) request.action = WriteRequest::Action::ExpiryOnly;
    return request;
}

ChangeRecord Repairer::changeFor(const WriteRequest &request, const Look &look, std::size_t i) const
{
    const BulkEntry &entry = look.entries.entries[i];
    ChangeRecord change;
    change.key = request.key;
    if (entry.state == BulkEntry::State::There) {
        change.was = ChangeRecord::Was::String;
        change.before = Bytes(look.entries.text(entry.value));
        if (entry.ttlMs >= 0) change.beforeTtlMs = entry.ttlMs;
    }
    switch (request.action) {
    case WriteRequest::Action::Remove:
        change.did = ChangeRecord::Did::Removed;
        break;
    case WriteRequest::Action::ExpiryOnly:
        change.did = ChangeRecord::Did::SetExpiry;
        break;
    case WriteRequest::Action::Put:
        change.did = ChangeRecord::Did::Put;
        change.wrote = request.value;
        break;
    }
    if (request.expiry.kind == ExpiryChange::Kind::Set) change.wroteTtlMs = request.expiry.ttlMs;
    return change;
}

Result<std::int64_t> Repairer::repair(std::span<const Suspect> verdicts)
{
    std::vector<Suspect> again(verdicts.begin(), verdicts.end());
    Look look;
    if (auto error = m_looker.look(again, look)) return failure(*error);
    std::vector<WriteRequest> requests;
    std::vector<ChangeRecord> changes;
    for (std::size_t i = 0; i < again.size(); ++i) {
        if (again[i].what == EntryClass::Transient) continue;
        auto request = requestFor(again[i], i, look);
        if (!request) continue;
        changes.push_back(changeFor(*request, look, i));
        requests.push_back(std::move(*request));
    }
    if (requests.empty()) return std::int64_t{0};
    if (const auto kept = m_journal.keep(m_run, changes); !kept) return failure(kept.error());
    const auto outcomes = answerOf<std::vector<Result<WriteOutcome>>>(
        [&](auto done) { m_store.writer().write(requests, std::move(done)); });
    if (!outcomes) return failure(outcomes.error());
    std::int64_t mended = 0;
    std::vector<std::int64_t> undone;
    std::optional<Error> first;
    for (std::size_t i = 0; i < outcomes->size(); ++i) {
        const Result<WriteOutcome> &outcome = (*outcomes)[i];
        if (outcome && outcome->status == WriteOutcome::Status::Applied) {
            ++mended;
            continue;
        }
        undone.push_back(changes[i].number);
        if (!outcome && outcome.error().code() != ErrorCode::WrongType && !first)
            first = outcome.error();
    }
    if (const auto forgot = m_journal.forget(m_run, undone); !forgot)
        return failure(forgot.error());
    if (first) return failure(*first);
    return mended;
}

} // namespace kvscope
