// Session: one sequence being read and written by a model: tokens, cache, policy, sampler.
//
//     auto session = Session::make(model, {.policy = …});
//     session->feed(prompt);                       // prefix cache, prefill
//     for (…) { TokenId t = session->sample(); …; session->accept(t); }
//
// With Caching::Off every token is computed from the whole sequence again: what a KV cache saves.
//
// Use by one thread at a time; any number of sessions may share a model, a pool and a BlockSource
// that is safe for threads.
#pragma once

#include "core/llm/blocksource.h"
#include "core/llm/decoder.h"
#include "core/llm/policy.h"
#include "core/llm/sampler.h"

#include <functional>

namespace kvscope::llm {

enum class Caching : std::uint8_t { On, Off };
/// What happens when the sequence reaches `Session::Options::context`.
enum class AtContextEnd : std::uint8_t {
    GoOn,  ///< positions beyond the trained length, as the model may bear them
    Stop,  ///< accept() is a ContextFull fault
    Shift, ///< half of what is behind the first `keep` tokens is dropped and the rest moves down
};

class Session final : private AttentionObserver
{
  public:
    struct Options
    {
        KvType kv = KvType::F32;
        Rotation rotation = Rotation::None;
        PolicySpec policy{};
        Caching caching = Caching::On;
        Decoder::Options decoder{};
        SamplerOptions sampler{};
        AtContextEnd atEnd = AtContextEnd::GoOn;
        std::size_t context = 0;           ///< 0: the model's
        std::size_t keep = 4;              ///< tokens that a shift never drops
        std::shared_ptr<BlockPool> pool{}; ///< shared with other sessions of this format; or made
        std::shared_ptr<BlockSource>
            blocks{}; ///< the prefix cache; used under the policy full alone
    };

    /// OptionInvalid for a format that the model's head size does not allow.
    static Expected<std::unique_ptr<Session>> make(std::shared_ptr<const Model> model,
                                                   Options options);
    ~Session() override;

    /// Appends tokens and computes them; afterwards logits() speak of what comes next. A stop is
    /// heeded within a layer of a batch (a token, where a policy works): then tokens() says how far
    /// it came.
    Expected<void> feed(std::span<const TokenId> tokens, const std::stop_token &stop = {});
    /// From now on tokens are chosen so.
    void setSampler(const SamplerOptions &sampler)
    {
        m_options.sampler = sampler;
        m_sampler = Sampler(sampler);
    }
    /// A choice by logits(). Requires: something was fed.
    TokenId sample() { return m_sampler.next(m_logits); }
    /// Appends one token and computes it.
    Expected<void> accept(TokenId token) { return feed({&token, 1}); }

    /// Told of token `i` and the logits behind it.
    using Row = std::function<void(std::size_t i, std::span<const float> logits)>;
    /// feed(), with the logits behind every token: the whole batches of `full`, token by token
    /// under any other policy.
    Expected<void> score(std::span<const TokenId> tokens, const Row &row,
                         const std::stop_token &stop = {});

    std::span<const float> logits() const { return m_logits; }
    const std::vector<TokenId> &tokens() const { return m_tokens; }
    const KvCache &cache() const { return m_cache; }
    KvCache &cache() { return m_cache; } ///< for hands: hold(), evict()
    const Model &model() const { return m_decoder.model(); }
    Decoder &decoder() { return m_decoder; }
    const Options &options() const { return m_options; }
    /// Tokens whose blocks came from the prefix cache.
    std::size_t prefixHitTokens() const { return m_prefixHits; }
    std::size_t shifts() const { return m_shifts; }

    /// Also told of every row of attention weights, after the policy.
    void setObserver(AttentionObserver *observer) { m_observer = observer; }

    /// Back to the first `count` tokens; the next feed() goes on from there. Requires: the policy
    /// is full and nothing was evicted or shifted.
    void truncate(std::size_t count);
    /// Evicts positions [keep, keep + drop), moving the later ones down: context shift by hand.
    /// OptionInvalid where keys are not kept Raw (AtContextEnd::Shift or the policy sinks).
    Expected<void> shiftContext(std::size_t keep, std::size_t drop);

    /// Another sequence with the same past: blocks are shared until one of the two writes.
    std::unique_ptr<Session> fork() const;

    /// The cache's own consistency check: computes the whole sequence anew and counts the blocks
    /// whose bytes differ. Requires: cache().isWhole().
    Expected<std::size_t> countDifferingBlocks();

    // ── cachefile.cpp ────────────────────────────────────────────────────────────────────────
    /// Everything that it takes to go on elsewhere, bit for bit. FileUnreadable.
    Expected<void> save(const std::string &path) const;
    /// FileUnreadable, FileBroken, CacheMismatch (another model, format or policy).
    Expected<void> restore(const std::string &path);

  private:
    Session(std::shared_ptr<const Model> model, Options options, std::shared_ptr<BlockPool> pool,
            std::shared_ptr<BlockPool> residual);
    void attended(const KvCache &cache, std::size_t layer, std::size_t head, std::size_t token,
                  std::span<const float> weights) override;
    std::size_t adoptPrefix();
    void publishFull();
    Expected<void> compute(std::span<const TokenId> tokens, LogitsFor wanted,
                           const std::stop_token &stop);
    Expected<void> computeUnderPolicy(std::span<const TokenId> tokens, const std::stop_token &stop);
    Expected<void> keepWithinContext();

    Options m_options;
    Decoder m_decoder;
    KvCache m_cache;
    std::unique_ptr<Policy> m_policy;
    Sampler m_sampler;
    AttentionObserver *m_observer = nullptr;
    std::vector<TokenId> m_tokens;
    std::vector<float> m_logits;
    std::size_t m_prefixHits = 0;
    std::size_t m_published = 0; // blocks
    std::size_t m_shifts = 0;
};

} // namespace kvscope::llm
