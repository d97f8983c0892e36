// WatchChanges: the scripts of bulkchangescript.cpp once more, their reads and writes apart.
#include "core/store/watchchanges.h"

#include "core/store/bulkchangescript.h"
#include "core/store/watchqueue.h"

#include <charconv>
#include <chrono>

namespace kvscope {
namespace {

using End = WatchedTry::End;

// Before 7.0 an expiry is known as the time that is left alone: exact to what passes meanwhile.
constexpr std::int64_t kExpirySlackMs = 2;
constexpr std::size_t kFieldsAtOnce = 1'000; // names and values, of one HSET

// A step whose bytes are its own.
struct Step
{
    explicit Step(const BulkStep &from)
        : view(from), key(from.key), expected(from.expected), value(from.value)
    {
        for (const BytesView field : from.expectedFields) expectedFields.emplace_back(field);
        for (const BytesView field : from.fields) fields.emplace_back(field);
    }

    BulkStep view; // its kinds and numbers alone
    Bytes key;
    Bytes expected;
    Bytes value;
    std::vector<Bytes> expectedFields;
    std::vector<Bytes> fields;
};

std::int64_t millisecondsOf(const ReplyView &time)
{
    return time[0].integer() * 1000 + time[1].integer() / 1000;
}

// Ours, where the server does not tell its own.
std::int64_t clockMs()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// What is asked of a key's expiry, and what the answers mean.
void addExpiryReads(Batch &batch, BytesView key)
{
    batch.add({"PEXPIRETIME", key}); // 7.0+
    batch.add({"PTTL", key});
    batch.add({"TIME"});
}

struct Expiry
{
    std::int64_t atMs = BulkImage::kNever;
    std::int64_t slackMs = 0;
};

bool isDenied(const ReplyView &reply)
{
    return reply.isError() && reply.bytes().starts_with("NOPERM");
}

// Either way of asking will do: only where neither is allowed is the expiry not known, and unknown
// must not pass for none.
std::optional<Error> expiryRefusal(const Replies &replies, std::size_t first, BytesView key,
                                   RedisLinks &links)
{
    if (replies[first].isInteger()) return std::nullopt;
    const ReplyView left = replies[first + 1];
    if (isDenied(left)) return links.errorOf(left, "PTTL", key);
    const bool expires = left.integer(-1) >= 0;
    if (expires && isDenied(replies[first + 2]))
        return links.errorOf(replies[first + 2], "TIME", key);
    return std::nullopt;
}

Expiry expiryIn(const Replies &replies, std::size_t first)
{
    if (replies[first].isInteger()) {
        const std::int64_t at = replies[first].integer();
        return {at < 0 ? BulkImage::kNever : at, 0};
    }
    const std::int64_t left = replies[first + 1].integer(-1);
    if (left < 0) return {};
    return {millisecondsOf(replies[first + 2]) + left, kExpirySlackMs};
}

BytesView typeOf(BulkStep::Expect expect)
{
    return expect == BulkStep::Expect::String ? "string" : "hash";
}

constexpr std::size_t kExpiryReads = 1; // behind TYPE

void addReads(Batch &batch, const Step &step)
{
    batch.add({"TYPE", step.key});
    addExpiryReads(batch, step.key);
    switch (step.view.expect) {
    case BulkStep::Expect::Absent:
        break;
    case BulkStep::Expect::String:
        batch.add({"GET", step.key});
        break;
    case BulkStep::Expect::Dump:
        batch.add({"DUMP", step.key});
        break;
    case BulkStep::Expect::Hash: {
        batch.add({"HLEN", step.key});
        std::vector<BytesView> argv{"HMGET", step.key};
        for (std::size_t i = 0; i < step.expectedFields.size(); i += 2)
            argv.push_back(step.expectedFields[i]);
        if (argv.size() > 2) batch.add(argv);
        break;
    }
    }
}

std::size_t readsOf(const Step &step)
{
    Batch batch;
    addReads(batch, step);
    return batch.size();
}

bool holdsFields(const Step &step, const Replies &replies, std::size_t first)
{
    const auto &wanted = step.expectedFields;
    if (replies[first].integer(-1) * 2 != static_cast<std::int64_t>(wanted.size())) return false;
    const ReplyView held = replies[first + 1];
    for (std::size_t i = 0; 2 * i < wanted.size(); ++i)
        if (!held[i].isBytes() || held[i].bytes() != wanted[2 * i + 1]) return false;
    return true;
}

// `first`: of the step's replies.
bool holds(const Step &step, const Replies &replies, std::size_t first)
{
    const BytesView type = replies[first].bytes();
    const std::size_t value = first + kExpiryReads + 3;
    switch (step.view.expect) {
    case BulkStep::Expect::Absent:
        return type == "none";
    case BulkStep::Expect::String:
    case BulkStep::Expect::Dump:
        if (step.view.expect == BulkStep::Expect::String && type != "string") return false;
        if (!replies[value].isBytes() || replies[value].bytes() != step.expected) return false;
        break;
    case BulkStep::Expect::Hash:
        if (type != typeOf(step.view.expect) || !holdsFields(step, replies, value)) return false;
        break;
    }
    if (step.view.expectedExpiryMs == BulkStep::kAnyExpiry) return true;
    const Expiry expiry = expiryIn(replies, first + kExpiryReads);
    return std::abs(expiry.atMs - step.view.expectedExpiryMs) <= expiry.slackMs;
}

void addAction(Batch &batch, const Step &step)
{
    switch (step.view.action) {
    case BulkStep::Action::Remove:
        batch.add({"UNLINK", step.key});
        return;
    case BulkStep::Action::PutString:
        batch.add({"SET", step.key, step.value});
        break;
    case BulkStep::Action::PutHash:
        batch.add({"UNLINK", step.key});
        for (std::size_t i = 0; i < step.fields.size(); i += kFieldsAtOnce) {
            const std::size_t end = std::min(i + kFieldsAtOnce, step.fields.size());
            std::vector<BytesView> argv{"HSET", step.key};
            for (std::size_t f = i; f < end; ++f) argv.push_back(step.fields[f]);
            batch.add(argv);
        }
        break;
    case BulkStep::Action::Restore:
        // With its expiry: one that is refused must not leave what stays with another's.
        batch.add({"RESTORE", step.key, std::to_string(step.view.expiresAtMs), step.value,
                   "REPLACE", "ABSTTL"});
        return;
    case BulkStep::Action::Expire:
        if (step.view.expiresAtMs == BulkImage::kNever) batch.add({"PERSIST", step.key});
        break;
    }
    if (step.view.expiresAtMs != BulkImage::kNever)
        batch.add({"PEXPIREAT", step.key, std::to_string(step.view.expiresAtMs)});
}

// Refused reads must not pass for what is absent. `first`: of the step's replies.
std::optional<Error> refusalOf(const Step &step, const Replies &replies, std::size_t first,
                               RedisLinks &links)
{
    Batch asked;
    addReads(asked, step);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const bool ofExpiry = i >= kExpiryReads && i < kExpiryReads + 3;
        if (!ofExpiry && isDenied(replies[first + i]))
            return links.errorOf(replies[first + i], asked.name(i), step.key);
    }
    if (step.view.expectedExpiryMs == BulkStep::kAnyExpiry) return std::nullopt; // nobody asks
    return expiryRefusal(replies, first + kExpiryReads, step.key, links);
}

// The same of `count` GETs.
std::optional<Error> refusalOfGets(const Replies &replies, std::size_t count, RedisLinks &links)
{
    for (std::size_t i = 0; i < count; ++i) {
        const ReplyView reply = replies[WatchedTry::kFirstRead + i];
        if (isDenied(reply)) return links.errorOf(reply, "GET");
    }
    return std::nullopt;
}

std::optional<Error> refusalInExec(const ReplyView &exec, RedisLinks &links)
{
    for (const ReplyView each : exec)
        if (each.isError()) return links.errorOf(each, "EXEC");
    return std::nullopt;
}

// What the server says of a change: those behind it may fare better. Any other error is the
// connection's, and leaves open what became of the change.
bool isRefusal(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NoPermission:
    case ErrorCode::OutOfMemory:
    case ErrorCode::ServerReadOnly:
    case ErrorCode::ClusterNode:
    case ErrorCode::WrongType:
    case ErrorCode::ServerError:
        return true;
    default:
        return false;
    }
}

