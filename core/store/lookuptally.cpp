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

std::shared_ptr<LookupTally> LookupTally::of(const Bytes &runId, std::shared_ptr<LookupTally> here)
{
    static std::mutex mutex;
    static std::map<Bytes, std::weak_ptr<LookupTally>> tallies; // guarded by mutex
    const std::lock_guard lock(mutex);
    std::erase_if(tallies, [](const auto &each) { return each.second.expired(); });
    auto known = tallies[runId].lock();
    if (!known) tallies[runId] = here;
    if (!known || known == here) return here;
    Lookups gone;
    {
        const std::lock_guard counting(here->m_mutex);
        gone = std::exchange(here->m_gone, {});
    }
    const std::lock_guard counting(known->m_mutex);
    add(known->m_gone, gone);
    return known;
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

void LookupTally::move(const void *owner, LookupTally &to)
{
    Count count;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_counts.find(owner);
        if (found == m_counts.end()) return;
        count = found->second;
    }
    to.join(owner, std::move(count)); // first, so that no sum falls meanwhile
    const std::lock_guard lock(m_mutex);
    m_counts.erase(owner);
}

Lookups LookupTally::sum() const
{
    const std::lock_guard lock(m_mutex);
    Lookups sum = m_gone;
    for (const auto &[owner, count] : m_counts) add(sum, count());
    return sum;
}

} // namespace kvscope
