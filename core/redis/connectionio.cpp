// The traffic of a ready connection: calls out in bursts, replies in to the call at the head.
#include "core/redis/connection.h"

#include <QCoreApplication>
#include <QThread>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Connection)
};

constexpr std::size_t kWriteAheadBytes =
    1U << 20U; // in the socket; what waits behind it can be cancelled

} // namespace

RedisClient::CallId Connection::send(Batch batch, CallOptions options, RepliesCallback done)
{
    Call call;
    call.id = m_nextId.fetch_add(1);
    const RedisClient::CallId id = call.id;
    if (options.timeoutMs > 0)
        call.deadline =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(options.timeoutMs);
    call.batch = std::move(batch);
    call.options = std::move(options);
    call.done = std::move(done);
    enqueue({std::move(call), {}});
    return id;
}

void Connection::cancel(RedisClient::CallId id)
{
    enqueue({{}, [this, id] {
                 m_calls.cancel(id, Error(ErrorCode::Cancelled));
                 expectHead();
             }});
}

void Connection::select(int database, Callback<int> done)
{
    Call call;
    call.id = m_nextId.fetch_add(1);
    call.batch = Batch({"SELECT", std::to_string(database)});
    call.selects = true;
    call.database = database;
    call.done = [done = std::move(done), database,
                 place = endpoint().place()](Result<Replies> replies) {
        if (!done) return;
        if (!replies) return done(failure(replies.error()));
        const ReplyView reply = (*replies)[0];
        if (reply.isError())
            return done(failure(serverError(reply.bytes(), QStringLiteral("SELECT"), place)));
        done(database);
    };
    enqueue({std::move(call), {}});
}

void Connection::addOwnLookups(Lookups lookups)
{
    m_ownHits += lookups.hits;
    m_ownMisses += lookups.misses;
}

/// From other threads through the inbox, one wake a burst; from the io thread straight on, so that
/// the next SCAN leaves before the rest of the last reply has been read.
void Connection::enqueue(Item item)
{
    const bool here = QThread::currentThread() == thread();
    std::unique_lock lock(m_mutex);
    if (here && item.call && m_inbox.empty()) {
        lock.unlock();
        accept(std::move(*item.call));
        pump();
        return;
    }
    m_inbox.push_back(std::move(item));
    if (std::exchange(m_drainPosted, true)) return;
    lock.unlock();
    m_mailbox->post([self = shared_from_this()] { self->drainInbox(); });
}

void Connection::drainInbox()
{
    std::vector<Item> items;
    {
        const std::lock_guard lock(m_mutex);
        items.swap(m_inbox);
        m_drainPosted = false;
    }
    for (Item &item : items) {
        if (item.call)
            accept(std::move(*item.call));
        else
            item.action();
    }
    pump();
}

void Connection::accept(Call call)
{
    if (m_writes == RedisClient::Writes::Refused && !call.batch.firstWrite().empty()) {
        const QString name = QString::fromStdString(call.batch.firstWrite());
        return answerLater(std::move(call), failure(ErrorCode::ReadOnlyRefused, {name}));
    }
    const std::size_t bytes = m_calls.waitingBytes() + call.batch.wire().size();
    if (m_calls.full() || bytes > RedisClient::kMaxQueuedBytes)
        return answerLater(
            std::move(call),
            failure(ErrorCode::TooLarge,
                    {QString::number(bytes), QString::number(RedisClient::kMaxQueuedBytes)}));
    if (call.selects) m_selectRefused.reset();
    if (m_selectRefused) return answerLater(std::move(call), failure(*m_selectRefused));
    const bool away = m_state.phase == Phase::Waiting || m_state.phase == Phase::Failed;
    if (call.selects && (away || m_state.phase == Phase::Idle)) {
        m_database = call.database; // the greeting of the next connection selects it
        return answerLater(std::move(call), Replies());
    }
    if (away) return answerLater(std::move(call), failure(*m_state.error));
    if (call.batch.empty()) return answerLater(std::move(call), Replies());
    armDeadline(call.deadline);
    m_calls.push(std::move(call));
}

void Connection::answerLater(Call call, Result<Replies> result)
{
    auto answer =
        std::make_shared<std::pair<Call, Result<Replies>>>(std::move(call), std::move(result));
    m_mailbox->post([answer] { answer->first.answer(std::move(answer->second)); });
}

void Connection::pump()
{
    bool wrote = true;
    while (wrote && m_state.phase == Phase::Ready) {
        wrote = false;
        while (!m_selecting && m_transport->unwritten() < kWriteAheadBytes) {
            const bool wasIdle = m_calls.head() == nullptr;
            const Call *call = m_calls.takeNextToSend();
            if (!call) break;
            m_transport->write(call->batch.wire());
            m_selecting = call->selects;
            wrote = true;
            if (wasIdle) expectHead();
        }
        if (wrote) m_transport->flush();
    }
}

