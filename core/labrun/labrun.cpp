// LabRun: the thread, its commands, and the steps of a decoding.
#include "core/labrun/labrun.h"

#include "core/store/kvfault.h"

#include <cmath>

namespace kvscope {
namespace {

constexpr auto kFrame = std::chrono::microseconds(1'000'000 / LabRun::kFramesPerSecond);

std::uint64_t usedBytes(const llm::Session &session)
{
    const llm::KvMemory memory = session.cache().memory();
    return memory.payload + memory.scales;
}

float chanceOf(std::span<const float> logits, llm::TokenId token)
{
    return static_cast<float>(
        std::exp(static_cast<double>(logits[token]) - llm::logSumExp(logits)));
}

} // namespace

LabRun::LabRun(Told told, std::shared_ptr<llm::BlockSource> blocks)
    : m_told(std::move(told)), m_blocks(std::move(blocks)),
      m_prefixRows(std::make_shared<PrefixRows>()),
      m_thread([this](const std::stop_token &end) { work(end); })
{}

LabRun::~LabRun()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    m_thread.request_stop();
}

void LabRun::post(Command command)
{
    {
        const std::lock_guard lock(m_mutex);
        m_commands.push_back(std::move(command));
    }
    m_wake.notify_one();
}

bool LabRun::mayStep() const
{
    return m_phase == LabPhase::Running && (m_pace != LabPace::Step || m_steps > 0);
}

void LabRun::work(const std::stop_token &end)
{
    while (!end.stop_requested()) {
        Command command;
        {
            std::unique_lock lock(m_mutex);
            const auto hasCommand = [this] { return !m_commands.empty(); };
            if (!mayStep())
                m_wake.wait(lock, end, hasCommand);
            else if (m_pace == LabPace::Slow)
                m_wake.wait_until(lock, end, m_nextStep, hasCommand);
            if (!m_commands.empty()) {
                command = std::move(m_commands.front());
                m_commands.pop_front();
            }
        }
        if (command)
            command();
        else if (!end.stop_requested() && mayStep())
            decodeOne();
    }
}

void LabRun::load(std::string path)
{
    post([this, path = std::move(path)] {
        m_error.reset();
        m_phase = LabPhase::Loading;
        tell();
        auto model = llm::Model::load(path);
        if (!model) {
            m_error = errorOf(model.error(), QString::fromStdString(path));
            m_phase = m_model ? LabPhase::Idle : LabPhase::Empty;
            return tell();
        }
        m_session.reset();
        m_other.reset();
        m_tokens.clear();
        m_promptTokens = 0;
        m_chosen.reset();
        m_model = std::move(*model);
        m_path = path;
        m_prefixes = PrefixTree();
        m_prefixRows = std::make_shared<PrefixRows>();
        measureRoofline();
        m_phase = LabPhase::Idle;
        tell();
    });
}

void LabRun::measureRoofline()
{
    const std::span<const float> weights = m_model->packed();
    double best = 0;
    volatile float sink = 0;
    // The first pass brings the pages in; more than a few would delay a large model's first token.
    const int passes = weights.size_bytes() > (64U << 20U) ? 2 : 12;
    for (int i = 0; i < passes; ++i) {
        const auto start = Clock::now();
        sink = sink + llm::kernels().readAll(weights.data(), weights.size());
        const std::chrono::duration<double> took = Clock::now() - start;
        if (i > 0 && took.count() > 0)
            best = std::max(best, static_cast<double>(weights.size_bytes()) / took.count());
    }
    m_roofline = best / static_cast<double>(m_model->bytesPerToken());
}

void LabRun::start(LabPlan plan)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    post([this, plan = std::move(plan)]() mutable { begin(std::move(plan)); });
}

void LabRun::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    post([this] {
        if (m_phase == LabPhase::Running || m_phase == LabPhase::Waiting) finish(LabPhase::Stopped);
    });
}

void LabRun::step()
{
    post([this] {
        if (m_phase == LabPhase::Running) ++m_steps;
    });
}

void LabRun::setPace(LabPace pace)
{
    post([this, pace] {
        m_pace = pace;
        m_steps = 0;
        m_nextStep = Clock::now();
        tell();
    });
}

void LabRun::goOn(std::size_t tokens)
{
    post([this, tokens] {
        if (!m_session || m_phase == LabPhase::Running) return;
        m_wanted = m_tokens.size() + tokens;
        m_nextStep = Clock::now();
        m_phase = LabPhase::Running;
        tell();
    });
}

void LabRun::begin(LabPlan plan)
{
    if (!m_model) return;
    {
        const std::lock_guard lock(m_mutex);
        m_stop = std::stop_source();
    }
    m_error.reset();
    m_other.reset();
    m_session.reset();
    m_tokens.clear();
    m_chosen.reset();
    m_plan = std::move(plan);
    m_steps = 0;
    m_decodeTime = m_otherTime = {};
    m_decoded = 0;
    m_prefillSeconds = 0;
    m_promptTokens = 0;
    ++m_run;
    const std::vector<llm::TokenId> prompt =
        m_model->tokenizer().encodePrompt(m_plan.prompt, llm::SpecialTokens::Parse);
    if (prompt.empty()) return finish(LabPhase::Done);
    if (m_plan.session.policy.kind == llm::PolicyKind::Full) m_plan.session.blocks = m_blocks;
    auto session = llm::Session::make(m_model, m_plan.session);
    if (!session) return fail(session.error());
    m_session = std::move(*session);
    m_probe.begin(m_model->shape(), m_session->cache().layout().format());
    m_session->setObserver(&m_probe);
    m_session->cache().setObserver(&m_probe);
    if (m_plan.other) {
        auto other = llm::Session::make(m_model, *m_plan.other);
        if (!other) return fail(other.error());
        m_other = std::move(*other);
    }
    if (const auto fault = prefill(prompt)) return fail(*fault);
    m_promptTokens = m_tokens.size();
    m_wanted = m_promptTokens + m_plan.tokens;
    m_nextStep = Clock::now();
    if (m_tokens.size() < prompt.size()) return finish(LabPhase::Stopped);
    if (m_plan.tokens == 0) return finish(LabPhase::Done);
    m_phase = LabPhase::Running;
    tell();
}

