// The machine's clocks behind the seam.
#include "core/base/clock.h"

namespace kvscope {
namespace {

class SystemClock final : public Clock
{
  public:
    Instant now() const override { return std::chrono::steady_clock::now(); }
    std::int64_t wallMs() const override
    {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
};

} // namespace

const Clock &Clock::system()
{
    static const SystemClock clock;
    return clock;
}

} // namespace kvscope