// What the tries of one call share.
struct ChangeCall
{
    std::vector<std::vector<Step>> changes;
    BulkFence fence;
    BulkChangeAnswers answers;
    Callback<BulkChangeAnswers> done;
};

struct ImageCall
{
    KeyBatch keys;
    BulkImages images;
    std::size_t bytes = 0;
    Callback<BulkImages> done;
};

void changeNext(const std::shared_ptr<WatchQueue> &queue, const std::shared_ptr<ChangeCall> &call)
{
    const std::size_t at = call->answers.outcomes.size();
    if (at == call->changes.size()) return call->done(std::move(call->answers));
    const auto verdict = std::make_shared<BulkChanged>(BulkChanged::Conflict);
    const auto refusal = std::make_shared<std::optional<Error>>();
    const std::vector<Step> &steps = call->changes[at];
    WatchedTry work;
    const bool fenced = !call->fence.key.empty();
    if (fenced) work.keys.push_back(call->fence.key);
    for (const Step &step : steps) work.keys.push_back(step.key);
    work.addReads = [call, fenced, &steps](Batch &batch) {
        if (fenced) batch.add({"GET", call->fence.key});
        for (const Step &step : steps) addReads(batch, step);
    };
    work.decide = [queue, call, fenced, verdict, refusal, &steps](const Replies &replies,
                                                                  Batch &wanted) {
        std::size_t first = WatchedTry::kFirstRead;
        *refusal = refusalOfGets(replies, fenced ? 1 : 0, queue->links());
        *verdict = *refusal ? BulkChanged::Refused : BulkChanged::Conflict;
        if (*refusal) return false;
        if (fenced && replies[first++].bytes() != call->fence.value) {
            *verdict = BulkChanged::Fenced;
            return false;
        }
        for (const Step &step : steps) {
            *refusal = refusalOf(step, replies, first, queue->links());
            if (*refusal) *verdict = BulkChanged::Refused;
            if (*refusal || !holds(step, replies, first)) return false;
            first += readsOf(step);
        }
        for (const Step &step : steps) addAction(wanted, step);
        return true;
    };
    work.done = [queue, call, verdict, refusal](const Result<End> &end, const ReplyView &exec) {
        BulkChanged outcome = *verdict;
        if (!end) {
            if (!isRefusal(end.error().code())) return call->done(failure(end.error()));
            outcome = BulkChanged::Refused;
            *refusal = end.error();
        } else if (*end == End::Done) {
            outcome = BulkChanged::Applied;
        } else if (*end == End::Partly) {
            // Its before-image is needed, and what was refused has to be said.
            outcome = BulkChanged::Applied;
            *refusal = refusalInExec(exec, queue->links());
        } else if (*end == End::Conflict) {
            outcome = BulkChanged::Conflict;
        }
        if (*refusal && !call->answers.refusal) call->answers.refusal = *refusal;
        call->answers.outcomes.push_back(outcome);
        changeNext(queue, call);
    };
    queue->add(std::move(work));
}

