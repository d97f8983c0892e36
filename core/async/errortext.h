// ErrorText: the one place where an Error becomes a sentence with a cause and a remedy.
#pragma once

#include "core/async/error.h"

namespace kvscope {

struct ErrorText
{
    QString cause;  ///< one sentence, translated, no trailing line break
    QString remedy; ///< what to do next, translated; may be empty
};

/// Thread-safe. Translated for the installed language.
ErrorText errorText(const Error &error);

/// Cause and remedy in one line, for terminals and status bars.
QString errorLine(const Error &error);

} // namespace kvscope
