// ThreadSlice: how soon a thread gets a core that others keep busy.
#pragma once

namespace kvscope {

/// For the calling thread (the window's, those of sockets): short turns. On Linux 6.12 and newer it
/// then takes a core from a longer-winded thread as soon as it wakes, where it would wait for a
/// tick or two (6 ms were measured beside a scan on two cores). Its share of the processor stays
/// what it was; threads it starts have the system's usual turns. Elsewhere nothing happens.
void takeShortTurns();

} // namespace kvscope
