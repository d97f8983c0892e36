// BulkChangeScript: four scripts.
//
// A change is checked whole before anything is written. Values of any type are compared by the
// SHA-1 of their DUMP, so that a large one does not travel again; an expiry is compared as the
// absolute time it is (PEXPIRETIME, 7.0+; before that by what is left of it, to 2 ms).
#include "core/store/bulkchangescript.h"

#include <QCryptographicHash>

#include <array>
#include <memory>

namespace kvscope::bulkscript {
namespace {

// When a key expires, in milliseconds since 1970 UTC; 0: never. And how exact that is.
const char *const kExpiry = R"lua(
local function expiry(key)
  local at = redis.pcall('PEXPIRETIME', key)
  if type(at) == 'number' then return at < 0 and 0 or at, 0 end
  local left = redis.call('PTTL', key)
  if left < 0 then return 0, 0 end
  local now = redis.call('TIME')
  return now[1] * 1000 + math.floor(now[2] / 1000) + left, 2
end
)lua";

// ARGV: number of keys, the fence's value; then for each key: what is expected, when it expires or
// '', how many words follow and they; what to do, when it expires then, how many words, and they.
// Answers: 1 applied, 0 not as expected, 2 fenced.
const char *const kChange = R"lua(
local n = tonumber(ARGV[1])
if #KEYS > n and redis.call('GET', KEYS[n + 1]) ~= ARGV[2] then return 2 end
local function holds(key, kind, first, count)
  local held = redis.call('TYPE', key)['ok']
  if kind == 'absent' then return held == 'none' end
  if kind == 'dump' then
    return held ~= 'none' and redis.sha1hex(redis.call('DUMP', key)) == ARGV[first]
  end
  if held ~= kind then return false end
  if kind == 'string' then return redis.call('GET', key) == ARGV[first] end
  if redis.call('HLEN', key) * 2 ~= count then return false end
  for i = first, first + count - 1, 2 do
    if redis.call('HGET', key, ARGV[i]) ~= ARGV[i + 1] then return false end
  end
  return true
end
local at = 3
local plan = {}
for i = 1, n do
  local key, kind, when, count = KEYS[i], ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  if not holds(key, kind, at + 3, count) then return 0 end
  if when ~= '' and kind ~= 'absent' then
    local is, slack = expiry(key)
    if math.abs(is - tonumber(when)) > slack then return 0 end
  end
  plan[i] = at + 3 + count
  at = plan[i] + 3 + tonumber(ARGV[plan[i] + 2])
end
for i = 1, n do
  local key, from = KEYS[i], plan[i]
  local action, when, count = ARGV[from], ARGV[from + 1], tonumber(ARGV[from + 2])
  local first, last = from + 3, from + 2 + count
  if action == 'remove' then
    redis.call('UNLINK', key)
  else
    if action == 'string' then
      redis.call('SET', key, ARGV[first])
    elseif action == 'hash' then
      redis.call('UNLINK', key)
      for f = first, last, 1000 do redis.call('HSET', key, unpack(ARGV, f, math.min(f + 999, last))) end
    elseif action == 'dump' then
      redis.call('RESTORE', key, 0, ARGV[first], 'REPLACE')
    elseif when == '0' then
      redis.call('PERSIST', key)
    end
    if when ~= '0' then redis.call('PEXPIREAT', key, when) end
  end
end
return 1
)lua";

// Of KEYS; ARGV: how many bytes one may take. Others than the first are not read once those before
// them take more than that.
const char *const kImages = R"lua(
local most, total, out = tonumber(ARGV[1]), 0, {}
local function payload(key, kind)
  if kind == 'string' then
    return redis.call('STRLEN', key) <= most and redis.call('GET', key)
  end
  local used = redis.pcall('MEMORY', 'USAGE', key)
  if type(used) == 'number' and used > 2 * most then return false end
  local dump = redis.call('DUMP', key)
  return #dump <= most and dump
end
for i, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key)['ok']
  if kind == 'none' then
    out[i] = {'none', '', '0'}
  elseif total > most then
    out[i] = {'later', '', '0'}
  else
    local bytes = payload(key, kind)
    if bytes then
      total = total + #bytes
      out[i] = {kind, bytes, string.format('%.0f', (expiry(key)))}
    else
      out[i] = {'large', '', '0'}
    end
  end
end
return out
)lua";