std::optional<llm::Fault> LabRun::prefill(const std::vector<llm::TokenId> &prompt)
{
    std::stop_token stop;
    {
        const std::lock_guard lock(m_mutex);
        stop = m_stop.get_token();
    }
    const auto start = Clock::now();
    if (auto ok = m_session->feed(prompt, stop); !ok) return ok.error();
    const std::chrono::duration<double> took = Clock::now() - start;
    m_prefillSeconds = took.count();
    const std::size_t hits = m_session->prefixHitTokens();
    const std::size_t computed = std::max<std::size_t>(1, m_session->tokens().size() - hits);
    LabToken like;
    like.isPrompt = true;
    like.micros = static_cast<float>(took.count() * 1e6 / static_cast<double>(computed));
    if (m_other) {
        const auto otherStart = Clock::now();
        if (auto ok = m_other->feed(prompt, stop); !ok) return ok.error();
        const std::chrono::duration<double> otherTook = Clock::now() - otherStart;
        like.otherMicros =
            static_cast<float>(otherTook.count() * 1e6 / static_cast<double>(prompt.size()));
    }
    takeTokens(0, like);
    notePrefixes();
    return std::nullopt;
}

Bytes LabRun::textOf(llm::TokenId token) const
{
    const llm::Tokenizer &tokenizer = m_model->tokenizer();
    // A control token stands for no bytes: its name then.
    return tokenizer.isControl(token) ? tokenizer.piece(token) : tokenizer.bytesOf(token);
}

void LabRun::takeTokens(std::size_t from, LabToken like)
{
    const std::vector<llm::TokenId> &tokens = m_session->tokens();
    const llm::KvLayout &layout = m_session->cache().layout();
    const std::size_t perToken = layout.payloadBytes(1);
    const std::size_t perBlock = layout.scaleBytes(llm::kBlockTokens);
    m_tokens.resize(tokens.size(), like);
    for (std::size_t i = from; i < tokens.size(); ++i) {
        LabToken &token = m_tokens[i];
        token.id = tokens[i];
        token.text = textOf(tokens[i]);
        // What it held while it read the prompt, had it read token by token.
        const std::size_t cells = std::min(i + 1, m_plan.session.policy.limit());
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

/// False when the second session can't follow any more.
bool LabRun::compare(LabToken &token)
{
    if (!m_other) return true;
    token.divergence =
        static_cast<float>(llm::klDivergence(m_other->logits(), m_session->logits()));
    const llm::TokenId choice = llm::Sampler::greedy(m_other->logits());
    token.differs = choice != llm::Sampler::greedy(m_session->logits());
    if (token.differs) token.otherText = textOf(choice);
    const auto start = Clock::now();
    if (auto ok = m_other->accept(token.id); !ok) {
        m_other.reset();
        m_error = errorOf(ok.error(), QString::fromStdString(m_path));
        return false;
    }
    const std::chrono::duration<double> took = Clock::now() - start;
    m_otherTime += took;
    token.otherMicros = static_cast<float>(took.count() * 1e6);
    token.otherBytes = m_plan.other->caching == llm::Caching::Off ? 0 : usedBytes(*m_other);
    return true;
}

void LabRun::decodeOne()
{
    if (m_pace == LabPace::Slow) m_nextStep = std::max(m_nextStep + kSlowStep, Clock::now());
    if (m_steps > 0) --m_steps;
    LabToken token;
    token.id = m_session->sample();
    if (m_model->tokenizer().isEnd(token.id)) return finish(LabPhase::Done);
    token.text = textOf(token.id);
    token.probability = chanceOf(m_session->logits(), token.id);
    // The choice is compared by the logits that made it, so the second session goes first.
    compare(token);
    const auto start = Clock::now();
    if (auto ok = m_session->accept(token.id); !ok) return fail(ok.error());
    const std::chrono::duration<double> took = Clock::now() - start;
    m_decodeTime += took;
    ++m_decoded;
    token.micros = static_cast<float>(took.count() * 1e6);
    token.bytes = usedBytes(*m_session);
    m_tokens.push_back(std::move(token));
    if (m_tokens.size() >= m_wanted) return finish(LabPhase::Done);
    if (m_pace == LabPace::Full)
        tellIfDue();
    else
        tell();
}

void LabRun::finish(LabPhase phase)
{
    m_phase = phase;
    if (m_session) notePrefixes();
    tell();
}

void LabRun::fail(const llm::Fault &fault)
{
    m_error = errorOf(fault, QString::fromStdString(m_path));
    finish(LabPhase::Stopped);
}

void LabRun::notePrefixes()
{
    if (m_plan.session.policy.kind != llm::PolicyKind::Full || !m_session->cache().isWhole())
        return;
    m_prefixes.add(
        m_run,
        llm::blockChain(m_model->fingerprint(), m_session->cache().layout(), m_session->tokens()),
        m_model->tokenizer());
    m_prefixRows = std::make_shared<PrefixRows>(m_prefixes.rows());
}

void LabRun::tellIfDue()
{
    if (!m_isUnread.load() && Clock::now() - m_lastTold >= kFrame) tell();
}

void LabRun::tell()
{
    m_lastTold = Clock::now();
    m_isUnread.store(true);
    m_told(std::make_shared<const LabSnapshot>(look()));
}

} // namespace kvscope
