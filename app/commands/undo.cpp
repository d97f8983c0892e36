// undo: puts back what a run changed.
#include "app/commands/jobverb.h"

#include "core/config/paths.h"
#include "core/jobs/storerun.h"
#include "core/jobs/undojob.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::UndoVerb)
};

} // namespace

int runUndo(VerbContext &context)
{
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto record = journal->find(context.url(0));
    if (!record) return context.output.fail(record.error());
    auto store = jobStore(context, Access::ReadWrite);
    if (!store) return context.output.fail(store.error());
    if (!isStoreOf(*record, **store))
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("run %1 changed %2, not %3")
                                              .arg(record->id, record->store, (*store)->name())}));

    Lifetime lifetime;
    JobControl control;
    UndoJob::Sinks sinks;
    sinks.progress = progressSink(context, lifetime);
    sinks.kept = lifetime.guard([&context](const Bytes &key) {
        if (context.output.isJson())
            context.output.line(JsonLine("item").bytes("key", key).text("outcome", "kept"));
        else
            context.output.answer("kept " + escapeBytes(key) + '\n');
    });
    UndoJob job(**store, *journal, control, record->id, std::move(sinks));
    std::optional<Error> error;
    runOnThread(context, control, [&] { error = job.run(); });
    if (error) context.output.error(*error);
    const UndoReport &report = job.report();
    context.output.remark(
        record->images == 0
            ? Sentences::tr("Run %1 has no before-images: only repairs keep some, and what was put "
                            "back leaves the journal.")
                  .arg(record->id)
            : Sentences::tr("%1 put back, %2 kept because they changed since.")
                  .arg(report.restored)
                  .arg(report.kept));
    const Exit right = report.kept == 0 ? Exit::Done : Exit::NotAsItShouldBe;
    return context.output.finish(
        error ? exitFor(*error) : right,
        JsonLine("result").integer("restored", report.restored).integer("kept", report.kept));
}

} // namespace kvscope
