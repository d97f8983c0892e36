// KeyIndex: the queue between the callers and the index thread, and when to publish.
#include "core/keyindex/keyindex.h"

#include "core/keyindex/indexstate.h"
#include "core/keyindex/packedpage.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace kvscope::keyindex {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// While pages come in: at most 16 trees a second, and publishing takes a ninth of the time at most.
constexpr milliseconds kShortestInterval{60};
constexpr milliseconds kLongestInterval{2000};
constexpr int kCostShare = 8;

} // namespace

class KeyIndex::Worker
{
  public:
    using Command = std::function<void(IndexState &)>;

    Worker(Notify published, Bytes delimiter)
        : m_published(std::move(published)), m_state(std::move(delimiter)),
          m_thread([this](const std::stop_token &stop) { run(stop); })
    {}
    ~Worker()
    {
        ++m_filterVersion; // a filter being applied ends early
        m_thread.request_stop();
        m_wake.notify_all();
    }

    void post(Command command)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        m_wake.notify_one();
    }

    PassId beginPass(PassMode mode)
    {
        PassId pass = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_pages.clear();
            pass = ++m_pass;
            m_commands.push_back([pass, mode](IndexState &state) { state.beginPass(pass, mode); });
        }
        m_wake.notify_one();
        return pass;
    }

    void append(PassId pass, const KeyBatch &keys)
    {
        const std::lock_guard packing(m_packing); // one behind the other, as they came
        queue(pass, {m_packer.pack(keys), std::nullopt});
    }
    void endPass(PassId pass, PassEnd end)
    {
        const std::lock_guard packing(m_packing);
        m_packer = {};
        queue(pass, {{}, end});
    }

    void clear()
    {
        {
            const std::lock_guard packing(m_packing);
            m_packer = {};
        }
        std::shared_ptr<const KeyTree> old = std::make_shared<const KeyTree>();
        {
            const std::lock_guard lock(m_mutex);
            m_tree.swap(old);
            m_pages.clear();
            ++m_pass;
            ++m_epoch;
            // The last owner of the old tree gives hundreds of megabytes back: not on this thread.
            m_commands.push_back([dropped = std::move(old)](IndexState &state) mutable {
                dropped.reset();
                state.clear();
            });
        }
        m_wake.notify_one();
    }

    void retire(std::shared_ptr<const KeyTree> tree)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_retired.push_back(std::move(tree));
        }
        m_wake.notify_one();
    }

    std::uint64_t setFilter(Bytes text)
    {
        const std::uint64_t version = ++m_filterVersion;
        post([this, text = std::move(text), version](IndexState &state) {
            state.setFilter(text, version, [this, version] { return m_filterVersion != version; });
        });
        return version;
    }

    std::size_t backlog() const
    {
        const std::lock_guard lock(m_mutex);
        return m_pages.size();
    }
    std::shared_ptr<const KeyTree> tree() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tree;
    }

  private:
    struct Page
    {
        PackedPage keys;
        std::optional<PassEnd> end; ///< no keys, but the pass ends
    };

    void queue(PassId pass, Page page)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (pass != m_pass) return;
            m_pages.push_back(std::move(page));
        }
        m_wake.notify_one();
    }

    void run(const std::stop_token &stop)
    {
#ifdef __linux__
        // On Linux this is the calling thread's alone: the window goes first when cores are short.
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 5);
#endif
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            if (!m_retired.empty()) {
                dropRetired(lock);
            } else if (!m_commands.empty()) {
                takeCommands(lock);
            } else if (!m_pages.empty()) {
                takePage(lock);
            } else if (m_dirty) {
                m_wake.wait_until(lock, stop, m_publishAt, [this] { return hasWork(); });
                publishIfDue(lock);
            } else {
                m_wake.wait(lock, stop, [this] { return hasWork(); });
            }
        }
    }

    bool hasWork() const
    {
        return !m_commands.empty() || !m_pages.empty() || !m_retired.empty();
    }

    void dropRetired(std::unique_lock<std::mutex> &lock)
    {
        std::vector<std::shared_ptr<const KeyTree>> retired;
        retired.swap(m_retired);
        lock.unlock();
        retired.clear();
        lock.lock();
    }

    void takeCommands(std::unique_lock<std::mutex> &lock)
    {
        std::deque<Command> commands;
        commands.swap(m_commands);
        m_stateEpoch = m_epoch;
        lock.unlock();
        for (Command &command : commands) {
            command(m_state);
            command = nullptr;
        }
        publish(lock);
    }

    void takePage(std::unique_lock<std::mutex> &lock)
    {
        Page page = std::move(m_pages.front());
        m_pages.pop_front();
        lock.unlock();
        if (page.end) {
            m_state.endPass(*page.end);
            publish(lock);
            return;
        }
        m_state.take(page.keys);
        page.keys = {};
        m_dirty = true;
        lock.lock();
        publishIfDue(lock);
    }

    void publishIfDue(std::unique_lock<std::mutex> &lock)
    {
        if (!m_dirty || SteadyClock::now() < m_publishAt) return;
        lock.unlock();
        publish(lock);
    }

    // Requires: not locked. Returns locked.
    void publish(std::unique_lock<std::mutex> &lock)
    {
        const auto begin = SteadyClock::now();
        std::shared_ptr<const KeyTree> tree = m_state.build();
        const auto end = SteadyClock::now();
        const auto pause = std::clamp<SteadyClock::duration>((end - begin) * kCostShare,
                                                             kShortestInterval, kLongestInterval);
        m_publishAt = end + pause;
        m_dirty = false;
        lock.lock();
        // Cleared meanwhile: the command that does it is already waiting.
        if (m_stateEpoch == m_epoch) m_tree.swap(tree);
        lock.unlock();
        tree.reset();
        if (m_published) m_published();
        lock.lock();
    }

    std::mutex m_packing; // taken before m_mutex
    PagePacker m_packer;  // guarded by m_packing

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Command> m_commands;                                            // guarded by m_mutex
    std::deque<Page> m_pages;                                                  // guarded by m_mutex
    std::shared_ptr<const KeyTree> m_tree = std::make_shared<const KeyTree>(); // guarded by m_mutex
    std::vector<std::shared_ptr<const KeyTree>> m_retired;                     // guarded by m_mutex
    PassId m_pass = 0;                                                         // guarded by m_mutex
    std::uint64_t m_epoch = 0; // guarded by m_mutex; counts clear()
    std::atomic<std::uint64_t> m_filterVersion = 0;

    Notify m_published;
    IndexState m_state;             // index thread only, as all below
    std::uint64_t m_stateEpoch = 0; // the clear() that m_state has seen
    bool m_dirty = false;
    SteadyClock::time_point m_publishAt{};
    std::jthread m_thread; // last: it uses everything above
};

