// WatchQueue: optimistic transactions, one after the other, on the connection that jobs watch by.
#pragma once

#include "core/store/redislinks.h"

#include <deque>

namespace kvscope {

/// One transaction.
struct WatchedTry
{
    std::vector<Bytes> keys; ///< what is watched
    std::function<void(Batch &)> addReads;
    /// By the replies (the reads' from kFirstRead on): appends the commands between MULTI and EXEC.
    /// False where nothing is to be done.
    std::function<bool(const Replies &, Batch &)> decide;
    static constexpr std::size_t kFirstRead = 1; // behind WATCH's own reply

    enum class End : std::uint8_t {
        Done,
        Partly,   ///< some commands were refused, others carried out: EXEC takes nothing back
        Left,     ///< decide() wanted nothing
        Conflict, ///< others kept changing the keys
    };
    /// Called once, on the bulk io thread. With Done and Partly comes EXEC's array.
    std::function<void(Result<End>, const ReplyView &exec)> done;
};

/// A connection has one set of watched keys, so tries take turns. Any thread.
class WatchQueue : public std::enable_shared_from_this<WatchQueue>
{
  public:
    explicit WatchQueue(std::shared_ptr<RedisLinks> links) : m_links(std::move(links)) {}

    void add(WatchedTry work);
    RedisLinks &links() { return *m_links; }

  private:
    static constexpr int kMostAttempts = 8;

    void next();
    void look();
    void decide(const Replies &replies);
    void conclude(const Replies &replies);
    void settle(Result<WatchedTry::End> end, const ReplyView &exec = {});

    std::shared_ptr<RedisLinks> m_links;
    std::mutex m_mutex;
    std::deque<WatchedTry> m_waiting; // guarded by m_mutex
    bool m_busy = false;              // guarded by m_mutex; who sets it owns what follows
    WatchedTry m_now;
    int m_attempt = 0;
};

} // namespace kvscope
