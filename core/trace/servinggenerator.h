// servingGenerator: a serving trace made up, for machines that have none: people talk to a few
// assistants, and every request brings along all that was said before.
#pragma once

#include "core/trace/servingtrace.h"

namespace kvscope::trace {

struct ServingShape
{
    std::size_t requests = 6000;
    std::size_t prompts = 48;          ///< system prompts, Zipf-distributed with exponent 1
    std::size_t mostPromptBlocks = 12; ///< each has from one to so many
    std::size_t openConversations = 200;
    double continues = 0.7;         ///< the share of requests that go on with a conversation
    std::size_t mostTurnBlocks = 6; ///< a turn adds from one to so many
    std::size_t mostBlocks = 96;    ///< of a conversation; then it is over
    std::uint64_t seed = 1;
};

/// The same shape makes the same trace.
ServingTrace makeServingTrace(const ServingShape &shape = {});

} // namespace kvscope::trace
