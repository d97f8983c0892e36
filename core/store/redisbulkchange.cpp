// RedisBulk's guarded changes, images and leases by script, or by WATCH (WatchChanges) where none
// may be run. The scripts travel with every call: loading one that is there costs a hash of 2 KiB,
// and then no server can have forgotten it.
#include "core/store/bulkchangescript.h"
#include "core/store/redisbulk.h"

#include <QStringList>

namespace kvscope {
namespace {

// What the server counts for one, about: the script and the commands inside it.
constexpr std::int64_t kCommandsPerImage = 4;
constexpr std::int64_t kCommandsPerStep = 6;
// WAIT holds the connection; the call's own time-out must be later.
constexpr auto kWaitMargin = std::chrono::seconds(5);

Lookups lookupsOf(const BulkImage &image)
{
    Lookups lookups;
    switch (image.kind) {
    case BulkImage::Kind::Absent: // TYPE
        lookups.misses = 1;
        break;
    case BulkImage::Kind::String: // TYPE, its length, the value, its expiry
        lookups.hits = 4;
        break;
    case BulkImage::Kind::Dump: // TYPE, the value, its expiry
        lookups.hits = 3;
        break;
    case BulkImage::Kind::TooLarge: // TYPE, its length
        lookups.hits = 2;
        break;
    case BulkImage::Kind::NotRead:
        lookups.hits = 1;
        break;
    }
    return lookups;
}

std::int64_t millisecondsOf(const ReplyView &time)
{
    return time[0].integer() * 1000 + time[1].integer() / 1000;
}

} // namespace

// Lots of keys, one behind the other, until there is no room for more.
class RedisBulk::ImagesCall : public std::enable_shared_from_this<ImagesCall>
{
  public:
    ImagesCall(std::shared_ptr<RedisLinks> links,
               std::shared_ptr<std::atomic<std::int64_t>> answered, KeyBatch keys,
               Callback<BulkImages> done)
        : m_links(std::move(links)), m_answered(std::move(answered)), m_keys(std::move(keys)),
          m_done(std::move(done))
    {
        m_images.each.reserve(m_keys.size());
    }

    void next()
    {
        const std::size_t first = m_images.each.size();
        if (first > 0 && m_bytes > BulkImage::kMostBytes) {
            BulkImage later;
            later.kind = BulkImage::Kind::NotRead;
            m_images.each.resize(m_keys.size(), later);
        }
        if (first > 0 && m_images.each.size() == m_keys.size()) return m_done(std::move(m_images));
        Batch batch;
        const bulkscript::By by = m_links->scriptsBy();
        const std::size_t loads = bulkscript::addChangeLoads(batch, by);
        batch.add({"TIME"});
        const std::size_t count = std::min(kLot, m_keys.size() - first);
        bulkscript::addImages(batch, m_keys, first, count, by);
        m_links->bulk().send(std::move(batch), [self = shared_from_this(), loads,
                                                count](const Result<Replies> &replies) {
            if (!replies) return self->m_done(failure(replies.error()));
            self->take(*replies, loads, count);
        });
    }

  private:
    // By one script, which no other client comes between: some 50 µs.
    static constexpr std::size_t kLot = 50;

    void take(const Replies &replies, std::size_t time, std::size_t count)
    {
        *m_answered += static_cast<std::int64_t>(time) + 2 +
                       kCommandsPerImage * static_cast<std::int64_t>(count);
        if (m_images.each.empty()) m_images.nowMs = millisecondsOf(replies[time]);
        const ReplyView all = replies[time + 1];
        if (all.isError()) return m_done(failure(m_links->errorOf(all, "EVALSHA")));
        Lookups lookups;
        for (const ReplyView each : all) {
            m_images.each.push_back(bulkscript::imageOf(each));
            const Lookups own = lookupsOf(m_images.each.back());
            lookups.hits += own.hits;
            lookups.misses += own.misses;
            m_bytes += m_images.each.back().payload.size();
        }
        m_links->bulk().addOwnLookups(lookups);
        next();
    }