// KEYS: lease, fence. ARGV: owner, work, milliseconds, how long the fence is remembered, a token
// from elsewhere or ''. Both keys hold `TOKEN WORK OWNER`.
const char *const kClaim = R"lua(
local owner, work, time, memory, token = unpack(ARGV)
local last = redis.call('GET', KEYS[2])
local number = last and tonumber(string.match(last, '^%d+')) or 0
local function sameWork(text) return string.match(text, '^%d+ (%S+) ') == work end
if token == '' then
  local holder = redis.call('GET', KEYS[1])
  if holder and not sameWork(holder) then return {0, holder} end
  number = number + 1
else
  if number > tonumber(token) then return {0, last} end
  number = tonumber(token)
end
local value = string.format('%.0f', number) .. ' ' .. work .. ' ' .. owner
redis.call('SET', KEYS[2], value, 'PX', memory)
if token == '' then redis.call('SET', KEYS[1], value, 'PX', time) end
return {1, value}
)lua";

// KEYS: lease, fence. ARGV: value, milliseconds ('0': let go of it), how long the fence is kept.
// A lease that expired while nobody else took it is simply taken again.
const char *const kRenew = R"lua(
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then
  redis.call('UNLINK', KEYS[1], KEYS[2])
else
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  if ARGV[4] == 'lease' then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
end
return 1
)lua";

struct Script
{
    Bytes text;
    Bytes sha;

    explicit Script(Bytes body) : text(std::move(body))
    {
        sha = QCryptographicHash::hash(QByteArrayView(text), QCryptographicHash::Sha1)
                  .toHex()
                  .toStdString();
    }
};

struct Scripts
{
    Script change{Bytes(kExpiry) + kChange};
    Script image{Bytes(kExpiry) + kImages};
    Script claim{kClaim};
    Script renew{kRenew};
};

const Scripts &scripts()
{
    static const Scripts all;
    return all;
}

BytesView runOf(By by)
{
    return by == By::Sha ? "EVALSHA" : "EVAL";
}

BytesView nameOf(const Script &script, By by)
{
    return by == By::Sha ? script.sha : script.text;
}

const char *nameOf(BulkStep::Expect expect)
{
    static constexpr std::array kNames{"absent", "string", "hash", "dump"};
    return kNames[static_cast<std::size_t>(expect)];
}

const char *nameOf(BulkStep::Action action)
{
    static constexpr std::array kNames{"remove", "string", "hash", "dump", "expire"};
    return kNames[static_cast<std::size_t>(action)];
}

// Numbers and digests that a command's words point into.
class Words
{
  public:
    BytesView keep(Bytes text)
    {
        return *m_kept.emplace_back(std::make_unique<Bytes>(std::move(text)));
    }
    BytesView number(std::int64_t value) { return keep(std::to_string(value)); }

  private:
    std::vector<std::unique_ptr<Bytes>> m_kept;
};

void addExpected(std::vector<BytesView> &argv, const BulkStep &step, Words &words)
{
    argv.push_back(nameOf(step.expect));
    argv.push_back(step.expectedExpiryMs == BulkStep::kAnyExpiry
                       ? BytesView()
                       : words.number(step.expectedExpiryMs));
    switch (step.expect) {
    case BulkStep::Expect::Absent:
        argv.push_back("0");
        return;
    case BulkStep::Expect::String:
        argv.insert(argv.end(), {"1", step.expected});
        return;
    case BulkStep::Expect::Hash:
        argv.push_back(words.number(static_cast<std::int64_t>(step.expectedFields.size())));
        argv.insert(argv.end(), step.expectedFields.begin(), step.expectedFields.end());
        return;
    case BulkStep::Expect::Dump:
        break;
    }
    argv.push_back("1");
    argv.push_back(words.keep(
        QCryptographicHash::hash(
            QByteArrayView(step.expected.data(), static_cast<qsizetype>(step.expected.size())),
            QCryptographicHash::Sha1)
            .toHex()
            .toStdString()));
}

void addAction(std::vector<BytesView> &argv, const BulkStep &step, Words &words)
{
    argv.push_back(nameOf(step.action));
    argv.push_back(words.number(step.expiresAtMs));
    switch (step.action) {
    case BulkStep::Action::PutString:
    case BulkStep::Action::Restore:
        argv.insert(argv.end(), {"1", step.value});
        return;
    case BulkStep::Action::PutHash:
        argv.push_back(words.number(static_cast<std::int64_t>(step.fields.size())));
        argv.insert(argv.end(), step.fields.begin(), step.fields.end());
        return;
    case BulkStep::Action::Remove:
    case BulkStep::Action::Expire:
        break;
    }
    argv.push_back("0");
}

} // namespace

Bytes leaseKeyOf(BytesView name)
{
    return Bytes("kvscope:lease:").append(name);
}

