// RedisReader: each read is a small operation that lives as long as its answers are awaited.
//
//   Traffic   GET …                                              one burst
//   else      TYPE PTTL …  →  STRLEN|HLEN… GETRANGE MEMORY… …    two bursts
//                          →  EXISTS …      only for strings that look empty: they may have gone
#include "core/store/redisreader.h"

#include "core/redis/types/elements.h"

#include <algorithm>
#include <array>

namespace kvscope {
namespace {

// The rules count an empty answer as a miss; where the key is known to be there the server counted
// a hit. Unsigned sums wrap, so adding minus one takes one away.
void countAsHits(RedisClient &client, std::uint64_t lookups)
{
    if (lookups > 0) client.addOwnLookups({lookups, std::uint64_t{0} - lookups});
}

class ReadCall : public std::enable_shared_from_this<ReadCall>
{
  public:
    ReadCall(std::shared_ptr<RedisLinks> links, std::vector<Bytes> keys, ReadOptions options,
             Callback<std::vector<Entry>> done)
        : m_links(std::move(links)), m_generation(m_links->databaseGeneration()),
          m_client(m_links->forPurpose(options.purpose)), m_keys(std::move(keys)),
          m_options(options), m_done(std::move(done))
    {}

    void start()
    {
        m_entries.assign(m_keys.size(), Entry());
        for (std::size_t i = 0; i < m_keys.size(); ++i) m_entries[i].key = m_keys[i];
        if (m_keys.empty()) return m_done(std::move(m_entries));
        if (m_options.purpose == ReadPurpose::Traffic)
            askTraffic();
        else
            askTypes();
    }

  private:
    // Where each entry's replies begin in the second burst.
    struct Plan
    {
        std::size_t entry = 0;
        const ElementType *size = nullptr;
        bool value = false;
        bool memory = false;
    };
    static constexpr int kMaxRounds = 3;

    bool wants(ReadField field) const { return (m_options.fields & field) != 0; }

    template<class Then>
    void send(Batch batch, CallOptions::Purpose purpose, Then then)
    {
        CallOptions options;
        options.purpose = purpose;
        const bool sent =
            m_links->sendWithin(m_generation, m_client, std::move(batch), options,
                                [self = shared_from_this(), then](Result<Replies> replies) {
                                    if (!replies) return self->m_done(failure(replies.error()));
                                    (self.get()->*then)(*replies);
                                });
        if (!sent) m_done(failure(ErrorCode::Cancelled));
    }

    void askTraffic()
    {
        Batch batch;
        for (const Bytes &key : m_keys) batch.add({"GET", key});
        send(std::move(batch), CallOptions::Purpose::Traffic, &ReadCall::takeTraffic);
    }

    void takeTraffic(const Replies &replies)
    {
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const ReplyView reply = replies[i];
            Entry &entry = m_entries[i];
            if (reply.isError()) {
                entry.refused = m_links->errorOf(reply, "GET", entry.key);
            } else if (!reply.isNil()) {
                entry.type = ValueType::String;
                entry.value = Bytes(reply.bytes());
                entry.size = static_cast<std::int64_t>(entry.value.size());
            }
        }
        finish();
    }

    void askTypes()
    {
        Batch batch;
        batch.reserve(m_keys.size() * 2, m_keys.size() * 96);
        for (const Bytes &key : m_keys) {
            batch.add({"TYPE", key});
            if (wants(ReadTtl)) batch.add({"PTTL", key});
        }
        send(std::move(batch), CallOptions::Purpose::Own, &ReadCall::takeTypes);
    }

    void takeTypes(const Replies &replies)
    {
        const std::size_t perKey = wants(ReadTtl) ? 2 : 1;
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            Entry &entry = m_entries[i];
            const ReplyView type = replies[i * perKey];
            if (type.isError()) {
                entry.refused = m_links->errorOf(type, "TYPE", entry.key);
                continue;
            }
            entry.type = valueTypeOf(type.bytes());
            if (!wants(ReadTtl)) continue;
            const std::int64_t ttl = replies[i * perKey + 1].integer(-1);
            if (ttl >= 0) entry.ttlMs = ttl;
            if (ttl == -2) entry.type = ValueType::None; // expired between the two
        }
        askValues();
    }

