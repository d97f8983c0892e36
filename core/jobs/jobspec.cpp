// JobSpec: what each job runs and what the journal notes of it.
#include "core/jobs/jobspec.h"

#include "core/base/human.h"
#include "core/config/paths.h"
#include "core/jobs/runreport.h"
#include "core/jobs/syncjob.h"
#include "core/jobs/undojob.h"
#include "core/source/demodatabase.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

const char *repairName(Repair repair)
{
    return repair == Repair::None ? "none" : repair == Repair::Delete ? "delete" : "refill";
}

// What a running sync tells, as progress: there is no end to it, but a lag.
class SyncProgress
{
  public:
    explicit SyncProgress(ProgressMeter::Sink sink) : m_sink(std::move(sink)) {}

    void operator()(const SyncStatus &status)
    {
        JobProgress told;
        told.phase =
            status.lagMs
                ? Words::tr("In step, lag %1")
                      .arg(QString::fromStdString(formatDuration(std::llround(*status.lagMs))))
                : Words::tr("In step, nothing changed yet");
        if (status.lagMs) told.lagMs = std::llround(*status.lagMs);
        told.done = status.written;
        told.slowedBy = status.slowedBy;
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double> passed = now - m_since;
        if (passed.count() >= 1) {
            m_rate = static_cast<double>(status.written - m_written) / passed.count();
            m_written = status.written;
            m_since = now;
        }
        told.rowsPerSecond = m_rate;
        if (m_sink) m_sink(told);
    }

  private:
    ProgressMeter::Sink m_sink;
    std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    std::int64_t m_written = 0;
    double m_rate = 0;
};

JobSpec specFor(const char *kind, const BoundFile &file, const QString &sourceUrl)
{
    JobSpec spec;
    spec.kind = QString::fromLatin1(kind);
    spec.binding = file.binding;
    spec.bindingPath = file.path;
    spec.source = sourceName(sourceUrlOf(file.binding, sourceUrl));
    return spec;
}

} // namespace

QString recheckNote(const std::vector<std::chrono::milliseconds> &recheck)
{
    QStringList seconds;
    for (const auto delay : recheck)
        seconds << QString::number(static_cast<double>(delay.count()) / 1000.0);
    return seconds.join(QLatin1Char(','));
}

std::vector<std::chrono::milliseconds> recheckFromNote(const QJsonObject &options)
{
    std::vector<std::chrono::milliseconds> delays;
    const QString seconds = options.value(QLatin1String("recheck_s")).toString();
    for (const QString &part : seconds.split(QLatin1Char(','), Qt::SkipEmptyParts))
        delays.emplace_back(std::llround(part.toDouble() * 1000));
    return delays;
}

QString demoDatabaseFile()
{
    return stateFolder() + QStringLiteral("/demo-search.db");
}

Result<bool> makeDemoSourceFor(const QString &sourceUrl, const ProgressMeter::Sink &progress,
                               const std::stop_token &stop)
{
    const QString file = demoDatabaseFile();
    if (sourceUrl != QStringLiteral("sqlite:") + file || QFileInfo::exists(file)) return true;
    JobProgress told;
    told.phase = Words::tr("Making the demo database");
    told.total = kDemoDocuments;
    return makeDemoDatabase(
        file,
        [&](double share) {
            told.done = static_cast<std::int64_t>(share * kDemoDocuments);
            if (progress) progress(told);
        },
        stop);
}

JobSpec warmUpSpec(const BoundFile &file, WarmupOptions options)
{
    options.binding = file.binding;
    JobSpec spec = specFor("warm", file, options.sourceUrl);
    spec.access = options.dryRun ? Access::ReadOnly : Access::ReadWrite;
    spec.options = {{QStringLiteral("dry_run"), options.dryRun},
                    {QStringLiteral("order"), options.order.text()},
                    {QStringLiteral("rate"), options.rate}};
    spec.work = [options = std::move(options)](JobContext &context) {
        JobOutcome outcome;
        const QString source = sourceUrlOf(options.binding, options.sourceUrl);
        const auto made = makeDemoSourceFor(source, context.progress, context.control.token());
        if (!made) {
            outcome.error = made.error();
            return outcome;
        }
        WarmupOptions mine = options;
        mine.run = context.run;
        mine.resume = context.resume;
        WarmupJob::Sinks sinks;
        sinks.progress = context.progress;
        sinks.remark = context.remark;
        sinks.forecast = [&context](const MemoryForecast &forecast) {
            context.remark(forecast.sentence());
        };
        WarmupJob job(context.store, context.journal, context.control, std::move(mine),
                      std::move(sinks));
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        return outcome;
    };
    return spec;
}

bool mayGoOn(const RunRecord &record)
{
    const bool known = record.kind == QLatin1String("warm") ||
                       record.kind == QLatin1String("check") ||
                       record.kind == QLatin1String("sync");
    return known && record.mayResume() && record.state != RunRecord::State::Running;
}

