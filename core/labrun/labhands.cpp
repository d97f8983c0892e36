// LabRun, hands and looks: cells held and evicted, files, and what a snapshot says.
#include "core/labrun/labrun.h"
#include "core/store/kvfault.h"

#include <bit>

namespace kvscope {
namespace {

void markEvicted(const llm::Session &session, std::vector<LabToken> &tokens)
{
    if (session.cache().cells() == tokens.size()) return;
    const std::vector<std::uint8_t> live = LabProbe::liveTokens(session);
    for (std::size_t i = 0; i < tokens.size() && i < live.size(); ++i)
        tokens[i].isEvicted = live[i] == 0;
}

} // namespace

LabSnapshot LabRun::look()
{
    LabSnapshot out;
    out.phase = m_phase == LabPhase::Running && m_pace == LabPace::Step && m_steps == 0
                    ? LabPhase::Waiting
                    : m_phase;
    out.run = m_run;
    out.error = m_error;
    out.model = m_model;
    out.modelPath = m_path;
    out.rooflineTps = m_roofline;
    out.tokens = m_tokens;
    out.promptTokens = m_promptTokens;
    out.plan = m_plan;
    out.turns = m_turns;
    out.keptTokens = m_kept;
    out.otherTokens = m_otherTokens;
    out.firstDifference = m_firstDifference;
    out.prefillMs = m_prefillSeconds * 1000;
    out.prefixes = m_prefixRows;
    const auto rate = [this](std::chrono::duration<double> time) {
        return time.count() > 0 ? static_cast<double>(m_decoded) / time.count() : 0;
    };
    out.decodeTps = rate(m_decodeTime);
    out.otherTps = m_other ? rate(m_otherTime) : 0;
    out.hasOther = m_plan && m_plan->other.has_value();
    if (!m_session) return out;
    const llm::KvCache &cache = m_session->cache();
    out.prefixHits = m_session->prefixHitTokens();
    out.memory = cache.memory();
    out.formulaBytes = m_model->shape().kvValuesPerToken() * llm::kvBits(m_session->options().kv) *
                       out.memory.cells / 8;
    out.shifts = m_session->shifts();
    out.context = m_session->options().context;
    out.keep = m_session->options().keep;
    out.sinkMass = m_probe.sinkMass();
    out.heat = m_probe.heat(m_heat, *m_session);
    markEvicted(*m_session, out.tokens);
    const llm::Session *beside = m_own ? m_own.get() : m_other.get();
    if (beside != nullptr && beside->options().caching == llm::Caching::On)
        markEvicted(*beside, out.otherTokens);
    for (const llm::KvCache::TableBlock &block : cache.table()) {
        LabBlock shown{.live = block.live,
                       .origin = llm::Origin::Computed,
                       .isShared = block.block.isShared(),
                       .isResidual = block.isResidual};
        bool isFirst = true;
        for (std::size_t slot = 0; slot < llm::kBlockTokens; ++slot) {
            if (((block.live >> slot) & 1U) == 0) continue;
            const llm::Cell &cell = block.cells[slot];
            if (isFirst) shown.origin = cell.origin;
            shown.first = isFirst ? cell.index : std::min(shown.first, cell.index);
            shown.last = isFirst ? cell.index : std::max(shown.last, cell.index);
            isFirst = false;
        }
        out.blocks.push_back(shown);
    }
    if (m_chosen) out.cell = m_probe.cell(m_chosen->first, m_chosen->second, *m_session);
    return out;
}

std::optional<llm::CellPlace> LabRun::placeOf(std::int32_t index) const
{
    if (!m_session) return std::nullopt;
    for (const llm::CellPlace place : m_session->cache().places())
        if (m_session->cache().cell(place).index == index) return place;
    return std::nullopt;
}

void LabRun::showHeat(HeatKind kind)
{
    post([this, kind] {
        m_heat = kind;
        tell();
    });
}

void LabRun::choose(std::optional<std::int32_t> index, std::size_t row)
{
    post([this, index, row] {
        m_chosen.reset();
        if (index && m_model && row < m_model->shape().layers * m_model->shape().kvHeads)
            m_chosen.emplace(*index, row);
        tell();
    });
}

void LabRun::hold(std::int32_t index, Hold hold)
{
    post([this, index, hold] {
        if (const auto place = placeOf(index))
            m_session->cache().hold(*place, hold == Hold::Pinned);
        tell();
    });
}

void LabRun::evict(std::int32_t index)
{
    post([this, index] {
        const auto place = placeOf(index);
        if (!place) return;
        llm::KvCache &cache = m_session->cache();
        // Where cells have their rank as position, those behind move down as under the policy.
        if (m_session->options().policy.renumbers())
            cache.shift(cache.cell(*place).position, 1);
        else
            cache.evict(*place);
        tell();
    });
}

void LabRun::save(std::string path, Answered answered)
{
    post([this, path = std::move(path), answered = std::move(answered)] {
        if (!m_session) return answered(Error(ErrorCode::LabFailed, {}));
        const auto ok = m_session->save(path);
        answered(ok ? std::optional<Error>() : errorOf(ok.error(), QString::fromStdString(m_path)));
    });
}

void LabRun::restore(std::string path, LabPlan plan, Answered answered)
{
    stop();
    post([this, path = std::move(path), plan = std::move(plan),
          answered = std::move(answered)]() mutable {
        const auto refuse = [&](const llm::Fault &fault) {
            answered(errorOf(fault, QString::fromStdString(m_path)));
        };
        if (!m_model) return answered(Error(ErrorCode::LabFailed, {}));
        auto session = llm::Session::make(m_model, plan.session);
        if (!session) return refuse(session.error());
        if (auto ok = (*session)->restore(path); !ok) return refuse(ok.error());
        forget();
        m_session = std::move(*session);
        plan.prompt.clear();
        plan.other.reset();
        if (plan.kind == LabPlan::Kind::Chat) m_chat.emplace(m_model->tokenizer());
        m_plan = std::make_shared<const LabPlan>(std::move(plan));
        m_probe.begin(m_model->shape(), m_session->cache().layout().format());
        m_session->setObserver(&m_probe);
        m_session->cache().setObserver(&m_probe);
        ++m_run;
        LabToken like;
        like.origin = llm::Origin::File; // also of those that were evicted before it was saved
        takeTokens(0, like);
        m_promptTokens = m_tokens.size();
        finish(LabPhase::Stopped);
        answered(std::nullopt);
    });
}

void LabRun::verify(std::function<void(std::optional<Error>, std::size_t)> answered)
{
    post([this, answered = std::move(answered)] {
        if (!m_session || !m_session->cache().isWhole())
            return answered(Error(ErrorCode::LabFailed, {}), 0);
        const auto differing = m_session->countDifferingBlocks();
        if (!differing)
            return answered(errorOf(differing.error(), QString::fromStdString(m_path)), 0);
        answered(std::nullopt, *differing);
    });
}

} // namespace kvscope