    void askValues()
    {
        Batch batch;
        m_plans.clear();
        const Bytes last = std::to_string(std::max<std::int64_t>(m_options.limits.maxBytes, 1) - 1);
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const Entry &entry = m_entries[i];
            if (!entry.exists()) continue;
            Plan plan;
            plan.entry = i;
            plan.value = wants(ReadValue) && entry.type == ValueType::String;
            if (wants(ReadSize) || plan.value) plan.size = ElementType::of(entry.type);
            plan.memory = wants(ReadMemory);
            if (plan.size != nullptr) plan.size->addSize(batch, entry.key);
            if (plan.value) batch.add({"GETRANGE", entry.key, "0", last});
            if (plan.memory) {
                batch.add({"MEMORY", "USAGE", entry.key});
                batch.add({"OBJECT", "ENCODING", entry.key});
                // Under an LFU policy one of these is told, under any other the other.
                batch.add({"OBJECT", "IDLETIME", entry.key});
                batch.add({"OBJECT", "FREQ", entry.key});
            }
            m_plans.push_back(plan);
        }
        if (batch.empty()) return finish();
        send(std::move(batch), CallOptions::Purpose::Own, &ReadCall::takeValues);
    }

    void takeValues(const Replies &replies)
    {
        std::size_t at = 0;
        bool changed = false;
        for (const Plan &plan : m_plans) {
            Entry &entry = m_entries[plan.entry];
            if (plan.size != nullptr) {
                const ReplyView size = replies[at++];
                changed |= size.bytes().starts_with("WRONGTYPE");
                entry.size = size.integer(-1);
            }
            if (plan.value) takeValue(entry, replies[at++]);
            if (plan.memory) {
                entry.memoryBytes = replies[at++].integer(-1);
                entry.encoding = replies[at].isBytes() ? Bytes(replies[at].bytes()) : Bytes();
                const std::int64_t idle = replies[at + 1].integer(-1);
                entry.idleMs = idle < 0 ? -1 : idle * 1000;
                entry.frequency = replies[at + 2].integer(-1);
                at += 3;
            }
            // Redis keeps no empty collection: it has gone since.
            if (entry.size == 0 && entry.type != ValueType::String) entry.type = ValueType::None;
        }
        if (changed && ++m_round < kMaxRounds) return start();
        confirmEmpty();
    }

    void takeValue(Entry &entry, const ReplyView &reply)
    {
        if (reply.isError()) {
            entry.refused = m_links->errorOf(reply, "GETRANGE", entry.key);
            return;
        }
        entry.value = Bytes(reply.bytes());
        if (m_options.limits.maxBytes < 1) entry.value.clear();
        const auto held = static_cast<std::int64_t>(entry.value.size());
        entry.size = std::max(entry.size, held);
        entry.truncated = entry.size > held;
    }

    void confirmEmpty()
    {
        Batch batch;
        for (const Plan &plan : m_plans) {
            const Entry &entry = m_entries[plan.entry];
            if (entry.type == ValueType::String && entry.size == 0)
                batch.add({"EXISTS", entry.key});
        }
        if (batch.empty()) return finish();
        send(std::move(batch), CallOptions::Purpose::Own, &ReadCall::takeConfirmation);
    }

    void takeConfirmation(const Replies &replies)
    {
        std::size_t at = 0;
        for (const Plan &plan : m_plans) {
            Entry &entry = m_entries[plan.entry];
            if (entry.type != ValueType::String || entry.size != 0) continue;
            if (replies[at++].integer(1) == 0)
                entry.type = ValueType::None;
            else
                countAsHits(m_client, plan.value ? 2 : 1);
        }
        finish();
    }

    void finish()
    {
        const bool noneTold =
            std::all_of(m_entries.begin(), m_entries.end(),
                        [](const Entry &entry) { return entry.refused.has_value(); });
        if (noneTold) return m_done(failure(*m_entries.front().refused));
        m_done(std::move(m_entries));
    }

    std::shared_ptr<RedisLinks> m_links;
    std::uint64_t m_generation; // of the database it was asked for
    RedisClient &m_client;
    std::vector<Bytes> m_keys;
    ReadOptions m_options;
    Callback<std::vector<Entry>> m_done;
    std::vector<Entry> m_entries;
    std::vector<Plan> m_plans;
    int m_round = 0;
};

