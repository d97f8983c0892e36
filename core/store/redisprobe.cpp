// RedisProbe: harmless commands, asked in one burst.
#include "core/store/redisprobe.h"

#include "core/redis/serverinfo.h"

namespace kvscope::redisprobe {
namespace {

enum Question : std::size_t { Info, Scan, MemoryUsage, Dump, Histogram, Script };

// No server has a script by this name: NOSCRIPT means that scripts may be run.
constexpr BytesView kNoScript = "0000000000000000000000000000000000000000";

// A key outside of what this user may touch is refused as a key; the command is allowed.
bool isAllowed(const ReplyView &reply)
{
    if (!reply.isError()) return true;
    const BytesView words = reply.bytes();
    if (words.starts_with("NOPERM")) return words.find("keys") != BytesView::npos;
    return !words.starts_with("ERR unknown") && !words.starts_with("ERR Unknown");
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
    // Read-only connections refuse scripts before the socket, and have no use for them.
    if (access == Access::ReadWrite) batch.add({"EVALSHA", kNoScript, "0"});
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
    found.scripts = access == Access::ReadWrite && replies[Script].bytes().starts_with("NOSCRIPT");
    return found;
}

} // namespace kvscope::redisprobe
