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

Result<EngineSettings> parseEngineUrl(const QString &url)
{
    const QString rest = url.mid(7);
    if (!rest.isEmpty() && !rest.startsWith(QLatin1Char('?')))
        return failure(ErrorCode::InvalidUrl,
                       {url, Reasons::tr("only ?memory= and ?policy= may follow engine:")});
    EngineSettings settings;
    for (const auto &[name, value] : QUrlQuery(rest.mid(1)).queryItems()) {
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
            return failure(ErrorCode::InvalidUrl,
                           {url, Reasons::tr("the engine has no setting “%1”").arg(name)});
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

Result<std::unique_ptr<Store>> StoreFactory::make(const QString &url, Access access,
                                                  const QString &password)
{
    if (url.startsWith(QLatin1String("engine:"))) {
        const Result<EngineSettings> settings = parseEngineUrl(url);
        if (!settings) return failure(settings.error());
        engine::Engine &engine = localEngine();
        if (settings->policy) engine.setPolicy(*settings->policy);
        if (settings->memoryBytes) engine.setMemoryBytes(*settings->memoryBytes);
        return std::make_unique<EngineStore>(engine, access);
    }
    if (const QString obstacle = schemeObstacle(url); !obstacle.isEmpty())
        return failure(ErrorCode::InvalidUrl, {redactedUrl(url), obstacle});
    Result<Endpoint> endpoint = Endpoint::parse(url);
    if (!endpoint) return failure(endpoint.error());
    if (endpoint->password.empty()) endpoint->password = password.toStdString();
    if (!m_threads) m_threads = std::make_unique<RedisThreads>();
    return std::make_unique<RedisStore>(*m_threads, std::move(*endpoint), access);
}

} // namespace kvscope
