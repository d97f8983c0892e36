// ChatWorker: prefill, the first token, the rest of the answer.
#include "core/scenario/chatworker.h"

#include "core/store/kvfault.h"

namespace kvscope {

ChatWorker::ChatWorker() : m_thread([this](const std::stop_token &stop) { work(stop); })
{}

ChatWorker::~ChatWorker() = default;

void ChatWorker::post(Task task)
{
    const std::scoped_lock lock(m_mutex);
    m_tasks.push_back(std::move(task));
    m_wake.notify_one();
}

void ChatWorker::work(const std::stop_token &stop)
{
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); })) return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task(stop);
    }
}

void ChatWorker::load(QString path, Callback<Model> done)
{
    post([this, path = std::move(path), done = std::move(done)](const std::stop_token &) {
        auto model = llm::Model::load(path.toStdString());
        if (!model) return done(failure(errorOf(model.error(), path)));
        m_model = *model;
        m_pool = std::make_shared<llm::BlockPool>(llm::KvLayout(m_model->shape(), {kFormat}));
        const auto stops = m_model->tokenizer().encode(".");
        if (!stops.empty()) m_end = stops.back();
        done(m_model);
    });
}

void ChatWorker::answer(Turn turn, Callback<Answer> done)
{
    post([this, turn = std::move(turn), done = std::move(done)](const std::stop_token &stop) {
        done(compute(turn, stop));
    });
}

Result<ChatWorker::Answer> ChatWorker::compute(const Turn &turn, const std::stop_token &stop)
{
    const auto start = std::chrono::steady_clock::now();
    auto session =
        llm::Session::make(m_model, {.kv = kFormat, .pool = m_pool, .blocks = turn.blocks});
    if (!session) return failure(errorOf(session.error(), {}));
    if (auto ok = (*session)->feed(turn.tokens, stop); !ok) return failure(errorOf(ok.error(), {}));
    if (stop.stop_requested()) return failure(ErrorCode::Cancelled);
    Answer answer;
    answer.said.push_back((*session)->sample());
    answer.firstTokenAt = std::chrono::steady_clock::now();
    answer.computeTime = answer.firstTokenAt - start;
    answer.computed = turn.tokens.size() - (*session)->prefixHitTokens();
    while (answer.said.size() < kMostSaid && answer.said.back() != m_end &&
           !stop.stop_requested()) {
        if (auto ok = (*session)->accept(answer.said.back()); !ok)
            return failure(errorOf(ok.error(), {}));
        answer.said.push_back((*session)->sample());
    }
    return answer;
}

} // namespace kvscope
