// Policy: which cells a sequence gives up when it may hold no more than so many.
//
//   full             nothing
//   window:N         the oldest
//   sinks:S+N        the oldest but the first S; cells take their rank as position, so that
//   distances
//                    stay within the trained length (StreamingLLM, Xiao et al. 2023)
//   h2o:N            the least attended so far, among all but the most recent half of the budget
//                    (Heavy-Hitter Oracle, Zhang et al. 2023: half heavy, half recent)
//   snapkv:N         the least attended by the last sixteen queries, smoothed over five neighbours;
//                    those sixteen stay (SnapKV, Li et al. 2024). A prompt is compressed after it
//                    was computed whole, as the paper does; later tokens one by one
//   keynorm:N        those with the longest keys: a short key draws attention in trained models
//                    (Devoto et al. 2024). The last sixteen stay
//   random:N         any, by the seed, but the last sixteen: what every other policy must beat
//
// A cell here is a token in all layers and heads; attention is summed over them. Cells held by hand
// are never given up: a policy may then hold more than its budget. Whatever the policy, as long as
// the sequence is not longer than the budget nothing is touched and every number is that of `full`.
#pragma once

#include "core/llm/kvcache.h"

#include <memory>
#include <random>

namespace kvscope::llm {

enum class PolicyKind : std::uint8_t { Full, Window, Sinks, H2o, SnapKv, KeyNorm, Random };

struct PolicySpec
{
    PolicyKind kind = PolicyKind::Full;
    std::size_t sinks = 0;
    std::size_t budget = 0; ///< cells; with sinks: besides them
    std::uint64_t seed = 0;

    /// "full", "window:256", "sinks:4+252" … OptionInvalid.
    static Expected<PolicySpec> parse(std::string_view text);
    std::string text() const;
    /// Cells that may be held; the largest size_t for full.
    std::size_t limit() const;
    bool needsAttention() const { return kind == PolicyKind::H2o || kind == PolicyKind::SnapKv; }
    bool renumbers() const { return kind == PolicyKind::Sinks; }
    bool waitsForPrompt() const { return kind == PolicyKind::SnapKv; }
    bool operator==(const PolicySpec &) const = default;
};

constexpr std::size_t kRecentCells = 16; ///< that snapkv, keynorm and random never touch

/// One sequence's policy and what it remembers. One thread.
class Policy
{
  public:
    virtual ~Policy() = default;
    static std::unique_ptr<Policy> make(const PolicySpec &spec);

    const PolicySpec &spec() const { return m_spec; }
    /// A query's attention weights, as AttentionObserver gets them.
    virtual void attended(KvCache &, std::span<const float>) {}
    /// All of one token's queries were told.
    virtual void tokenDone(KvCache &) {}
    virtual std::unique_ptr<Policy> clone() const = 0;
    /// What it remembers beside the cells, to go on elsewhere. restore() is false for nonsense.
    virtual std::string memory() const { return {}; }
    virtual bool restore(const std::string &memory) { return memory.empty(); }
    /// Makes room: after it the cache holds at most limit() − `coming` cells, held ones aside.
    void makeRoom(KvCache &cache, std::size_t coming);

  protected:
    explicit Policy(PolicySpec spec) : m_spec(spec) {}
    /// Which of `candidates` goes next; they are in the order of the text, at least one.
    virtual std::size_t choose(const KvCache &cache, std::span<const CellPlace> candidates) = 0;
    /// How many of the most recent cells are no candidates.
    virtual std::size_t recent() const { return 0; }
    virtual void remove(KvCache &cache, CellPlace place) { cache.evict(place); }

  private:
    PolicySpec m_spec;
};

} // namespace kvscope::llm
