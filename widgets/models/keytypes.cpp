// KeyTypes: one small read for the rows in sight.
#include "widgets/models/keytypes.h"

namespace kvscope {
namespace {

// Enough of a string to see what it opens with behind some white space.
constexpr std::int64_t kSniffedBytes = 32;

KeyKind kindOf(const Entry &entry)
{
    switch (entry.type) {
    case ValueType::None:
        return KeyKind::Gone;
    case ValueType::Hash:
        return KeyKind::Hash;
    case ValueType::List:
        return KeyKind::List;
    case ValueType::Set:
        return KeyKind::Set;
    case ValueType::SortedSet:
        return KeyKind::SortedSet;
    case ValueType::Stream:
        return KeyKind::Stream;
    case ValueType::Module:
        return KeyKind::Module;
    case ValueType::String:
        break;
    }
    const std::size_t first = entry.value.find_first_not_of(" \t\r\n");
    if (first == Bytes::npos) return KeyKind::String;
    return entry.value[first] == '{' || entry.value[first] == '[' ? KeyKind::Json : KeyKind::String;
}

} // namespace

QString kindBadge(KeyKind kind)
{
    switch (kind) {
    case KeyKind::Gone:
        return QStringLiteral("–");
    case KeyKind::String:
        return QStringLiteral("STR");
    case KeyKind::Json:
        return QStringLiteral("JSON");
    case KeyKind::Hash:
        return QStringLiteral("HASH");
    case KeyKind::List:
        return QStringLiteral("LIST");
    case KeyKind::Set:
        return QStringLiteral("SET");
    case KeyKind::SortedSet:
        return QStringLiteral("ZSET");
    case KeyKind::Stream:
        return QStringLiteral("STRM");
    case KeyKind::Module:
        return QStringLiteral("MOD");
    }
    return {};
}

KeyTypes::KeyTypes(QObject *parent) : QObject(parent)
{
    // A scroll passes rows that nobody looks at.
    m_soon.setSingleShot(true);
    m_soon.setInterval(30);
    connect(&m_soon, &QTimer::timeout, this, &KeyTypes::ask);
}

void KeyTypes::setStore(Store *store)
{
    if (m_store) disconnect(m_store, nullptr, this, nullptr);
    m_store = store;
    forgetAll();
    if (!store) return;
    connect(store, &Store::databaseChanged, this, &KeyTypes::forgetAll);
    connect(store, &Store::keysChanged, this, &KeyTypes::forget);
}

std::optional<KeyKind> KeyTypes::find(BytesView key) const
{
    const auto known = m_known.find(Bytes(key));
    if (known == m_known.end()) return std::nullopt;
    return known->second;
}

void KeyTypes::want(std::vector<Bytes> keys)
{
    std::erase_if(keys, [this](const Bytes &key) { return m_known.contains(key); });
    if (keys.size() > kBatch) keys.resize(kBatch);
    m_wanted = std::move(keys);
    if (!m_wanted.empty() && !m_asking && !m_soon.isActive()) m_soon.start();
}

void KeyTypes::ask()
{
    if (!m_store || m_wanted.empty() || m_asking) return;
    m_asking = true;
    ReadOptions options;
    options.fields = ReadType | ReadValue;
    options.limits.maxBytes = kSniffedBytes;
    m_store->reader().read(std::exchange(m_wanted, {}), options,
                           m_lifetime.guard([this](const Result<std::vector<Entry>> &entries) {
                               m_asking = false;
                               if (entries) take(*entries);
                               if (!m_wanted.empty()) m_soon.start();
                           }));
}

void KeyTypes::take(const std::vector<Entry> &entries)
{
    if (m_known.size() > kMostKnown) m_known.clear();
    for (const Entry &entry : entries) {
        if (!entry.refused) m_known[entry.key] = kindOf(entry);
    }
    emit changed();
}

void KeyTypes::forget(const std::vector<Bytes> &keys)
{
    for (const Bytes &key : keys) m_known.erase(key);
    emit changed();
}

void KeyTypes::forgetAll()
{
    m_lifetime.renew();
    m_asking = false;
    m_known.clear();
    m_wanted.clear();
    m_soon.stop();
    emit changed();
}

} // namespace kvscope
