// describeDifference: where two KV blocks differ, in words that a person can follow.
#pragma once

#include "core/jobs/difference.h"
#include "core/llm/kvlayout.h"

namespace kvscope {

/// Fills in both sides ("layer 2, head 1, K, byte 40: 3f8a12c0") and, as the remark, how many
/// bytes differ. Requires: they differ; each is layout.blockBytes() long.
void describeDifference(const llm::KvLayout &layout, const std::byte *kept,
                        const std::byte *computed, Difference &difference);

} // namespace kvscope
