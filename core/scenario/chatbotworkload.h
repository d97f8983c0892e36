// ChatbotWorkload: people talk to a language model whose KV blocks the cache keeps.
//
//   question ──> blocks of all that was said before ──> store ── hit ──> taken over (Tc)
//                                                         └─ miss ─> computed, kept (Td)
//            ──> first token (the time to it is what a person waits for) ──> answer
//
// A lookup is a block of sixteen tokens. Only the beginning of a conversation that is there without
// a gap is of use: what lies behind a missing block counts as missed too.
#pragma once

#include "core/async/lifetime.h"
#include "core/scenario/chatscript.h"
#include "core/scenario/chatworker.h"
#include "core/scenario/workload.h"

#include <deque>

namespace kvscope {

struct Entry;

/// As Workload. One turn about a notebook at a time, so that what two people need of it is computed
/// once.
class ChatbotWorkload final : public Workload
{
  public:
    /// Conversations that wait for an answer at most.
    static constexpr int kMostAtOnce = 8;

    ChatbotWorkload(Store &store, const ScenarioOptions &options,
                    std::shared_ptr<ScenarioTally> tally);

    void open(std::function<void(double)> progress, Callback<bool> done) override;
    std::size_t requests() const override { return ChatScript::kPrompts; }
    Manner manner() const override { return Manner::Whole; }
    int mostAtOnce() const override { return kMostAtOnce; }
    int secondsPerDrift() const override { return 5; }
    void serve(std::size_t request, Callback<bool> done) override;

  private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Asked
    {
        Instant at;
        Callback<bool> done;
    };
    /// A turn on its way.
    struct Turn
    {
        ChatScript::Turn script;
        Asked asked;
        std::vector<llm::BlockId> chain;
        std::shared_ptr<llm::CarriedBlocks> blocks = std::make_shared<llm::CarriedBlocks>();
        Instant fetchedFrom;
        std::chrono::steady_clock::duration fetchTime{};
        std::size_t hits = 0;
    };
    using TurnPtr = std::shared_ptr<Turn>;

    void take(const ChatWorker::Model &model);
    void start(std::size_t prompt, Asked asked);
    void takeRecords(const TurnPtr &turn, Result<std::vector<Entry>> entries);
    void takeAnswer(const TurnPtr &turn, const Result<ChatWorker::Answer> &answer);
    void note(const Turn &turn, const ChatWorker::Answer &answer);
    void writeBack(const TurnPtr &turn);
    void finish(const TurnPtr &turn, Result<bool> result);

    Store &m_store;
    QString m_path;
    std::uint64_t m_seed;
    std::int64_t m_ttlMs;
    std::shared_ptr<ScenarioTally> m_tally;
    std::mt19937_64 m_dice;
    ChatWorker::Model m_model;
    std::optional<llm::KvLayout> m_layout;
    std::optional<ChatScript> m_script;
    std::vector<std::deque<Asked>> m_waiting; // by notebook; the first is on its way
    std::optional<Lifetime> m_lifetime;       // made on the scenario's thread
    std::unique_ptr<ChatWorker> m_worker;     // last: it ends first
};

} // namespace kvscope
