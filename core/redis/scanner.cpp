// SCAN, one page ahead: the next page is asked for when this one's cursor has been read.
#include "core/redis/scanner.h"

#include <algorithm>
#include <charconv>
#include <mutex>

namespace kvscope {
namespace {

std::optional<std::uint64_t> parseCursor(BytesView text)
{
    std::uint64_t cursor = 0; // unsigned: Redis' cursors use the highest bit
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), cursor);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return {};
    return cursor;
}

Batch scanCommand(const Scanner::Options &options, std::uint64_t cursor)
{
    const Bytes at = std::to_string(cursor);
    const Bytes count = std::to_string(options.count);
    std::vector<BytesView> argv{"SCAN", at};
    if (!options.match.empty()) argv.insert(argv.end(), {"MATCH", options.match});
    argv.insert(argv.end(), {"COUNT", count});
    if (!options.type.empty()) argv.insert(argv.end(), {"TYPE", options.type});
    Batch batch;
    batch.add(argv);
    return batch;
}

constexpr std::size_t kFirstKey = 3; // nodes: the reply, its cursor, the array of keys

/// Whether it is a cursor and a flat array of strings, and nothing else.
bool isPage(const Replies &replies)
{
    const ReplyView reply = replies[0];
    if (reply.size() != 2 || !reply[0].isBytes() || !reply[1].isArray()) return false;
    const std::vector<ReplyNode> &nodes = replies.nodes();
    return nodes.size() == kFirstKey + reply[1].size() &&
           std::all_of(nodes.begin() + kFirstKey, nodes.end(), [](const ReplyNode &node) {
               return node.type == ReplyType::String || node.type == ReplyType::Status;
           });
}

/// The reply's own buffer becomes the page's: no key is copied.
Result<ScanPage> pageOf(Replies replies, const QString &place)
{
    const ReplyView reply = replies[0];
    if (reply.isError()) return failure(serverError(reply.bytes(), QStringLiteral("SCAN"), place));
    const std::optional<std::uint64_t> cursor = parseCursor(reply[0].bytes());
    if (!cursor || !isPage(replies))
        return failure(ErrorCode::ProtocolError, {QStringLiteral("SCAN")});
    ScanPage page;
    page.cursor = *cursor;
    page.last = *cursor == 0;
    page.keys.spans.reserve(reply[1].size());
    const std::vector<ReplyNode> &nodes = replies.nodes();
    for (std::size_t i = kFirstKey; i < nodes.size(); ++i)
        page.keys.spans.push_back({static_cast<std::uint32_t>(nodes[i].value), nodes[i].length});
    page.keys.buffer = replies.takeBuffer();
    return page;
}

} // namespace

struct Scanner::State : std::enable_shared_from_this<State>
{
    State(RedisClient &c, Options o, Sink s)
        : client(c), options(std::move(o)), sink(std::move(s)), place(c.endpoint().place())
    {}

    void ask(std::uint64_t cursor);
    void arrived(Result<Replies> result);
    void countTypeLookups(const ScanPage &page);

    RedisClient &client;
    const Options options;
    const Sink sink;
    const QString place;

    std::mutex mutex; // held while a call is sent, so that after cancel() the client may die
    bool cancelled = false;
    bool paused = false;
    std::optional<std::uint64_t> held; // the page to ask for on resume()
    RedisClient::CallId call = 0;
};

void Scanner::State::ask(std::uint64_t cursor)
{
    const std::lock_guard lock(mutex);
    if (cancelled) return;
    if (paused) {
        held = cursor;
        return;
    }
    CallOptions how;
    how.timeoutMs = kPageTimeoutMs;
    how.firstField = [self = shared_from_this()](BytesView text) {
        const std::optional<std::uint64_t> next = parseCursor(text);
        if (next && *next != 0) self->ask(*next);
    };
    call = client.send(
        scanCommand(options, cursor), std::move(how),
        [self = shared_from_this()](Result<Replies> result) { self->arrived(std::move(result)); });
}

void Scanner::State::arrived(Result<Replies> result)
{
    {
        const std::lock_guard lock(mutex);
        if (cancelled) return;
    }
    Result<ScanPage> page =
        result ? pageOf(std::move(*result), place) : Result<ScanPage>(failure(result.error()));
    if (!page) {
        const std::lock_guard lock(mutex);
        cancelled = true; // a page already asked for would follow the Error
    } else if (!options.type.empty()) {
        countTypeLookups(*page);
    }
    sink(std::move(page));
}

/// With TYPE the server looks every key up and counts a hit for each (7.0 does). How many it left
/// out is not told: a page visits about COUNT keys, and with MATCH only those that match are looked
/// up.
void Scanner::State::countTypeLookups(const ScanPage &page)
{
    const auto brought = static_cast<std::uint64_t>(page.keys.size());
    const bool all = options.match.empty() && !page.last;
    const auto visited =
        all ? std::max(brought, static_cast<std::uint64_t>(options.count)) : brought;
    const std::lock_guard lock(mutex);
    if (!cancelled) client.addOwnLookups({visited, 0});
}

Scanner::Scanner(RedisClient &client, Options options, Sink sink)
    : m_state(std::make_shared<State>(client, std::move(options), std::move(sink)))
{
    m_state->ask(m_state->options.cursor);
}

Scanner::~Scanner()
{
    cancel();
}

void Scanner::cancel()
{
    const std::lock_guard lock(m_state->mutex);
    if (std::exchange(m_state->cancelled, true)) return;
    m_state->held.reset();
    m_state->client.cancel(m_state->call);
}

void Scanner::pause()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->paused = true;
}

void Scanner::resume()
{
    std::optional<std::uint64_t> next;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->paused = false;
        next = std::exchange(m_state->held, std::nullopt);
    }
    if (next) m_state->ask(*next);
}

} // namespace kvscope
