// RedisBulk: commands are encoded within the call, so nothing of the caller's is kept.
#include "core/store/redisbulk.h"

#include "core/store/bulkscript.h"

#include <charconv>
#include <chrono>

namespace kvscope {
namespace {

constexpr std::size_t kBytesPerCommand = 64; // what the protocol adds to keys and values, about

KeyBatch::Span spanOf(const ReplyNode &node)
{
    return {static_cast<std::uint32_t>(node.value), node.length};
}

bool holdsBytes(const ReplyNode &node)
{
    return node.type == ReplyType::String || node.type == ReplyType::Status;
}

// Walks the flat nodes of a read's replies in the order of the commands.
class ReadAnswer
{
  public:
    ReadAnswer(BulkReadOptions options, std::size_t keys) : m_options(std::move(options))
    {
        m_page.entries.resize(keys);
    }

    BulkPage take(Replies replies, RedisLinks &links)
    {
        m_nodes = &replies.nodes();
        if (m_options.shape == BulkShape::Hash)
            takeHashes(replies, links);
        else if (m_options.exact)
            takeEach(replies, links);
        else
            takeAll(replies, links);
        if (m_options.ttl)
            for (BulkEntry &entry : m_page.entries) takeTtl(entry, replies, links);
        m_page.buffer = replies.takeBuffer();
        return std::move(m_page);
    }

  private:
    const ReplyNode &next() { return (*m_nodes)[m_at++]; }

    void takeTtl(BulkEntry &entry, const Replies &replies, RedisLinks &links)
    {
        const ReplyNode &node = next();
        if (node.type == ReplyType::Error) {
            // Not known is not the same as none.
            if (entry.state == BulkEntry::State::There) refuse(entry, node, replies, links, "PTTL");
        } else if (node.value >= 0) {
            entry.ttlMs = node.value;
        } else if (node.value == kGone && entry.state == BulkEntry::State::There) {
            entry.state = BulkEntry::State::Absent; // it expired behind its value
        }
    }

    void refuse(BulkEntry &entry, const ReplyNode &node, const Replies &replies, RedisLinks &links,
                const char *command)
    {
        const BytesView words =
            BytesView(replies.buffer()).substr(static_cast<std::size_t>(node.value), node.length);
        if (words.starts_with("WRONGTYPE")) {
            entry.state = BulkEntry::State::OtherType;
            return;
        }
        entry.state = BulkEntry::State::Refused;
        if (!m_page.refusal) m_page.refusal = links.errorOf(words, command);
    }

    void takeAll(const Replies &replies, RedisLinks &links)
    {
        const ReplyNode &array = next();
        if (array.type != ReplyType::Array) {
            // All keys or none: an ACL refuses the whole command.
            for (BulkEntry &entry : m_page.entries) refuse(entry, array, replies, links, "MGET");
            return;
        }
        for (BulkEntry &entry : m_page.entries) {
            const ReplyNode &node = next();
            if (!holdsBytes(node)) continue;
            entry.state = BulkEntry::State::There;
            entry.value = spanOf(node);
        }
    }

    void takeEach(const Replies &replies, RedisLinks &links)
    {
        for (BulkEntry &entry : m_page.entries) {
            const ReplyNode &node = next();
            if (node.type == ReplyType::Error) {
                refuse(entry, node, replies, links, "GET");
            } else if (holdsBytes(node)) {
                entry.state = BulkEntry::State::There;
                entry.value = spanOf(node);
            }
        }
    }

