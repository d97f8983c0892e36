// RedisWriter: a batch goes by script or, where none may be run, by SET … IFEQ and by WATCH.
#include "core/store/rediswriter.h"

#include "core/store/casscript.h"
#include "core/store/ifequal.h"

#include <numeric>

namespace kvscope {
namespace {

using Outcomes = std::vector<std::optional<Result<WriteOutcome>>>;

bool isPlainSet(const WriteRequest &request)
{
    return request.action == WriteRequest::Action::Put &&
           request.expected.kind == ExpectedValue::Kind::Any;
}

void addPlainSet(Batch &batch, const WriteRequest &request)
{
    switch (request.expiry.kind) {
    case ExpiryChange::Kind::Keep:
        batch.add({"SET", request.key, request.value, "KEEPTTL"});
        break;
    case ExpiryChange::Kind::None:
        batch.add({"SET", request.key, request.value});
        break;
    case ExpiryChange::Kind::Set:
        batch.add({"SET", request.key, request.value, "PX", std::to_string(request.expiry.ttlMs)});
        break;
    }
}

// The server wraps what a command inside a script said (before 7.0): "ERR Error running script …:
// -OOM …".
BytesView unwrapped(BytesView words)
{
    const auto inner =
        words.starts_with("ERR Error running script") ? words.find(": -") : BytesView::npos;
    return inner == BytesView::npos ? words : words.substr(inner + 3);
}

class WriteCall : public std::enable_shared_from_this<WriteCall>
{
  public:
    WriteCall(std::shared_ptr<RedisLinks> links, const WatchWriter &watch,
              std::vector<WriteRequest> requests, Callback<std::vector<Result<WriteOutcome>>> done)
        : m_links(std::move(links)), m_watch(watch), m_requests(std::move(requests)),
          m_generation(m_links->databaseGeneration()), m_outcomes(m_requests.size()),
          m_done(std::move(done))
    {
        // Behind the generation, so that a database selected in between stops the sending.
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            const std::optional<int> database = m_requests[i].database;
            if (database && !m_links->isSelected(*database))
                m_outcomes[i] = failure(leftUndone(m_requests[i]));
            else if (const auto refusal = refusalOf(m_requests[i]))
                m_outcomes[i] = failure(*refusal);
        }
    }

    void start()
    {
        if (m_links->capabilities().scripts)
            send(casscript::By::Sha);
        else
            sendPlain();
    }

  private:
    // Everything undecided, in one burst. By text, only the first carries it; the server remembers.
    void send(casscript::By by)
    {
        Batch batch;
        m_sent.clear();
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            if (m_outcomes[i]) continue;
            m_sent.push_back(i);
            if (isPlainSet(m_requests[i])) {
                addPlainSet(batch, m_requests[i]);
            } else {
                casscript::add(batch, m_requests[i], by);
                by = casscript::By::Sha;
            }
        }
        if (batch.empty()) return finish();
        sendRound(std::move(batch), [self = shared_from_this()](const Result<Replies> &replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            self->take(*replies);
        });
    }

    // What was not decided before the database changed is left undone.
    void sendRound(Batch batch, RepliesCallback done)
    {
        if (m_links->sendWithin(m_generation, client(), std::move(batch), std::move(done))) return;
        for (std::size_t i = 0; i < m_outcomes.size(); ++i)
            if (!m_outcomes[i]) m_outcomes[i] = failure(leftUndone(m_requests[i]));
        finish();
    }

    void take(const Replies &replies)
    {
        bool unknown = false;
        bool refused = false;
        for (std::size_t n = 0; n < m_sent.size(); ++n) {
            const ReplyView reply = replies[n];
            if (!isPlainSet(m_requests[m_sent[n]]) && casscript::isUnknownScript(reply))
                unknown = true;
            else if (!isPlainSet(m_requests[m_sent[n]]) && casscript::isRefused(reply))
                refused = true;
            else
                m_outcomes[m_sent[n]] = outcomeOf(m_requests[m_sent[n]], reply);
        }
        if (refused) {
            m_links->noteScriptsRefused();
            return sendIfEqual();
        }
        if (unknown && ++m_rounds < kMaxRounds) return send(casscript::By::Text);
        finish();
    }

    Result<WriteOutcome> outcomeOf(const WriteRequest &request, const ReplyView &reply)
    {
        if (reply.isError())
            return failure(m_links->errorOf(unwrapped(reply.bytes()), "SET", request.key));
        WriteOutcome outcome;
        if (isPlainSet(request)) {
            if (request.expiry.kind == ExpiryChange::Kind::Set)
                outcome.ttlMs = request.expiry.ttlMs;
            return outcome;
        }
        casscript::Answer answer = casscript::parse(reply);
        client().addOwnLookups(answer.lookups);
        outcome.ttlMs = answer.ttlMs;
        switch (answer.verdict) {
        case casscript::Verdict::Applied:
            break;
        case casscript::Verdict::Conflict:
            outcome.status = WriteOutcome::Status::Conflict;
            outcome.current = std::move(answer.current);
            break;
        case casscript::Verdict::Missing:
            outcome.status = WriteOutcome::Status::Missing;
            break;
        case casscript::Verdict::WrongType:
            return failure(ErrorCode::WrongType, {keyText(request.key)});
        }
        return outcome;
    }

