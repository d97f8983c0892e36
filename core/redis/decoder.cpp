// The one file that knows hiredis' reader and how its hooks differ between 0.14 and 1.x.
//
// The reader calls a hook for every object as soon as its bytes are there, arrays before their
// elements: that is depth-first order, so a hook appends one node and never looks back, except to
// close the arrays that ended. A hook's "object" is its node's index plus one, as a pointer.
#include "core/redis/decoder.h"

#include <hiredis/hiredis.h>

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kMaxReserve = 4U << 20U; // of a guess at the next replies' size

void *handle(std::uint32_t node)
{
    // NOLINTNEXTLINE(performance-no-int-to-ptr): hiredis only looks whether it is null
    return reinterpret_cast<void *>(std::uintptr_t{node} + 1);
}

std::uint32_t nodeOf(void *handle)
{
    return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(handle) - 1);
}

constexpr std::uint32_t kNoParent = UINT32_MAX;

std::uint32_t parentOf(const redisReadTask *task)
{
    return task->parent ? nodeOf(task->parent->obj) : kNoParent;
}

ReplyType stringType(int hiredisType)
{
    if (hiredisType == REDIS_REPLY_STATUS) return ReplyType::Status;
    if (hiredisType == REDIS_REPLY_ERROR) return ReplyType::Error;
    return ReplyType::String;
}

} // namespace

struct ObjectFunctions
{
    static Decoder &decoder(const redisReadTask *task)
    {
        return *static_cast<Decoder *>(task->privdata);
    }

    static void *createString(const redisReadTask *task, char *text, size_t length)
    {
        Decoder &d = decoder(task);
        if (!d.wants(length)) return handle(0);
        const auto offset = static_cast<std::int64_t>(d.m_replies.m_buffer.size());
        d.m_replies.m_buffer.append(text, length);
        return handle(
            d.append({offset, static_cast<std::uint32_t>(length), 0, stringType(task->type)},
                     parentOf(task)));
    }

#if HIREDIS_MAJOR >= 1
    static void *createArray(const redisReadTask *task, size_t elements)
#else
    static void *createArray(const redisReadTask *task, int elements)
#endif
    {
        Decoder &d = decoder(task);
        if (static_cast<std::uint64_t>(elements) > Decoder::kMaxElements) {
            d.m_tooManyElements = static_cast<std::uint64_t>(elements);
            return nullptr;
        }
        if (!d.wants(0)) return handle(0);
        const std::uint32_t node = d.append(
            {0, static_cast<std::uint32_t>(elements), 0, ReplyType::Array}, parentOf(task));
        if (elements > 0) d.m_openArrays.push_back(node);
        return handle(node);
    }

    static void *createInteger(const redisReadTask *task, long long value)
    {
        Decoder &d = decoder(task);
        if (!d.wants(0)) return handle(0);
        return handle(d.append({value, 0, 0, ReplyType::Integer}, parentOf(task)));
    }

    static void *createNil(const redisReadTask *task)
    {
        Decoder &d = decoder(task);
        if (!d.wants(0)) return handle(0);
        return handle(d.append({}, parentOf(task)));
    }

#if HIREDIS_MAJOR >= 1
    // RESP3 only, which we never ask for; the text of a double is kept as it came.
    static void *createDouble(const redisReadTask *task, double, char *text, size_t length)
    {
        return createString(task, text, length);
    }
    static void *createBool(const redisReadTask *task, int value)
    {
        return createInteger(task, value);
    }
#endif

    static void freeObject(void *)
    {} // nodes belong to the Decoder
};

namespace {

redisReplyObjectFunctions kFunctions = {
    ObjectFunctions::createString, ObjectFunctions::createArray, ObjectFunctions::createInteger,
#if HIREDIS_MAJOR >= 1
    ObjectFunctions::createDouble,
#endif
    ObjectFunctions::createNil,
#if HIREDIS_MAJOR >= 1
    ObjectFunctions::createBool,
#endif
    ObjectFunctions::freeObject,
};

} // namespace

void Decoder::ReaderCloser::operator()(redisReader *reader) const
{
    redisReaderFree(reader);
}

