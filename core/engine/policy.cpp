// The names and the making of policies: the one place that knows them all.
#include "core/engine/policy.h"

#include "core/engine/lfu.h"
#include "core/engine/lru.h"

namespace kvscope::engine {

std::string_view policyName(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::Lru:
        return "lru";
    case PolicyKind::Lfu:
        return "lfu";
    }
    return {};
}

std::optional<PolicyKind> policyFromName(std::string_view name)
{
    for (const PolicyKind kind : policies())
        if (policyName(kind) == name) return kind;
    return std::nullopt;
}

std::vector<PolicyKind> policies()
{
    return {PolicyKind::Lru, PolicyKind::Lfu};
}

std::unique_ptr<Policy> makePolicy(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::Lru:
        return std::make_unique<LruPolicy>();
    case PolicyKind::Lfu:
        return std::make_unique<LfuPolicy>();
    }
    return nullptr;
}

} // namespace kvscope::engine