Bytes leaseKeyOf(const BulkFence &fence)
{
    return leaseKeyOf(BytesView(fence.key).substr(std::min(kFencePrefix.size(), fence.key.size())));
}

std::size_t addChangeLoads(Batch &batch, By by)
{
    if (by == By::Text) return 0;
    const std::size_t before = batch.size();
    for (const Script *script :
         {&scripts().change, &scripts().image, &scripts().claim, &scripts().renew})
        batch.add({"SCRIPT", "LOAD", script->text});
    return batch.size() - before;
}

void addChange(Batch &batch, BulkChange change, const BulkFence &fence, By by)
{
    Words words;
    const std::size_t keys = change.size() + (fence.key.empty() ? 0 : 1);
    std::vector<BytesView> argv{runOf(by), nameOf(scripts().change, by),
                                words.number(static_cast<std::int64_t>(keys))};
    for (const BulkStep &step : change) argv.push_back(step.key);
    if (!fence.key.empty()) argv.push_back(fence.key);
    argv.push_back(words.number(static_cast<std::int64_t>(change.size())));
    argv.push_back(fence.value);
    for (const BulkStep &step : change) {
        addExpected(argv, step, words);
        addAction(argv, step, words);
    }
    batch.add(argv);
}

void addImages(Batch &batch, const KeyBatch &keys, std::size_t first, std::size_t count, By by)
{
    const Bytes number = std::to_string(count);
    const Bytes most = std::to_string(BulkImage::kMostBytes);
    std::vector<BytesView> argv{runOf(by), nameOf(scripts().image, by), number};
    for (std::size_t i = 0; i < count; ++i) argv.push_back(keys[first + i]);
    argv.push_back(most);
    batch.add(argv);
}

void addClaim(Batch &batch, const BulkClaim &claim, By by)
{
    const Bytes fence = Bytes(kFencePrefix) + claim.name;
    const Bytes time = std::to_string(claim.time.count());
    const Bytes token = claim.token ? std::to_string(*claim.token) : Bytes();
    batch.add({runOf(by), nameOf(scripts().claim, by), "2", leaseKeyOf(BytesView(claim.name)),
               fence, claim.owner, claim.work, time, kFenceMemoryMs, token});
}

void addRenew(Batch &batch, const BulkFence &fence, std::chrono::milliseconds time,
              FencedBy fencedBy, By by)
{
    batch.add({runOf(by), nameOf(scripts().renew, by), "2", leaseKeyOf(fence), fence.key,
               fence.value, std::to_string(time.count()), kFenceMemoryMs,
               fencedBy == FencedBy::Store ? BytesView("lease") : BytesView("elsewhere")});
}

void addRelease(Batch &batch, const BulkFence &fence, By by)
{
    batch.add({runOf(by), nameOf(scripts().renew, by), "2", leaseKeyOf(fence), fence.key,
               fence.value, "0", kFenceMemoryMs, "lease"});
}

BulkChanged changedOf(const ReplyView &reply)
{
    if (reply.isError()) {
        const BytesView words = reply.bytes();
        const bool within = words.find("user_script") != BytesView::npos ||        // 7.0+
                            words.find("Error running script") != BytesView::npos; // before
        return within ? BulkChanged::Applied : BulkChanged::Refused;
    }
    if (!reply.isInteger()) return BulkChanged::Refused;
    switch (reply.integer()) {
    case 1:
        return BulkChanged::Applied;
    case 2:
        return BulkChanged::Fenced;
    default:
        return BulkChanged::Conflict;
    }
}

BulkImage imageOf(const ReplyView &reply)
{
    BulkImage image;
    const BytesView kind = reply[0].bytes();
    if (kind == "none") return image;
    if (kind == "large" || kind == "later") {
        image.kind = kind == "large" ? BulkImage::Kind::TooLarge : BulkImage::Kind::NotRead;
        return image;
    }
    image.kind = kind == "string" ? BulkImage::Kind::String : BulkImage::Kind::Dump;
    image.payload = Bytes(reply[1].bytes());
    image.expiresAtMs = reply[2].integer();
    return image;
}

BulkGrant grantOf(const ReplyView &reply, const BulkClaim &claim)
{
    BulkGrant grant;
    grant.granted = reply[0].integer() == 1;
    if (grant.granted)
        grant.fence = {Bytes(kFencePrefix) + claim.name, Bytes(reply[1].bytes())};
    else
        grant.holder = Bytes(reply[1].bytes());
    return grant;
}

} // namespace kvscope::bulkscript