JobSpec resumeSpec(const RunRecord &record, const BoundFile &file)
{
    const QJsonObject &asked = record.options;
    JobSpec spec;
    if (record.kind == QLatin1String("check")) {
        CheckOptions options;
        const QString repair = asked.value(QLatin1String("repair")).toString();
        options.repair = repair == QLatin1String("delete")   ? Repair::Delete
                         : repair == QLatin1String("refill") ? Repair::Refill
                                                             : Repair::None;
        options.sample = asked.value(QLatin1String("sample")).toInteger();
        if (auto delays = recheckFromNote(asked); !delays.empty())
            options.recheck = std::move(delays);
        spec = checkSpec(file, std::move(options));
    } else if (record.kind == QLatin1String("sync")) {
        spec = syncSpec(file);
    } else {
        WarmupOptions options;
        options.rate = asked.value(QLatin1String("rate")).toDouble();
        options.dryRun = asked.value(QLatin1String("dry_run")).toBool();
        if (auto order = WarmOrder::parse(asked.value(QLatin1String("order")).toString()))
            options.order = std::move(*order);
        spec = warmUpSpec(file, std::move(options));
    }
    spec.resumeRun = record.id;
    return spec;
}

JobSpec syncSpec(const BoundFile &file)
{
    JobSpec spec = specFor("sync", file, {});
    spec.work = [binding = file.binding](JobContext &context) {
        SyncOptions options;
        options.binding = binding;
        options.run = context.run;
        options.resume = context.resume;
        SyncJob::Sinks sinks;
        sinks.status = SyncProgress(context.progress);
        sinks.remark = context.remark;
        SyncJob job(context.store, context.journal, context.control, std::move(options),
                    std::move(sinks));
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        return outcome;
    };
    return spec;
}

JobSpec checkSpec(const BoundFile &file, CheckOptions options)
{
    options.binding = file.binding;
    JobSpec spec = specFor("check", file, options.sourceUrl);
    spec.access = options.repair == Repair::None ? Access::ReadOnly : Access::ReadWrite;
    spec.options = {{QStringLiteral("repair"), QLatin1String(repairName(options.repair))},
                    {QStringLiteral("sample"), qint64{options.sample}},
                    {QStringLiteral("recheck_s"), recheckNote(options.recheck)}};
    spec.work = [options = std::move(options)](JobContext &context) {
        JobOutcome outcome;
        const QString source = sourceUrlOf(options.binding, options.sourceUrl);
        const auto made = makeDemoSourceFor(source, context.progress, context.control.token());
        if (!made) {
            outcome.error = made.error();
            return outcome;
        }
        CheckOptions mine = options;
        mine.run = context.run;
        mine.resume = context.resume;
        CheckJob::Sinks sinks;
        sinks.progress = context.progress;
        sinks.difference = context.difference;
        sinks.remark = context.remark;
        sinks.reportMark = [&context] { return context.report.mark(); };
        sinks.cutReport = [&context](std::int64_t mark) { context.report.cutTo(mark); };
        CheckJob job(context.store, context.journal, context.control, std::move(mine),
                     std::move(sinks));
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        return outcome;
    };
    return spec;
}

JobSpec repairSpec(const BoundFile &file, std::vector<Bytes> keys, Repair how)
{
    JobSpec spec = specFor("repair", file, {});
    spec.options = {{QStringLiteral("repair"), QLatin1String(repairName(how))},
                    {QStringLiteral("keys"), static_cast<qint64>(keys.size())}};
    RepairOptions options{.binding = file.binding, .keys = std::move(keys), .how = how};
    spec.work = [options = std::move(options)](JobContext &context) {
        RepairOptions mine = options;
        mine.run = context.run;
        RepairJob job(context.store, context.journal, context.control, std::move(mine),
                      context.progress);
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        return outcome;
    };
    return spec;
}

JobSpec undoSpec(const RunRecord &record)
{
    JobSpec spec;
    spec.kind = QStringLiteral("undo");
    if (auto binding = Binding::parse(record.binding)) spec.binding = std::move(*binding);
    spec.binding.name = record.bindingName;
    spec.source = record.source;
    spec.options = {{QStringLiteral("run"), record.id}};
    spec.work = [run = record.id](JobContext &context) {
        UndoJob::Sinks sinks;
        sinks.progress = context.progress;
        sinks.kept = [&context](const Bytes &key) {
            context.remark(Words::tr("%1 changed since and was kept")
                               .arg(QString::fromStdString(escapeBytes(key))));
        };
        UndoJob job(context.store, context.journal, context.control, run, std::move(sinks));
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = {{QStringLiteral("restored"), qint64{job.report().restored}},
                          {QStringLiteral("kept"), qint64{job.report().kept}}};
        return outcome;
    };
    return spec;
}

} // namespace kvscope
