// runs: what the journal knows, newest first.
#include "app/commands/jobverb.h"

#include "core/config/paths.h"

#include <QDateTime>

namespace kvscope {

int runRuns(VerbContext &context)
{
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto records = journal->runs();
    if (!records) return context.output.fail(records.error());
    for (const RunRecord &record : *records) {
        const Bytes state = runStateName(record.state).toStdString();
        const bool dry = record.options.value(QLatin1String("dry_run")).toBool();
        const Bytes started = QDateTime::fromMSecsSinceEpoch(record.startedMs, Qt::UTC)
                                  .toString(Qt::ISODateWithMs)
                                  .toStdString();
        Bytes row = record.id.toStdString();
        for (const Bytes &cell :
             {record.kind.toStdString(), state, record.bindingName.toStdString(),
              record.store.toStdString(), started})
            row.append(1, '\t').append(cell);
        context.output.answer(row + (dry ? "\tdry run\n" : "\n"));
        JsonLine line("item");
        line.text("run", record.id.toStdString()).text("kind", record.kind.toStdString());
        line.text("state", state).text("binding", record.bindingName.toStdString());
        line.text("source", record.source.toStdString());
        line.text("store", record.store.toStdString()).text("started", started);
        line.integer("started_ms", record.startedMs);
        line.integer("ended_ms", record.endedMs > 0 ? std::optional(record.endedMs) : std::nullopt);
        line.integer("before_images", record.images);
        line.boolean("resumable", record.mayResume()).boolean("dry_run", dry);
        line.members({{QStringLiteral("result"), record.result}});
        context.output.line(std::move(line));
    }
    return context.output.finish(Exit::Done);
}

} // namespace kvscope
