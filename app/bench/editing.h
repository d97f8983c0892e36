// Editing: what a large value makes the window wait for while it is edited and saved.
#pragma once

#include "core/base/bytes.h"
#include "core/engine/engine.h"
#include "core/store/store.h"

#include <optional>

namespace kvscope::bench {

/// The longest pass of the event loop, in milliseconds, during each step.
struct EditingStalls
{
    double openMs = 0;
    double typingMs = 0;   ///< letters with pauses, long enough for drafts and verdicts
    double savingMs = 0;   ///< from Save to the dialog
    double answerMs = 0;   ///< from the dialog's answer to the saved text
    double conflictMs = 0; ///< a second save, from the dialog's answer to the three versions
    double resolveMs = 0;  ///< back to the text
};

/// A real EditorTabs on `store`; nothing where a step did not come to its end. Changes the value.
std::optional<EditingStalls> measureEditing(Store &store, engine::Engine &engine, const Bytes &key);

} // namespace kvscope::bench