void imageNext(const std::shared_ptr<WatchQueue> &queue, const std::shared_ptr<ImageCall> &call)
{
    auto &each = call->images.each;
    if (each.size() > 1 && call->bytes > BulkImage::kMostBytes) {
        BulkImage later;
        later.kind = BulkImage::Kind::NotRead;
        each.resize(call->keys.size(), later);
    }
    if (each.size() == call->keys.size()) return call->done(std::move(call->images));
    const Bytes key(call->keys[each.size()]);
    const auto image = std::make_shared<BulkImage>();
    const auto refusal = std::make_shared<std::optional<Error>>();
    WatchedTry work;
    work.keys.push_back(key);
    work.addReads = [key](Batch &batch) {
        batch.add({"TYPE", key});
        addExpiryReads(batch, key);
        batch.add({"STRLEN", key});
        batch.add({"MEMORY", "USAGE", key});
    };
    work.decide = [queue, call, key, image, refusal](const Replies &replies, Batch &wanted) {
        constexpr std::size_t kType = WatchedTry::kFirstRead;
        constexpr auto kMost = static_cast<std::int64_t>(BulkImage::kMostBytes);
        *image = BulkImage();
        if (call->images.nowMs == 0)
            call->images.nowMs =
                replies[kType + 3].isArray() ? millisecondsOf(replies[kType + 3]) : clockMs();
        if (replies[kType].isError()) {
            *refusal = queue->links().errorOf(replies[kType], "TYPE", key);
            return false;
        }
        const BytesView type = replies[kType].bytes();
        if (type == "none") return false;
        *refusal = expiryRefusal(replies, kType + 1, key, queue->links());
        if (*refusal) return false;
        const bool string = type == "string";
        const std::int64_t size =
            string ? replies[kType + 4].integer() : replies[kType + 5].integer() / 2;
        image->expiresAtMs = expiryIn(replies, kType + 1).atMs;
        image->kind = size > kMost ? BulkImage::Kind::TooLarge
                      : string     ? BulkImage::Kind::String
                                   : BulkImage::Kind::Dump;
        if (image->kind == BulkImage::Kind::TooLarge) return false;
        wanted.add({string ? BytesView("GET") : BytesView("DUMP"), key});
        return true;
    };
    work.done = [queue, call, image, refusal](const Result<End> &end, const ReplyView &exec) {
        if (!end) return call->done(failure(end.error()));
        if (*refusal) return call->done(failure(**refusal));
        if (*end == End::Conflict) image->kind = BulkImage::Kind::NotRead;
        if (*end == End::Done) image->payload = Bytes(exec[0].bytes());
        if (image->payload.size() > BulkImage::kMostBytes) {
            image->payload = Bytes();
            image->kind = BulkImage::Kind::TooLarge;
        }
        call->bytes += image->payload.size();
        call->images.each.push_back(std::move(*image));
        imageNext(queue, call);
    };
    queue->add(std::move(work));
}

