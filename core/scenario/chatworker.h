// ChatWorker: the chatbot's model on a thread of its own: one turn after the other.
#pragma once

#include "core/async/result.h"
#include "core/llm/carriedblocks.h"
#include "core/llm/session.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kvscope {

/// Any thread. Callbacks run on the worker's thread. Destroying it ends what it computes within a
/// batch or a token and drops what waits.
class ChatWorker
{
  public:
    /// Numbers as serving systems keep them.
    static constexpr llm::KvType kFormat = llm::KvType::F16;
    static constexpr std::size_t kMostSaid = 12; ///< tokens of an answer

    using Model = std::shared_ptr<const llm::Model>;
    ChatWorker();
    ~ChatWorker();

    /// Loads the model; turns that are asked for before wait. ModelUnusable, FileUnreadable.
    void load(QString path, Callback<Model> done);

    struct Turn
    {
        std::vector<llm::TokenId> tokens;
        std::shared_ptr<llm::CarriedBlocks> blocks; ///< the worker's until it has answered
    };
    struct Answer
    {
        std::vector<llm::TokenId> said;
        std::size_t computed = 0; ///< tokens of the prompt that no block spared
        std::chrono::steady_clock::duration computeTime{}; ///< of them, to the first token
        std::chrono::steady_clock::time_point firstTokenAt{};
    };
    /// Requires: a model was loaded.
    void answer(Turn turn, Callback<Answer> done);

  private:
    using Task = std::function<void(const std::stop_token &)>;
    void post(Task task);
    void work(const std::stop_token &stop);
    Result<Answer> compute(const Turn &turn, const std::stop_token &stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Task> m_tasks; // guarded by m_mutex
    Model m_model;            // the worker's thread only
    std::shared_ptr<llm::BlockPool> m_pool;
    std::optional<llm::TokenId> m_end; // of an answer: a full stop
    std::jthread m_thread;
};

} // namespace kvscope
