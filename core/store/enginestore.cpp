// EngineStore: what is small at once, what is large on the lanes.
#include "core/store/enginestore.h"

#include "core/store/enginescan.h"

#include <numeric>

namespace kvscope {
namespace {

using engine::WriteStatus;
using Weight = WorkLane::Weight;

constexpr std::size_t kChangedAtOnce = 2000; // entries that a policy or budget is changed for

Weight weightOf(std::size_t bytes)
{
    return bytes > WorkLane::kHeavyBytes ? Weight::Heavy : Weight::Light;
}

} // namespace

EngineStore::EngineStore(engine::Engine &engine, Access access, const Clock &clock)
    : EngineStore(engine, std::make_shared<EngineLanes>(), access, clock)
{}

EngineStore::EngineStore(engine::Engine &engine, std::shared_ptr<EngineLanes> lanes, Access access,
                         const Clock &clock)
    : m_engine(engine), m_access(access), m_clock(clock),
      m_calls(std::make_shared<const EngineCalls>(engine, clock)), m_lanes(std::move(lanes)),
      m_bulk(engine, access, clock)
{
    m_announce =
        m_lifetime.guard([this](const std::vector<Bytes> &keys) { emit keysChanged(keys); });
}

EngineStore::~EngineStore() = default;

void EngineStore::open()
{
    m_state.phase = StoreState::Phase::Ready;
    emit stateChanged(m_state);
}

Capabilities EngineStore::capabilities() const
{
    Capabilities capabilities;
    capabilities.product = QStringLiteral("engine");
    capabilities.version = QStringLiteral(KVSCOPE_VERSION);
    capabilities.mode = QStringLiteral("engine");
    capabilities.readOnly = m_access == Access::ReadOnly;
    capabilities.databases = false;
    capabilities.latencyHistogram = true;
    capabilities.policySwitch = true;
    return capabilities;
}

void EngineStore::selectDatabase(int)
{}

std::unique_ptr<Scan> EngineStore::scan(ScanOptions options, ScanSink sink)
{
    return std::make_unique<EngineScan>(m_engine, std::move(options), std::move(sink));
}

void EngineStore::count(Callback<std::int64_t> done)
{
    done(static_cast<std::int64_t>(m_engine.size()));
}

void EngineStore::databases(Callback<std::vector<DatabaseInfo>> done)
{
    done(std::vector<DatabaseInfo>{{0, static_cast<std::int64_t>(m_engine.size())}});
}

void EngineStore::read(std::vector<Bytes> keys, ReadOptions options,
                       Callback<std::vector<Entry>> done)
{
    const bool bulky =
        (options.fields & ReadValue) != 0 && keys.size() * 256 > WorkLane::kHeavyBytes;
    const bool whole = options.limits.maxBytes > static_cast<std::int64_t>(WorkLane::kHeavyBytes) &&
                       options.purpose != ReadPurpose::Traffic;
    m_lanes->calls.run(bulky || whole ? Weight::Heavy : Weight::Light,
                       [calls = m_calls, keys = std::move(keys), options, done = std::move(done)] {
                           std::vector<Entry> entries;
                           entries.reserve(keys.size());
                           for (const Bytes &key : keys)
                               entries.push_back(calls->read(key, options));
                           done(std::move(entries));
                       });
}

void EngineStore::readWhole(Bytes key, std::int64_t limit, Callback<Entry> done)
{
    const auto info = m_engine.info(key);
    const std::size_t size = info ? info->valueBytes : 0;
    m_lanes->calls.run(weightOf(size),
                       [calls = m_calls, key = std::move(key), limit, done = std::move(done)] {
                           done(calls->readWhole(key, limit));
                       });
}

void EngineStore::readElements(Bytes, ValueType type, Bytes, int, Callback<ElementPage> done)
{
    done(failure(ErrorCode::UnsupportedType, {valueTypeName(type)}));
}

void EngineStore::write(std::vector<WriteRequest> requests,
                        Callback<std::vector<Result<WriteOutcome>>> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("SET")}));
    const std::size_t bytes = std::accumulate(
        requests.begin(), requests.end(), std::size_t{0},
        [](std::size_t sum, const WriteRequest &r) { return sum + r.value.size() + 64; });
    m_lanes->calls.run(weightOf(bytes), [calls = m_calls, announce = m_announce,
                                         requests = std::move(requests), done = std::move(done)] {
        std::vector<Result<WriteOutcome>> outcomes;
        outcomes.reserve(requests.size());
        std::vector<Bytes> changed;
        for (const WriteRequest &request : requests) {
            outcomes.push_back(calls->write(request));
            if (outcomes.back() && outcomes.back()->status == WriteOutcome::Status::Applied &&
                request.origin == WriteRequest::Origin::Edit)
                changed.push_back(request.key);
        }
        done(std::move(outcomes));
        if (!changed.empty()) announce(std::move(changed));
    });
}

