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

/// The lab's own model: beside the program in a build, under share/kvscope where it is installed.
/// Empty where it is in neither place.
QString shippedModelPath();

} // namespace kvscope
