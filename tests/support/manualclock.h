// ManualClock: time that moves only when a test says so.
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace kvscope::test {

class ManualClock final : public Clock
{
  public:
    Instant now() const override { return Instant(std::chrono::milliseconds(m_ms.load())); }
    std::int64_t wallMs() const override { return m_ms.load(); }
    void advance(std::chrono::milliseconds by) { m_ms += by.count(); }

  private:
    std::atomic<std::int64_t> m_ms{1'700'000'000'000};
};

} // namespace kvscope::test
