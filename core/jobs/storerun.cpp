// StoreRun: from a sample of the telemetry.
#include "core/jobs/storerun.h"

#include "core/jobs/window.h"

#include <QCoreApplication>

namespace kvscope {

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

} // namespace kvscope
