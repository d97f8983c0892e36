// PrefixReplay: a serving trace through a prefix cache of so many blocks.
//
//   resident  ■ ■ ■ · ■ ·        the request's blocks, from its first
//   hit       └─3─┘              the longest run from the start that is all resident: the KV of a
//                                block is of no use without the blocks before it
//
// Then every block of the request is referenced in the order of the prompt: what is resident is
// touched, what is missing comes in. Only when the request is whole does the policy throw out what
// is too much: its own blocks are held while it runs, so a request may exceed the bound by its own
// length. A node is a block's number in arrays, and all policies are lists of nodes: O(1) a
// reference. LFU's lists are one for each count (Shah, Mitra, Matani 2010): it counts while a
// block is resident, and among equals the one least recently used goes.
#pragma once

#include "core/trace/servingtrace.h"

namespace kvscope::trace {

enum class PrefixPolicy : unsigned char { Lru, Fifo, Lfu };

/// Nothing for a name that is no policy's.
std::optional<PrefixPolicy> prefixPolicyNamed(std::string_view name);
const char *prefixPolicyName(PrefixPolicy policy);
/// All there are.
std::span<const PrefixPolicy> prefixPolicies();

struct PrefixReplayResult
{
    std::uint64_t references = 0; ///< blocks asked for
    std::uint64_t hits = 0;       ///< of them, in a resident prefix
    std::uint64_t tokens = 0;     ///< of all prompts
    /// Tokens whose prefill a hit made needless. A prompt's last token is always computed: its
    /// logits choose the first token of the answer.
    std::uint64_t savedTokens = 0;

    /// 0 where there are none.
    double hitRatio() const;
    double savedShare() const;
};

/// `blocks` empty: without a bound. Nothing where it was stopped. About 10 ns a reference.
std::optional<PrefixReplayResult> replayPrefixes(const ServingTrace &trace, PrefixPolicy policy,
                                                 std::optional<std::size_t> blocks,
                                                 const std::stop_token &stop = {});

} // namespace kvscope::trace
