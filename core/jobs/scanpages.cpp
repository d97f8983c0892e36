// ScanPages: a queue that says when it is long.
#include "core/jobs/scanpages.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace kvscope {
namespace {

constexpr std::size_t kPagesAhead = 8; // while the job works on others

} // namespace

struct ScanPages::Queue
{
    std::mutex mutex;
    std::condition_variable came;
    std::deque<Result<ScanPage>> pages; // guarded by mutex
};

ScanPages::ScanPages(KeySpace &keys, ScanOptions options) : m_queue(std::make_shared<Queue>())
{
    m_scan = keys.scan(std::move(options), [queue = m_queue](Result<ScanPage> page) {
        const std::lock_guard lock(queue->mutex);
        queue->pages.push_back(std::move(page));
        queue->came.notify_one();
    });
}

ScanPages::~ScanPages() = default;

Result<ScanPage> ScanPages::next()
{
    std::unique_lock lock(m_queue->mutex);
    m_queue->came.wait(lock, [this] { return !m_queue->pages.empty(); });
    Result<ScanPage> page = std::move(m_queue->pages.front());
    m_queue->pages.pop_front();
    const std::size_t left = m_queue->pages.size();
    lock.unlock();
    if (!m_paused && left >= kPagesAhead) {
        m_scan->pause();
        m_paused = true;
    } else if (m_paused && left <= kPagesAhead / 2) {
        m_scan->resume();
        m_paused = false;
    }
    return page;
}

} // namespace kvscope
