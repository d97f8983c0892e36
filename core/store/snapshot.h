// Snapshot: before-images, for copies of any type and for undo.
#pragma once

#include "core/store/entry.h"

namespace kvscope {

/// Bytes that only the same kind of store understands (DUMP's payload, or the plain value), and the
/// expiry.
struct BeforeImage
{
    Bytes key;
    bool exists = false;
    Bytes payload;
    std::optional<std::int64_t> ttlMs; ///< empty: no expiry
};

class Snapshot
{
  public:
    virtual ~Snapshot() = default;
    virtual void take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done) = 0;
    /// Puts an image back; `replace` false gives KeyExists where the key is there.
    enum class IfPresent : std::uint8_t { Replace, Refuse };
    virtual void restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done) = 0;
};

} // namespace kvscope
