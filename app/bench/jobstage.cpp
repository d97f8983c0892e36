// JobStage: one store and one journal for all runs.
#include "app/bench/jobstage.h"

#include "core/async/errortext.h"
#include "core/jobs/warmupjob.h"

#include <hiredis/hiredis.h>

#include <QEventLoop>

#include <chrono>
#include <thread>

namespace kvscope::bench {
namespace {

constexpr double kUnlimited = 1e9; // rows a second
constexpr std::size_t kPairsPerCommand = 500;
constexpr std::size_t kCommandsInFlight = 8;

bool becomesReady(Store &store)
{
    QEventLoop loop;
    bool ready = false;
    QObject::connect(&store, &Store::stateChanged, &loop, [&](const StoreState &state) {
        ready = state.phase == StoreState::Phase::Ready;
        if (ready || state.phase == StoreState::Phase::Failed) loop.quit();
    });
    store.open();
    loop.exec();
    return ready;
}

bool takeReply(redisContext *redis)
{
    redisReply *reply = nullptr;
    if (redisGetReply(redis, reinterpret_cast<void **>(&reply)) != REDIS_OK) return false;
    const bool right = reply->type != REDIS_REPLY_ERROR;
    freeReplyObject(reply);
    return right;
}

// Seconds since it was made or asked before.
class Watch
{
  public:
    Timing lap()
    {
        const auto now = std::chrono::steady_clock::now();
        const double cpu = processCpuSeconds();
        const std::chrono::duration<double> wall = now - m_since;
        const Timing lap{wall.count(), cpu - m_cpu};
        m_since = now;
        m_cpu = cpu;
        return lap;
    }

  private:
    std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    double m_cpu = processCpuSeconds();
};

template<class Job>
std::optional<Error> runOnItsThread(Job &job)
{
    std::optional<Error> error;
    std::jthread([&] { error = job.run(); }).join();
    return error;
}

} // namespace

Result<std::unique_ptr<JobStage>> JobStage::make()
{
    std::unique_ptr<JobStage> stage(new JobStage);
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    stage->m_server = std::move(*server);
    auto journal = Journal::open(stage->m_folder.path());
    if (!journal) return failure(journal.error());
    stage->m_journal.emplace(std::move(*journal));
    auto store = stage->m_stores.make(stage->m_server->url(), Access::ReadWrite);
    if (!store) return failure(store.error());
    stage->m_store = std::move(*store);
    if (!becomesReady(*stage->m_store))
        return failure(ErrorCode::ConnectionRefused, {stage->m_server->url()});
    return stage;
}

bool JobStage::empty() const
{
    const auto redis = m_server->connect();
    return redis && redisAppendCommand(redis.get(), "FLUSHALL SYNC") == REDIS_OK &&
           takeReply(redis.get());
}

bool JobStage::holds(std::size_t keys) const
{
    const auto redis = m_server->connect();
    if (!redis) return false;
    auto *reply = static_cast<redisReply *>(redisCommand(redis.get(), "DBSIZE"));
    const bool right = reply && reply->integer == static_cast<long long>(keys);
    freeReplyObject(reply);
    return right;
}

Result<bool> JobStage::fill(const BindingRows &rows) const
{
    const auto redis = m_server->connect();
    bool right = redis && empty();
    std::vector<Bytes> parts;
    std::size_t inFlight = 0;
    const auto send = [&] {
        std::vector<const char *> pointers;
        std::vector<std::size_t> lengths;
        for (const Bytes &part : parts) {
            pointers.push_back(part.data());
            lengths.push_back(part.size());
        }
        redisAppendCommandArgv(redis.get(), int(parts.size()), pointers.data(), lengths.data());
        parts.assign(1, "MSET");
        if (++inFlight < kCommandsInFlight) return true;
        --inFlight;
        return takeReply(redis.get());
    };
    parts.assign(1, "MSET");
    rows.forEach([&](BytesView key, BytesView value) {
        parts.emplace_back(key);
        parts.emplace_back(value);
        if (parts.size() > kPairsPerCommand * 2) right = right && send();
        return right;
    });
    if (right && parts.size() > 1) right = send();
    for (; right && inFlight > 0; --inFlight) right = takeReply(redis.get());
    if (right && holds(rows.count)) return true;
    return failure(ErrorCode::SourceFailed,
                   {QStringLiteral("redis-server"), QStringLiteral("it can't be filled")});
}

QString JobStage::begin(const char *kind, const Binding &binding)
{
    RunRecord record;
    record.kind = QLatin1String(kind);
    record.bindingName = binding.name;
    record.binding = binding.toJson();
    record.store = m_store->name();
    const auto begun = m_journal->begin(std::move(record));
    return begun ? begun->id : QString();
}

std::optional<Timing> JobStage::warm(const Binding &binding, std::size_t rows,
                                     const Context &context)
{
    const QString run = begin("warm", binding);
    JobControl control;
    WarmupOptions options;
    options.binding = binding;
    options.rate = kUnlimited;
    options.run = run;
    Watch watch;
    WarmupJob job(*m_store, *m_journal, control, std::move(options), {});
    const auto error = runOnItsThread(job);
    const Timing took = watch.lap();
    if (error) context.progress(errorLine(*error));
    const bool right = !error && job.report().written == static_cast<std::int64_t>(rows);
    return right ? std::optional(took) : std::nullopt;
}

std::optional<JobStage::Checked> JobStage::check(const Binding &binding, std::size_t rows,
                                                 const Context &context)
{
    CheckOptions options;
    options.binding = binding;
    options.rate = kUnlimited;
    options.run = begin("check", binding);
    options.recheck = {std::chrono::milliseconds(0)};
    JobControl control;
    Watch watch;
    std::vector<Timing> phases; // each ends where the next begins: opening, rows, orphans, …
    QString phase;
    CheckJob::Sinks sinks;
    sinks.progress = [&](const JobProgress &progress) {
        if (progress.phase == phase) return;
        if (!phase.isEmpty()) phases.push_back(watch.lap());
        phase = progress.phase;
    };
    CheckJob job(*m_store, *m_journal, control, std::move(options), std::move(sinks));
    const auto error = runOnItsThread(job);
    phases.push_back(watch.lap());
    if (error) context.progress(errorLine(*error));
    const CheckReport &report = job.report();
    if (error || phases.size() < 3 ||
        report.counts[EntryClass::Match] != static_cast<std::int64_t>(rows) ||
        report.differing() != 0)
        return std::nullopt;
    return Checked{
        {phases[0].seconds + phases[1].seconds, phases[0].cpuSeconds + phases[1].cpuSeconds},
        phases[2],
        report.fingerprintBytes};
}

} // namespace kvscope::bench
