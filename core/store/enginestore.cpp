// EngineStore: translates the seams' words into the engine's.
#include "core/store/enginestore.h"

#include "core/store/enginescan.h"

#include <numeric>

namespace kvscope {
namespace {

using engine::WriteStatus;
using Weight = WorkLane::Weight;

Weight weightOf(std::size_t bytes)
{
    return bytes > WorkLane::kHeavyBytes ? Weight::Heavy : Weight::Light;
}

engine::Expected engineExpected(const ExpectedValue &expected)
{
    switch (expected.kind) {
    case ExpectedValue::Kind::Any:
        return {};
    case ExpectedValue::Kind::Absent:
        return {engine::Expected::Kind::Absent};
    case ExpectedValue::Kind::Exactly:
        return {engine::Expected::Kind::Bytes, expected.bytes};
    case ExpectedValue::Kind::Version:
        return {engine::Expected::Kind::Version, {}, expected.version};
    }
    return {};
}

QString millisecondsText(std::int64_t ms)
{
    return QString::number(ms) + QStringLiteral(" ms");
}

} // namespace

EngineStore::EngineStore(engine::Engine &engine, Access access, const Clock &clock)
    : m_engine(engine), m_access(access), m_clock(clock), m_bulk(engine, access, clock)
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

std::optional<std::int64_t> EngineStore::ttlOf(std::int64_t expiresAtMs) const
{
    if (expiresAtMs == 0) return std::nullopt;
    return std::max<std::int64_t>(expiresAtMs - m_clock.wallMs(), 0);
}

Entry EngineStore::readOne(const Bytes &key, const ReadOptions &options) const
{
    Entry entry;
    entry.key = key;
    const engine::Handle handle =
        options.purpose == ReadPurpose::Traffic ? m_engine.get(key) : m_engine.peek(key);
    if (!handle) return entry;
    const BytesView value = handle.value();
    entry.type = ValueType::String;
    entry.version = handle.version();
    entry.ttlMs = ttlOf(handle.expiresAtMs());
    entry.size = static_cast<std::int64_t>(value.size());
    if ((options.fields & ReadValue) != 0) {
        const auto limit =
            static_cast<std::size_t>(std::max<std::int64_t>(options.limits.maxBytes, 0));
        entry.value = value.substr(0, limit);
        entry.truncated = value.size() > limit;
    }
    if ((options.fields & ReadMemory) != 0) {
        if (const auto info = m_engine.info(key)) {
            entry.memoryBytes = static_cast<std::int64_t>(info->memoryBytes);
            entry.idleMs = info->idleMs;
            entry.frequency = info->frequency;
            entry.encoding = "raw";
        }
    }
    return entry;
}

void EngineStore::read(std::vector<Bytes> keys, ReadOptions options,
                       Callback<std::vector<Entry>> done)
{
    const bool bulky =
        (options.fields & ReadValue) != 0 && keys.size() * 256 > WorkLane::kHeavyBytes;
    const bool whole = options.limits.maxBytes > static_cast<std::int64_t>(WorkLane::kHeavyBytes) &&
                       options.purpose != ReadPurpose::Traffic;
    m_lane.run(bulky || whole ? Weight::Heavy : Weight::Light,
               [this, keys = std::move(keys), options, done = std::move(done)] {
                   std::vector<Entry> entries;
                   entries.reserve(keys.size());
                   for (const Bytes &key : keys) entries.push_back(readOne(key, options));
                   done(std::move(entries));
               });
}

void EngineStore::readWhole(Bytes key, std::int64_t limit, Callback<Entry> done)
{
    const auto info = m_engine.info(key);
    const std::size_t size = info ? info->valueBytes : 0;
    m_lane.run(weightOf(size), [this, key = std::move(key), limit, done = std::move(done)] {
        ReadOptions options;
        options.limits.maxBytes = limit;
        Entry entry = readOne(key, options);
        if (!entry.exists()) return done(failure(ErrorCode::KeyNotFound, {keyText(key)}));
        if (entry.truncated)
            return done(failure(ErrorCode::TooLarge,
                                {QString::number(entry.size), QString::number(limit)}));
        done(std::move(entry));
    });
}

void EngineStore::readElements(Bytes, ValueType type, Bytes, int, Callback<ElementPage> done)
{
    done(failure(ErrorCode::UnsupportedType, {valueTypeName(type)}));
}

WriteOutcome EngineStore::outcomeNow(const Bytes &key, WriteOutcome::Status status) const
{
    WriteOutcome outcome;
    outcome.status = status;
    const engine::Handle handle = m_engine.peek(key);
    if (!handle) return outcome;
    outcome.version = handle.version();
    outcome.ttlMs = ttlOf(handle.expiresAtMs());
    if (status == WriteOutcome::Status::Conflict) outcome.current = Bytes(handle.value());
    return outcome;
}

Result<WriteOutcome> EngineStore::writeOne(const WriteRequest &request)
{
    engine::Expiry expiry{engine::Expiry::Kind::Keep};
    if (request.expiry.kind == ExpiryChange::Kind::None) expiry.kind = engine::Expiry::Kind::None;
    if (request.expiry.kind == ExpiryChange::Kind::Set) {
        if (!ExpiryChange::allows(request.expiry.ttlMs))
            return failure(ErrorCode::TtlRefused, {millisecondsText(request.expiry.ttlMs)});
        expiry = {engine::Expiry::Kind::At, m_clock.wallMs() + request.expiry.ttlMs};
    }
    const engine::Expected expected = engineExpected(request.expected);
    engine::WriteResult result;
    switch (request.action) {
    case WriteRequest::Action::Put:
        result = m_engine.set(request.key, request.value, expected, expiry);
        break;
    case WriteRequest::Action::Remove:
        result = m_engine.erase(request.key, expected);
        break;
    case WriteRequest::Action::ExpiryOnly:
        result = m_engine.setExpiry(request.key, expiry, expected);
        break;
    }
    switch (result.status) {
    case WriteStatus::Applied:
        return outcomeNow(request.key, WriteOutcome::Status::Applied);
    case WriteStatus::Conflict:
        return outcomeNow(request.key, WriteOutcome::Status::Conflict);
    case WriteStatus::Missing:
        return WriteOutcome{WriteOutcome::Status::Missing, {}, {}, 0};
    case WriteStatus::TooLarge:
    case WriteStatus::Full:
        break;
    }
    return failure(ErrorCode::TooLarge, {QString::number(request.value.size()),
                                         QString::number(m_engine.counters().budgetBytes)});
}

void EngineStore::write(std::vector<WriteRequest> requests,
                        Callback<std::vector<Result<WriteOutcome>>> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("SET")}));
    const std::size_t bytes = std::accumulate(
        requests.begin(), requests.end(), std::size_t{0},
        [](std::size_t sum, const WriteRequest &r) { return sum + r.value.size() + 64; });
    m_lane.run(weightOf(bytes), [this, requests = std::move(requests), done = std::move(done)] {
        std::vector<Result<WriteOutcome>> outcomes;
        outcomes.reserve(requests.size());
        std::vector<Bytes> changed;
        for (const WriteRequest &request : requests) {
            outcomes.push_back(writeOne(request));
            if (outcomes.back() && outcomes.back()->status == WriteOutcome::Status::Applied &&
                request.origin == WriteRequest::Origin::Edit)
                changed.push_back(request.key);
        }
        done(std::move(outcomes));
        if (!changed.empty()) m_announce(std::move(changed));
    });
}