    // Without scripts: the unconditional ones first, in one burst, then the others one by one.
    void sendPlain()
    {
        Batch batch;
        m_sent.clear();
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            if (m_outcomes[i] || !isPlainSet(m_requests[i])) continue;
            m_sent.push_back(i);
            addPlainSet(batch, m_requests[i]);
        }
        if (batch.empty()) return sendIfEqual();
        sendRound(std::move(batch), [self = shared_from_this()](const Result<Replies> &replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            for (std::size_t n = 0; n < self->m_sent.size(); ++n) {
                const std::size_t i = self->m_sent[n];
                self->m_outcomes[i] = self->outcomeOf(self->m_requests[i], (*replies)[n]);
            }
            self->sendIfEqual();
        });
    }

    // One command each where the server has such; what was not as expected is looked at by WATCH.
    void sendIfEqual()
    {
        const IfEqual server = IfEqual::of(m_links->capabilities());
        Batch batch;
        m_sent.clear();
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            if (m_outcomes[i] || !server.fits(m_requests[i])) continue;
            m_sent.push_back(i);
            server.add(batch, m_requests[i]);
        }
        if (batch.empty()) return sendWatched();
        sendRound(std::move(batch), [self = shared_from_this()](const Result<Replies> &replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            for (std::size_t n = 0; n < self->m_sent.size(); ++n)
                if (auto outcome = IfEqual::outcomeOf(*replies, n * IfEqual::kCommands))
                    self->m_outcomes[self->m_sent[n]] = std::move(*outcome);
            self->sendWatched();
        });
    }

    void sendWatched()
    {
        m_sent.clear();
        std::vector<WriteRequest> requests;
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            if (m_outcomes[i]) continue;
            m_sent.push_back(i);
            requests.push_back(m_requests[i]);
        }
        if (requests.empty()) return finish();
        m_watch.write(std::move(requests), m_generation,
                      [self = shared_from_this()](std::vector<Result<WriteOutcome>> outcomes) {
                          for (std::size_t n = 0; n < self->m_sent.size(); ++n)
                              self->m_outcomes[self->m_sent[n]] = std::move(outcomes[n]);
                          self->finish();
                      });
    }

    void finish()
    {
        std::vector<Result<WriteOutcome>> outcomes;
        outcomes.reserve(m_outcomes.size());
        std::vector<Bytes> changed;
        for (std::size_t i = 0; i < m_outcomes.size(); ++i) {
            if (!m_outcomes[i])
                m_outcomes[i] = failure(ErrorCode::ServerError, {QStringLiteral("NOSCRIPT")});
            if (*m_outcomes[i] && (*m_outcomes[i])->status == WriteOutcome::Status::Applied &&
                m_requests[i].origin == WriteRequest::Origin::Edit)
                changed.push_back(m_requests[i].key);
            outcomes.push_back(std::move(*m_outcomes[i]));
        }
        m_done(std::move(outcomes));
        if (changed.empty()) return;
        m_links->noteWritten();
        m_links->announce(std::move(changed));
    }

    static constexpr int kMaxRounds = 3;

    RedisClient &client() { return m_links->interactive(); }

    std::shared_ptr<RedisLinks> m_links;
    WatchWriter m_watch;
    std::vector<WriteRequest> m_requests;
    std::uint64_t m_generation; // of the database it was asked for
    Outcomes m_outcomes;
    std::vector<std::size_t> m_sent; // indices of the requests in the burst under way
    Callback<std::vector<Result<WriteOutcome>>> m_done;
    int m_rounds = 0;
};

} // namespace

std::optional<Error> refusalOf(const WriteRequest &request)
{
    if (request.expiry.kind == ExpiryChange::Kind::Set &&
        !ExpiryChange::allows(request.expiry.ttlMs))
        return Error(ErrorCode::TtlRefused,
                     {QString::number(request.expiry.ttlMs) + QStringLiteral(" ms")});
    if (request.expected.kind == ExpectedValue::Kind::Version)
        return Error(ErrorCode::NotSupported, {QStringLiteral("Redis has no versions")});
    return std::nullopt;
}

void RedisWriter::write(std::vector<WriteRequest> requests,
                        Callback<std::vector<Result<WriteOutcome>>> done)
{
    if (const auto obstacle = m_links->editObstacle()) return done(failure(*obstacle));
    const std::size_t bytes =
        std::accumulate(requests.begin(), requests.end(), std::size_t{0},
                        [](std::size_t sum, const WriteRequest &r) {
                            return sum + r.value.size() + r.expected.bytes.size();
                        });
    auto call = std::make_shared<WriteCall>(m_links, m_watch, std::move(requests), std::move(done));
    // Encoding 10 MB takes 60 ms and more. What is asked for after it waits for its turn.
    if (bytes <= kHeavyBytes && m_queued->load() == 0) return call->start();
    m_queued->fetch_add(1);
    m_links->runElsewhere([call, queued = m_queued] {
        call->start();
        queued->fetch_sub(1);
    });
}

void RedisWriter::rename(Bytes from, Bytes to, Callback<bool> done)
{
    if (const auto obstacle = m_links->editObstacle()) return done(failure(*obstacle));
    Batch batch({"RENAMENX", from, to});
    m_links->interactive().send(
        std::move(batch), [links = m_links, from = std::move(from), to = std::move(to),
                           done = std::move(done)](const Result<Replies> &replies) {
            if (!replies) return done(failure(replies.error()));
            const ReplyView reply = (*replies)[0];
            if (reply.isError() && reply.bytes().starts_with("ERR no such key"))
                return done(failure(ErrorCode::KeyNotFound, {keyText(from)}));
            if (reply.isError()) return done(failure(links->errorOf(reply, "RENAMENX", from)));
            if (reply.integer() == 0) return done(failure(ErrorCode::KeyExists, {keyText(to)}));
            done(true);
            links->noteWritten();
            links->announce({from, to});
        });
}

} // namespace kvscope
