// Capabilities: what this server and this user may do. Everything above asks it instead of failing.
#pragma once

#include "core/async/error.h"

#include <QString>

#include <optional>

namespace kvscope {

struct Capabilities
{
    QString product;       ///< "redis", "valkey", "engine", …
    QString version;       ///< "7.0.15"
    QString mode;          ///< "standalone", "cluster", "sentinel", "engine"
    bool readOnly = false; ///< by our own choice, a cluster node, a replica, or want of rights
    std::optional<Error> readOnlyReason; ///< empty when it is the user's own choice
    bool scripts = true;                 ///< EVALSHA allowed; false: saves go through WATCH
    bool scan = true;
    bool info = true;
    bool databases = true; ///< more than one database can be selected
    bool latencyHistogram = false;
    bool memoryUsage = true;
    bool dump = true;
    bool policySwitch = false; ///< the eviction policy and budget can be switched here (engine)
};

} // namespace kvscope
