// StoreRun: which process of a store's server answers.
#pragma once

#include "core/store/store.h"

namespace kvscope {

/// The server's run id: another one later means that it was started anew, and that writes it
/// acknowledged before may be lost. Empty where the user may not ask. Blocks; ConnectionLost, ….
Result<Bytes> storeRunId(Store &store);

} // namespace kvscope
