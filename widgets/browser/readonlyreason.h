// ReadOnlyReason: why what changes keys is greyed out, for tooltips.
#pragma once

#include "core/store/capabilities.h"

namespace kvscope {

/// One sentence, translated. Requires: capabilities.readOnly.
QString readOnlyReason(const Capabilities &capabilities);

} // namespace kvscope
