// Workload: what a scenario's clients ask for, and how an answer comes about that no cache holds.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"
#include "core/scenario/scenariorunner.h"

#include <functional>
#include <memory>
#include <vector>

namespace kvscope {

class ScenarioTally;
class Store;

/// Lives on the scenario's thread, all but its constructor; callbacks come from any thread.
class Workload
{
  public:
    struct Fill
    {
        Bytes key;
        Bytes value;
        std::int64_t ttlMs = 0;
    };
    /// How an answer was made: by the source, which takes its time, or from what the cache holds.
    enum class Origin : std::uint8_t { Source, Cache };
    struct Answer
    {
        std::vector<Fill> fills; ///< to be written to the store
        Origin origin = Origin::Source;
    };

    virtual ~Workload() = default;

    /// Makes the source ready. `progress` gets 0 … 1.
    virtual void open(std::function<void(double)> progress, Callback<bool> done) = 0;
    /// How many different requests there are. Valid once open.
    virtual std::size_t requests() const = 0;
    /// The key that holds the request's whole answer.
    virtual Bytes keyOf(std::size_t request) const = 0;
    /// Makes the answer that keyOf(request) did not hold; it is among the fills. Notes in the tally
    /// what it asks of the source.
    virtual void make(std::size_t request, Callback<Answer> done) = 0;
};

/// Requires: `options.name` is one of scenarioNames(); the store outlives it.
std::unique_ptr<Workload> makeWorkload(Store &store, const ScenarioOptions &options,
                                       std::shared_ptr<ScenarioTally> tally);

} // namespace kvscope
