// LookupTally: one for each server.
#include "core/store/lookuptally.h"

namespace kvscope {
namespace {

void add(Lookups &sum, const Lookups &more)
{
    sum.hits += more.hits;
    sum.misses += more.misses;
}

} // namespace

// The loopback is one place, whatever it is called.
std::shared_ptr<LookupTally> LookupTally::at(QString place)
{
    for (const char *loopback : {"localhost:", "[::1]:"})
        if (place.startsWith(QLatin1String(loopback)))
            place.replace(0, static_cast<qsizetype>(qstrlen(loopback)),
                          QStringLiteral("127.0.0.1:"));
    static std::mutex mutex;
    static std::map<QString, std::weak_ptr<LookupTally>> tallies; // guarded by mutex
    const std::lock_guard lock(mutex);
    std::erase_if(tallies, [](const auto &each) { return each.second.expired(); });
    if (auto known = tallies[place].lock()) return known;
    auto made = std::make_shared<LookupTally>();
    tallies[place] = made;
    return made;
}

void LookupTally::join(const void *owner, Count count)
{
    const std::lock_guard lock(m_mutex);
    m_counts[owner] = std::move(count);
}

void LookupTally::leave(const void *owner)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(owner);
    if (found == m_counts.end()) return;
    add(m_gone, found->second());
    m_counts.erase(found);
}

Lookups LookupTally::sum() const
{
    const std::lock_guard lock(m_mutex);
    Lookups sum = m_gone;
    for (const auto &[owner, count] : m_counts) add(sum, count());
    return sum;
}

} // namespace kvscope
