// EngineScan: one engine.scan() call a page; match and type are applied while the shard is locked,
// since copying a key that is thrown away costs more than looking at it.
#include "core/store/enginescan.h"

namespace kvscope {

EngineScan::EngineScan(const engine::Engine &engine, ScanOptions options, ScanSink sink)
    : m_thread([&engine, options = std::move(options), sink = std::move(sink),
                control = m_control] { walk(engine, options, sink, *control); })
{}

EngineScan::~EngineScan()
{
    cancel();
    if (m_thread.get_id() == std::this_thread::get_id())
        m_thread.detach();
    else
        m_thread.join();
}

void EngineScan::cancel()
{
    const std::lock_guard lock(m_control->mutex);
    m_control->cancelled = true;
    m_control->changed.notify_all();
}

void EngineScan::pause()
{
    const std::lock_guard lock(m_control->mutex);
    m_control->paused = true;
}

void EngineScan::resume()
{
    const std::lock_guard lock(m_control->mutex);
    m_control->paused = false;
    m_control->changed.notify_all();
}

bool EngineScan::Control::proceed()
{
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return cancelled || !paused; });
    return !cancelled;
}

void EngineScan::walk(const engine::Engine &engine, const ScanOptions &options,
                      const ScanSink &sink, Control &control)
{
    const bool wanted = options.type == ValueType::None || options.type == ValueType::String;
    const bool everything = options.match.empty() || options.match == "*";
    const auto count = static_cast<std::size_t>(std::max(options.count, 1));
    std::uint64_t cursor = options.cursor;
    while (control.proceed()) {
        ScanPage page;
        if (wanted) {
            cursor = engine.scan(cursor, count, [&](BytesView key, BytesView) {
                if (everything || matchesGlob(options.match, key)) page.keys.append(key);
            });
        } else {
            cursor = 0; // the engine holds strings alone
        }
        page.cursor = cursor;
        page.last = cursor == 0;
        if (!control.proceed()) return;
        sink(std::move(page));
        if (cursor == 0) return;
    }
}

} // namespace kvscope
