// ThreadSlice: the request that Linux' EEVDF scheduler takes for a thread of the normal class.
#include "core/base/threadslice.h"

#include <cstdint>

#ifdef __linux__
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace kvscope {
#if defined(__linux__) && defined(SYS_sched_setattr)
namespace {

/// sched_setattr(2)'s; glibc declares it since 2.41 only, and linux/sched/types.h can't be included
/// beside sched.h.
struct Attributes
{
    std::uint32_t size = sizeof(Attributes);
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 1; // SCHED_FLAG_RESET_ON_FORK
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0; // of a turn, ns
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};
static_assert(sizeof(Attributes) == 48, "the first published size");

constexpr std::uint64_t kTurnNanoseconds = 300'000;

} // namespace
#endif

void takeShortTurns()
{
#if defined(__linux__) && defined(SYS_sched_setattr)
    if (sched_getscheduler(0) != SCHED_OTHER) return; // somebody chose otherwise
    Attributes wish;
    wish.nice = getpriority(PRIO_PROCESS, 0);
    wish.runtime = kTurnNanoseconds;
    syscall(SYS_sched_setattr, 0, &wish, 0); // refused or ignored: it runs as before
#endif
}

} // namespace kvscope
