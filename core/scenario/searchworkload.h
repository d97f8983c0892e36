// SearchWorkload: people search 100,000 documents; a page of results is kept as search:<query>.
#pragma once

#include "core/scenario/workload.h"
#include "core/source/demosource.h"

namespace kvscope {

class SearchWorkload final : public Workload
{
  public:
    SearchWorkload(const ScenarioOptions &options, std::shared_ptr<ScenarioTally> tally);

    void open(std::function<void(double)> progress, Callback<bool> done) override;
    std::size_t requests() const override { return m_queries.size(); }
    Bytes keyOf(std::size_t request) const override { return "search:" + m_queries[request]; }
    void make(std::size_t request, Callback<Answer> done) override;

  private:
    std::int64_t m_ttlMs;
    std::shared_ptr<ScenarioTally> m_tally;
    DemoSource m_source;
    std::vector<std::string> m_queries;
};

} // namespace kvscope
