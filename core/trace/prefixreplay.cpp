// PrefixReplay: three policies as lists over arrays, and the walk through the requests.
#include "core/trace/prefixreplay.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kvscope::trace {
namespace {

using Node = std::uint32_t;
constexpr Node kNone = std::numeric_limits<Node>::max();
constexpr std::size_t kStopEvery = 1024; // requests
constexpr std::array kPolicies{PrefixPolicy::Lru, PrefixPolicy::Fifo, PrefixPolicy::Lfu};

struct List
{
    Node front = kNone; // the next to go
    Node back = kNone;
};

// The links of all nodes; a node is in one list at most.
class Links
{
  public:
    explicit Links(std::size_t nodes) : m_before(nodes, kNone), m_behind(nodes, kNone) {}

    void append(List &list, Node node)
    {
        m_before[node] = list.back;
        m_behind[node] = kNone;
        (list.back == kNone ? list.front : m_behind[list.back]) = node;
        list.back = node;
    }
    void remove(List &list, Node node)
    {
        const Node before = m_before[node];
        const Node behind = m_behind[node];
        (before == kNone ? list.front : m_behind[before]) = behind;
        (behind == kNone ? list.back : m_before[behind]) = before;
    }

  private:
    std::vector<Node> m_before;
    std::vector<Node> m_behind;
};

enum class OnTouch : unsigned char { MovesBack, Stays };

// LRU, and FIFO, which is LRU that doesn't look.
template<OnTouch onTouch>
class Queue
{
  public:
    explicit Queue(std::size_t nodes) : m_links(nodes) {}

    void insert(Node node) { m_links.append(m_list, node); }
    void touch(Node node)
    {
        if constexpr (onTouch == OnTouch::MovesBack) {
            m_links.remove(m_list, node);
            m_links.append(m_list, node);
        }
    }
    Node evict()
    {
        const Node node = m_list.front;
        m_links.remove(m_list, node);
        return node;
    }

  private:
    Links m_links;
    List m_list;
};

class Counted
{
  public:
    explicit Counted(std::size_t nodes) : m_links(nodes), m_count(nodes), m_lists(2) {}

    void insert(Node node)
    {
        m_count[node] = 1;
        m_links.append(m_lists[1], node);
        m_least = 1;
    }
    void touch(Node node)
    {
        const std::size_t count = m_count[node]++;
        m_links.remove(m_lists[count], node);
        if (count + 1 == m_lists.size()) m_lists.emplace_back();
        m_links.append(m_lists[count + 1], node);
    }
    Node evict()
    {
        // Mostly the first list holds what came in just now: few steps, if any.
        while (m_lists[m_least].front == kNone) ++m_least;
        const Node node = m_lists[m_least].front;
        m_links.remove(m_lists[m_least], node);
        return node;
    }

  private:
    Links m_links;
    std::vector<std::uint32_t> m_count;
    std::vector<List> m_lists; // by count; 0 stays empty
    std::size_t m_least = 1;   // no node counts less
};

template<class Policy>
std::optional<PrefixReplayResult> replay(const ServingTrace &trace, std::size_t most,
                                         const std::stop_token &stop)
{
    Policy policy(trace.distinct);
    std::vector<bool> isResident(trace.distinct, false);
    std::size_t residents = 0;
    PrefixReplayResult result;
    result.references = trace.blocks.size();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < trace.requests.size(); ++i) {
        if (i % kStopEvery == 0 && stop.stop_requested()) return std::nullopt;
        const ServingTrace::Request &request = trace.requests[i];
        const auto blocks = std::span(trace.blocks).subspan(begin, request.end - begin);
        begin = request.end;
        const auto missing =
            std::ranges::find_if(blocks, [&](Node node) { return !isResident[node]; });
        const auto hits = static_cast<std::uint64_t>(missing - blocks.begin());
        result.hits += hits;
        result.tokens += request.inputTokens;
        if (request.inputTokens > 0)
            result.savedTokens +=
                std::min(hits * ServingTrace::kBlockTokens, request.inputTokens - 1);
        for (const Node node : blocks) {
            if (isResident[node]) {
                policy.touch(node);
                continue;
            }
            policy.insert(node);
            isResident[node] = true;
            ++residents;
        }
        for (; residents > most; --residents) isResident[policy.evict()] = false;
    }
    return result;
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

std::span<const PrefixPolicy> prefixPolicies()
{
    return kPolicies;
}

const char *prefixPolicyName(PrefixPolicy policy)
{
    switch (policy) {
    case PrefixPolicy::Lru:
        return "lru";
    case PrefixPolicy::Fifo:
        return "fifo";
    case PrefixPolicy::Lfu:
        return "lfu";
    }
    return "";
}

std::optional<PrefixPolicy> prefixPolicyNamed(std::string_view name)
{
    for (const PrefixPolicy policy : kPolicies)
        if (name == prefixPolicyName(policy)) return policy;
    return std::nullopt;
}

double PrefixReplayResult::hitRatio() const
{
    return share(hits, references);
}

double PrefixReplayResult::savedShare() const
{
    return share(savedTokens, tokens);
}

std::optional<PrefixReplayResult> replayPrefixes(const ServingTrace &trace, PrefixPolicy policy,
                                                 std::optional<std::size_t> blocks,
                                                 const std::stop_token &stop)
{
    const std::size_t most = blocks.value_or(std::numeric_limits<std::size_t>::max());
    switch (policy) {
    case PrefixPolicy::Lru:
        return replay<Queue<OnTouch::MovesBack>>(trace, most, stop);
    case PrefixPolicy::Fifo:
        return replay<Queue<OnTouch::Stays>>(trace, most, stop);
    case PrefixPolicy::Lfu:
        return replay<Counted>(trace, most, stop);
    }
    return std::nullopt;
}

} // namespace kvscope::trace
