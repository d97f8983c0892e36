// KeyFreshness: how an open key stands to the row that it was made of, for who shows the key.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QObject>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace kvscope {

/// What was said of one key, in words to be shown.
struct KeyFreshness
{
    enum class Tone : std::uint8_t { Good, Warning, Bad, Muted };

    QString text;   ///< "fresh ✓", "stale", "no row"
    QString detail; ///< what that means, and since when
    Tone tone = Tone::Muted;
    QString bindingName;
    /// The source's row, column by column; NULL is nothing. Empty: there is none, or it was not
    /// asked for.
    std::vector<std::pair<Bytes, std::optional<Bytes>>> row;
    std::optional<Bytes> cache;  ///< what the store holds; nothing: no such key
    std::optional<Bytes> source; ///< what the binding makes of the row; nothing: no entry
};

/// Knows which keys come from a source. UI thread.
class FreshnessSource : public QObject
{
    Q_OBJECT

  public:
    using QObject::QObject;

    enum class Way : std::uint8_t {
        None,       ///< no binding makes this key
        Remembered, ///< what the last check said is all that is told: a production store
        OnRequest,  ///< a look is dear, without an index for single rows: only when a person asks
        Live,       ///< may be asked every few seconds
    };
    virtual Way wayOf(BytesView key) const = 0;
    /// What the last check said of it.
    virtual KeyFreshness remembered(BytesView key) const = 0;
    /// Asks source and store. Cancelled where another key was asked for meanwhile. Requires: a way
    /// that allows it, and a guarded callback.
    virtual void ask(const Bytes &key, Callback<KeyFreshness> done) = 0;

  signals:
    /// Bindings or checks are others now.
    void changed();
};

} // namespace kvscope
