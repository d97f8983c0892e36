// SearchWorkload: a query of the demo database for each miss.
#include "core/scenario/searchworkload.h"

#include "core/config/paths.h"
#include "core/scenario/scenariotally.h"
#include "core/source/demotext.h"

namespace kvscope {
namespace {

QString sourceFile(const ScenarioOptions &options)
{
    return options.sourceFile.isEmpty() ? stateFolder() + QStringLiteral("/demo-search.db")
                                        : options.sourceFile;
}

} // namespace

SearchWorkload::SearchWorkload(const ScenarioOptions &options, std::shared_ptr<ScenarioTally> tally)
    : m_ttlMs(options.ttlMs), m_tally(std::move(tally)), m_source(sourceFile(options))
{}

void SearchWorkload::open(std::function<void(double)> progress, Callback<bool> done)
{
    m_source.open(std::move(progress), std::move(done));
    m_queries = demoQueries();
}

void SearchWorkload::make(std::size_t request, Callback<Answer> done)
{
    m_tally->recordSourceQuery();
    m_source.find(m_queries[request], [key = keyOf(request), ttlMs = m_ttlMs,
                                       done = std::move(done)](Result<Bytes> value) {
        if (!value) return done(failure(value.error()));
        Answer answer;
        answer.fills.push_back({key, std::move(*value), ttlMs});
        done(std::move(answer));
    });
}

} // namespace kvscope