class WholeCall : public std::enable_shared_from_this<WholeCall>
{
  public:
    WholeCall(std::shared_ptr<RedisLinks> links, Bytes key, std::int64_t limit,
              Callback<Entry> done)
        : m_links(std::move(links)), m_generation(m_links->databaseGeneration()),
          m_key(std::move(key)), m_limit(limit), m_done(std::move(done))
    {}

    void start()
    {
        send(Batch({"TYPE", m_key}), [self = shared_from_this()](Result<Replies> replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            const ReplyView type = (*replies)[0];
            if (type.isError())
                return self->m_done(failure(self->m_links->errorOf(type, "TYPE", self->m_key)));
            self->measure(valueTypeOf(type.bytes()));
        });
    }

  private:
    void send(Batch batch, RepliesCallback done)
    {
        if (!m_links->sendWithin(m_generation, m_links->interactive(), std::move(batch),
                                 std::move(done)))
            m_done(failure(ErrorCode::Cancelled));
    }

    void measure(ValueType type)
    {
        if (type == ValueType::None)
            return m_done(failure(ErrorCode::KeyNotFound, {keyText(m_key)}));
        if (type != ValueType::String)
            return m_done(failure(ErrorCode::UnsupportedType, {valueTypeName(type)}));
        send(Batch({"STRLEN", m_key}), [self = shared_from_this()](Result<Replies> replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            const std::int64_t size = (*replies)[0].integer();
            if (size > self->m_limit) return self->refuse(size);
            self->fetch(size == 0);
        });
    }

    void fetch(bool looksEmpty)
    {
        Batch batch({"GET", m_key});
        batch.add({"PTTL", m_key});
        send(std::move(batch), [self = shared_from_this(), looksEmpty](Result<Replies> replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            self->take(*replies, looksEmpty);
        });
    }

    void take(const Replies &replies, bool looksEmpty)
    {
        const ReplyView value = replies[0];
        if (value.isError()) return m_done(failure(m_links->errorOf(value, "GET", m_key)));
        if (value.isNil()) return m_done(failure(ErrorCode::KeyNotFound, {keyText(m_key)}));
        if (looksEmpty) countAsHits(m_links->interactive(), 1);
        const auto size = static_cast<std::int64_t>(value.bytes().size());
        if (size > m_limit) return refuse(size);
        Entry entry;
        entry.key = m_key;
        entry.type = ValueType::String;
        entry.size = size;
        entry.value = Bytes(value.bytes());
        const std::int64_t ttl = replies[1].integer(-1);
        if (ttl >= 0) entry.ttlMs = ttl;
        m_done(std::move(entry));
    }

    void refuse(std::int64_t size)
    {
        m_done(failure(ErrorCode::TooLarge, {QString::number(size), QString::number(m_limit)}));
    }

    std::shared_ptr<RedisLinks> m_links;
    std::uint64_t m_generation;
    Bytes m_key;
    std::int64_t m_limit;
    Callback<Entry> m_done;
};

} // namespace

void RedisReader::read(std::vector<Bytes> keys, ReadOptions options,
                       Callback<std::vector<Entry>> done)
{
    std::make_shared<ReadCall>(m_links, std::move(keys), options, std::move(done))->start();
}

void RedisReader::readWhole(Bytes key, std::int64_t limit, Callback<Entry> done)
{
    std::make_shared<WholeCall>(m_links, std::move(key), limit, std::move(done))->start();
}

void RedisReader::readElements(Bytes key, ValueType type, Bytes cursor, int count,
                               Callback<ElementPage> done)
{
    const ElementType *elements = ElementType::of(type);
    if (elements == nullptr)
        return done(failure(ErrorCode::UnsupportedType, {valueTypeName(type)}));
    Batch batch;
    elements->addPage(batch, key, cursor, count);
    const std::array names{batch.name(0), batch.name(1)};
    static_assert(ElementType::kPageCommands == names.size());
    m_links->interactive().send(
        std::move(batch), [links = m_links, names, elements, key = std::move(key), cursor, count,
                           done = std::move(done)](Result<Replies> replies) {
            if (!replies) return done(failure(replies.error()));
            for (std::size_t i = 0; i < names.size(); ++i)
                if ((*replies)[i].isError())
                    return done(failure(links->errorOf((*replies)[i], names[i], key)));
            Result<ElementPage> page = elements->page(*replies, 0, cursor, count);
            if (page && page->rows.empty() && page->total > 0) countAsHits(links->interactive(), 1);
            done(std::move(page));
        });
}

} // namespace kvscope
