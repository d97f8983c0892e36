// JobControl: one condition variable for pause, sleep and cancel.
#include "core/jobs/jobcontrol.h"

#include <cmath>

namespace kvscope {

void JobControl::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void JobControl::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

bool JobControl::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void JobControl::cancel()
{
    m_stop.request_stop();
}

bool JobControl::mayGoOn()
{
    std::unique_lock lock(m_mutex);
    if (m_paused) m_changed.wait(lock, m_stop.get_token(), [this] { return !m_paused; });
    return !m_stop.stop_requested();
}

bool JobControl::sleep(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, m_stop.get_token(), time, [] { return false; });
    return !m_stop.stop_requested();
}

void ProgressMeter::startPhase(QString phase, std::optional<std::int64_t> total)
{
    m_progress = JobProgress();
    m_progress.phase = std::move(phase);
    m_progress.total = total;
    m_phaseStart = Clock::now();
    m_rateSince = m_phaseStart;
    m_rateDone = 0;
    flush();
}

void ProgressMeter::setDone(std::int64_t done)
{
    m_progress.done = done;
    const Clock::time_point now = Clock::now();
    if (now - m_told < kInterval) return;
    const std::chrono::duration<double> since = now - m_rateSince;
    if (since.count() >= 1.0 || m_progress.rowsPerSecond == 0) {
        m_progress.rowsPerSecond =
            static_cast<double>(done - m_rateDone) / std::max(since.count(), 1e-3);
        if (since.count() >= 1.0) {
            m_rateSince = now;
            m_rateDone = done;
        }
    }
    m_progress.leftMs.reset();
    if (m_progress.total && m_progress.rowsPerSecond > 0 && *m_progress.total >= done)
        m_progress.leftMs = std::llround(static_cast<double>(*m_progress.total - done) * 1000 /
                                         m_progress.rowsPerSecond);
    flush();
}

void ProgressMeter::flush()
{
    m_told = Clock::now();
    if (m_sink) m_sink(m_progress);
}

} // namespace kvscope
