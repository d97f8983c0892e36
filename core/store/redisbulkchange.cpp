// RedisBulk's guarded changes, images and leases. The scripts travel with every call: loading one
// that is there costs a hash of 2 KiB, and then no server can have forgotten it.
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
    if (image.kind == BulkImage::Kind::Absent)
        lookups.misses = 1; // TYPE
    else
        lookups.hits = 3; // TYPE, the value, its expiry
    return lookups;
}

std::int64_t millisecondsOf(const ReplyView &time)
{
    return time[0].integer() * 1000 + time[1].integer() / 1000;
}

} // namespace

void RedisBulk::images(const KeyBatch &keys, Callback<BulkImages> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    Batch batch;
    bulkscript::addChangeLoads(batch);
    batch.add({"TIME"});
    for (std::size_t i = 0; i < keys.size(); ++i) bulkscript::addImage(batch, keys[i]);
    m_links->bulk().send(std::move(batch),
                         [links = m_links, answered = m_answered, count = keys.size(),
                          done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             constexpr std::size_t kFirst = bulkscript::kChangeScripts + 1;
                             *answered += static_cast<std::int64_t>(kFirst) +
                                          kCommandsPerImage * static_cast<std::int64_t>(count);
                             BulkImages images;
                             images.nowMs = millisecondsOf((*replies)[bulkscript::kChangeScripts]);
                             images.each.reserve(count);
                             Lookups lookups;
                             for (std::size_t i = 0; i < count; ++i) {
                                 const ReplyView reply = (*replies)[kFirst + i];
                                 if (reply.isError())
                                     return done(failure(links->errorOf(reply, "EVALSHA")));
                                 images.each.push_back(bulkscript::imageOf(reply));
                                 const Lookups own = lookupsOf(images.each.back());
                                 lookups.hits += own.hits;
                                 lookups.misses += own.misses;
                             }
                             links->bulk().addOwnLookups(lookups);
                             done(std::move(images));
                         });
}

void RedisBulk::change(std::span<const BulkChange> changes, const BulkFence &fence,
                       Callback<BulkChangeAnswers> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    Batch batch;
    bulkscript::addChangeLoads(batch);
    Lookups lookups;
    std::int64_t steps = 0;
    for (const BulkChange &change : changes) {
        bulkscript::addChange(batch, change, fence);
        steps += static_cast<std::int64_t>(change.size());
        if (!fence.key.empty()) ++lookups.hits;
        for (const BulkStep &step : change)
            ++(step.expect == BulkStep::Expect::Absent ? lookups.misses : lookups.hits);
    }
    m_links->bulk().send(std::move(batch),
                         [links = m_links, answered = m_answered, count = changes.size(), steps,
                          lookups, done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             *answered += static_cast<std::int64_t>(bulkscript::kChangeScripts) +
                                          kCommandsPerStep * steps;
                             links->bulk().addOwnLookups(lookups);
                             BulkChangeAnswers answers;
                             answers.outcomes.reserve(count);
                             for (std::size_t i = 0; i < count; ++i) {
                                 const ReplyView reply = (*replies)[bulkscript::kChangeScripts + i];
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
    Batch batch;
    bulkscript::addChangeLoads(batch);
    bulkscript::addClaim(batch, claim);
    ask<BulkGrant>(std::move(batch), std::move(done),
                   [claim](const ReplyView &reply) { return bulkscript::grantOf(reply, claim); });
}

void RedisBulk::renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
                      Callback<bool> done)
{
    Batch batch;
    bulkscript::addChangeLoads(batch);
    bulkscript::addRenew(batch, fence, time, by);
    ask<bool>(std::move(batch), std::move(done),
              [](const ReplyView &reply) { return reply.integer() == 1; });
}

void RedisBulk::release(const BulkFence &fence, Callback<bool> done)
{
    Batch batch;
    bulkscript::addChangeLoads(batch);
    bulkscript::addRelease(batch, fence);
    ask<bool>(std::move(batch), std::move(done),
              [](const ReplyView &reply) { return reply.integer() == 1; });
}

void RedisBulk::awaitReplicas(int replicas, std::chrono::milliseconds time, Callback<int> done)
{
    Batch batch({"WAIT", std::to_string(replicas), std::to_string(time.count())});
    CallOptions options;
    options.timeoutMs = static_cast<int>((time + kWaitMargin).count());
    m_links->bulk().send(std::move(batch), std::move(options),
                         [links = m_links, answered = m_answered,
                          done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             ++*answered;
                             const ReplyView reply = (*replies)[0];
                             if (reply.isError())
                                 return done(failure(links->errorOf(reply, "WAIT")));
                             done(static_cast<int>(reply.integer()));
                         });
}

} // namespace kvscope
