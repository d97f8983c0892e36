// RedisLinks: makes connections when they are first needed and remembers what the server allows.
#include "core/store/redislinks.h"

#include "core/async/mailbox.h"
#include "core/redis/commandtable.h"

#include <limits>

namespace kvscope {
namespace {

// A large data set loads for many minutes, and says all the while how far it is.
constexpr int kAsLongAsItTakes = std::numeric_limits<int>::max();

} // namespace

void sendNoTouch(RedisClient &client)
{
    client.send(Batch({"CLIENT", "NO-TOUCH", "ON"}), [](const Result<Replies> &) {});
}

RedisLinks::RedisLinks(RedisThreads &threads, const Endpoint &endpoint, Access access,
                       ConnectionStateSink interactiveStateChanged)
    : m_threads(threads), m_endpoint(endpoint), m_access(access), m_database(endpoint.database),
      m_tally(LookupTally::at(endpoint.place()))
{
    m_capabilities.readOnly = access == Access::ReadOnly;
    m_interactive = makeClient(RedisThreads::Lane::Interactive, RedisClient::Reconnect::Automatic,
                               std::move(interactiveStateChanged));
    m_bulk = makeClient(RedisThreads::Lane::Bulk, RedisClient::Reconnect::Automatic,
                        [reachable = m_bulkReachable](const ConnectionState &now) {
                            if (now.phase != ConnectionState::Phase::Ready) return;
                            const std::lock_guard lock(reachable->mutex);
                            if (reachable->client != nullptr) sendNoTouch(*reachable->client);
                        });
    m_bulkReachable->client = m_bulk.get();
    m_tally->join(this, [this] { return lookupsHere(); });
}

RedisLinks::~RedisLinks()
{
    tally()->leave(this);
    const std::lock_guard lock(m_bulkReachable->mutex);
    m_bulkReachable->client = nullptr;
}

std::unique_ptr<RedisClient> RedisLinks::makeClient(RedisThreads::Lane lane,
                                                    RedisClient::Reconnect reconnect,
                                                    ConnectionStateSink sink) const
{
    RedisClient::Options options;
    options.endpoint = m_endpoint;
    options.endpoint.database = m_database;
    options.loadingPatienceMs = kAsLongAsItTakes;
    options.reconnect = reconnect;
    options.writes =
        m_access == Access::ReadOnly ? RedisClient::Writes::Refused : RedisClient::Writes::Allowed;
    return std::make_unique<RedisClient>(m_threads, lane, std::move(options), std::move(sink));
}

RedisClient &RedisLinks::lazily(std::unique_ptr<RedisClient> &client, RedisThreads::Lane lane,
                                RedisClient::Reconnect reconnect)
{
    const std::lock_guard lock(m_mutex);
    if (!client) {
        client = makeClient(lane, reconnect, {});
        if (!m_closed) client->open();
    }
    return *client;
}

RedisClient &RedisLinks::traffic()
{
    return lazily(m_traffic, RedisThreads::Lane::Bulk, RedisClient::Reconnect::Automatic);
}

// Never by itself: a reconnect between WATCH and EXEC would drop the watch and write unguarded.
RedisClient &RedisLinks::watch()
{
    return lazily(m_watch, RedisThreads::Lane::Interactive, RedisClient::Reconnect::Never);
}

// Apart from watch(): an EXEC or UNWATCH of one would take the other's watch away.
RedisClient &RedisLinks::jobWatch()
{
    return lazily(m_jobWatch, RedisThreads::Lane::Bulk, RedisClient::Reconnect::Never);
}

RedisClient &RedisLinks::forPurpose(ReadPurpose purpose)
{
    switch (purpose) {
    case ReadPurpose::Inspect:
        return interactive();
    case ReadPurpose::Job:
        return bulk();
    case ReadPurpose::Traffic:
        break;
    }
    return traffic();
}

void RedisLinks::hasten()
{
    m_bulk->open();
    const std::lock_guard lock(m_mutex);
    if (m_traffic) m_traffic->open();
}

void RedisLinks::open()
{
    m_interactive->open();
    m_bulk->open();
    const std::lock_guard lock(m_mutex);
    m_closed = false;
    for (RedisClient *client : {m_traffic.get(), m_watch.get(), m_jobWatch.get()})
        if (client != nullptr) client->open();
}

void RedisLinks::close()
{
    m_interactive->close();
    m_bulk->close();
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    for (RedisClient *client : {m_traffic.get(), m_watch.get(), m_jobWatch.get()})
        if (client != nullptr) client->close();
}

void RedisLinks::selectDatabase(int index, Callback<int> done)
{
    const std::lock_guard switching(m_databaseMutex);
    ++m_databaseGeneration;
    m_interactive->selectDatabase(index, std::move(done));
    m_bulk->selectDatabase(index);
    const std::lock_guard lock(m_mutex);
    m_database = index;
    for (RedisClient *client : {m_traffic.get(), m_watch.get(), m_jobWatch.get()})
        if (client != nullptr) client->selectDatabase(index);
}

std::uint64_t RedisLinks::databaseGeneration() const
{
    const std::lock_guard lock(m_databaseMutex);
    return m_databaseGeneration;
}

bool RedisLinks::isSelected(int database) const
{
    const std::lock_guard lock(m_mutex);
    return database == m_database;
}

void RedisLinks::runElsewhere(std::function<void()> work)
{
    m_threads.mailbox(RedisThreads::Lane::Bulk)->post(std::move(work));
}

bool RedisLinks::sendWithin(std::uint64_t generation, RedisClient &client, Batch batch,
                            CallOptions options, RepliesCallback done)
{
    const std::lock_guard lock(m_databaseMutex);
    if (generation != m_databaseGeneration) return false;
    client.send(std::move(batch), std::move(options), std::move(done));
    return true;
}

Capabilities RedisLinks::capabilities() const
{
    const std::lock_guard lock(m_mutex);
    return m_capabilities;
}

void RedisLinks::setCapabilities(Capabilities capabilities)
{
    capabilities.readOnly = m_access == Access::ReadOnly || capabilities.readOnlyReason.has_value();
    const std::lock_guard lock(m_mutex);
    m_capabilities = std::move(capabilities);
}

void RedisLinks::noteScriptsRefused()
{
    const std::lock_guard lock(m_mutex);
    m_capabilities.scripts = false;
}

Error RedisLinks::errorOf(BytesView words, BytesView command, BytesView key)
{
    const QString name =
        QString::fromLatin1(command.data(), static_cast<qsizetype>(command.size()));
    Error error = serverError(words, name, m_endpoint.place(), key);
    if (error.code() == ErrorCode::ClusterNode) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_capabilities.readOnlyReason) return error;
            m_capabilities.readOnly = true;
            m_capabilities.readOnlyReason = error;
            m_capabilities.mode = QStringLiteral("cluster");
        }
        if (capabilitiesShrank) capabilitiesShrank();
    }
    const bool doubtful = error.code() == ErrorCode::NoPermission
                              ? commandTraits(command).writes
                              : error.code() == ErrorCode::ServerReadOnly;
    if (doubtful && rightsDoubted) rightsDoubted();
    return error;
}

