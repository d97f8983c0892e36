// CasScript: one script for put, remove and expiry, so that there is one text to remember.
//
// A script can't be interrupted, so what it compared still holds when it writes. KEEPTTL (6.0+)
// keeps the expiry to the millisecond without naming it; where it is unknown, PTTL is put back.
// TYPE, GET and PTTL count as lookups: the script says how many, to be taken out of the hit ratio.
#include "core/store/casscript.h"

#include <QCryptographicHash>

namespace kvscope::casscript {
namespace {

const char *const kSource = R"lua(local key = KEYS[1]
local action, expect, expected, value, expiry, ttl = unpack(ARGV)
local kind = redis.call('TYPE', key)['ok']
local there = kind ~= 'none'
local hits, misses = 0, 0
local function looked() if there then hits = hits + 1 else misses = misses + 1 end end
looked()
local current = false
local function answer(verdict)
  local left = -1
  if there then left = redis.call('PTTL', key) looked() end
  return {verdict, left, hits, misses, current}
end
if expect == 'absent' then
  if there then
    if kind == 'string' then current = redis.call('GET', key) looked() end
    return answer('conflict')
  end
elseif expect == 'exactly' then
  if not there then return answer('missing') end
  if kind ~= 'string' then return answer('wrongtype') end
  local held = redis.call('GET', key) looked()
  if held ~= expected then current = held return answer('conflict') end
end
if action == 'put' then
  if expiry == 'set' then
    redis.call('SET', key, value, 'PX', ttl)
  elseif expiry == 'keep' and there then
    local reply = redis.pcall('SET', key, value, 'KEEPTTL')
    if reply['err'] then
      if not string.find(reply['err'], 'syntax') then return reply end
      local left = redis.call('PTTL', key) looked()
      redis.call('SET', key, value)
      if left > 0 then redis.call('PEXPIRE', key, left) end
    end
  else
    redis.call('SET', key, value)
  end
  there = true
elseif not there then
  return answer('missing')
elseif action == 'remove' then
  redis.call('UNLINK', key)
  there = false
elseif expiry == 'set' then
  redis.call('PEXPIRE', key, ttl)
elseif expiry == 'none' then
  redis.call('PERSIST', key)
end
return answer('applied')
)lua";

BytesView actionName(WriteRequest::Action action)
{
    switch (action) {
    case WriteRequest::Action::Put:
        return "put";
    case WriteRequest::Action::Remove:
        return "remove";
    case WriteRequest::Action::ExpiryOnly:
        return "expiry";
    }
    return {};
}

BytesView expectedName(ExpectedValue::Kind kind)
{
    switch (kind) {
    case ExpectedValue::Kind::Any:
        return "any";
    case ExpectedValue::Kind::Absent:
        return "absent";
    case ExpectedValue::Kind::Exactly:
        return "exactly";
    case ExpectedValue::Kind::Version:
        break;
    }
    return {};
}

BytesView expiryName(ExpiryChange::Kind kind)
{
    switch (kind) {
    case ExpiryChange::Kind::Keep:
        return "keep";
    case ExpiryChange::Kind::None:
        return "none";
    case ExpiryChange::Kind::Set:
        return "set";
    }
    return {};
}

Verdict verdictOf(BytesView word)
{
    if (word == "conflict") return Verdict::Conflict;
    if (word == "missing") return Verdict::Missing;
    if (word == "wrongtype") return Verdict::WrongType;
    return Verdict::Applied;
}

} // namespace

const Bytes &source()
{
    static const Bytes text(kSource);
    return text;
}

const Bytes &sha()
{
    static const Bytes hex =
        QCryptographicHash::hash(QByteArrayView(source()), QCryptographicHash::Sha1)
            .toHex()
            .toStdString();
    return hex;
}

void add(Batch &batch, const WriteRequest &request, By by)
{
    const Bytes ttl = std::to_string(request.expiry.ttlMs);
    batch.add({by == By::Sha ? "EVALSHA" : "EVAL", by == By::Sha ? sha() : source(), "1",
               request.key, actionName(request.action), expectedName(request.expected.kind),
               request.expected.bytes, request.value, expiryName(request.expiry.kind), ttl});
}

Answer parse(const ReplyView &reply)
{
    Answer answer;
    answer.verdict = verdictOf(reply[0].bytes());
    const std::int64_t left = reply[1].integer(-1);
    if (left >= 0) answer.ttlMs = left;
    answer.lookups.hits = static_cast<std::uint64_t>(reply[2].integer());
    answer.lookups.misses = static_cast<std::uint64_t>(reply[3].integer());
    if (reply[4].isBytes()) answer.current = Bytes(reply[4].bytes());
    return answer;
}

bool isUnknownScript(const ReplyView &reply)
{
    return reply.isError() && reply.bytes().starts_with("NOSCRIPT");
}

bool isRefused(const ReplyView &reply)
{
    if (!reply.isError()) return false;
    const BytesView words = reply.bytes();
    // "… to run the 'evalsha' command": a key this user may not touch says "access one of the
    // keys".
    if (words.starts_with("NOPERM")) return words.find("eval") != BytesView::npos;
    // The server no longer knows the command (rename-command), or never did.
    return words.starts_with("ERR unknown command") && words.find("eval") != BytesView::npos;
}

} // namespace kvscope::casscript