// `TOKEN WORK OWNER`.
BytesView wordOf(BytesView text, int which)
{
    for (; which > 0; --which) {
        const std::size_t space = text.find(' ');
        if (space == BytesView::npos) return {};
        text.remove_prefix(space + 1);
    }
    return text.substr(0, text.find(' '));
}

std::int64_t numberIn(BytesView text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

WatchChanges::WatchChanges(std::shared_ptr<RedisLinks> links)
    : m_queue(std::make_shared<WatchQueue>(std::move(links)))
{}

void WatchChanges::images(const KeyBatch &keys, Callback<BulkImages> done)
{
    imageNext(m_queue, std::make_shared<ImageCall>(ImageCall{keys, {}, 0, std::move(done)}));
}

void WatchChanges::change(std::span<const BulkChange> changes, const BulkFence &fence,
                          Callback<BulkChangeAnswers> done)
{
    const auto call = std::make_shared<ChangeCall>();
    for (const BulkChange &change : changes)
        call->changes.emplace_back(change.begin(), change.end());
    call->fence = fence;
    call->done = std::move(done);
    changeNext(m_queue, call);
}

void WatchChanges::claim(const BulkClaim &claim, Callback<BulkGrant> done)
{
    const Bytes lease = bulkscript::leaseKeyOf(BytesView(claim.name));
    const Bytes fence = Bytes(bulkscript::kFencePrefix) + claim.name;
    const auto grant = std::make_shared<BulkGrant>();
    const auto refusal = std::make_shared<std::optional<Error>>();
    WatchedTry work;
    work.keys = {lease, fence};
    work.addReads = [lease, fence](Batch &batch) {
        batch.add({"GET", lease});
        batch.add({"GET", fence});
    };
    work.decide = [queue = m_queue, claim, lease, fence, grant, refusal](const Replies &replies,
                                                                         Batch &wanted) {
        *grant = BulkGrant();
        *refusal = refusalOfGets(replies, 2, queue->links());
        if (*refusal) return false;
        const BytesView holder = replies[WatchedTry::kFirstRead].bytes();
        const BytesView last = replies[WatchedTry::kFirstRead + 1].bytes();
        std::int64_t number = numberIn(last);
        const bool taken = !claim.token && !holder.empty() && wordOf(holder, 1) != claim.work;
        if (taken || (claim.token && number > *claim.token)) {
            grant->holder = Bytes(taken ? holder : last);
            return false;
        }
        number = claim.token ? *claim.token : number + 1;
        grant->fence = {fence, std::to_string(number) + ' ' + claim.work + ' ' + claim.owner};
        wanted.add({"SET", fence, grant->fence.value, "PX", bulkscript::kFenceMemoryMs});
        if (!claim.token)
            wanted.add(
                {"SET", lease, grant->fence.value, "PX", std::to_string(claim.time.count())});
        return true;
    };
    work.done = [queue = m_queue, grant, refusal, done = std::move(done)](const Result<End> &end,
                                                                          const ReplyView &exec) {
        if (!end) return done(failure(end.error()));
        if (*end == End::Partly) *refusal = refusalInExec(exec, queue->links());
        if (*refusal) return done(failure(**refusal));
        grant->granted = *end == End::Done;
        if (!grant->granted) grant->fence = BulkFence();
        done(std::move(*grant));
    };
    m_queue->add(std::move(work));
}

void WatchChanges::renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
                         Callback<bool> done)
{
    WatchedTry work;
    work.keys = {fence.key};
    work.addReads = [fence](Batch &batch) { batch.add({"GET", fence.key}); };
    const auto refusal = std::make_shared<std::optional<Error>>();
    work.decide = [queue = m_queue, fence, time, by, refusal](const Replies &replies,
                                                              Batch &wanted) {
        *refusal = refusalOfGets(replies, 1, queue->links());
        if (*refusal || replies[WatchedTry::kFirstRead].bytes() != fence.value) return false;
        const Bytes lease = bulkscript::leaseKeyOf(fence);
        if (time.count() == 0) {
            wanted.add({"UNLINK", lease, fence.key});
            return true;
        }
        wanted.add({"PEXPIRE", fence.key, bulkscript::kFenceMemoryMs});
        if (by == FencedBy::Store)
            wanted.add({"SET", lease, fence.value, "PX", std::to_string(time.count())});
        return true;
    };
    work.done = [queue = m_queue, refusal, done = std::move(done)](const Result<End> &end,
                                                                   const ReplyView &exec) {
        if (!end) return done(failure(end.error()));
        if (*end == End::Partly) *refusal = refusalInExec(exec, queue->links());
        if (*refusal) return done(failure(**refusal));
        done(*end == End::Done);
    };
    m_queue->add(std::move(work));
}

void WatchChanges::release(const BulkFence &fence, Callback<bool> done)
{
    renew(fence, std::chrono::milliseconds(0), FencedBy::Store, std::move(done));
}

} // namespace kvscope
