// RecommendWorkload: people open a shop's page and see what suits them.
//
//   recommend:<user>  the list as it was computed last (JSON), short-lived ── hit ──> shown
//        └─ miss ─> features:<user>  the user's feature vector, long-lived
//                        ├─ hit ──────────────────────────> score 1,000 items ─> list kept
//                        └─ miss ─> source (its latency) ─> vector kept, score, list kept
//
// So a miss has two prices: a reading and a product of vectors, or the source.
#pragma once

#include "core/async/lifetime.h"
#include "core/scenario/workload.h"
#include "core/source/demotaste.h"

#include <optional>

namespace kvscope {

class RecommendWorkload final : public Workload
{
  public:
    RecommendWorkload(Store &store, const ScenarioOptions &options,
                      std::shared_ptr<ScenarioTally> tally);

    void open(std::function<void(double)> progress, Callback<bool> done) override;
    std::size_t requests() const override { return kDemoUsers; }
    Bytes keyOf(std::size_t request) const override;
    void make(std::size_t request, Callback<Answer> done) override;

  private:
    Answer score(std::size_t request, BytesView features, Origin origin) const;

    Store &m_store;
    std::int64_t m_ttlMs; // of features
    std::shared_ptr<ScenarioTally> m_tally;
    std::optional<DemoShop> m_shop;
    std::optional<Lifetime> m_lifetime; // made on the scenario's thread
};

} // namespace kvscope
