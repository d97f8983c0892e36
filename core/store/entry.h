// Entry: key, typed value, expiry, and what the store knows of it.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"
#include "core/base/elementpage.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kvscope {

/// Redis' own name (`string`, `zset`, …), as in SCAN TYPE and in the JSON output of verbs.
QString valueTypeName(ValueType type);
/// `none` gives None; a name that is not Redis' own (a module's type) gives Module.
ValueType valueTypeFromName(BytesView name);

/// A key as escapeBytes() shows it: the parameter of errors, and what people read.
QString keyText(BytesView key);

/// Why something is read. Inspect and Job never promote or count as traffic (design §3).
enum class ReadPurpose : std::uint8_t { Inspect, Job, Traffic };

/// Size before content (design §5.4).
struct ReadLimits
{
    std::int64_t maxBytes = 64LL * 1024; ///< of a string; larger ones come truncated to this
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
    ValueType type = ValueType::None;  ///< None: the key does not exist
    std::optional<std::int64_t> ttlMs; ///< empty: no expiry (or not asked)
    std::int64_t size = -1;            ///< bytes of a string, elements of the others; -1: not asked
    Bytes value;                       ///< of a string: whole, or its first maxBytes
    bool truncated = false;            ///< value is a beginning only
    std::uint64_t version = 0;         ///< the engine's version; 0 on Redis
    std::int64_t memoryBytes = -1;     ///< -1: unknown, as all below
    std::int64_t idleMs = -1;
    std::int64_t frequency = -1;
    Bytes encoding;
    std::optional<Error>
        refused; ///< why the store did not tell of this key, others it did (an ACL)

    bool exists() const { return type != ValueType::None; }
};

} // namespace kvscope
