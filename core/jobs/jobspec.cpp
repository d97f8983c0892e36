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
#include <QUrl>

#include <cmath>

namespace kvscope {
namespace {

constexpr std::chrono::milliseconds kRarestPoll{5'000};

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
        if (status.lagP50Ms) told.lagP50Ms = std::llround(*status.lagP50Ms);
        if (status.lagP99Ms) told.lagP99Ms = std::llround(*status.lagP99Ms);
        told.probeUs = status.probeUs;
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

QString withoutPassword(const QString &url)
{
    return QUrl(url).toString(QUrl::RemovePassword);
}

// What is as by default is not noted: such a run is asked the same by the verb.
void noteLimits(QJsonObject &noted, const CheckOptions &options)
{
    if (options.rate > 0) noted.insert(QStringLiteral("rate"), options.rate);
    if (options.repair == Repair::None) return;
    if (options.mostRepaired != CheckOptions().mostRepaired)
        noted.insert(QStringLiteral("max_share"), options.mostRepaired);
    if (options.replicas > 0) noted.insert(QStringLiteral("wait"), options.replicas);
    if (!options.etcd.isEmpty())
        noted.insert(QStringLiteral("etcd"), withoutPassword(options.etcd));
}

// Adds the keys of what a check repaired to what it changed.
void noteRepaired(const Difference &difference, ChangedKeys &changed)
{
    if (difference.what != EntryClass::Transient && difference.what != EntryClass::Unknown)
        changed.add(difference.key);
}

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
        outcome.changed.isCut = !options.dryRun && job.report().written > 0;
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
        options.rate = asked.value(QLatin1String("rate")).toDouble();
        options.mostRepaired = asked.value(QLatin1String("max_share")).toDouble(0.5);
        options.replicas = asked.value(QLatin1String("wait")).toInt();
        // The journal holds no password; the binding's own URL has it.
        const QString etcd = asked.value(QLatin1String("etcd")).toString();
        if (etcd != withoutPassword(file.binding.etcd)) options.etcd = etcd;
        spec = checkSpec(file, std::move(options));
    } else if (record.kind == QLatin1String("sync")) {
        SyncAsk ask{.within = syncWithin(asked)};
        if (const auto ms = asked.value(QLatin1String("for_ms")).toInteger(); ms > 0)
            ask.duration = std::chrono::milliseconds(ms);
        spec = syncSpec(file, ask);
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

std::chrono::milliseconds syncWithin(const QJsonObject &options)
{
    return std::chrono::milliseconds(
        options.value(QLatin1String("within_ms")).toInteger(SyncAsk().within.count()));
}

JobSpec syncSpec(const BoundFile &file, const SyncAsk &ask)
{
    JobSpec spec = specFor("sync", file, {});
    spec.options = {{QStringLiteral("within_ms"), qint64{ask.within.count()}}};
    if (ask.duration) spec.options.insert(QStringLiteral("for_ms"), qint64{ask.duration->count()});
    spec.work = [binding = file.binding, ask](JobContext &context) {
        SyncOptions options;
        options.binding = binding;
        options.duration = ask.duration;
        options.pollEvery = std::clamp(ask.within / 10, std::chrono::milliseconds(20), kRarestPoll);
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
    noteLimits(spec.options, options);
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
        sinks.difference = [&](const Difference &difference) {
            context.difference(difference);
            if (options.repair != Repair::None) noteRepaired(difference, outcome.changed);
        };
        sinks.remark = context.remark;
        sinks.leftAlone = [&context](const Bytes &key, const QString &why) {
            context.remark(keyText(key) + QStringLiteral(": ") + why);
        };
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

JobSpec replicaCheckSpec(const BoundFile &file, ReplicaCheckOptions options, const QString &primary,
                         MakeStore makePrimary)
{
    options.binding = file.binding;
    JobSpec spec = specFor("check", file, {});
    spec.source = primary;
    spec.access = Access::ReadOnly;
    spec.makePrimary = std::move(makePrimary);
    spec.options = {{QStringLiteral("repair"), QLatin1String(repairName(Repair::None))},
                    {QStringLiteral("sample"), qint64{options.sample}},
                    {QStringLiteral("recheck_s"), recheckNote(options.recheck)},
                    {QStringLiteral("primary"), primary}};
    spec.work = [options = std::move(options)](JobContext &context) {
        CheckJob::Sinks sinks;
        sinks.progress = context.progress;
        sinks.difference = context.difference;
        sinks.remark = context.remark;
        ReplicaCheck job(context.store, *context.primary, context.control, options,
                         std::move(sinks));
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        return outcome;
    };
    return spec;
}

JobSpec repairSpec(const BoundFile &file, RepairOptions options, ChosenDifferences chosen)
{
    options.binding = file.binding;
    JobSpec spec = specFor("repair", file, {});
    spec.options = {{QStringLiteral("repair"), QLatin1String(repairName(options.how))},
                    {QStringLiteral("keys"), static_cast<qint64>(chosen.which.size())}};
    if (options.replicas > 0) spec.options.insert(QStringLiteral("wait"), options.replicas);
    if (!options.etcd.isEmpty())
        spec.options.insert(QStringLiteral("etcd"), withoutPassword(options.etcd));
    spec.work = [options = std::move(options), chosen = std::move(chosen)](JobContext &context) {
        RepairOptions mine = options;
        mine.run = context.run;
        mine.keys = chosen.keys();
        mine.leftAlone = [&context](const Bytes &key, const QString &why) {
            context.remark(keyText(key) + QStringLiteral(": ") + why);
        };
        JobOutcome outcome;
        for (const Bytes &key : mine.keys) outcome.changed.add(key);
        RepairJob job(context.store, context.journal, context.control, std::move(mine),
                      context.progress);
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
        JobOutcome outcome;
        UndoJob::Sinks sinks;
        sinks.progress = context.progress;
        sinks.restored = [&outcome](const Bytes &key) { outcome.changed.add(key); };
        sinks.kept = [&context](const Bytes &key) {
            context.remark(Words::tr("%1 changed since and was kept")
                               .arg(QString::fromStdString(escapeBytes(key))));
        };
        UndoJob job(context.store, context.journal, context.control, run, std::move(sinks));
        outcome.error = job.run();
        outcome.result = {{QStringLiteral("restored"), qint64{job.report().restored}},
                          {QStringLiteral("kept"), qint64{job.report().kept}}};
        return outcome;
    };
    return spec;
}

} // namespace kvscope
