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

bool isSame(const BulkImage &a, const BulkImage &b)
{
    return a.kind == b.kind && a.payload == b.payload && a.expiresAtMs == b.expiresAtMs;
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
    const ChangeSteps steps(changes, ChangeSteps::Direction::Back);
    const auto answers = answerOf<BulkChangeAnswers>(
        [&](auto done) { m_store.bulk().change(steps.changes(), {}, std::move(done)); });
    if (!answers) return answers.error();
    std::vector<std::int64_t> restored;
    std::vector<std::size_t> others;
    const auto settle = [&](std::size_t i) {
        ++m_report.restored;
        for (const ChangeRecord &record : steps.recordsOf(i)) {
            restored.push_back(record.number);
            if (m_sinks.restored) m_sinks.restored(record.key);
        }
    };
    for (std::size_t i = 0; i < answers->outcomes.size(); ++i) {
        if (answers->outcomes[i] == BulkChanged::Applied)
            settle(i);
        else if (answers->outcomes[i] == BulkChanged::Conflict)
            others.push_back(i);
    }
    const auto untouched = findUntouched(steps, others);
    if (!untouched) return untouched.error();
    for (std::size_t n = 0; n < others.size(); ++n) {
        if ((*untouched)[n]) {
            settle(others[n]);
            continue;
        }
        ++m_report.kept;
        if (m_sinks.kept) m_sinks.kept(steps.recordsOf(others[n]).front().key);
    }
    // Something may have been put back in part: all of it is compared once more by another undo.
    if (answers->refusal) return answers->refusal;
    if (const auto forgot = m_journal.forget(m_run, restored); !forgot) return forgot.error();
    return std::nullopt;
}

// A run that was cut off between journal and store never changed its last ones: they are as they
// were.
Result<std::vector<bool>> UndoJob::findUntouched(const ChangeSteps &steps,
                                                 const std::vector<std::size_t> &which)
{
    std::vector<bool> untouched(which.size(), true);
    using Compared = std::pair<std::size_t, const ChangeRecord *>;
    std::vector<Compared> left;
    for (std::size_t n = 0; n < which.size(); ++n)
        for (const ChangeRecord &record : steps.recordsOf(which[n])) left.emplace_back(n, &record);
    while (!left.empty()) {
        KeyBatch keys;
        for (const Compared &one : left) keys.append(one.second->key);
        const auto images =
            answerOf<BulkImages>([&](auto done) { m_store.bulk().images(keys, std::move(done)); });
        if (!images) return failure(images.error());
        std::vector<Compared> rest; // the others were large
        for (std::size_t i = 0; i < left.size(); ++i) {
            const BulkImage &image = images->each[i];
            if (image.kind == BulkImage::Kind::NotRead)
                rest.push_back(left[i]);
            else if (!isSame(image, left[i].second->before))
                untouched[left[i].first] = false;
        }
        // A key that others change again and again is never read: it is not untouched.
        const bool stuck = rest.size() == left.size();
        for (const Compared &one : rest) untouched[one.first] = untouched[one.first] && !stuck;
        left = stuck ? std::vector<Compared>() : std::move(rest);
    }
    return untouched;
}

} // namespace kvscope
