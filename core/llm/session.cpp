// Session: prefix, prefill, steps.
#include "core/llm/session.h"

#include "core/llm/kvcodec.h"

#include <algorithm>
#include <cstring>

namespace kvscope::llm {
namespace {

KvFormat formatOf(const Session::Options &options)
{
    const bool movesCells = options.policy.renumbers() || options.atEnd == AtContextEnd::Shift;
    return {options.kv, options.rotation, movesCells ? KeyForm::Raw : KeyForm::Turned};
}

/// Whether the live cells of two blocks hold the same. Free cells hold what was there before.
bool holdSame(const KvLayout &layout, const KvCache::TableBlock &a, const KvCache::TableBlock &b)
{
    if (a.live == 0xFFFF)
        return std::memcmp(a.block.data(), b.block.data(), layout.blockBytes()) == 0;
    const std::size_t n = layout.headDim();
    std::vector<float> keys(2 * n * kBlockTokens);
    std::vector<float> values(keys.size());
    for (std::size_t head = 0; head < layout.layers() * layout.kvHeads(); ++head) {
        const std::size_t at = layout.head(0, head); // heads of all layers lie in a row
        for (const auto *entry : {&a, &b}) {
            const std::size_t half = entry == &a ? 0 : n * kBlockTokens;
            decodeBlock(layout, kernels(), entry->block.data() + at, keys.data() + half,
                        values.data() + half);
        }
        for (std::size_t slot = 0; slot < kBlockTokens; ++slot)
            for (std::size_t d = 0; d < n && ((a.live >> slot) & 1U) != 0; ++d) {
                const std::size_t k = d * kBlockTokens + slot;
                const std::size_t v = slot * n + d;
                if (keys[k] != keys[n * kBlockTokens + k] ||
                    values[v] != values[n * kBlockTokens + v])
                    return false;
            }
    }
    return true;
}

} // namespace

Expected<std::unique_ptr<Session>> Session::make(std::shared_ptr<const Model> model,
                                                 Options options)
{
    if (!KvLayout::supports(model->shape(), options.kv))
        return fault(FaultCode::OptionInvalid,
                     {std::string(kvTypeName(options.kv)), "f32, f16, q8"});
    if (options.context == 0) options.context = model->shape().context;
    const KvFormat format = formatOf(options);
    std::shared_ptr<BlockPool> pool = options.pool;
    if (!pool || pool->layout().format() != format)
        pool = std::make_shared<BlockPool>(KvLayout(model->shape(), format));
    std::shared_ptr<BlockPool> residual;
    if (format.type == KvType::Kivi2)
        residual =
            std::make_shared<BlockPool>(KvLayout(model->shape(), KvCache::residualFormat(format)));
    return std::unique_ptr<Session>(
        new Session(std::move(model), std::move(options), std::move(pool), std::move(residual)));
}

Session::Session(std::shared_ptr<const Model> model, Options options,
                 std::shared_ptr<BlockPool> pool, std::shared_ptr<BlockPool> residual)
    : m_options(std::move(options)), m_decoder(std::move(model), m_options.decoder),
      m_cache(std::move(pool), std::move(residual)), m_policy(Policy::make(m_options.policy)),
      m_sampler(m_options.sampler)
{}

Session::~Session() = default;

void Session::attended(const KvCache &cache, std::size_t layer, std::size_t head, std::size_t token,
                       std::span<const float> weights)
{
    if (m_options.policy.needsAttention()) m_policy->attended(m_cache, weights);
    if (m_observer != nullptr) m_observer->attended(cache, layer, head, token, weights);
}

Expected<void> Session::feed(std::span<const TokenId> tokens, const std::stop_token &stop)
{
    const std::size_t vocab = model().shape().vocab;
    for (const TokenId token : tokens)
        if (token >= vocab)
            return fault(FaultCode::TokenInvalid, {std::to_string(token), std::to_string(vocab)});
    if (tokens.empty()) return {};
    if (m_options.caching == Caching::Off) {
        m_tokens.insert(m_tokens.end(), tokens.begin(), tokens.end());
        auto ok = compute(m_tokens, LogitsFor::Last, stop);
        m_cache.clear();
        return ok;
    }
    const std::size_t before = m_tokens.size();
    const bool isWhole = m_cache.cells() == before && m_cache.isWhole();
    m_tokens.insert(m_tokens.end(), tokens.begin(), tokens.end());
    const std::size_t hits = before == 0 ? adoptPrefix() : 0;
    const std::span<const TokenId> rest = std::span<const TokenId>(m_tokens).subspan(before + hits);
    const auto indexBefore = static_cast<std::size_t>(m_cache.nextIndex());
    Expected<void> ok =
        m_options.policy.kind == PolicyKind::Full && m_options.atEnd == AtContextEnd::GoOn
            ? compute(rest, LogitsFor::Last, stop)
            : computeUnderPolicy(rest, stop);
    // Stopped, or a fault: what was not computed was not said.
    m_tokens.resize(before + hits + (static_cast<std::size_t>(m_cache.nextIndex()) - indexBefore));
    if (ok && isWhole) publishFull();
    return ok;
}

Expected<void> Session::score(std::span<const TokenId> tokens, const Row &row,
                              const std::stop_token &stop)
{
    constexpr std::size_t kPiece = 48; // of logits: a large vocabulary's rows are long
    const bool isPlain = m_options.policy.kind == PolicyKind::Full &&
                         m_options.caching == Caching::On && m_options.atEnd == AtContextEnd::GoOn;
    const std::size_t vocab = model().shape().vocab;
    std::vector<float> rows;
    for (std::size_t at = 0; at < tokens.size() && !stop.stop_requested();) {
        const std::size_t count = isPlain ? std::min(kPiece, tokens.size() - at) : 1;
        const std::span<const TokenId> piece = tokens.subspan(at, count);
        if (isPlain) {
            m_decoder.setObserver(m_observer != nullptr ? this : nullptr);
            if (auto ok = m_decoder.run(piece, m_cache, LogitsFor::All, rows); !ok) return ok;
            m_tokens.insert(m_tokens.end(), piece.begin(), piece.end());
            for (std::size_t i = 0; i < count; ++i) row(at + i, {rows.data() + i * vocab, vocab});
            m_logits.assign(rows.end() - static_cast<std::ptrdiff_t>(vocab), rows.end());
        } else {
            if (auto ok = feed(piece, stop); !ok) return ok;
            row(at, m_logits);
        }
        at += count;
    }
    return {};
}

Expected<void> Session::compute(std::span<const TokenId> tokens, LogitsFor wanted,
                                const std::stop_token &stop)
{
    const bool isWatched = m_observer != nullptr || m_options.policy.needsAttention();
    m_decoder.setObserver(isWatched ? this : nullptr);
    std::vector<float> unused;
    return m_decoder.run(tokens, m_cache, wanted, wanted == LogitsFor::None ? unused : m_logits,
                         stop);
}

Expected<void> Session::computeUnderPolicy(std::span<const TokenId> tokens,
                                           const std::stop_token &stop)
{
    const PolicySpec &policy = m_options.policy;
    std::size_t at = 0;
    // What fits goes in whole batches; SnapKV wants the whole prompt, but sees only its end.
    std::size_t together = 0;
    if (policy.waitsForPrompt())
        together = tokens.size() > kRecentCells ? tokens.size() - kRecentCells : 0;
    else if (m_cache.cells() < policy.limit())
        together = std::min(tokens.size(), policy.limit() - m_cache.cells());
    if (m_options.atEnd != AtContextEnd::GoOn) {
        const auto position = static_cast<std::size_t>(m_cache.nextPosition());
        together =
            std::min(together, m_options.context > position ? m_options.context - position : 0);
    }
    if (together > 0) {
        const bool isWatched =
            m_observer != nullptr || (policy.needsAttention() && !policy.waitsForPrompt());
        m_decoder.setObserver(isWatched ? this : nullptr);
        const LogitsFor wanted = together == tokens.size() ? LogitsFor::Last : LogitsFor::None;
        std::vector<float> unused;
        // What a policy has counted of a batch can't be taken back: then a stop waits for the end
        // of a short one.
        const bool counts = isWatched && policy.needsAttention() && !policy.waitsForPrompt();
        const std::size_t piece = counts ? kBlockTokens : together;
        for (; at < together && !stop.stop_requested(); at += piece) {
            const std::size_t count = std::min(piece, together - at);
            const bool isLast = at + count == together;
            auto ok =
                m_decoder.run(tokens.subspan(at, count), m_cache, isLast ? wanted : LogitsFor::None,
                              isLast && wanted != LogitsFor::None ? m_logits : unused,
                              counts ? std::stop_token() : stop);
            if (!ok) return ok;
        }
        at = together;
    }
    const bool isPrompt = tokens.size() > 1;
    for (; at < tokens.size() && !stop.stop_requested(); ++at) {
        if (auto ok = keepWithinContext(); !ok) return ok;
        if (!policy.waitsForPrompt() || !isPrompt) m_policy->makeRoom(m_cache, 1);
        if (auto ok = compute(tokens.subspan(at, 1),
                              at + 1 == tokens.size() ? LogitsFor::Last : LogitsFor::None, stop);
            !ok)
            return ok;
        m_policy->tokenDone(m_cache);
    }
    if (policy.waitsForPrompt() && isPrompt) m_policy->makeRoom(m_cache, 0);
    return {};
}

Expected<void> Session::keepWithinContext()
{
    const auto position = static_cast<std::size_t>(m_cache.nextPosition());
    if (m_options.atEnd == AtContextEnd::GoOn || position < m_options.context) return {};
    if (m_options.atEnd == AtContextEnd::Stop)
        return fault(FaultCode::ContextFull, {std::to_string(m_options.context)});
    const std::size_t keep = std::min(m_options.keep, m_options.context - 1);
    return shiftContext(keep, std::max<std::size_t>(1, (position - keep) / 2));
}

Expected<void> Session::shiftContext(std::size_t keep, std::size_t drop)
{
    if (m_cache.layout().format().keys != KeyForm::Raw)
        return fault(FaultCode::OptionInvalid,
                     {"context shift", "a session whose keys are kept as they are"});
    m_cache.shift(static_cast<std::int32_t>(keep), static_cast<std::int32_t>(drop));
    ++m_shifts;
    return {};
}

std::size_t Session::adoptPrefix()
{
    if (!m_options.blocks || m_options.policy.kind != PolicyKind::Full || m_tokens.size() < 2)
        return 0;
    // The last token is always computed: its logits are what the caller came for.
    const std::span<const TokenId> usable =
        std::span<const TokenId>(m_tokens).first(m_tokens.size() - 1);
    const std::vector<BlockId> chain = blockChain(model().fingerprint(), m_cache.layout(), usable);
    std::vector<FoundBlock> found = m_options.blocks->find(chain);
    for (std::size_t b = 0; b < found.size(); ++b)
        m_cache.adopt(std::move(found[b].block), chain[b].tokens, found[b].origin);
    m_published = found.size();
    m_prefixHits += found.size() * kBlockTokens;
    return found.size() * kBlockTokens;
}

void Session::publishFull()
{
    if (!m_options.blocks || m_options.policy.kind != PolicyKind::Full || !m_cache.isWhole())
        return;
    const std::size_t full = m_cache.cells() / kBlockTokens;
    if (full <= m_published) return;
    const std::vector<BlockId> chain =
        blockChain(model().fingerprint(), m_cache.layout(),
                   std::span<const TokenId>(m_tokens).first(full * kBlockTokens));
    for (; m_published < full; ++m_published) {
        const KvCache::TableBlock &entry = m_cache.table()[m_published];
        if (entry.isResidual) return; // kivi2: not yet quantised, so not yet what its name says
        if (BlockRef kept = m_options.blocks->publish(chain[m_published], entry.block.data()))
            m_cache.replace(m_published, std::move(kept));
    }
}

void Session::truncate(std::size_t count)
{
    if (count >= m_tokens.size()) return;
    m_tokens.resize(count);
    m_cache.truncate(static_cast<std::int32_t>(count));
    m_published = std::min(m_published, count / kBlockTokens);
}

std::unique_ptr<Session> Session::fork() const
{
    std::unique_ptr<Session> other(
        new Session(m_decoder.sharedModel(), m_options, nullptr, nullptr));
    other->m_cache = m_cache;
    other->m_policy = m_policy->clone();
    other->m_sampler = m_sampler;
    other->m_tokens = m_tokens;
    other->m_logits = m_logits;
    other->m_prefixHits = m_prefixHits;
    other->m_published = m_published;
    other->m_shifts = m_shifts;
    return other;
}

Expected<std::size_t> Session::countDifferingBlocks()
{
    Options options = m_options;
    options.blocks = nullptr;
    options.sampler = {};
    Expected<std::unique_ptr<Session>> fresh = make(m_decoder.sharedModel(), options);
    if (!fresh) return tl::unexpected<Fault>(fresh.error());
    if (auto ok = (*fresh)->compute(m_tokens, LogitsFor::None, {}); !ok)
        return tl::unexpected<Fault>(ok.error());
    const std::vector<KvCache::TableBlock> &ours = m_cache.table();
    const std::vector<KvCache::TableBlock> &theirs = (*fresh)->m_cache.table();
    std::size_t differing = 0;
    for (std::size_t b = 0; b < ours.size(); ++b) {
        const bool isSame = b < theirs.size() && ours[b].live == theirs[b].live &&
                            ours[b].isResidual == theirs[b].isResidual &&
                            holdSame(m_cache.layoutOf(ours[b]), ours[b], theirs[b]);
        differing += isSame ? 0 : 1;
    }
    return differing;
}

} // namespace kvscope::llm
