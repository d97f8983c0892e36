// Policy: the common part and the makers.
#include "core/llm/policy.h"

#include "core/llm/policies.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace kvscope::llm {
namespace {

struct Named
{
    std::string_view name;
    PolicyKind kind;
};
constexpr std::array kNames{
    Named{"full", PolicyKind::Full},     Named{"window", PolicyKind::Window},
    Named{"sinks", PolicyKind::Sinks},   Named{"h2o", PolicyKind::H2o},
    Named{"snapkv", PolicyKind::SnapKv}, Named{"keynorm", PolicyKind::KeyNorm},
    Named{"random", PolicyKind::Random}};

std::optional<std::size_t> number(std::string_view text)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace

Expected<PolicySpec> PolicySpec::parse(std::string_view text)
{
    const auto refused = [&] {
        return fault(
            FaultCode::OptionInvalid,
            {std::string(text), "full, window:N, sinks:S+N, h2o:N, snapkv:N, keynorm:N, random:N"});
    };
    const std::size_t colon = text.find(':');
    const auto *found = std::ranges::find(kNames, text.substr(0, colon), &Named::name);
    if (found == kNames.end()) return refused();
    PolicySpec spec{.kind = found->kind};
    if (spec.kind == PolicyKind::Full) {
        if (colon != std::string_view::npos) return refused();
        return spec;
    }
    if (colon == std::string_view::npos) return refused();
    std::string_view rest = text.substr(colon + 1);
    if (spec.kind == PolicyKind::Sinks) {
        const std::size_t plus = rest.find('+');
        if (plus == std::string_view::npos) return refused();
        const auto sinks = number(rest.substr(0, plus));
        if (!sinks) return refused();
        spec.sinks = *sinks;
        rest = rest.substr(plus + 1);
    }
    const auto budget = number(rest);
    if (!budget || *budget == 0 || *budget > (1U << 30U) || spec.sinks > (1U << 30U))
        return refused();
    spec.budget = *budget;
    return spec;
}

std::string PolicySpec::text() const
{
    const auto *found = std::ranges::find(kNames, kind, &Named::kind);
    std::string out(found->name);
    if (kind == PolicyKind::Full) return out;
    out += ':';
    if (kind == PolicyKind::Sinks) out += std::to_string(sinks) + '+';
    return out + std::to_string(budget);
}

std::size_t PolicySpec::limit() const
{
    return kind == PolicyKind::Full ? std::numeric_limits<std::size_t>::max() : sinks + budget;
}

std::unique_ptr<Policy> Policy::make(const PolicySpec &spec)
{
    switch (spec.kind) {
    case PolicyKind::Full:
    case PolicyKind::Window:
        return std::make_unique<OldestFirst>(spec);
    case PolicyKind::Sinks:
        return std::make_unique<SinksAndWindow>(spec);
    case PolicyKind::H2o:
        return std::make_unique<HeavyHitters>(spec);
    case PolicyKind::SnapKv:
        return std::make_unique<ObservationWindow>(spec);
    case PolicyKind::KeyNorm:
        return std::make_unique<LongestKeys>(spec);
    case PolicyKind::Random:
        return std::make_unique<AnyCell>(spec);
    }
    return nullptr;
}

void Policy::makeRoom(KvCache &cache, std::size_t coming)
{
    const std::size_t limit = m_spec.limit();
    if (m_spec.kind == PolicyKind::Full || cache.cells() + coming <= limit) return;
    const std::size_t wanted = limit > coming ? limit - coming : 0;
    while (cache.cells() > wanted) {
        // Places change with every eviction that empties a block, so they are asked for again.
        std::vector<CellPlace> places = cache.places();
        std::ranges::sort(places, {}, [&](CellPlace place) { return cache.cell(place).index; });
        const std::size_t kept = std::min(recent(), wanted > 0 ? wanted - 1 : 0);
        if (places.size() > kept) places.resize(places.size() - kept);
        std::erase_if(places, [&](CellPlace place) { return cache.cell(place).isHeld; });
        if (places.empty()) return;
        remove(cache, places[choose(cache, places)]);
    }
}

} // namespace kvscope::llm