Decoder::Decoder() : m_reader(redisReaderCreateWithFunctions(&kFunctions))
{
    if (!m_reader) throw std::bad_alloc();
    m_reader->privdata = this;
    // By default the reader frees its buffer whenever it runs empty above 16 KiB: a malloc a read.
    m_reader->maxbuf = kMaxKeptBytes;
}

Decoder::~Decoder() = default;

void Decoder::expect(std::size_t replies, std::size_t maxBytes)
{
    m_discarding = false;
    m_overflowed = false;
    m_maxBytes = maxBytes;
    // What the last batch took, scaled to this one, with an eighth to spare.
    const auto scaled = [&](std::size_t last) {
        return std::min((last * replies / m_lastReplies) * 9 / 8, kMaxReserve);
    };
    m_replies.m_buffer.reserve(scaled(m_lastBytes));
    m_replies.m_nodes.reserve(
        std::max(replies, scaled(m_lastNodes * sizeof(ReplyNode)) / sizeof(ReplyNode)));
    m_replies.m_roots.reserve(replies);
}

void Decoder::discard()
{
    m_replies = Replies();
    m_openArrays.clear();
    m_discarding = true;
}

void Decoder::feed(BytesView bytes)
{
    redisReaderFeed(m_reader.get(), bytes.data(), bytes.size());
}

Decoder::Step Decoder::next()
{
    void *reply = nullptr;
    if (redisReaderGetReply(m_reader.get(), &reply) != REDIS_OK) return Step::Broken;
    if (!reply) {
        // A single bulk string is not seen by a hook before its last byte: bound what waits for it.
        const std::size_t waiting = m_reader->len - m_reader->pos;
        if (waiting <= m_maxBytes) return Step::NeedMore;
        m_overflowed = true;
        return Step::Broken;
    }
    if (m_discarding) return Step::Reply;
    for (const std::uint32_t array : m_openArrays)
        m_replies.m_nodes[array].end = static_cast<std::uint32_t>(m_replies.m_nodes.size());
    m_openArrays.clear();
    m_replies.m_roots.push_back(m_root);
    return Step::Reply;
}

Replies Decoder::take()
{
    m_lastBytes = m_replies.m_buffer.size();
    m_lastNodes = m_replies.m_nodes.size();
    m_lastReplies = std::max<std::size_t>(1, m_replies.m_roots.size());
    m_overflowed = false;
    return std::exchange(m_replies, Replies());
}

ReplyView Decoder::firstField() const
{
    const auto &nodes = m_replies.m_nodes;
    const bool started =
        nodes.size() > 1 && nodes[0].type == ReplyType::Array && nodes[0].length > 0;
    return started ? ReplyView(&m_replies, 1) : ReplyView();
}

Error Decoder::error() const
{
    if (m_tooManyElements > 0)
        return Error(ErrorCode::ReplyTooLarge,
                     {QString::number(m_tooManyElements), QString::number(kMaxElements)});
    if (m_overflowed)
        return Error(ErrorCode::ReplyTooLarge,
                     {QString::number(m_reader->len - m_reader->pos), QString::number(m_maxBytes)});
    return Error(ErrorCode::ProtocolError, {QString::fromUtf8(m_reader->errstr)});
}

std::uint32_t Decoder::append(ReplyNode node, std::uint32_t parent)
{
    auto &nodes = m_replies.m_nodes;
    const auto index = static_cast<std::uint32_t>(nodes.size());
    if (parent == kNoParent) {
        m_root = index;
    } else {
        while (m_openArrays.back() != parent) { // ended before this node
            nodes[m_openArrays.back()].end = index;
            m_openArrays.pop_back();
        }
    }
    node.end = index + 1;
    nodes.push_back(node);
    return index;
}

bool Decoder::wants(std::size_t bytes)
{
    if (m_discarding) return false;
    if (m_replies.m_buffer.size() + bytes + (m_replies.m_nodes.size() + 1) * sizeof(ReplyNode) <=
        m_maxBytes)
        return true;
    m_overflowed = true;
    discard();
    return false;
}

} // namespace kvscope
