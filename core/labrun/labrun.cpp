// LabRun: the thread, its commands, and the steps of a decoding.
#include "core/labrun/labrun.h"

#include "core/store/kvfault.h"

#include <utility>

namespace kvscope {
namespace {

constexpr auto kFrame = std::chrono::microseconds(1'000'000 / LabRun::kFramesPerSecond);

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
        const LabPhase before = std::exchange(m_phase, LabPhase::Loading);
        tell();
        auto model = llm::Model::load(path);
        if (!model) {
            m_error = errorOf(model.error(), QString::fromStdString(path));
            m_phase = before;
            return tell();
        }
        forget();
        m_plan.reset();
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

void LabRun::clear()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    post([this] {
        forget();
        m_plan.reset();
        ++m_run;
        m_phase = m_model ? LabPhase::Idle : LabPhase::Empty;
        tell();
    });
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
        renewStop();
        if (read(std::exchange(m_unread, {}))) run(tokens);
    });
}

void LabRun::say(Bytes text, std::size_t tokens, llm::SamplerOptions sampler)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    post([this, text = std::move(text), tokens, sampler] {
        if (!m_session || !m_chat) return;
        renewStop();
        m_error.reset();
        for (const auto &session : {m_session.get(), m_other.get(), m_own.get()})
            if (session != nullptr) session->setSampler(sampler);
        std::vector<llm::TokenId> turn = std::exchange(m_unread, {});
        const std::vector<llm::TokenId> said = m_chat->nextTurn(text);
        turn.insert(turn.end(), said.begin(), said.end());
        ++m_turns;
        m_kept = m_session->cache().cells();
        if (read(turn)) run(tokens);
    });
}

void LabRun::renewStop()
{
    const std::lock_guard lock(m_mutex);
    m_stop = std::stop_source();
}

std::stop_token LabRun::stopToken()
{
    const std::lock_guard lock(m_mutex);
    return m_stop.get_token();
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
    if (m_session->options().policy.kind != llm::PolicyKind::Full || !m_session->cache().isWhole())
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
