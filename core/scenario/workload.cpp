// Workload: by name.
#include "core/scenario/workload.h"

#include "core/scenario/chatbotworkload.h"
#include "core/scenario/recommendworkload.h"
#include "core/scenario/searchworkload.h"

namespace kvscope {

QStringList scenarioNames()
{
    return {QString::fromLatin1(kSearchScenario), QString::fromLatin1(kChatbotScenario),
            QString::fromLatin1(kRecommendScenario)};
}

double usualRate(const QString &name)
{
    return name == QLatin1String(kChatbotScenario) ? 10 : 2000;
}

std::unique_ptr<Workload> makeWorkload(Store &store, const ScenarioOptions &options,
                                       std::shared_ptr<ScenarioTally> tally)
{
    if (options.name == QLatin1String(kRecommendScenario))
        return std::make_unique<RecommendWorkload>(store, options, std::move(tally));
    if (options.name == QLatin1String(kChatbotScenario))
        return std::make_unique<ChatbotWorkload>(store, options, std::move(tally));
    return std::make_unique<SearchWorkload>(options, std::move(tally));
}

} // namespace kvscope
