// BulkScript: two scripts, one for strings and one for hashes.
//
// The version is compared as text, never as a Lua number, which is a double: whole numbers by
// length and then digit by digit, times of the same shape and without a zone byte by byte. In a
// JSON text the version is found only where ValueTemplate puts it, as the last member of an object;
// a quote inside a JSON string is always escaped, so `,"_v":` can't be found inside one. Whatever
// else there is, is undecided: the job then reads the entry and compares it itself.
//
// Answers: 0 written over nothing, 1 written over an older one, 2 kept, 3 undecided, 4 another
// type.
#include "core/store/bulkscript.h"

#include <QCryptographicHash>

namespace kvscope::bulkscript {
namespace {

// Of `have` and `version`: sets `is` to whether the first is older, or leaves it nil.
const char *const kCompare = R"lua(
  local is
  if have == version then
    is = false
  elseif (string.find(have, '^[1-9]%d*$') or have == '0')
      and (string.find(version, '^[1-9]%d*$') or version == '0') then
    if #have ~= #version then is = #have < #version else is = have < version end
  else
    local day = '^%d%d%d%d%-%d%d%-%d%d'
    if string.find(have, day) and not string.find(have, '[+-]', 11)
        and string.find(version, day) and not string.find(version, '[+-]', 11)
        and string.gsub(have, '%d', '0') == string.gsub(version, '%d', '0') then
      is = have < version
    end
  end
  if is == nil then return 3 end
  if not is then return 2 end
)lua";

const char *const kString = R"lua(
local key, new, ttl, version, companion = KEYS[1], ARGV[1], ARGV[2], ARGV[3], KEYS[2]
local old = redis.pcall('GET', key)
if type(old) == 'table' then return 4 end
if old then
  local have
  if companion then
    have = redis.pcall('GET', companion)
    if type(have) ~= 'string' then return 3 end
  else
    local token, at, from = ',"' .. ARGV[4] .. '":', nil, 1
    repeat
      local found, behind = string.find(old, token, from, true)
      if found then at, from = behind + 1, behind + 1 end
    until not found
    if not at then return 3 end
    have = string.match(old, '^(%d+)}$', at) or string.match(old, '^"([^"\\]*)"}$', at)
    if not have then return 3 end
  end
)lua";

const char *const kPutString = R"lua(
end
if ttl ~= '0' then
  redis.call('SET', key, new, 'PX', ttl)
  if companion then redis.call('SET', companion, version, 'PX', ttl) end
elseif old then
  redis.call('SET', key, new, 'KEEPTTL')
  if companion then redis.call('SET', companion, version, 'KEEPTTL') end
else
  redis.call('SET', key, new)
  if companion then redis.call('SET', companion, version) end
end
if old then return 1 end
return 0
)lua";

const char *const kHash = R"lua(
local key, ttl, version, field, guard = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kind = redis.call('TYPE', key)['ok']
local there = kind ~= 'none'
if there then
  if guard == 'absent' then return 2 end
  if kind ~= 'hash' then return 4 end
  local have = redis.call('HGET', key, field)
  if not have then return 3 end
)lua";

const char *const kPutHash = R"lua(
end
local left = -1
if there then
  if ttl == '0' then left = redis.call('PTTL', key) end
  redis.call('UNLINK', key)
end
redis.call('HSET', key, unpack(ARGV, 5))
if ttl ~= '0' then redis.call('PEXPIRE', key, ttl)
elseif left > 0 then redis.call('PEXPIRE', key, left) end
if there then return 1 end
return 0
)lua";

struct Script
{
    Bytes text;
    Bytes sha;

    Script(const char *look, const char *put) : text(Bytes(look) + kCompare + put)
    {
        sha = QCryptographicHash::hash(QByteArrayView(text), QCryptographicHash::Sha1)
                  .toHex()
                  .toStdString();
    }
};

const Script &scriptFor(BulkShape shape)
{
    static const Script string(kString, kPutString);
    static const Script hash(kHash, kPutHash);
    return shape == BulkShape::String ? string : hash;
}

} // namespace

void addLoad(Batch &batch, BulkShape shape)
{
    batch.add({"SCRIPT", "LOAD", scriptFor(shape).text});
}

void add(Batch &batch, const BulkItem &item, const BulkWriteOptions &options, By by)
{
    const Script &script = scriptFor(options.shape);
    const BytesView run = by == By::Sha ? "EVALSHA" : "EVAL";
    const Bytes &named = by == By::Sha ? script.sha : script.text;
    const Bytes ttl = std::to_string(item.ttlMs);
    if (options.shape == BulkShape::Hash) {
        std::vector<BytesView> argv{run,
                                    named,
                                    "1",
                                    item.key,
                                    ttl,
                                    item.version,
                                    options.versionField,
                                    options.guard == BulkGuard::Absent ? "absent" : "older"};
        argv.insert(argv.end(), item.fields.begin(), item.fields.end());
        batch.add(argv);
    } else if (options.companion) {
        const Bytes companion = Bytes(item.key) + ':' + options.versionField;
        batch.add({run, named, "2", item.key, companion, item.value, ttl, item.version,
                   options.versionField});
    } else {
        batch.add({run, named, "1", item.key, item.value, ttl, item.version, options.versionField});
    }
}

BulkOutcome outcomeOf(std::int64_t answer)
{
    switch (answer) {
    case 0:
    case 1:
        return BulkOutcome::Written;
    case 2:
        return BulkOutcome::Kept;
    case 3:
        return BulkOutcome::Undecided;
    default:
        return BulkOutcome::OtherType;
    }
}

std::int64_t commandsOf(std::int64_t answer, const BulkWriteOptions &options, bool withTtl)
{
    const bool over = answer == 1;
    const bool written = answer == 0 || over;
    if (options.shape == BulkShape::String) {
        const std::int64_t reads = options.companion && answer != 0 && answer != 4 ? 2 : 1;
        const std::int64_t writes = !written ? 0 : options.companion ? 2 : 1;
        return 1 + reads + writes;
    }
    const std::int64_t reads = answer == 0 || answer == 4          ? 1
                               : options.guard == BulkGuard::Older ? 2
                                                                   : 1;
    if (!written) return 1 + reads;
    return 1 + reads + (over ? 1 : 0) + 1 + (withTtl || over ? 1 : 0);
}

} // namespace kvscope::bulkscript
