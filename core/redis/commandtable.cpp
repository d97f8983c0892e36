// What we know of Redis' commands. Everything that is not named here counts as a write.
#include "core/redis/commandtable.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace kvscope {
namespace {

using enum LookupRule;
using enum CommandFamily;

struct Known
{
    std::string_view name; // lower case; `config|get` for a subcommand
    LookupRule lookup = None;
    CommandFamily family = Other;
};

// Commands that change nothing, sorted by name. A name with `|` is allowed with that subcommand
// only. SORT, GEORADIUS and BITFIELD are absent because they can store; GETEX because it changes a
// TTL; EVAL because a script may do anything; PUBLISH because others act on it.
constexpr Known kReads[] = {
    {"acl|cat"},
    {"acl|dryrun"},
    {"acl|genpass"},
    {"acl|getuser"},
    {"acl|help"},
    {"acl|list"},
    {"acl|users"},
    {"acl|whoami"},
    {"asking"},
    {"auth"},
    {"bitcount", ZeroMisses, Reads},
    {"bitfield_ro", None, Reads},
    {"bitpos", None, Reads},
    {"client|caching"},
    {"client|getname"},
    {"client|getredir"},
    {"client|help"},
    {"client|id"},
    {"client|info"},
    {"client|list"},
    {"client|no-evict"},
    {"client|no-touch"},
    {"client|reply"},
    {"client|setinfo"},
    {"client|setname"},
    {"client|tracking"},
    {"client|trackinginfo"},
    {"cluster|countkeysinslot"},
    {"cluster|getkeysinslot"},
    {"cluster|info"},
    {"cluster|keyslot"},
    {"cluster|links"},
    {"cluster|myid"},
    {"cluster|nodes"},
    {"cluster|replicas"},
    {"cluster|shards"},
    {"cluster|slots"},
    {"command"},
    {"command|count"},
    {"command|docs"},
    {"command|getkeys"},
    {"command|getkeysandflags"},
    {"command|info"},
    {"command|list"},
    {"config|get"},
    {"config|help"},
    {"dbsize"},
    {"discard"},
    {"dump", NilMisses, Reads},
    {"echo"},
    {"eval_ro"},
    {"evalsha_ro"},
    {"exec"},
    {"exists", OutOfAll, Reads},
    {"expiretime", MinusTwo, Reads},
    {"fcall_ro"},
    {"function|dump"},
    {"function|list"},
    {"function|stats"},
    {"geodist", NilMisses, Reads},
    {"geohash", None, Reads},
    {"geopos", None, Reads},
    {"georadius_ro", EmptyMisses, Reads},
    {"georadiusbymember_ro", EmptyMisses, Reads},
    {"geosearch", EmptyMisses, Reads},
    {"get", NilMisses, Reads},
    {"getbit", None, Reads},
    {"getrange", EmptyMisses, Reads},
    {"hello"},
    {"hexists", ZeroMisses, Reads},
    {"hget", NilMisses, Reads},
    {"hgetall", EmptyMisses, Reads},
    {"hkeys", EmptyMisses, Reads},
    {"hlen", ZeroMisses, Reads},
    {"hmget", None, Reads},
    {"hrandfield", None, Reads},
    {"hscan", EmptyMisses, Scans},
    {"hstrlen", ZeroMisses, Reads},
    {"hvals", EmptyMisses, Reads},
    {"info"},
    {"keys", None, Scans},
    {"lastsave"},
    {"latency|doctor"},
    {"latency|graph"},
    {"latency|help"},
    {"latency|histogram"},
    {"latency|history"},
    {"latency|latest"},
    {"lcs", None, Reads},
    {"lindex", NilMisses, Reads},
    {"llen", ZeroMisses, Reads},
    {"lolwut"},
    {"lpos", NilMisses, Reads},
    {"lrange", EmptyMisses, Reads},
    {"memory|doctor"},
    {"memory|help"},
    {"memory|malloc-stats"},
    {"memory|stats"},
    {"memory|usage", None, Reads},
    {"mget", EachElement, Reads},
    {"module|list"},
    {"monitor"},
    {"multi"},
    {"object|encoding", NilMisses, Reads},
    {"object|freq", NilMisses, Reads},
    {"object|help"},
    {"object|idletime", NilMisses, Reads},
    {"object|refcount", NilMisses, Reads},
    {"pexpiretime", MinusTwo, Reads},
    {"pfcount", None, Reads},
    {"ping"},
    {"psubscribe"},
    {"pttl", MinusTwo, Reads},
    {"pubsub|channels"},
    {"pubsub|numpat"},
    {"pubsub|numsub"},
    {"punsubscribe"},
    {"quit"},
    {"randomkey", None, Reads},
    {"readonly"},
    {"readwrite"},
    {"reset"},
    {"role"},
    {"scan", None, Scans},
    {"scard", ZeroMisses, Reads},
    {"script|exists"},
    {"script|help"},
    {"sdiff", EmptyMisses, Reads},
    {"select"},
    {"sinter", EmptyMisses, Reads},
    {"sintercard", None, Reads},
    {"sismember", ZeroMisses, Reads},
    {"slowlog|get"},
    {"slowlog|help"},
    {"slowlog|len"},
    {"smembers", EmptyMisses, Reads},
    {"smismember", None, Reads},
    {"sort_ro", EmptyMisses, Reads},
    {"srandmember", None, Reads},
    {"sscan", EmptyMisses, Scans},
    {"ssubscribe"},
    {"strlen", ZeroMisses, Reads},
    {"subscribe"},
    {"substr", EmptyMisses, Reads},
    {"sunion", None, Reads},
    {"sunsubscribe"},
    {"time"},
    {"touch", OutOfAll, Reads},
    {"ttl", MinusTwo, Reads},
    {"type", NoneMisses, Reads},
    {"unsubscribe"},
    {"unwatch"},
    {"wait"},
    {"watch"},
    {"xinfo|consumers", None, Reads},
    {"xinfo|groups", None, Reads},
    {"xinfo|help"},
    {"xinfo|stream", None, Reads},
    {"xlen", ZeroMisses, Reads},
    {"xpending", None, Reads},
    {"xrange", EmptyMisses, Reads},
    {"xread", None, Reads},
    {"xrevrange", EmptyMisses, Reads},
    {"zcard", ZeroMisses, Reads},
    {"zcount", None, Reads},
    {"zdiff", None, Reads},
    {"zinter", None, Reads},
    {"zintercard", None, Reads},
    {"zlexcount", None, Reads},
    {"zmscore", None, Reads},
    {"zrandmember", None, Reads},
    {"zrange", EmptyMisses, Reads},
    {"zrangebylex", EmptyMisses, Reads},
    {"zrangebyscore", EmptyMisses, Reads},
    {"zrank", NilMisses, Reads},
    {"zrevrange", EmptyMisses, Reads},
    {"zrevrangebylex", EmptyMisses, Reads},
    {"zrevrangebyscore", EmptyMisses, Reads},
    {"zrevrank", NilMisses, Reads},
    {"zscan", EmptyMisses, Scans},
    {"zscore", NilMisses, Reads},
    {"zunion", None, Reads},
};

// Writes to keys, for the family of percentiles alone. GETEX and GETDEL read as much as they write.
constexpr std::string_view kWrites[] = {
    "append",
    "bitfield",
    "bitop",
    "blmove",
    "blmpop",
    "blpop",
    "brpop",
    "brpoplpush",
    "bzmpop",
    "bzpopmax",
    "bzpopmin",
    "copy",
    "decr",
    "decrby",
    "del",
    "expire",
    "expireat",
    "flushall",
    "flushdb",
    "geoadd",
    "getdel",
    "getex",
    "getset",
    "hdel",
    "hexpire",
    "hincrby",
    "hincrbyfloat",
    "hmset",
    "hset",
    "hsetnx",
    "incr",
    "incrby",
    "incrbyfloat",
    "linsert",
    "lmove",
    "lmpop",
    "lpop",
    "lpush",
    "lpushx",
    "lrem",
    "lset",
    "ltrim",
    "move",
    "mset",
    "msetnx",
    "persist",
    "pexpire",
    "pexpireat",
    "pfadd",
    "pfmerge",
    "psetex",
    "rename",
    "renamenx",
    "restore",
    "rpop",
    "rpoplpush",
    "rpush",
    "rpushx",
    "sadd",
    "sdiffstore",
    "set",
    "setbit",
    "setex",
    "setnx",
    "setrange",
    "sinterstore",
    "smove",
    "spop",
    "srem",
    "sunionstore",
    "unlink",
    "xack",
    "xadd",
    "xautoclaim",
    "xclaim",
    "xdel",
    "xtrim",
    "zadd",
    "zdiffstore",
    "zincrby",
    "zinterstore",
    "zpopmax",
    "zpopmin",
    "zrangestore",
    "zrem",
    "zremrangebylex",
    "zremrangebyrank",
    "zremrangebyscore",
    "zunionstore",
};

constexpr std::string_view kContainers[] = {"acl",      "client",  "cluster", "command", "config",
                                            "function", "latency", "memory",  "module",  "object",
                                            "pubsub",   "script",  "slowlog", "xgroup",  "xinfo"};

static_assert(std::ranges::is_sorted(kReads, {}, &Known::name));
static_assert(std::ranges::is_sorted(kWrites));
static_assert(std::ranges::is_sorted(kContainers));

constexpr std::size_t kLongestName = 40; // "cluster|countkeysinslot" is 23

/// `NAME` or `NAME|SUB` in lower case; empty when it is longer than any command we know.
struct LowerName
{
    std::array<char, kLongestName> text;
    std::size_t size = 0;

