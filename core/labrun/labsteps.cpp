// LabRun, the steps: reading what was given, choosing token by token, and the comparison beside.
//
// The comparison reads the same tokens as the session, so that their distributions behind every
// token can be held against each other. At the first token that it would have chosen otherwise a
// fork of it goes its own way, and that is the second text.
#include "core/labrun/labrun.h"
#include "core/store/kvfault.h"

#include <algorithm>
#include <limits>

namespace kvscope {
namespace {

std::uint64_t usedBytes(const llm::Session &session)
{
    if (session.options().caching == llm::Caching::Off) return 0;
    const llm::KvMemory memory = session.cache().memory();
    return memory.payload + memory.scales;
}

float microsOf(std::chrono::duration<double> time, std::size_t tokens)
{
    return static_cast<float>(time.count() * 1e6 /
                              static_cast<double>(std::max<std::size_t>(1, tokens)));
}

/// Lets `session` read what it lacks of `text`. Stopped, it has read less.
llm::Expected<void> readRest(llm::Session &session, std::span<const llm::TokenId> text,
                             const std::stop_token &stop)
{
    const std::size_t before = session.tokens().size();
    if (before >= text.size()) return {};
    auto ok = session.feed(text.subspan(before), stop);
    // Without a cache it would remember tokens that it did not compute.
    if (stop.stop_requested() && session.options().caching == llm::Caching::Off)
        session.truncate(before);
    return ok;
}

} // namespace

void LabRun::forget()
{
    m_session.reset();
    m_other.reset();
    m_own.reset();
    m_ownText.clear();
    m_ownEnded = false;
    m_firstDifference.reset();
    m_chat.reset();
    m_tokens.clear();
    m_otherTokens.clear();
    m_unread.clear();
    m_chosen.reset();
    m_error.reset();
    m_decodeTime = m_otherTime = {};
    m_decoded = m_promptTokens = m_turns = m_kept = m_steps = 0;
    m_prefillSeconds = 0;
}

void LabRun::begin(LabPlan plan)
{
    if (!m_model) return;
    renewStop();
    forget();
    m_plan = std::make_shared<const LabPlan>(std::move(plan));
    ++m_run;
    const llm::Tokenizer &tokenizer = m_model->tokenizer();
    if (m_plan->kind == LabPlan::Kind::Chat) m_chat.emplace(tokenizer);
    const std::vector<llm::TokenId> prompt =
        m_chat ? m_chat->firstTurn(m_plan->prompt)
               : tokenizer.encodePrompt(m_plan->prompt, llm::SpecialTokens::Parse);
    if (prompt.empty()) return finish(LabPhase::Done);
    if (const auto fault = makeSessions()) return fail(*fault);
    m_turns = 1;
    if (read(prompt)) run(m_plan->tokens);
}

std::optional<llm::Fault> LabRun::makeSessions()
{
    llm::Session::Options options = m_plan->session;
    if (options.policy.kind == llm::PolicyKind::Full) options.blocks = m_blocks;
    auto session = llm::Session::make(m_model, std::move(options));
    if (!session) return session.error();
    m_session = std::move(*session);
    m_probe.begin(m_model->shape(), m_session->cache().layout().format());
    m_session->setObserver(&m_probe);
    m_session->cache().setObserver(&m_probe);
    if (!m_plan->other) return std::nullopt;
    auto other = llm::Session::make(m_model, *m_plan->other);
    if (!other) return other.error();
    m_other = std::move(*other);
    return std::nullopt;
}

bool LabRun::isBehind() const
{
    return (m_other && m_other->tokens().size() < m_session->tokens().size()) ||
           (m_own && m_own->tokens().size() < m_ownText.size());
}

std::optional<llm::Fault> LabRun::catchUp(const std::stop_token &stop)
{
    if (m_other)
        if (auto ok = readRest(*m_other, m_session->tokens(), stop); !ok) return ok.error();
    if (m_own)
        if (auto ok = readRest(*m_own, m_ownText, stop); !ok) return ok.error();
    return std::nullopt;
}

bool LabRun::read(const std::vector<llm::TokenId> &given)
{
    const std::stop_token stop = stopToken();
    const std::size_t before = m_tokens.size();
    const auto start = Clock::now();
    const auto ok = m_session->feed(given, stop);
    const std::chrono::duration<double> took = Clock::now() - start;
    const std::size_t count = m_session->tokens().size() - before;
    const std::size_t hits = before == 0 ? m_session->prefixHitTokens() : 0;
    LabToken like;
    like.isPrompt = true;
    like.micros = microsOf(took, count - std::min(count, hits));
    if (count > 0) m_prefillSeconds = took.count();
    m_unread.assign(given.begin() + static_cast<std::ptrdiff_t>(count), given.end());
    if (m_own)
        m_ownText.insert(m_ownText.end(), given.begin(),
                         given.begin() + static_cast<std::ptrdiff_t>(count));
    if (count > 0) m_ownEnded = false;
    const auto otherStart = Clock::now();
    const auto fault = ok ? catchUp(stop) : std::nullopt;
    if (m_other && ok) like.otherMicros = microsOf(Clock::now() - otherStart, count);
    takeTokens(before, like);
    if (m_tokens.size() > before) m_tokens[before].startsTurn = true;
    if (m_other) takeGivenBeside(before);
    if (m_decoded == 0) m_promptTokens = m_tokens.size();
    if (!ok) {
        fail(ok.error());
        return false;
    }
    if (fault) dropComparison(*fault);
    notePrefixes();
    if (m_unread.empty() && !isBehind()) return true;
    finish(LabPhase::Stopped);
    return false;
}

void LabRun::run(std::size_t tokens)
{
    m_wanted = m_tokens.size() + tokens;
    m_tokens.reserve(m_wanted);
    m_nextStep = Clock::now();
    if (tokens == 0) return finish(LabPhase::Done);
    m_phase = LabPhase::Running;
    tell();
}

Bytes LabRun::textOf(llm::TokenId token) const
{
    const llm::Tokenizer &tokenizer = m_model->tokenizer();
    // A control token stands for no bytes: its name then.
    return tokenizer.isControl(token) ? tokenizer.piece(token) : tokenizer.bytesOf(token);
}

float LabRun::chanceOf(std::span<const float> logits, llm::TokenId token)
{
    const std::size_t padded = (logits.size() + 15) / 16 * 16;
    m_chances.assign(logits.begin(), logits.end());
    m_chances.resize(padded, -std::numeric_limits<float>::infinity());
    llm::kernels().softmax(m_chances.data(), padded);
    return m_chances[token];
}

void LabRun::takeTokens(std::size_t from, const LabToken &like)
{
    const std::vector<llm::TokenId> &tokens = m_session->tokens();
    const llm::Session::Options &options = m_session->options();
    const llm::KvLayout &layout = m_session->cache().layout();
    const std::size_t perToken = layout.payloadBytes(1);
    const std::size_t perBlock = layout.scaleBytes(llm::kBlockTokens);
    std::size_t limit = options.policy.limit();
    if (options.atEnd == llm::AtContextEnd::Shift) limit = std::min(limit, options.context);
    m_tokens.resize(tokens.size(), like);
    for (std::size_t i = from; i < tokens.size(); ++i) {
        LabToken &token = m_tokens[i];
        token.id = tokens[i];
        token.text = textOf(tokens[i]);
        // What it held while it read the prompt, had it read token by token.
        const std::size_t cells = std::min(i + 1, limit);
        token.bytes = cells * perToken + cells * perBlock / llm::kBlockTokens;
    }
    const llm::KvCache &cache = m_session->cache();
    for (const llm::CellPlace place : cache.places()) {
        const auto index = static_cast<std::size_t>(cache.cell(place).index);
        if (index >= from && index < m_tokens.size())
            m_tokens[index].origin = cache.cell(place).origin;
    }
    for (std::size_t i = from; i < m_tokens.size(); ++i)
        if (m_tokens[i].origin != llm::Origin::Computed) m_tokens[i].micros = kNotMeasured;
    if (m_tokens.size() > from) m_tokens.back().bytes = usedBytes(*m_session);
}

void LabRun::takeGivenBeside(std::size_t from)
{
    for (std::size_t i = from; i < m_tokens.size(); ++i) {
        LabToken token = m_tokens[i];
        token.origin = llm::Origin::Computed;
        token.micros = token.otherMicros;
        token.bytes = 0;
        m_otherTokens.push_back(std::move(token));
    }
    if (m_tokens.size() > from) m_otherTokens.back().bytes = usedBytes(m_own ? *m_own : *m_other);
}

bool LabRun::ends(llm::TokenId token) const
{
    return m_chat ? m_chat->endsReply(token) : m_model->tokenizer().isEnd(token);
}

void LabRun::dropComparison(const llm::Fault &fault)
{
    m_other.reset();
    m_own.reset();
    m_error = errorOf(fault, QString::fromStdString(m_path));
}

/// The choice is compared by the logits that made it, so the comparison goes first.
void LabRun::compare(LabToken &token)
{
    if (!m_other) return;
    token.divergence =
        static_cast<float>(llm::klDivergence(m_other->logits(), m_session->logits()));
    // Drawn with the same random numbers, where it is drawn.
    const llm::TokenId choice = m_other->sample();
    token.differs = choice != token.id;
    if (token.differs) token.otherText = textOf(choice);
    if (token.differs && !m_firstDifference) {
        m_firstDifference = m_tokens.size();
        m_own = m_other->fork();
        m_ownText = m_own->tokens();
        m_ownEnded = false;
    }
    LabToken beside;
    beside.id = token.id;
    if (!m_own) beside.probability = chanceOf(m_other->logits(), token.id);
    const auto start = Clock::now();
    if (auto ok = m_other->accept(token.id); !ok) return dropComparison(ok.error());
    const std::chrono::duration<double> took = Clock::now() - start;
    m_otherTime += took;
    token.otherMicros = microsOf(took, 1);
    token.otherBytes = usedBytes(*m_other);
    if (m_own) return goOwnWay(m_firstDifference == m_tokens.size() ? choice : m_own->sample());
    beside.text = token.text;
    beside.micros = token.otherMicros;
    beside.divergence = token.divergence;
    beside.bytes = token.otherBytes;
    m_otherTokens.push_back(std::move(beside));
}

void LabRun::goOwnWay(llm::TokenId choice)
{
    if (m_ownEnded || ends(choice)) {
        m_ownEnded = true;
        return;
    }
    LabToken own;
    own.id = choice;
    own.text = textOf(choice);
    own.probability = chanceOf(m_own->logits(), choice);
    own.differs = m_firstDifference == m_tokens.size();
    const auto start = Clock::now();
    if (auto ok = m_own->accept(choice); !ok) return dropComparison(ok.error());
    own.micros = microsOf(Clock::now() - start, 1);
    own.bytes = usedBytes(*m_own);
    m_ownText.push_back(choice);
    m_otherTokens.push_back(std::move(own));
}

void LabRun::decodeOne()
{
    if (m_pace == LabPace::Slow) m_nextStep = std::max(m_nextStep + kSlowStep, Clock::now());
    if (m_steps > 0) --m_steps;
    LabToken token;
    token.id = m_session->sample();
    if (ends(token.id)) return finish(LabPhase::Done);
    token.text = textOf(token.id);
    token.probability = chanceOf(m_session->logits(), token.id);
    compare(token);
    const auto start = Clock::now();
    if (auto ok = m_session->accept(token.id); !ok) return fail(ok.error());
    const std::chrono::duration<double> took = Clock::now() - start;
    m_decodeTime += took;
    ++m_decoded;
    token.micros = microsOf(took, 1);
    token.bytes = usedBytes(*m_session);
    m_tokens.push_back(std::move(token));
    if (m_tokens.size() >= m_wanted) return finish(LabPhase::Done);
    if (m_pace == LabPace::Full)
        tellIfDue();
    else
        tell();
}

} // namespace kvscope
