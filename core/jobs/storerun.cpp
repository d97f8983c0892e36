// StoreRun: from a sample of the telemetry.
#include "core/jobs/storerun.h"

#include "core/jobs/window.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

// Names are places, as in localhost:6379/0.
QString placeOf(QString name)
{
    for (const char *loopback : {"localhost:", "[::1]:"})
        if (name.startsWith(QLatin1String(loopback)))
            name.replace(0, static_cast<qsizetype>(qstrlen(loopback)),
                         QStringLiteral("127.0.0.1:"));
    return name;
}

QString databaseOf(const QString &name)
{
    return name.section(QLatin1Char('/'), -1);
}

} // namespace

Result<Bytes> storeRunId(Store &store)
{
    const auto sample =
        answerOf<TelemetrySample>([&](auto done) { store.telemetry().sample(std::move(done)); });
    if (!sample) return failure(sample.error());
    // The engine lives and dies with this process.
    if (store.capabilities().mode == QLatin1String("engine"))
        return sample->runId + '-' + std::to_string(QCoreApplication::applicationPid());
    return sample->runId;
}

bool isStoreOf(const RunRecord &run, Store &store)
{
    const QString name = store.name();
    if (placeOf(run.store) == placeOf(name)) return true;
    if (!run.checkpoint || run.checkpoint->storeRunId.empty() ||
        databaseOf(run.store) != databaseOf(name))
        return false;
    const auto id = storeRunId(store);
    return id && *id == run.checkpoint->storeRunId;
}

} // namespace kvscope