    void append(BytesView part)
    {
        if (size + part.size() > text.size()) {
            size = 0;
            return;
        }
        for (const char c : part) {
            text[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    operator std::string_view() const { return {text.data(), size}; }
};

const Known *findRead(std::string_view name)
{
    const auto found = std::ranges::lower_bound(kReads, name, {}, &Known::name);
    return found != std::end(kReads) && found->name == name ? found : nullptr;
}

} // namespace

bool isContainerCommand(BytesView name)
{
    LowerName lower;
    lower.append(name);
    return std::ranges::binary_search(kContainers, std::string_view(lower));
}

CommandTraits commandTraits(BytesView name, BytesView firstArgument)
{
    LowerName lower;
    lower.append(name);
    if (std::ranges::binary_search(kContainers, std::string_view(lower)) &&
        !firstArgument.empty()) {
        lower.append("|");
        lower.append(firstArgument);
    }
    const Known *known = findRead(lower);
    return known ? CommandTraits{false, known->lookup} : CommandTraits{};
}

CommandFamily commandFamily(BytesView command)
{
    LowerName lower;
    lower.append(command);
    if (const Known *known = findRead(lower)) return known->family;
    return std::ranges::binary_search(kWrites, std::string_view(lower)) ? Writes : Other;
}

std::string_view commandFamilyName(CommandFamily family)
{
    switch (family) {
    case Reads:
        return "reads";
    case Writes:
        return "writes";
    case Scans:
        return "scans";
    case Other:
        break;
    }
    return "other";
}

} // namespace kvscope