std::optional<Error> RedisLinks::writeObstacle() const
{
    const std::lock_guard lock(m_mutex);
    return m_capabilities.readOnlyReason;
}

std::optional<Error> RedisLinks::editObstacle() const
{
    auto obstacle = writeObstacle();
    if (obstacle && obstacle->code() != ErrorCode::ClusterNode) obstacle.reset();
    return obstacle;
}

void RedisLinks::noteWritten()
{
    if (writeObstacle() && rightsDoubted) rightsDoubted();
}

std::shared_ptr<LookupTally> RedisLinks::tally() const
{
    const std::lock_guard lock(m_tallyMutex);
    return m_tally;
}

void RedisLinks::noteServer(const Bytes &runId)
{
    if (runId.empty()) return;
    const auto here = tally();
    const auto known = LookupTally::of(runId, here);
    if (known == here) return;
    here->move(this, *known);
    const std::lock_guard lock(m_tallyMutex);
    m_tally = known;
}

Lookups RedisLinks::lookupsHere() const
{
    Lookups sum = m_interactive->ownLookups();
    const auto add = [&sum](const RedisClient *client) {
        if (client == nullptr) return;
        const Lookups own = client->ownLookups();
        sum.hits += own.hits;
        sum.misses += own.misses;
    };
    add(m_bulk.get());
    const std::lock_guard lock(m_mutex);
    add(m_traffic.get());
    add(m_watch.get());
    add(m_jobWatch.get());
    return sum;
}

} // namespace kvscope
