// RedisLinks: the connections of one RedisStore, and what its seams share.
#pragma once

#include "core/redis/client.h"
#include "core/store/bulkscript.h"
#include "core/store/capabilities.h"
#include "core/store/entry.h"
#include "core/store/lookuptally.h"
#include "core/store/storefactory.h"

#include <atomic>
#include <mutex>

namespace kvscope {

/// Held by the store and by every call under way, so that an answer never meets a dead connection.
/// Thread-safe.
///
///   interactive   clicks, saves, probes      interactive thread
///   bulk          scans, jobs, snapshots     bulk thread
///   traffic       scenario reads and fills   bulk thread, opened on first use, may promote keys
///   watch         WATCH … EXEC               interactive thread, opened where scripts are refused
///   job watch     the same for jobs          bulk thread, opened where scripts are refused
class RedisLinks
{
  public:
    RedisLinks(RedisThreads &threads, const Endpoint &endpoint, Access access,
               ConnectionStateSink interactiveStateChanged);
    ~RedisLinks();
    RedisLinks(const RedisLinks &) = delete;
    RedisLinks &operator=(const RedisLinks &) = delete;

    RedisClient &interactive() { return *m_interactive; }
    RedisClient &bulk() { return *m_bulk; }
    RedisClient &traffic();
    RedisClient &watch();
    RedisClient &jobWatch();
    RedisClient &forPurpose(ReadPurpose purpose);

    void open();
    /// Those that come back by themselves, at once. A watching one must not: its watch is lost.
    void hasten();
    /// Every call under way ends in Cancelled.
    void close();
    void selectDatabase(int index, Callback<int> done);
    /// Grows with each selectDatabase(): what a call of several rounds notes at its beginning.
    std::uint64_t databaseGeneration() const;
    /// False as soon as another database is selected, before the server has answered.
    bool isSelected(int database) const;
    /// Work that copies megabytes: never on the caller's thread. In order.
    void runElsewhere(std::function<void()> work);
    /// Sends a round of a call that began in `generation`. False, and nothing sent, where another
    /// database has been selected since: the same names stand for other keys there.
    bool sendWithin(std::uint64_t generation, RedisClient &client, Batch batch, CallOptions options,
                    RepliesCallback done);
    bool sendWithin(std::uint64_t generation, RedisClient &client, Batch batch,
                    RepliesCallback done)
    {
        return sendWithin(generation, client, std::move(batch), {}, std::move(done));
    }

    Capabilities capabilities() const;
    void setCapabilities(Capabilities capabilities);
    /// Scripts turned out to be refused: saves go through WATCH from now on.
    void noteScriptsRefused();
    /// Where SCRIPT LOAD is refused and EVAL is not, scripts travel with every call.
    bulkscript::By scriptsBy() const { return m_scriptsBy; }
    void setScriptsBy(bulkscript::By by) { m_scriptsBy = by; }
    /// What the words of an error reply mean; -MOVED makes the store read-only.
    Error errorOf(BytesView words, BytesView command, BytesView key = {});
    Error errorOf(const ReplyView &reply, BytesView command, BytesView key = {})
    {
        return errorOf(reply.bytes(), command, key);
    }
    /// The reason why nothing may be written here, if there is one (a cluster's node, a replica).
    std::optional<Error> writeObstacle() const;
    /// The reason that is ours to enforce: a node takes writes that a cluster's client must not
    /// send it. A replica and a want of rights refuse by themselves, and may be over by now.
    std::optional<Error> editObstacle() const;
    /// A write went through: a reason why none may is out of date.
    void noteWritten();

    /// Hits and misses of our own reads: over all connections to this server, also those of other
    /// stores in this process.
    Lookups ownLookups() const { return tally()->sum(); }
    /// Which server this is, by its run id: the same one may be reached by its port and its socket.
    void noteServer(const Bytes &runId);

    /// keysChanged, from any thread; set by the store.
    std::function<void(std::vector<Bytes>)> announce;
    /// An answer showed that less may be done here than was thought; from any thread, set by the
    /// store.
    std::function<void()> capabilitiesShrank;
    /// A write was refused, or went through, other than was thought: what may be done is to be
    /// asked anew. As above.
    std::function<void()> rightsDoubted;

  private:
    std::unique_ptr<RedisClient> makeClient(RedisThreads::Lane lane,
                                            RedisClient::Reconnect reconnect,
                                            ConnectionStateSink sink) const;
    Lookups lookupsHere() const;
    std::shared_ptr<LookupTally> tally() const;
    RedisClient &lazily(std::unique_ptr<RedisClient> &client, RedisThreads::Lane lane,
                        RedisClient::Reconnect reconnect);

    // A client that its own state sink may use: null once the links are on their way out.
    struct Reachable
    {
        std::mutex mutex;
        RedisClient *client = nullptr; // guarded by mutex
    };

    RedisThreads &m_threads;
    Endpoint m_endpoint;
    Access m_access;
    std::unique_ptr<RedisClient> m_interactive;
    std::unique_ptr<RedisClient> m_bulk;
    std::shared_ptr<Reachable> m_bulkReachable = std::make_shared<Reachable>();

    // Taken before m_mutex. Recursive: a socket that breaks while it is written to ends its calls
    // within send(), and what they do next may be to send again.
    mutable std::recursive_mutex m_databaseMutex;
    std::uint64_t m_databaseGeneration = 0; // guarded by m_databaseMutex

    mutable std::mutex m_mutex;
    std::unique_ptr<RedisClient> m_traffic;  // guarded by m_mutex until made
    std::unique_ptr<RedisClient> m_watch;    // guarded by m_mutex until made
    std::unique_ptr<RedisClient> m_jobWatch; // guarded by m_mutex until made
    Capabilities m_capabilities;             // guarded by m_mutex
    int m_database = 0;                      // guarded by m_mutex
    bool m_closed = false;                   // guarded by m_mutex
    std::shared_ptr<LookupTally> m_tally;    // guarded by m_tallyMutex
    mutable std::mutex m_tallyMutex;         // apart: a tally that is asked asks back
    std::atomic<bulkscript::By> m_scriptsBy = bulkscript::By::Sha;
};

/// Asks that reads on this connection leave a key's idle time alone (7.2+; refused elsewhere).
void sendNoTouch(RedisClient &client);

} // namespace kvscope
