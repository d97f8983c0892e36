// Entry: key, typed value, expiry, and what the store knows of it.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kvscope {

enum class ValueType : std::uint8_t { None, String, Hash, List, Set, SortedSet, Stream, Module };

/// Redis' own name (`string`, `zset`, …), as in SCAN TYPE and in the JSON output of verbs.
QString valueTypeName(ValueType type);
ValueType valueTypeFromName(BytesView name);

/// Why something is read. Inspect and Job never promote or count as traffic (design §3).
enum class ReadPurpose : std::uint8_t { Inspect, Job, Traffic };

/// Size before content (design §5.4).
struct ReadLimits
{
    std::int64_t maxBytes = 64 * 1024; ///< of a string; larger ones come truncated to this
};

/// Which of an entry's properties a read asks for. Each costs the server a command.
enum ReadField : std::uint8_t {
    ReadType = 1,
    ReadTtl = 2,
    ReadSize = 4,   ///< STRLEN, HLEN, …: bytes for strings, else elements
    ReadValue = 8,  ///< strings only
    ReadMemory = 16 ///< memory, encoding, idle time, frequency: whatever the server allows
};

struct Entry
{
    Bytes key;
    ValueType type = ValueType::None; ///< None: the key does not exist
    std::optional<std::int64_t> ttlMs; ///< empty: no expiry (or not asked)
    std::int64_t size = -1;            ///< bytes of a string, elements of the others; -1: not asked
    Bytes value;                       ///< of a string: whole, or its first maxBytes
    bool truncated = false;            ///< value is a beginning only
    std::uint64_t version = 0;         ///< the engine's version; 0 on Redis
    std::int64_t memoryBytes = -1;     ///< -1: unknown, as all below
    std::int64_t idleMs = -1;
    std::int64_t frequency = -1;
    Bytes encoding;

    bool exists() const { return type != ValueType::None; }
};

/// One page of a hash, list, set, sorted set or stream, as rows of a read-only table.
struct ElementPage
{
    std::vector<std::vector<Bytes>> rows; ///< hash: field, value · list: value · set: member ·
                                          ///< zset: member, score · stream: id, field, value, field, value …
    Bytes next;                           ///< opaque cursor; empty: this was the last page
    std::int64_t total = -1;              ///< elements in all, -1: unknown
};

} // namespace kvscope
