// RecommendWorkload: features from the cache or the source, then the list.
#include "core/scenario/recommendworkload.h"

#include "core/scenario/scenariotally.h"
#include "core/store/store.h"

namespace kvscope {
namespace {

// A list is stale long before a taste is.
constexpr std::int64_t kListShare = 4;

Bytes featuresKey(std::size_t request)
{
    return "features:" + std::to_string(request + 1);
}

} // namespace

RecommendWorkload::RecommendWorkload(Store &store, const ScenarioOptions &options,
                                     std::shared_ptr<ScenarioTally> tally)
    : m_store(store), m_ttlMs(options.ttlMs), m_tally(std::move(tally))
{}

Bytes RecommendWorkload::keyOf(std::size_t request) const
{
    return "recommend:" + std::to_string(request + 1);
}

void RecommendWorkload::open(std::function<void(double)>, Callback<bool> done)
{
    m_shop.emplace();
    m_lifetime.emplace();
    done(true);
}

void RecommendWorkload::make(std::size_t request, Callback<Answer> done)
{
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    m_store.reader().read({featuresKey(request)}, options,
                          m_lifetime->guard([this, request, done = std::move(done)](
                                                const Result<std::vector<Entry>> &result) {
                              if (!result) return done(failure(result.error()));
                              // What is no vector of ours is replaced, as an application of another
                              // version would.
                              if (!result->empty() && isDemoFeatures(result->front().value))
                                  return done(score(request, result->front().value, Origin::Cache));
                              m_tally->recordSourceQuery();
                              done(score(request, demoFeatures(request + 1), Origin::Source));
                          }));
}

Workload::Answer RecommendWorkload::score(std::size_t request, BytesView features,
                                          Origin origin) const
{
    Answer answer;
    answer.origin = origin;
    answer.fills.push_back({keyOf(request), m_shop->recommend(request + 1, features),
                            std::max<std::int64_t>(1, m_ttlMs / kListShare)});
    if (origin == Origin::Source)
        answer.fills.push_back({featuresKey(request), Bytes(features), m_ttlMs});
    return answer;
}

} // namespace kvscope