void Connection::readAll()
{
    while (m_transport) {
        const std::size_t size = m_transport->read(m_chunk.data(), m_chunk.size());
        for (std::size_t at = 0; at < size; at += Decoder::kFeedBytes) {
            const std::size_t piece = std::min(size - at, Decoder::kFeedBytes);
            if (!consume({m_chunk.data() + at, piece})) return;
        }
        // A socket that held less than was asked for is empty, or tells that there is more.
        if (size < m_chunk.size()) return;
    }
}

/// False when the connection was lost by what came.
bool Connection::consume(BytesView bytes)
{
    if (!std::exchange(m_heardFrom, true)) {
        if (const auto stranger = strangerIn(bytes, m_options.endpoint.place())) {
            lose(*stranger);
            return false;
        }
    }
    m_decoder->feed(bytes);
    while (true) {
        switch (m_decoder->next()) {
        case Decoder::Step::NeedMore:
            tellFirstField();
            return true;
        case Decoder::Step::Broken:
            broken();
            return false;
        case Decoder::Step::Reply:
            if (!replyArrived()) return false;
            break;
        }
    }
}

bool Connection::replyArrived()
{
    if (m_greeting) {
        if (m_decoder->complete() < m_hello.batch().size()) return true;
        greeted();
        return m_transport != nullptr;
    }
    Call *head = m_calls.head();
    if (!head) {
        // RESP2 never speaks unasked, but for a last word such as -ERR max number of clients.
        lose(Error(ErrorCode::ProtocolError, {Reasons::tr("an unrequested reply")}));
        return false;
    }
    if (++head->received == head->batch.size()) finishHead();
    return m_transport != nullptr;
}

void Connection::finishHead()
{
    tellFirstField();
    Call call = m_calls.takeHead();
    const bool overflowed = m_decoder->overflowed();
    Replies replies = m_decoder->take();
    // The decoder belongs to the next call before any callback runs: it may send, cancel or close.
    expectHead();
    if (overflowed) {
        const QString limit = QString::number(call.options.maxReplyBytes);
        return call.answer(
            failure(ErrorCode::ReplyTooLarge, {QStringLiteral("> ") + limit, limit}));
    }
    if (call.options.purpose == CallOptions::Purpose::Own && !call.answered())
        addOwnLookups(lookupsOf(call.batch, replies));
    if (call.selects) finishSelect(call, replies);
    call.answer(std::move(replies));
    if (call.selects) pump();
}

void Connection::finishSelect(const Call &call, const Replies &replies)
{
    m_selecting = false;
    const ReplyView reply = replies[0];
    if (!reply.isError()) {
        m_database = call.database;
        return;
    }
    // What was meant for the other database must not run on this one, now or later.
    const Error refused =
        serverError(reply.bytes(), QStringLiteral("SELECT"), m_options.endpoint.place());
    m_selectRefused = refused; // before their callbacks run: they may send
    if (m_calls.endWaitingUntilSelect(refused)) m_selectRefused.reset();
}

void Connection::tellFirstField()
{
    Call *head = m_calls.head();
    if (!head || !head->options.firstField) return;
    const ReplyView field = m_decoder->firstField();
    if (!field.isBytes()) return;
    const Bytes cursor(field.bytes()); // the callback may send: the view would not outlive that
    std::exchange(head->options.firstField, {})(cursor);
}

void Connection::expectHead()
{
    const Call *head = m_calls.head();
    if (!head) return;
    const bool ghost = head->answered() && !head->selects;
    if (ghost)
        m_decoder->discard();
    else if (head->received == 0 && m_decoder->untouched())
        m_decoder->expect(head->batch.size(), head->options.maxReplyBytes);
}

void Connection::broken()
{
    const Error error = m_decoder->error();
    if (error.code() == ErrorCode::ReplyTooLarge && m_calls.head()) {
        m_calls.head()->answer(failure(error));
        return lose(Error(ErrorCode::ConnectionLost, {m_options.endpoint.place()}));
    }
    lose(error);
}

void Connection::armDeadline(Call::Instant deadline)
{
    if (deadline >= m_nextDeadline) return;
    m_nextDeadline = deadline;
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    m_deadlineTimer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void Connection::expireCalls()
{
    m_nextDeadline = Call::Instant::max();
    // While it connects there is a reason only where the server says that it is loading.
    const bool connecting = m_state.phase == Phase::Connecting;
    armDeadline(m_calls.expire(std::chrono::steady_clock::now(),
                               connecting ? m_state.error : std::nullopt));
    expectHead();
}

} // namespace kvscope