KeyIndex::KeyIndex(Notify published, Bytes delimiter)
    : m_worker(std::make_unique<Worker>(std::move(published), std::move(delimiter)))
{}

KeyIndex::~KeyIndex() = default;

PassId KeyIndex::beginPass(PassMode mode)
{
    return m_worker->beginPass(mode);
}

void KeyIndex::append(PassId pass, const KeyBatch &keys)
{
    m_worker->append(pass, keys);
}

void KeyIndex::endPass(PassId pass, PassEnd end)
{
    m_worker->endPass(pass, end);
}

std::size_t KeyIndex::backlog() const
{
    return m_worker->backlog();
}

void KeyIndex::add(Bytes key)
{
    m_worker->post([key = std::move(key)](IndexState &state) { state.add(key); });
}

void KeyIndex::remove(std::vector<Bytes> keys)
{
    m_worker->post([keys = std::move(keys)](IndexState &state) { state.remove(keys); });
}

void KeyIndex::clear()
{
    m_worker->clear();
}

void KeyIndex::setExpanded(Bytes path, bool expanded)
{
    m_worker->post([path = std::move(path), expanded](IndexState &state) {
        state.setExpanded(path, expanded);
    });
}

void KeyIndex::setOrder(SortOrder order)
{
    m_worker->post([order](IndexState &state) { state.setOrder(order); });
}

std::uint64_t KeyIndex::setFilter(Bytes text)
{
    return m_worker->setFilter(std::move(text));
}

void KeyIndex::setDelimiter(Bytes delimiter)
{
    m_worker->post(
        [delimiter = std::move(delimiter)](IndexState &state) { state.setDelimiter(delimiter); });
}

void KeyIndex::collect(Bytes path, std::function<void(KeyBatch)> done)
{
    m_worker->post([path = std::move(path), done = std::move(done)](IndexState &state) {
        done(state.collect(path));
    });
}

void KeyIndex::retire(std::shared_ptr<const KeyTree> tree)
{
    m_worker->retire(std::move(tree));
}

std::shared_ptr<const KeyTree> KeyIndex::tree() const
{
    return m_worker->tree();
}

} // namespace kvscope::keyindex
