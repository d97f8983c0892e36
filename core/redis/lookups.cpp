// Hits and misses that our own calls caused, read off the replies by each command's rule.
#include "core/redis/command.h"
#include "core/redis/reply.h"

namespace kvscope {
namespace {

void count(Lookups &lookups, bool hit)
{
    ++(hit ? lookups.hits : lookups.misses);
}

/// A page: the array itself, or SCAN's second field; or a string.
bool isEmptyPage(const ReplyView &reply)
{
    if (!reply.isArray()) return reply.bytes().empty();
    if (reply.size() == 2 && reply[1].isArray()) return reply[1].size() == 0;
    return reply.size() == 0;
}

void countOutOfAll(Lookups &lookups, const ReplyView &reply, std::uint32_t named)
{
    const auto found = static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer()));
    lookups.hits += std::min<std::uint64_t>(found, named);
    lookups.misses += named - std::min<std::uint64_t>(found, named);
}

void countOne(Lookups &lookups, const Batch::Entry &command, const ReplyView &reply)
{
    if (command.traits.lookup == LookupRule::None) return;
    if (reply.isError()) {
        // The key was found and had another type, or OBJECT FREQ or IDLETIME don't go with the
        // server's policy; any other refusal came before the lookup.
        if (reply.bytes().starts_with("WRONGTYPE") ||
            reply.bytes().starts_with("ERR An LFU maxmemory policy"))
            ++lookups.hits;
        return;
    }
    switch (command.traits.lookup) {
    case LookupRule::None:
        break;
    case LookupRule::NilMisses:
        count(lookups, !reply.isNil());
        break;
    case LookupRule::EachElement:
        for (const ReplyView element : reply) count(lookups, !element.isNil());
        break;
    case LookupRule::ZeroMisses:
        count(lookups, reply.integer() != 0);
        break;
    case LookupRule::OutOfAll:
        countOutOfAll(lookups, reply, command.arguments);
        break;
    case LookupRule::NoneMisses:
        count(lookups, reply.bytes() != "none");
        break;
    case LookupRule::MinusTwo:
        count(lookups, reply.integer() != -2);
        break;
    case LookupRule::EmptyMisses:
        count(lookups, !isEmptyPage(reply));
        break;
    }
}

} // namespace

Lookups lookupsOf(const Batch &batch, const Replies &replies)
{
    Lookups lookups;
    const std::size_t size = std::min(batch.size(), replies.size());
    for (std::size_t i = 0; i < size; ++i) countOne(lookups, batch[i], replies[i]);
    return lookups;
}

} // namespace kvscope