    // HLEN and HMGET for each.
    void takeHashes(const Replies &replies, RedisLinks &links)
    {
        m_page.fields.reserve(m_page.entries.size() * m_options.fields.size());
        for (BulkEntry &entry : m_page.entries) {
            const ReplyNode &length = next();
            if (length.type == ReplyType::Error) {
                refuse(entry, length, replies, links, "HLEN");
            } else {
                entry.fieldCount = length.value;
                if (length.value > 0) entry.state = BulkEntry::State::There;
            }
            entry.firstField = static_cast<std::uint32_t>(m_page.fields.size());
            const ReplyNode &values = next();
            if (values.type == ReplyType::Array) {
                for (std::uint32_t i = 0; i < values.length; ++i) {
                    const ReplyNode &field = next();
                    m_page.fields.push_back({spanOf(field), holdsBytes(field)});
                }
            } else {
                if (entry.state == BulkEntry::State::There)
                    refuse(entry, values, replies, links, "HMGET");
                m_page.fields.resize(m_page.fields.size() + m_options.fields.size());
            }
        }
    }

    static constexpr std::int64_t kGone = -2; // PTTL's answer

    BulkReadOptions m_options;
    BulkPage m_page;
    const std::vector<ReplyNode> *m_nodes = nullptr;
    std::size_t m_at = 0;
};

void addReads(Batch &batch, const KeyBatch &keys, const BulkReadOptions &options)
{
    std::vector<BytesView> argv;
    if (options.shape == BulkShape::Hash) {
        argv.assign(options.fields.begin(), options.fields.end());
        argv.insert(argv.begin(), {"HMGET", BytesView()});
        for (std::size_t i = 0; i < keys.size(); ++i) {
            batch.add({"HLEN", keys[i]});
            argv[1] = keys[i];
            batch.add(argv);
        }
    } else if (options.exact) {
        for (std::size_t i = 0; i < keys.size(); ++i) batch.add({"GET", keys[i]});
    } else {
        argv.reserve(keys.size() + 1);
        argv.emplace_back("MGET");
        for (std::size_t i = 0; i < keys.size(); ++i) argv.push_back(keys[i]);
        batch.add(argv);
    }
    if (options.ttl)
        for (std::size_t i = 0; i < keys.size(); ++i) batch.add({"PTTL", keys[i]});
}

BulkOutcome plainOutcome(const ReplyView &reply, bool leavesOthers)
{
    if (!reply.isNil()) return BulkOutcome::Written; // SET … NX
    return leavesOthers ? BulkOutcome::Undecided : BulkOutcome::Kept;
}

struct WriteAnswer
{
    std::shared_ptr<RedisLinks> links;
    std::shared_ptr<std::atomic<bool>> scriptsLoaded;
    std::shared_ptr<std::atomic<std::int64_t>> answered;
    BulkWriteOptions options;
    bool withTtl = false;
    std::size_t items = 0;
    bool scripted = false;
    bool leavesOthers = false; // no script may compare the versions: the job does
    std::size_t loads = 0;     // SCRIPT LOAD in front

    BulkWritten take(const Replies &replies) const
    {
        BulkWritten written;
        written.outcomes.reserve(items);
        Lookups lookups;
        std::int64_t commands = 0;
        for (std::size_t i = 0; i < items; ++i) {
            const ReplyView reply = replies[loads + i];
            commands += scripted && reply.isInteger()
                            ? bulkscript::commandsOf(reply.integer(), options, withTtl)
                            : 1;
            written.outcomes.push_back(outcome(reply, written, lookups));
        }
        if (scripted) links->bulk().addOwnLookups(lookups);
        *answered += commands + static_cast<std::int64_t>(loads);
        return written;
    }

