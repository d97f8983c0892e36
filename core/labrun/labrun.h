// LabRun: the lab's thread: decodes at a pace, obeys hands, tells what it sees.
#pragma once

#include "core/labrun/chatform.h"
#include "core/labrun/labprobe.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <thread>

namespace kvscope {

/// Owns a model, a session and, for a comparison, a second one. Every function may be called from
/// any thread and returns at once; the work is done in order on a thread of its own, which never
/// waits for whoever looks on: decoding goes on between two snapshots.
///
/// `told` is called on the lab's thread with a new snapshot, at most kFramesPerSecond times a
/// second while decoding and never before the last one was taken(), and whenever something else
/// changed.
class LabRun
{
  public:
    static constexpr int kFramesPerSecond = 30;
    static constexpr std::chrono::milliseconds kSlowStep{45};

    using Told = std::function<void(std::shared_ptr<const LabSnapshot>)>;
    using Answered = std::function<void(std::optional<Error>)>;

    explicit LabRun(Told told, std::shared_ptr<llm::BlockSource> blocks = nullptr);
    /// Ends the decoding within a token (or a layer of a prompt's batch).
    ~LabRun();
    LabRun(const LabRun &) = delete;
    LabRun &operator=(const LabRun &) = delete;

    /// The snapshot told last was used up: the next may come.
    void taken() { m_isUnread.store(false); }

    /// A file that is refused changes nothing: the model that is there goes on with what it does,
    /// and snapshots have the error until something else is begun.
    void load(std::string path);
    /// Ends what is under way. The sessions' BlockSource is filled in where the policy allows it.
    void start(LabPlan plan);
    /// The next turn of the chat: read behind what the cache holds, and answered with at most
    /// `tokens`. What runs is stopped first. Nothing happens where there is no chat.
    void say(Bytes text, std::size_t tokens, llm::SamplerOptions sampler);
    /// Lets go of the text or chat: what comes next begins anew.
    void clear();
    void stop();
    void step();
    void setPace(LabPace pace);
    /// Another `tokens` behind what is there.
    void goOn(std::size_t tokens);

    void showHeat(HeatKind kind);
    /// Which cell snapshots describe; nothing: none.
    void choose(std::optional<std::int32_t> index, std::size_t row = 0);
    enum class Hold : std::uint8_t { Pinned, Free };
    void hold(std::int32_t index, Hold hold);
    void evict(std::int32_t index);

    /// `answered` is called on the lab's thread.
    void save(std::string path, Answered answered);
    /// The file's options must be the plan's (format and policy). A chat may be gone on with.
    void restore(std::string path, LabPlan plan, Answered answered);
    /// Computes everything anew and compares: how many blocks differ.
    void verify(std::function<void(std::optional<Error>, std::size_t)> answered);

  private:
    using Clock = std::chrono::steady_clock;
    using Command = std::function<void()>;

    void post(Command command);
    void work(const std::stop_token &end);
    bool mayStep() const;
    void begin(LabPlan plan);
    void forget();
    std::optional<llm::Fault> makeSessions();
    void renewStop();
    /// Reads tokens that were given; false when it failed or was stopped.
    bool read(const std::vector<llm::TokenId> &given);
    std::optional<llm::Fault> catchUp(const std::stop_token &stop);
    bool isBehind() const;
    void run(std::size_t tokens);
    std::stop_token stopToken();
    void decodeOne();
    bool ends(llm::TokenId token) const;
    void compare(LabToken &token);
    void goOwnWay(llm::TokenId choice);
    void dropComparison(const llm::Fault &fault);
    float chanceOf(std::span<const float> logits, llm::TokenId token);
    void finish(LabPhase phase);
    void fail(const llm::Fault &fault);
    void takeTokens(std::size_t from, const LabToken &like);
    void takeGivenBeside(std::size_t from);
    Bytes textOf(llm::TokenId token) const;
    void notePrefixes();
    void tell();
    void tellIfDue();
    LabSnapshot look();
    void measureRoofline();
    std::optional<llm::CellPlace> placeOf(std::int32_t index) const;

    Told m_told;
    std::shared_ptr<llm::BlockSource> m_blocks;
    std::atomic<bool> m_isUnread{false};

    std::mutex m_mutex; // the two below
    std::condition_variable_any m_wake;
    std::deque<Command> m_commands;
    std::stop_source m_stop; // of the run; also guarded

    // The lab's thread only.
    std::shared_ptr<const llm::Model> m_model;
    std::string m_path;
    double m_roofline = 0;
    LabPhase m_phase = LabPhase::Empty;
    std::optional<Error> m_error;
    std::shared_ptr<const LabPlan> m_plan; // null: nothing was started
    LabPace m_pace = LabPace::Slow;
    LabProbe m_probe; // before the sessions that tell it
    std::unique_ptr<llm::Session> m_session;
    std::unique_ptr<llm::Session> m_other; // reads the same tokens
    std::unique_ptr<llm::Session> m_own;   // from the first difference on: what m_other chose
    std::vector<llm::TokenId> m_ownText;   // what it has read, or shall
    bool m_ownEnded = false;
    std::optional<std::size_t> m_firstDifference;
    std::optional<ChatForm> m_chat;
    std::vector<LabToken> m_tokens;
    std::vector<LabToken> m_otherTokens;
    std::vector<llm::TokenId> m_unread; // given, but a stop came first
    std::vector<float> m_chances;       // kept for its memory
    std::size_t m_turns = 0;
    std::size_t m_kept = 0;
    std::size_t m_promptTokens = 0;
    std::size_t m_wanted = 0; // tokens, with the prompt's
    std::size_t m_steps = 0;  // that step() asked for
    double m_prefillSeconds = 0;
    std::chrono::duration<double> m_decodeTime{};
    std::chrono::duration<double> m_otherTime{};
    std::size_t m_decoded = 0;
    std::uint64_t m_run = 0;
    HeatKind m_heat = HeatKind::Mass;
    std::optional<std::pair<std::int32_t, std::size_t>> m_chosen;
    PrefixTree m_prefixes;
    std::shared_ptr<const PrefixRows> m_prefixRows;
    Clock::time_point m_lastTold{};
    Clock::time_point m_nextStep{};

    std::jthread m_thread; // last: it uses all of the above
};

} // namespace kvscope
