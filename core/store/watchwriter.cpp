// WatchWriter: a queue of runs, each a small state machine over the watching connection.
#include "core/store/watchwriter.h"

#include <deque>

namespace kvscope {
namespace {

constexpr int kMaxAttempts = 8;
// WATCH is answered before the others, and MULTI and QUEUED before EXEC's array.
enum Look : std::size_t { Watched, Type, Value, Ttl };

// What was found at the key.
struct Found
{
    ValueType type = ValueType::None;
    Bytes value;
    std::optional<std::int64_t> ttlMs;

    bool there() const { return type != ValueType::None; }
};

WriteOutcome outcomeOf(WriteOutcome::Status status, const Found &found)
{
    WriteOutcome outcome;
    outcome.status = status;
    outcome.ttlMs = found.ttlMs;
    if (status == WriteOutcome::Status::Conflict && found.type == ValueType::String)
        outcome.current = found.value;
    return outcome;
}

// What the comparison alone decides; nothing: go ahead and write.
std::optional<Result<WriteOutcome>> verdictOf(const WriteRequest &request, const Found &found)
{
    switch (request.expected.kind) {
    case ExpectedValue::Kind::Absent:
        if (found.there()) return outcomeOf(WriteOutcome::Status::Conflict, found);
        break;
    case ExpectedValue::Kind::Exactly:
        if (!found.there()) return outcomeOf(WriteOutcome::Status::Missing, found);
        if (found.type != ValueType::String)
            return failure(ErrorCode::WrongType, {keyText(request.key)});
        if (found.value != request.expected.bytes)
            return outcomeOf(WriteOutcome::Status::Conflict, found);
        break;
    case ExpectedValue::Kind::Any:
    case ExpectedValue::Kind::Version:
        break;
    }
    if (request.action != WriteRequest::Action::Put && !found.there())
        return outcomeOf(WriteOutcome::Status::Missing, found);
    return std::nullopt;
}

// The commands between MULTI and EXEC; none where the request changes nothing.
Batch transactionFor(const WriteRequest &request)
{
    const Bytes ttl = std::to_string(request.expiry.ttlMs);
    const bool sets = request.expiry.kind == ExpiryChange::Kind::Set;
    Batch batch({"MULTI"});
    switch (request.action) {
    case WriteRequest::Action::Put:
        if (sets)
            batch.add({"SET", request.key, request.value, "PX", ttl});
        else if (request.expiry.kind == ExpiryChange::Kind::Keep)
            batch.add({"SET", request.key, request.value, "KEEPTTL"});
        else
            batch.add({"SET", request.key, request.value});
        break;
    case WriteRequest::Action::Remove:
        batch.add({"DEL", request.key});
        break;
    case WriteRequest::Action::ExpiryOnly:
        if (sets)
            batch.add({"PEXPIRE", request.key, ttl});
        else if (request.expiry.kind == ExpiryChange::Kind::None)
            batch.add({"PERSIST", request.key});
        break;
    }
    batch.add({"EXEC"});
    return batch;
}

std::optional<std::int64_t> ttlAfter(const WriteRequest &request, const Found &found)
{
    if (request.action == WriteRequest::Action::Remove) return std::nullopt;
    switch (request.expiry.kind) {
    case ExpiryChange::Kind::Keep:
        return found.ttlMs;
    case ExpiryChange::Kind::None:
        return std::nullopt;
    case ExpiryChange::Kind::Set:
        return request.expiry.ttlMs;
    }
    return std::nullopt;
}

} // namespace

class WatchWriter::Queue : public std::enable_shared_from_this<Queue>
{
  public:
    explicit Queue(std::shared_ptr<RedisLinks> links) : m_links(std::move(links)) {}

    struct Run
    {
        std::vector<WriteRequest> requests;
        std::uint64_t generation;
        std::function<void(std::vector<Result<WriteOutcome>>)> done;
        std::vector<Result<WriteOutcome>> outcomes;
    };