    BulkOutcome outcome(const ReplyView &reply, BulkWritten &written, Lookups &lookups) const
    {
        if (reply.isError() && reply.bytes().starts_with("NOSCRIPT")) {
            scriptsLoaded->store(false);
            return BulkOutcome::Again;
        }
        if (reply.isError()) {
            if (!written.refusal)
                written.refusal = links->errorOf(reply, scripted ? "EVALSHA" : "SET");
            return BulkOutcome::Refused;
        }
        if (!scripted) return plainOutcome(reply, leavesOthers);
        const std::int64_t answer = reply.integer();
        if (answer == 0)
            ++lookups.misses;
        else
            ++lookups.hits;
        return bulkscript::outcomeOf(answer);
    }
};

} // namespace

void RedisBulk::read(const KeyBatch &keys, const BulkReadOptions &options, Callback<BulkPage> done)
{
    if (keys.size() == 0) return done(BulkPage());
    Batch batch;
    batch.reserve(options.ttl ? keys.size() + 1 : 4, keys.buffer.size() + keys.size() * 16);
    addReads(batch, keys, options);
    auto answer = std::make_shared<ReadAnswer>(options, keys.size());
    m_links->bulk().send(std::move(batch), [links = m_links, answer,
                                            done = std::move(done)](Result<Replies> replies) {
        if (!replies) return done(failure(replies.error()));
        done(answer->take(std::move(*replies), *links));
    });
}

void RedisBulk::write(std::span<const BulkItem> items, const BulkWriteOptions &options,
                      Callback<BulkWritten> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    WriteAnswer answer;
    answer.links = m_links;
    answer.scriptsLoaded = m_scriptsLoaded;
    answer.answered = m_answered;
    answer.options = options;
    answer.withTtl = !items.empty() && items.front().ttlMs > 0;
    answer.items = items.size();
    answer.scripted =
        options.shape == BulkShape::Hash || options.guard == BulkGuard::Older || options.companion;
    if (options.shape == BulkShape::String && !options.companion &&
        !m_links->capabilities().scripts) {
        answer.scripted = false;
        answer.leavesOthers = options.guard == BulkGuard::Older;
    }
    Batch batch;
    std::size_t bytes = 0;
    for (const BulkItem &item : items) bytes += item.key.size() + item.value.size();
    batch.reserve(items.size() + 2, bytes + items.size() * kBytesPerCommand);
    const bulkscript::By by = m_links->scriptsBy();
    if (answer.scripted && by == bulkscript::By::Sha && !m_scriptsLoaded->exchange(true)) {
        bulkscript::addLoad(batch, BulkShape::String);
        bulkscript::addLoad(batch, BulkShape::Hash);
        answer.loads = 2;
    }
    for (const BulkItem &item : items) {
        if (answer.scripted)
            bulkscript::add(batch, item, options, by);
        else if (item.ttlMs > 0)
            batch.add({"SET", item.key, item.value, "NX", "PX", std::to_string(item.ttlMs)});
        else
            batch.add({"SET", item.key, item.value, "NX"});
    }
    m_links->bulk().send(std::move(batch),
                         [answer, done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             done(answer.take(*replies));
                         });
}

void RedisBulk::probe(Callback<std::int64_t> done)
{
    const auto start = std::chrono::steady_clock::now();
    m_links->interactive().send(
        Batch({"PING"}), [start, done = std::move(done)](const Result<Replies> &replies) {
            if (!replies) return done(failure(replies.error()));
            const auto took = std::chrono::steady_clock::now() - start;
            done(std::int64_t{std::chrono::duration_cast<std::chrono::microseconds>(took).count()});
        });
}

void RedisBulk::foreignCommands(Callback<std::optional<std::int64_t>> done)
{
    m_links->bulk().send(Batch({"INFO", "stats"}), [answered = m_answered, done = std::move(done)](
                                                       const Result<Replies> &replies) {
        if (!replies) return done(failure(replies.error()));
        const std::int64_t own = (*answered)++;
        constexpr BytesView kName = "total_commands_processed:";
        const BytesView text = (*replies)[0].isBytes() ? (*replies)[0].bytes() : BytesView();
        const std::size_t at = text.find(kName);
        std::int64_t all = 0;
        if (at == BytesView::npos) return done(std::optional<std::int64_t>());
        const char *digits = text.data() + at + kName.size();
        std::from_chars(digits, text.data() + text.size(), all);
        done(std::optional(all - own));
    });
}

} // namespace kvscope
