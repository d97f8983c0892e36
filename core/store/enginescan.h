// EngineScan: walks the engine's index on a thread of its own, page by page.
#pragma once

#include "core/engine/engine.h"
#include "core/store/keyspace.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace kvscope {

/// Requires: the engine outlives it. May be destroyed inside its own sink.
class EngineScan final : public Scan
{
  public:
    EngineScan(const engine::Engine &engine, ScanOptions options, ScanSink sink);
    ~EngineScan() override;

    void cancel() override;
    void pause() override;
    void resume() override;

  private:
    // Shared with the thread, which outlives this object when the sink destroys it.
    struct Control
    {
        std::mutex mutex;
        std::condition_variable changed;
        bool cancelled = false; // guarded by mutex
        bool paused = false;    // guarded by mutex

        /// Waits while paused. False once cancelled.
        bool proceed();
    };

    static void walk(const engine::Engine &engine, const ScanOptions &options, const ScanSink &sink,
                     Control &control);

    std::shared_ptr<Control> m_control = std::make_shared<Control>();
    std::thread m_thread;
};

} // namespace kvscope