    std::shared_ptr<RedisLinks> m_links;
    std::shared_ptr<std::atomic<std::int64_t>> m_answered;
    KeyBatch m_keys;
    BulkImages m_images;
    std::size_t m_bytes = 0;
    Callback<BulkImages> m_done;
};

void RedisBulk::images(const KeyBatch &keys, Callback<BulkImages> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    if (keys.size() == 0) return done(BulkImages());
    if (!m_links->capabilities().scripts) return m_watched.images(keys, std::move(done));
    std::make_shared<ImagesCall>(m_links, m_answered, keys, std::move(done))->next();
}

void RedisBulk::change(std::span<const BulkChange> changes, const BulkFence &fence,
                       Callback<BulkChangeAnswers> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    if (!m_links->capabilities().scripts) return m_watched.change(changes, fence, std::move(done));
    Batch batch;
    const bulkscript::By by = m_links->scriptsBy();
    const std::size_t loads = bulkscript::addChangeLoads(batch, by);
    Lookups lookups;
    std::int64_t steps = 0;
    for (const BulkChange &change : changes) {
        bulkscript::addChange(batch, change, fence, by);
        steps += static_cast<std::int64_t>(change.size());
        if (!fence.key.empty()) ++lookups.hits;
        for (const BulkStep &step : change)
            ++(step.expect == BulkStep::Expect::Absent ? lookups.misses : lookups.hits);
    }
    m_links->bulk().send(
        std::move(batch), [links = m_links, answered = m_answered, loads, count = changes.size(),
                           steps, lookups, done = std::move(done)](const Result<Replies> &replies) {
            if (!replies) return done(failure(replies.error()));
            *answered += static_cast<std::int64_t>(loads) + kCommandsPerStep * steps;
            links->bulk().addOwnLookups(lookups);
            BulkChangeAnswers answers;
            answers.outcomes.reserve(count);
            for (std::size_t i = 0; i < count; ++i) {
                const ReplyView reply = (*replies)[loads + i];
                answers.outcomes.push_back(bulkscript::changedOf(reply));
                if (reply.isError() && !answers.refusal)
                    answers.refusal = links->errorOf(reply, "EVALSHA");
            }
            done(std::move(answers));
        });
}

template<class T, class Take>
void RedisBulk::ask(Batch batch, Callback<T> done, Take take)
{
    const auto last = static_cast<std::size_t>(batch.size() - 1);
    m_links->bulk().send(std::move(batch),
                         [links = m_links, answered = m_answered, last, take,
                          done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             *answered += static_cast<std::int64_t>(last) + kCommandsPerStep;
                             const ReplyView reply = (*replies)[last];
                             if (reply.isError())
                                 return done(failure(links->errorOf(reply, "EVALSHA")));
                             done(T(take(reply)));
                         });
}

void RedisBulk::claim(const BulkClaim &claim, Callback<BulkGrant> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    if (!m_links->capabilities().scripts) return m_watched.claim(claim, std::move(done));
    Batch batch;
    const bulkscript::By scriptsBy = m_links->scriptsBy();
    bulkscript::addChangeLoads(batch, scriptsBy);
    bulkscript::addClaim(batch, claim, scriptsBy);
    ask<BulkGrant>(std::move(batch), std::move(done),
                   [claim](const ReplyView &reply) { return bulkscript::grantOf(reply, claim); });
}

void RedisBulk::renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
                      Callback<bool> done)
{
    if (!m_links->capabilities().scripts) return m_watched.renew(fence, time, by, std::move(done));
    Batch batch;
    const bulkscript::By scriptsBy = m_links->scriptsBy();
    bulkscript::addChangeLoads(batch, scriptsBy);
    bulkscript::addRenew(batch, fence, time, by, scriptsBy);
    ask<bool>(std::move(batch), std::move(done),
              [](const ReplyView &reply) { return reply.integer() == 1; });
}

void RedisBulk::release(const BulkFence &fence, Callback<bool> done)
{
    if (!m_links->capabilities().scripts) return m_watched.release(fence, std::move(done));
    Batch batch;
    const bulkscript::By scriptsBy = m_links->scriptsBy();
    bulkscript::addChangeLoads(batch, scriptsBy);
    bulkscript::addRelease(batch, fence, scriptsBy);
    ask<bool>(std::move(batch), std::move(done),
              [](const ReplyView &reply) { return reply.integer() == 1; });
}

void RedisBulk::awaitReplicas(int replicas, std::chrono::milliseconds time, Callback<int> done)
{
    Batch batch({"WAIT", std::to_string(replicas), std::to_string(time.count())});
    CallOptions options;
    options.timeoutMs = static_cast<int>((time + kWaitMargin).count());
    // It speaks of what its own connection wrote.
    const bool scripts = m_links->capabilities().scripts;
    RedisClient &writer = scripts ? m_links->bulk() : m_links->jobWatch();
    writer.send(std::move(batch), std::move(options),
                [links = m_links, answered = m_answered,
                 done = std::move(done)](const Result<Replies> &replies) {
                    if (!replies) return done(failure(replies.error()));
                    ++*answered;
                    const ReplyView reply = (*replies)[0];
                    if (reply.isError()) return done(failure(links->errorOf(reply, "WAIT")));
                    done(static_cast<int>(reply.integer()));
                });
}

} // namespace kvscope
