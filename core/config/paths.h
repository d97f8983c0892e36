// Paths: where the program keeps what it must remember.
#pragma once

#include <QString>

namespace kvscope {

/// `$KVSCOPE_STATE`, or `kvscope` under the XDG state folder (`$XDG_STATE_HOME`, `~/.local/state`).
/// Made (for this user only) if it isn't there. Thread-safe.
QString stateFolder();

/// The same for settings and profiles: `$KVSCOPE_STATE`, or `kvscope` under `$XDG_CONFIG_HOME`
/// (`~/.config`).
QString configFolder();

} // namespace kvscope