    void add(Run run)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_runs.push_back(std::make_shared<Run>(std::move(run)));
            if (m_busy) return;
            m_busy = true;
        }
        next();
    }

  private:
    void next()
    {
        std::shared_ptr<Run> ended; // outlives the lock: its callback may hold this queue
        {
            const std::lock_guard lock(m_mutex);
            ended = std::exchange(m_run, nullptr);
            if (m_runs.empty()) {
                m_busy = false;
                return;
            }
            m_run = m_runs.front();
            m_runs.pop_front();
        }
        const auto phase = m_links->watch().state().phase;
        if (phase == ConnectionState::Phase::Failed || phase == ConnectionState::Phase::Waiting)
            m_links->watch().open();
        look();
    }

    const WriteRequest &request() const { return m_run->requests[m_run->outcomes.size()]; }

    void look()
    {
        if (m_run->outcomes.size() == m_run->requests.size()) {
            // Taken out first: kept here, a callback that holds the store would hold itself.
            const auto done = std::exchange(m_run->done, nullptr);
            done(std::move(m_run->outcomes));
            return next();
        }
        const Bytes &key = request().key;
        Batch batch({"WATCH", key});
        batch.add({"TYPE", key});
        batch.add({"GET", key});
        batch.add({"PTTL", key});
        const bool sent =
            m_links->sendWithin(m_run->generation, m_links->watch(), std::move(batch),
                                [self = shared_from_this()](const Result<Replies> &replies) {
                                    if (!replies) return self->settle(failure(replies.error()));
                                    self->compare(*replies);
                                });
        if (!sent) cancelRest();
    }

    void cancelRest()
    {
        while (m_run->outcomes.size() < m_run->requests.size())
            m_run->outcomes.push_back(failure(leftUndone(request())));
        m_attempt = 0;
        look();
    }

    void compare(const Replies &replies)
    {
        for (const std::size_t i : {Watched, Type, Ttl})
            if (replies[i].isError())
                return leave(failure(m_links->errorOf(replies[i], "WATCH", request().key)));
        m_found = Found();
        m_found.type = valueTypeFromName(replies[Type].bytes());
        if (replies[Value].isError() && m_found.type == ValueType::String)
            return leave(failure(m_links->errorOf(replies[Value], "GET", request().key)));
        m_found.value = Bytes(replies[Value].bytes());
        const std::int64_t ttl = replies[Ttl].integer(-1);
        if (ttl >= 0) m_found.ttlMs = ttl;
        if (auto verdict = verdictOf(request(), m_found)) return leave(std::move(*verdict));
        const bool sent =
            m_links->sendWithin(m_run->generation, m_links->watch(), transactionFor(request()),
                                [self = shared_from_this()](const Result<Replies> &answers) {
                                    if (!answers) return self->settle(failure(answers.error()));
                                    self->conclude(*answers);
                                });
        if (sent) return;
        unwatch();
        cancelRest();
    }

    void conclude(const Replies &replies)
    {
        const ReplyView exec = replies[replies.size() - 1];
        if (exec.isNil()) { // somebody else changed the key since WATCH: look again
            if (++m_attempt < kMaxAttempts) return look();
            return settle(outcomeOf(WriteOutcome::Status::Conflict, m_found));
        }
        const ReplyView refusal = replies.firstError();
        if (refusal.isError())
            return settle(failure(m_links->errorOf(refusal, "SET", request().key)));
        for (const ReplyView each : exec)
            if (each.isError())
                return settle(failure(m_links->errorOf(each, "SET", request().key)));
        WriteOutcome outcome;
        outcome.ttlMs = ttlAfter(request(), m_found);
        settle(std::move(outcome));
    }

    // Nothing is written: the watch must not stay for the next request.
    void leave(Result<WriteOutcome> outcome)
    {
        unwatch();
        settle(std::move(outcome));
    }

    void unwatch()
    {
        m_links->watch().send(Batch({"UNWATCH"}), [](const Result<Replies> &) {});
    }

    void settle(Result<WriteOutcome> outcome)
    {
        m_run->outcomes.push_back(std::move(outcome));
        m_attempt = 0;
        look();
    }

    std::shared_ptr<RedisLinks> m_links;
    std::mutex m_mutex;
    std::deque<std::shared_ptr<Run>> m_runs; // guarded by m_mutex
    bool m_busy = false;                     // guarded by m_mutex; who sets it owns what follows
    std::shared_ptr<Run> m_run;
    Found m_found;
    int m_attempt = 0;
};

Error leftUndone(const WriteRequest &request)
{
    return request.database
               ? Error(ErrorCode::DatabaseChanged, {QString::number(*request.database)})
               : Error(ErrorCode::Cancelled);
}

WatchWriter::WatchWriter(std::shared_ptr<RedisLinks> links)
    : m_queue(std::make_shared<Queue>(std::move(links)))
{}

void WatchWriter::write(std::vector<WriteRequest> requests, std::uint64_t generation,
                        std::function<void(std::vector<Result<WriteOutcome>>)> done)
{
    m_queue->add({std::move(requests), generation, std::move(done), {}});
}

} // namespace kvscope
