// StoreFactory: tells store URLs apart.
#include "core/store/storefactory.h"

#include "core/base/human.h"
#include "core/redis/client.h"
#include "core/store/enginestore.h"
#include "core/store/redisstore.h"

#include <QCoreApplication>
#include <QUrlQuery>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::StoreFactory)
};

/// What `engine:?memory=…&policy=…` asks for.
struct EngineSettings
{
    std::optional<std::size_t> memoryBytes;
    std::optional<engine::PolicyKind> policy;
};

bool isEngineUrl(const QString &url)
{
    return url.startsWith(QLatin1String("engine:"));
}

QString nameOf(engine::PolicyKind policy)
{
    const std::string_view name = engine::policyName(policy);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

Result<EngineSettings> parseEngineUrl(const QString &url)
{
    const QString rest = url.mid(7);
    if (!rest.isEmpty() && !rest.startsWith(QLatin1Char('?')))
        return failure(ErrorCode::InvalidUrl,
                       {url, Reasons::tr("only ?memory= and ?policy= may follow engine:")});
    EngineSettings settings;
    for (const auto &[name, value] : QUrlQuery(rest.mid(1)).queryItems()) {
        const bool again = name == QLatin1String("memory") ? settings.memoryBytes.has_value()
                                                           : settings.policy.has_value();
        if (again && (name == QLatin1String("memory") || name == QLatin1String("policy")))
            return failure(ErrorCode::InvalidUrl,
                           {url, Reasons::tr("“%1” is given twice").arg(name)});
        if (name == QLatin1String("memory")) {
            const auto bytes = parseSize(value.toStdString());
            if (!bytes || *bytes == 0)
                return failure(ErrorCode::InvalidUrl,
                               {url, Reasons::tr("“%1” is not a size such as 256mb").arg(value)});
            settings.memoryBytes = *bytes;
        } else if (name == QLatin1String("policy")) {
            settings.policy = engine::policyFromName(value.toStdString());
            if (!settings.policy)
                return failure(ErrorCode::InvalidUrl,
                               {url, Reasons::tr("there is no policy “%1”").arg(value)});
        } else {
            return failure(
                ErrorCode::InvalidUrl,
                {url,
                 Reasons::tr("the engine has no setting “%1”, only memory and policy").arg(name)});
        }
    }
    return settings;
}

/// Why a scheme that we know of, or don't, is not a store yet; empty for Redis' own.
QString schemeObstacle(const QString &url)
{
    const QString scheme = url.section(QLatin1Char(':'), 0, 0).toLower();
    if (scheme == QLatin1String("redis+cluster"))
        return Reasons::tr("Redis Cluster is not supported yet");
    if (scheme == QLatin1String("redis+sentinel"))
        return Reasons::tr("Redis Sentinel is not supported yet");
    if (scheme == QLatin1String("tiered"))
        return Reasons::tr("tiered stores are not supported yet");
    return {};
}

} // namespace

StoreFactory::StoreFactory() = default;
StoreFactory::~StoreFactory() = default;

engine::Engine &StoreFactory::localEngine()
{
    if (!m_engine) m_engine = std::make_unique<engine::Engine>(engine::Engine::Options{});
    return *m_engine;
}

std::optional<Error> StoreFactory::faultOf(const QString &url)
{
    if (isEngineUrl(url)) {
        const Result<EngineSettings> settings = parseEngineUrl(url);
        return settings ? std::nullopt : std::optional(settings.error());
    }
    if (const QString obstacle = schemeObstacle(url); !obstacle.isEmpty())
        return Error(ErrorCode::InvalidUrl, {redactedUrl(url), obstacle});
    const Result<Endpoint> endpoint = Endpoint::parse(url);
    return endpoint ? std::nullopt : std::optional(endpoint.error());
}

Result<std::unique_ptr<Store>> StoreFactory::make(const QString &url, Access access,
                                                  const QString &password)
{
    if (const auto fault = faultOf(url)) return failure(*fault);
    if (isEngineUrl(url)) {
        if (!m_lanes) m_lanes = std::make_shared<EngineLanes>();
        auto store = std::make_unique<EngineStore>(localEngine(), m_lanes, access);
        const Result<EngineSettings> settings = parseEngineUrl(url);
        EngineControl &control = *store->engineControl();
        if (settings->policy) control.setPolicy(nameOf(*settings->policy));
        if (settings->memoryBytes) control.setMemoryBytes(*settings->memoryBytes);
        return store;
    }
    Result<Endpoint> endpoint = Endpoint::parse(url);
    if (endpoint->password.empty()) endpoint->password = password.toStdString();
    if (!m_threads) m_threads = std::make_unique<RedisThreads>();
    return std::make_unique<RedisStore>(*m_threads, std::move(*endpoint), access);
}

} // namespace kvscope
