// ServingReplay: a serving trace through a prefix cache of every size and policy that is asked for.
#pragma once

#include "core/async/result.h"
#include "core/trace/prefixreplay.h"

#include <QString>

#include <functional>
#include <memory>
#include <thread>

namespace kvscope {

struct ReplayCell
{
    trace::PrefixPolicy policy = trace::PrefixPolicy::Lru;
    std::optional<std::size_t> blocks{}; ///< nothing: without a bound
    trace::PrefixReplayResult result{};

    /// Time is tokens at one rate: a real prefill grows faster than its length, so that long hits
    /// save more than this says.
    double savedSeconds(double prefillTps) const
    {
        return static_cast<double>(result.savedTokens) / prefillTps;
    }
};

/// Why a file is no serving trace: FileUnreadable.
Error errorOf(const trace::ServingFault &fault, const QString &path);

/// About `count` sizes between a few blocks and all that a trace has, round ones, ascending.
std::vector<std::size_t> replaySizes(std::size_t distinct, std::size_t count);

struct ServingReplayState
{
    QString path; ///< empty: a trace that was made up
    std::size_t requests = 0;
    std::size_t references = 0;
    std::size_t distinct = 0; ///< blocks
    std::uint64_t tokens = 0; ///< of all prompts
    std::vector<ReplayCell> cells;
    std::size_t steps = 0; ///< cells there will be; 0: the file is being read
    bool isRunning = false;
    bool wasCancelled = false;
    std::optional<Error> error;
};

/// Works on a thread of its own. `told` is called there, after every cell.
class ServingReplay
{
  public:
    static constexpr std::size_t kSizes = 14;
    using Told = std::function<void(const std::shared_ptr<const ServingReplayState> &)>;

    explicit ServingReplay(Told told) : m_told(std::move(told)) {}
    /// Ends what runs, within some milliseconds.
    ~ServingReplay() = default;

    /// Ends what runs. An empty path: a trace that is made up.
    void start(const QString &path);
    void cancel() { m_thread.request_stop(); }

  private:
    void work(const QString &path, const std::stop_token &stop) const;

    Told m_told;
    std::jthread m_thread;
};

} // namespace kvscope
