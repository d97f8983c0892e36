// benchLab: what the parts of `bench lab` share.
#pragma once

#include "app/bench/benchcase.h"
#include "core/llm/session.h"

namespace kvscope::bench {

/// `--model FILE`, or the shipped one.
QString labBenchModelPath(const Context &context);
Result<std::shared_ptr<const llm::Model>> labBenchModel(const Context &context);

/// Time to the first token behind a prefix of 1,000 tokens: cold, from the engine, from Redis.
Result<Outcome> benchPrefix(const Context &context);

/// Perplexity, recall, speed and bytes for each policy, budget and number format. `--text FILE`,
/// `--budgets`, `--markdown`.
Result<Outcome> benchPolicies(const Context &context);

/// What our decoder did with a file, and what share of llama.cpp's best it shall reach.
struct Contest
{
    QString model;     ///< the file
    QString suffix;    ///< of the names in the outcome: empty or "_110m"
    double decodeTps;  ///< at 64 tokens
    double prefillTps; ///< of 64 tokens
    double decodeGoal;
    double prefillGoal;
};

/// llama.cpp on the same file through npm's node-llama-cpp, where `--node-modules DIR` (or
/// NODE_PATH) has it: its figures at its default and at its best, and the ratios to ours. Else a
/// remark.
void addLlamaCpp(const Context &context, const Contest &contest, Outcome &outcome);

} // namespace kvscope::bench
