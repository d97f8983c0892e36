// INFO line by line.
#include "core/redis/serverinfo.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <unordered_map>

namespace kvscope {
namespace {

template<class Number>
std::optional<Number> number(BytesView text)
{
    Number value{};
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc()) return {};
    return value;
}

/// "keys=1,expires=0,avg_ttl=0" → the number behind `name`.
std::uint64_t field(BytesView list, BytesView name)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const BytesView item = list.substr(0, comma);
        if (item.size() > name.size() && item.starts_with(name) && item[name.size()] == '=')
            return number<std::uint64_t>(item.substr(name.size() + 1)).value_or(0);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return 0;
}

using Setter = std::function<void(ServerInfo &, BytesView)>;

Setter text(std::string ServerInfo::*member)
{
    return [member](ServerInfo &info, BytesView value) { info.*member = value; };
}

Setter count(std::optional<std::uint64_t> ServerInfo::*member)
{
    return [member](ServerInfo &info, BytesView value) {
        info.*member = number<std::uint64_t>(value);
    };
}

Setter flag(bool ServerInfo::*member)
{
    return [member](ServerInfo &info, BytesView value) { info.*member = value == "1"; };
}

/// Forks keep `redis_version` for old clients and say who they are in a line of their own.
Setter product(const char *name)
{
    return [name](ServerInfo &info, BytesView value) {
        info.product = name;
        info.version = value;
    };
}

Setter redisVersion()
{
    return [](ServerInfo &info, BytesView value) {
        if (!info.version.empty()) return;
        info.product = "redis";
        info.version = value;
    };
}

const std::unordered_map<std::string_view, Setter> &setters()
{
    static const std::unordered_map<std::string_view, Setter> map{
        {"redis_version", redisVersion()},
        {"valkey_version", product("valkey")},
        {"dragonfly_version", product("dragonfly")},
        {"redis_mode", text(&ServerInfo::mode)},
        {"server_mode", text(&ServerInfo::mode)},
        {"run_id", text(&ServerInfo::runId)},
        {"role", text(&ServerInfo::role)},
        {"slave_read_only", flag(&ServerInfo::replicaReadOnly)},
        {"loading", flag(&ServerInfo::loading)},
        {"loading_loaded_perc",
         [](ServerInfo &info, BytesView value) { info.loadedPercent = number<double>(value); }},
        {"keyspace_hits", count(&ServerInfo::hits)},
        {"keyspace_misses", count(&ServerInfo::misses)},
        {"evicted_keys", count(&ServerInfo::evicted)},
        {"expired_keys", count(&ServerInfo::expired)},
        {"total_commands_processed", count(&ServerInfo::commands)},
        {"used_memory", count(&ServerInfo::usedBytes)},
        {"used_memory_rss", count(&ServerInfo::rssBytes)},
        {"maxmemory", count(&ServerInfo::maxBytes)},
        {"maxmemory_policy", text(&ServerInfo::maxMemoryPolicy)},
        {"master_repl_offset", count(&ServerInfo::replicationOffset)},
        {"mem_fragmentation_ratio",
         [](ServerInfo &info, BytesView value) { info.fragmentation = number<double>(value); }},
        {"connected_clients", count(&ServerInfo::clients)},
        {"total_net_input_bytes", count(&ServerInfo::netInBytes)},
        {"total_net_output_bytes", count(&ServerInfo::netOutBytes)},
        {"uptime_in_seconds", count(&ServerInfo::uptimeSeconds)},
    };
    return map;
}

void readLine(ServerInfo &info, BytesView name, BytesView value)
{
    constexpr BytesView kCommand = "cmdstat_";
    if (name.starts_with(kCommand)) {
        info.commandStats[std::string(name.substr(kCommand.size()))] = {field(value, "calls"),
                                                                        field(value, "usec")};
    } else if (name.starts_with("db") && value.starts_with("keys=")) {
        if (const auto index = number<int>(name.substr(2)))
            info.databases[*index] = {field(value, "keys"), field(value, "expires")};
    } else if (name.starts_with("slave") && value.find("state=online") != BytesView::npos) {
        const std::uint64_t offset = field(value, "offset");
        info.replicaOffset = std::min(info.replicaOffset.value_or(offset), offset);
    } else if (const auto setter = setters().find(name); setter != setters().end()) {
        setter->second(info, value);
    }
}

} // namespace

ServerInfo ServerInfo::parse(BytesView info)
{
    ServerInfo result;
    while (!info.empty()) {
        const std::size_t newline = std::min(info.find('\n'), info.size());
        BytesView line = info.substr(0, newline);
        info.remove_prefix(std::min(newline + 1, info.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::size_t colon = line.find(':');
        if (line.starts_with('#') || colon == BytesView::npos) continue;
        readLine(result, line.substr(0, colon), line.substr(colon + 1));
    }
    return result;
}

std::uint64_t ServerInfo::keys() const
{
    std::uint64_t sum = 0;
    for (const auto &[index, database] : databases) sum += database.keys;
    return sum;
}

std::optional<std::uint64_t> ServerInfo::calls(CommandFamily family) const
{
    if (commandStats.empty()) return {};
    std::uint64_t sum = 0;
    for (const auto &[name, stats] : commandStats) {
        if (commandFamily(name) == family) sum += stats.calls;
    }
    return sum;
}

} // namespace kvscope
