// UndoJob: the mirror of each change, guarded by what the change left behind.
#include "core/jobs/undojob.h"

#include "core/jobs/window.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr int kChangesAtOnce = 500;

WriteRequest mirrorOf(const ChangeRecord &change)
{
    WriteRequest request;
    request.key = change.key;
    request.origin = WriteRequest::Origin::Traffic;
    const bool wasThere = change.was != ChangeRecord::Was::Absent;
    request.action = wasThere ? WriteRequest::Action::Put : WriteRequest::Action::Remove;
    request.value = change.before;
    request.expiry =
        change.beforeTtlMs ? ExpiryChange::set(*change.beforeTtlMs) : ExpiryChange::none();
    switch (change.did) {
    case ChangeRecord::Did::Removed:
        request.expected = ExpectedValue::absent();
        break;
    case ChangeRecord::Did::Put:
        request.expected = ExpectedValue::exactly(change.wrote);
        break;
    case ChangeRecord::Did::SetExpiry:
        request.action = WriteRequest::Action::ExpiryOnly;
        request.expected = ExpectedValue::exactly(change.before);
        break;
    }
    // An image that had a moment left to live is put back with that moment.
    if (request.expiry.kind == ExpiryChange::Kind::Set && request.expiry.ttlMs < 1)
        request.expiry.ttlMs = 1;
    return request;
}

} // namespace

std::optional<Error> UndoJob::run()
{
    const auto record = m_journal.find(m_run);
    if (!record) return record.error();
    m_meter.startPhase(Words::tr("Putting back"), record->images);
    std::int64_t after = 0;
    while (m_control.mayGoOn()) {
        const auto changes = m_journal.changes(m_run, after, kChangesAtOnce);
        if (!changes) return changes.error();
        if (changes->empty()) return std::nullopt;
        after = changes->back().number;
        if (auto error = undo(*changes)) return error;
        m_meter.setDone(m_report.restored + m_report.kept);
    }
    return Error(ErrorCode::Cancelled);
}

std::optional<Error> UndoJob::undo(const std::vector<ChangeRecord> &changes)
{
    std::vector<WriteRequest> requests;
    requests.reserve(changes.size());
    for (const ChangeRecord &change : changes) requests.push_back(mirrorOf(change));
    const auto outcomes = answerOf<std::vector<Result<WriteOutcome>>>(
        [&](auto done) { m_store.writer().write(requests, std::move(done)); });
    if (!outcomes) return outcomes.error();
    std::vector<std::int64_t> restored;
    std::optional<Error> first;
    for (std::size_t i = 0; i < outcomes->size(); ++i) {
        const Result<WriteOutcome> &outcome = (*outcomes)[i];
        if (outcome && outcome->status == WriteOutcome::Status::Applied) {
            restored.push_back(changes[i].number);
            continue;
        }
        // Another type is there now: somebody changed it.
        if (!outcome && outcome.error().code() != ErrorCode::WrongType) {
            if (!first) first = outcome.error();
            continue;
        }
        ++m_report.kept;
        if (m_sinks.kept) m_sinks.kept(changes[i].key);
    }
    m_report.restored += static_cast<std::int64_t>(restored.size());
    if (const auto forgot = m_journal.forget(m_run, restored); !forgot) return forgot.error();
    return first;
}

} // namespace kvscope