void EngineStore::rename(Bytes from, Bytes to, Callback<bool> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("RENAMENX")}));
    m_lanes->calls.run(Weight::Light,
                       [&engine = m_engine, announce = m_announce, from = std::move(from),
                        to = std::move(to), done = std::move(done)] {
                           switch (engine.rename(from, to).status) {
                           case WriteStatus::Applied:
                               done(true);
                               return announce({from, to});
                           case WriteStatus::Conflict:
                               return done(failure(ErrorCode::KeyExists, {keyText(to)}));
                           default:
                               return done(failure(ErrorCode::KeyNotFound, {keyText(from)}));
                           }
                       });
}

void EngineStore::take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done)
{
    m_lanes->calls.run(Weight::Heavy,
                       [calls = m_calls, keys = std::move(keys), done = std::move(done)] {
                           std::vector<BeforeImage> images;
                           images.reserve(keys.size());
                           for (const Bytes &key : keys) images.push_back(calls->image(key));
                           done(std::move(images));
                       });
}

void EngineStore::restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("RESTORE")}));
    const Weight weight = weightOf(image.payload.size());
    m_lanes->calls.run(weight, [calls = m_calls, announce = m_announce, image = std::move(image),
                                ifPresent, done = std::move(done)] {
        Result<bool> restored = calls->restore(image, ifPresent);
        const bool applied = restored.has_value();
        done(std::move(restored));
        if (applied) announce({image.key});
    });
}

void EngineStore::sample(Callback<TelemetrySample> done)
{
    const engine::Counters counters = m_engine.counters();
    engine::Latencies latencies = m_engine.latencies();
    TelemetrySample sample;
    sample.wallMs = m_clock.wallMs();
    sample.hits = counters.hits;
    sample.misses = counters.misses;
    sample.reads = counters.hits + counters.misses;
    sample.writes = counters.writes + counters.erases;
    sample.commands = *sample.reads + *sample.writes + counters.peeks;
    sample.evictions = counters.evictions;
    sample.expirations = counters.expirations;
    sample.usedBytes = counters.usedBytes;
    sample.budgetBytes = counters.budgetBytes;
    sample.keys = counters.entries;
    sample.latencies.emplace("reads", std::move(latencies.reads));
    sample.latencies.emplace("writes", std::move(latencies.writes));
    sample.runId = "engine";
    done(std::move(sample));
}

std::vector<QString> EngineStore::policies() const
{
    std::vector<QString> names;
    for (const engine::PolicyKind kind : engine::policies()) {
        const std::string_view name = engine::policyName(kind);
        names.push_back(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    }
    return names;
}

QString EngineStore::policy() const
{
    const int wanted = m_lanes->wanted->policy.load();
    const auto kind = wanted < 0 ? m_engine.policy() : static_cast<engine::PolicyKind>(wanted);
    const std::string_view name = engine::policyName(kind);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

// Either takes the better part of a second for a million entries; nobody waits for it.
void EngineStore::change(std::function<void()> work)
{
    const bool heavy = m_engine.size() > kChangedAtOnce;
    m_lanes->changes.run(heavy ? Weight::Heavy : Weight::Light, std::move(work));
}

bool EngineStore::setPolicy(const QString &name)
{
    const auto kind = engine::policyFromName(name.toStdString());
    if (!kind) return false;
    m_lanes->wanted->policy = static_cast<int>(*kind);
    change([&engine = m_engine, wanted = m_lanes->wanted, kind = *kind] {
        engine.setPolicy(kind);
        int taken = static_cast<int>(kind);
        wanted->policy.compare_exchange_strong(taken, EngineLanes::kNoPolicy);
    });
    return true;
}

std::size_t EngineStore::memoryBytes() const
{
    const std::size_t wanted = m_lanes->wanted->bytes.load();
    return wanted != 0 ? wanted : m_engine.counters().budgetBytes;
}

void EngineStore::setMemoryBytes(std::size_t bytes)
{
    m_lanes->wanted->bytes = bytes;
    change([&engine = m_engine, wanted = m_lanes->wanted, bytes] {
        engine.setMemoryBytes(bytes);
        std::size_t taken = bytes;
        wanted->bytes.compare_exchange_strong(taken, 0);
    });
}

} // namespace kvscope
