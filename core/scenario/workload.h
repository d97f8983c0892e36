// Workload: what a scenario's clients ask for, and how an answer comes about that no cache holds.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"
#include "core/scenario/scenariorunner.h"

#include <functional>
#include <limits>
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

    /// Who carries a request out.
    enum class Manner : std::uint8_t {
        Lookup, ///< the traffic: it reads keyOf(), asks make() on a miss and writes what was made
        Whole,  ///< serve(), all of it
    };

    virtual ~Workload() = default;
    virtual Manner manner() const { return Manner::Lookup; }
    /// Requests in flight at most.
    virtual int mostAtOnce() const { return std::numeric_limits<int>::max(); }
    /// How often a popular request and any other change places; 0: three times a second.
    virtual int secondsPerDrift() const { return 0; }

    /// Makes the source ready. `progress` gets 0 … 1.
    virtual void open(std::function<void(double)> progress, Callback<bool> done) = 0;
    /// How many different requests there are. Valid once open.
    virtual std::size_t requests() const = 0;
    /// Lookup: the key that holds the request's whole answer.
    virtual Bytes keyOf(std::size_t) const { return {}; }
    /// Lookup: makes the answer that keyOf(request) did not hold; it is among the fills. Notes in
    /// the tally what it asks of the source.
    virtual void make(std::size_t, Callback<Answer>) {}
    /// Whole: answers the request and notes in the tally what it measured. `done` once it has its
    /// answer and what it keeps is written.
    virtual void serve(std::size_t, Callback<bool>) {}
};

/// Requires: `options.name` is one of scenarioNames(); the store outlives it.
std::unique_ptr<Workload> makeWorkload(Store &store, const ScenarioOptions &options,
                                       std::shared_ptr<ScenarioTally> tally);

} // namespace kvscope
