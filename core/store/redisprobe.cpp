// RedisProbe: harmless commands, asked in one burst.
#include "core/store/redisprobe.h"

#include "core/redis/serverinfo.h"

#include <QRandomGenerator>

#include <algorithm>

namespace kvscope::redisprobe {
namespace {

enum Question : std::size_t {
    Info,
    Scan,
    MemoryUsage,
    Dump,
    Histogram,
    Script,
    Load,
    Set,
    Unlink,
    Expire
};
constexpr auto kWrites = {Set, Unlink, Expire};

// No server has a script by this name: NOSCRIPT means that scripts may be run.
constexpr BytesView kNoScript = "0000000000000000000000000000000000000000";

enum class Refused : std::uint8_t { No, Command, Key };

Refused refusedIn(const ReplyView &reply)
{
    if (!reply.isError() || !reply.bytes().starts_with("NOPERM")) return Refused::No;
    const bool key = reply.bytes().find("to access") != BytesView::npos;
    return key ? Refused::Key : Refused::Command;
}

// A key outside of what this user may touch is refused as a key; the command is allowed.
bool isAllowed(const ReplyView &reply)
{
    if (!reply.isError()) return true;
    const BytesView words = reply.bytes();
    if (words.starts_with("NOPERM")) return refusedIn(reply) == Refused::Key;
    return !words.starts_with("ERR unknown") && !words.starts_with("ERR Unknown");
}

// A replica says so before it looks for the key; a user without INFO learns of it here.
bool isReplica(const Replies &replies)
{
    return replies[Set].isError() && replies[Set].bytes().starts_with("READONLY");
}

bool isEachWrite(const Replies &replies, Refused refused)
{
    return std::all_of(kWrites.begin(), kWrites.end(),
                       [&](Question write) { return refusedIn(replies[write]) == refused; });
}

Error writesRefused(const Replies &replies)
{
    return Error(
        ErrorCode::NoPermission,
        {QStringLiteral("SET"), QString::fromStdString(escapeBytes(replies[Set].bytes()))});
}

// Nobody's: 128 random bits.
Bytes unusedKey()
{
    QRandomGenerator *random = QRandomGenerator::system();
    return "kvscope:probe:" + QString::number(random->generate64(), 16).toStdString() +
           QString::number(random->generate64(), 16).toStdString();
}

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

} // namespace

Batch questions(Access access)
{
    Batch batch({"INFO"});
    batch.add({"SCAN", "0", "COUNT", "1"});
    batch.add({"MEMORY", "USAGE", "kvscope:probe"});
    batch.add({"DUMP", "kvscope:probe"});
    batch.add({"LATENCY", "HISTOGRAM", "ping"});
    // Read-only connections refuse these before the socket, and have no use for them.
    if (access == Access::ReadOnly) return batch;
    const Bytes key = unusedKey();
    batch.add({"EVALSHA", kNoScript, "0"});
    batch.add({"SCRIPT", "LOAD", "return 0"});
    batch.add({"SET", key, "", "XX"});
    batch.add({"UNLINK", key});
    batch.add({"PEXPIRE", key, "1"});
    return batch;
}

Capabilities answers(Access access, const Replies &replies)
{
    Capabilities found;
    found.info = !replies[Info].isError();
    found.product = QStringLiteral("redis");
    if (found.info) {
        const ServerInfo info = ServerInfo::parse(replies[Info].bytes());
        found.product = text(info.product);
        found.version = text(info.version);
        found.mode = text(info.mode);
        if (info.mode == "cluster") {
            found.readOnlyReason = Error(ErrorCode::ClusterNode);
            found.databases = false;
        } else if (info.role == "slave" && info.replicaReadOnly) {
            found.readOnlyReason = Error(ErrorCode::ServerReadOnly);
        }
    }
    found.scan = isAllowed(replies[Scan]);
    found.memoryUsage = isAllowed(replies[MemoryUsage]);
    found.dump = isAllowed(replies[Dump]);
    found.latencyHistogram = replies[Histogram].isArray();
    if (access == Access::ReadOnly) {
        found.scripts = false;
        return found;
    }
    found.scripts = replies[Script].bytes().starts_with("NOSCRIPT");
    if (!found.readOnlyReason && isReplica(replies))
        found.readOnlyReason = Error(ErrorCode::ServerReadOnly);
    if (!found.readOnlyReason && isEachWrite(replies, Refused::Command))
        found.readOnlyReason = writesRefused(replies);
    return found;
}

bool loadsScripts(Access access, const Replies &replies)
{
    return access == Access::ReadOnly || isAllowed(replies[Load]);
}

Bytes runIdIn(const Replies &replies)
{
    return replies[Info].isError() ? Bytes() : ServerInfo::parse(replies[Info].bytes()).runId;
}

std::optional<Error> keyRefused(const Replies &replies)
{
    if (!isEachWrite(replies, Refused::Key)) return std::nullopt;
    return writesRefused(replies);
}

Batch patternsQuestion(const Bytes &user)
{
    return Batch({"ACL", "GETUSER", user.empty() ? BytesView("default") : BytesView(user)});
}

bool isNoKeyWritable(const Replies &patterns)
{
    const ReplyView fields = patterns[0];
    std::optional<BytesView> keys;
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
        // "~mine:* %R~*" (7.0+); before, no pattern could be for reading alone.
        if (fields[i].bytes() == "keys" && fields[i + 1].isBytes()) keys = fields[i + 1].bytes();
        if (fields[i].bytes() == "selectors" && fields[i + 1].size() != 0) return false;
    }
    if (!keys) return false;
    for (BytesView rest = *keys; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (!rest.substr(0, end).starts_with("%R~")) return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

} // namespace kvscope::redisprobe