void EngineStore::rename(Bytes from, Bytes to, Callback<bool> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("RENAMENX")}));
    m_lane.run(Weight::Light,
               [this, from = std::move(from), to = std::move(to), done = std::move(done)] {
                   switch (m_engine.rename(from, to).status) {
                   case WriteStatus::Applied:
                       done(true);
                       return m_announce({from, to});
                   case WriteStatus::Conflict:
                       return done(failure(ErrorCode::KeyExists, {keyText(to)}));
                   default:
                       return done(failure(ErrorCode::KeyNotFound, {keyText(from)}));
                   }
               });
}

void EngineStore::take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done)
{
    m_lane.run(Weight::Heavy, [this, keys = std::move(keys), done = std::move(done)] {
        std::vector<BeforeImage> images;
        images.reserve(keys.size());
        for (const Bytes &key : keys) {
            BeforeImage image;
            image.key = key;
            if (const engine::Handle handle = m_engine.peek(key)) {
                image.exists = true;
                image.payload = Bytes(handle.value());
                image.ttlMs = ttlOf(handle.expiresAtMs());
            }
            images.push_back(std::move(image));
        }
        done(std::move(images));
    });
}

Result<bool> EngineStore::restoreNow(const BeforeImage &image, IfPresent ifPresent)
{
    if (!image.exists) {
        m_engine.erase(image.key);
        return true;
    }
    if (image.ttlMs && !ExpiryChange::allows(*image.ttlMs))
        return failure(ErrorCode::TtlRefused, {millisecondsText(*image.ttlMs)});
    const engine::Expected expected{ifPresent == IfPresent::Refuse ? engine::Expected::Kind::Absent
                                                                   : engine::Expected::Kind::Any};
    const engine::Expiry expiry =
        image.ttlMs ? engine::Expiry{engine::Expiry::Kind::At, m_clock.wallMs() + *image.ttlMs}
                    : engine::Expiry{engine::Expiry::Kind::None};
    switch (m_engine.set(image.key, image.payload, expected, expiry).status) {
    case WriteStatus::Applied:
        return true;
    case WriteStatus::Conflict:
        return failure(ErrorCode::KeyExists, {keyText(image.key)});
    default:
        return failure(ErrorCode::TooLarge, {QString::number(image.payload.size()),
                                             QString::number(m_engine.counters().budgetBytes)});
    }
}

void EngineStore::restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("RESTORE")}));
    const Weight weight = weightOf(image.payload.size());
    m_lane.run(weight, [this, image = std::move(image), ifPresent, done = std::move(done)] {
        Result<bool> restored = restoreNow(image, ifPresent);
        const bool applied = restored.has_value();
        done(std::move(restored));
        if (applied) m_announce({image.key});
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
    const std::string_view name = engine::policyName(m_engine.policy());
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

bool EngineStore::setPolicy(const QString &name)
{
    const auto kind = engine::policyFromName(name.toStdString());
    if (kind) m_engine.setPolicy(*kind);
    return kind.has_value();
}

std::size_t EngineStore::memoryBytes() const
{
    const std::size_t wanted = m_wantedBytes.load();
    return wanted != 0 ? wanted : m_engine.counters().budgetBytes;
}

// Evicting a million entries takes the better part of a second; nobody waits for it.
void EngineStore::setMemoryBytes(std::size_t bytes)
{
    m_wantedBytes = bytes;
    m_budgetLane.run(Weight::Heavy, [this, bytes] {
        m_engine.setMemoryBytes(bytes);
        std::size_t taken = bytes;
        m_wantedBytes.compare_exchange_strong(taken, 0);
    });
}

} // namespace kvscope
