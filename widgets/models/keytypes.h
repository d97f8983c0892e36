// KeyTypes: what type the keys in sight have, asked for in batches and remembered for a while.
#pragma once

#include "core/async/lifetime.h"
#include "core/store/store.h"

#include <QTimer>

#include <unordered_map>

namespace kvscope {

/// What a badge says. Json: a string whose first byte opens an object or an array.
enum class KeyKind : std::uint8_t {
    Gone,
    String,
    Json,
    Hash,
    List,
    Set,
    SortedSet,
    Stream,
    Module
};

/// "JSON", "STR", "HASH", … as the tree shows them; not translated, as servers name them so.
QString kindBadge(KeyKind kind);

/// UI thread. One batch is under way at a time; what was wanted last is asked for next, so a fast
/// scroll asks for where it stops.
class KeyTypes : public QObject
{
    Q_OBJECT

  public:
    explicit KeyTypes(QObject *parent = nullptr);

    void setStore(Store *store);

    std::optional<KeyKind> find(BytesView key) const;
    /// The keys in sight; those not known yet are asked for soon.
    void want(std::vector<Bytes> keys);
    /// They may have changed.
    void forget(const std::vector<Bytes> &keys);
    void forgetAll();

  signals:
    void changed();

  private:
    void ask();
    void take(const std::vector<Entry> &entries);

    static constexpr std::size_t kMostKnown = 20'000;
    static constexpr std::size_t kBatch = 128;

    Store *m_store = nullptr;
    std::unordered_map<Bytes, KeyKind> m_known;
    std::vector<Bytes> m_wanted;
    bool m_asking = false;
    QTimer m_soon;
    Lifetime m_lifetime;
};

} // namespace kvscope
