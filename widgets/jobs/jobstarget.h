// JobsTarget: the store that the Jobs page works on, and what may be done there.
#pragma once

#include "core/jobs/jobqueue.h"

namespace kvscope {

struct JobsTarget
{
    Store *store = nullptr; ///< the window's; for looks at single keys. Null: none is open
    QString storeName{};
    bool production = false; ///< repairs ask first
    MakeStore makeStore{};
    /// Any other store, for a comparison.
    std::function<Result<std::unique_ptr<Store>>(const QString &url, Access)> makeFrom{};

    /// Why nothing may be written, as a sentence; empty: it may.
    QString writeObstacle() const;
    /// Why no job can run at all; empty: they can.
    QString obstacle() const;
};

} // namespace kvscope
