// StoreRun: which process of a store's server answers.
#pragma once

#include "core/jobs/journal.h"
#include "core/store/store.h"

namespace kvscope {

/// The server's run id: another one later means that it was started anew, and that writes it
/// acknowledged before may be lost. Empty where the user may not ask. Blocks; ConnectionLost, ….
Result<Bytes> storeRunId(Store &store);

/// Whether a run was carried out on `store`: it has that name (the loopback is one place, whatever
/// it is called), or it is the server whose run id the run's checkpoint holds, at the same
/// database. Blocks where only the server can tell.
bool isStoreOf(const RunRecord &run, Store &store);

} // namespace kvscope
