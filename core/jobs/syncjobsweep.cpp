// SyncJob::Sweep: SCAN by the template's glob, and a lookup for each key that may be ours.
#include "core/jobs/syncjobsweep.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr auto kBetweenLooks = std::chrono::seconds(1);
constexpr int kRestFactor = 20;
constexpr std::int64_t kFewKeys = 20;

} // namespace

void SyncJob::Sweep::begin()
{
    m_pages = std::make_shared<Pages>();
    m_began = m_clock.now();
    m_ofSweep = 0;
    m_scan = m_store.keySpace().scan({.match = m_binding.key.glob(), .count = 250},
                                     [pages = m_pages](Result<ScanPage> page) {
                                         const std::lock_guard lock(pages->mutex);
                                         pages->each.push_back(std::move(page));
                                     });
}

Result<bool> SyncJob::Sweep::look(const ScanPage &page)
{
    const Bytes companion = ':' + m_binding.versionField;
    const bool companions =
        m_binding.storesVersion() && m_binding.value.type == ValueRule::Type::String;
    std::vector<FieldTuple> tuples;
    std::vector<Bytes> keys;
    for (std::size_t i = 0; i < page.keys.size(); ++i) {
        const BytesView key = page.keys[i];
        if (companions && key.ends_with(companion)) continue;
        auto fields = m_rows.mapper.fieldsOf(key);
        if (!fields) continue;
        tuples.push_back(std::move(*fields));
        keys.emplace_back(key);
    }
    if (keys.empty()) return true;
    RowPage found;
    found.reset(m_rows.columns.size());
    if (auto read = m_rows.source->find(m_rows.mapper.keyColumns(), tuples, found); !read)
        return read;
    MappedBatch rows;
    m_rows.mapper.map(found, 0, rows);
    std::unordered_set<BytesView> there;
    for (std::size_t i = 0; i < rows.size(); ++i) there.insert(rows.keys[i]);
    m_ofSweep += static_cast<std::int64_t>(keys.size());
    m_swept += static_cast<std::int64_t>(keys.size());
    for (Bytes &key : keys)
        if (!there.contains(key) && m_gone.size() < kMostRemembered)
            m_gone.push_back(std::move(key));
    return true;
}

// A row that goes just behind a sweep waits for the rest, the next sweep and the second look.
Clock::Instant::duration SyncJob::restAfterSweep(Clock::Instant::duration took,
                                                 Clock::Instant::duration least)
{
    const Clock::Instant::duration most = kGoneWithin - kBetweenLooks - took;
    return std::max(least, std::min(took * kRestFactor, std::max(most, took)));
}

void SyncJob::Sweep::end()
{
    m_scan.reset();
    const Clock::Instant now = m_clock.now();
    const auto took = now - m_began;
    const Clock::Instant before = std::exchange(m_beganBefore, m_began);
    m_nextAt = now + restAfterSweep(took, m_options.sweepEvery);
    std::sort(m_gone.begin(), m_gone.end()); // SCAN may name a key twice
    m_gone.erase(std::unique(m_gone.begin(), m_gone.end()), m_gone.end());
    const auto gone = static_cast<std::int64_t>(m_gone.size());
    if (gone > kFewKeys && static_cast<double>(gone) > kMostGone * static_cast<double>(m_ofSweep)) {
        m_refusal = Words::tr("%n entries have no row, more than half of those that were looked "
                              "at: most likely the binding does not fit, and none is removed.",
                              "", static_cast<int>(gone));
        m_gone.clear();
        return;
    }
    m_due = std::exchange(m_gone, {});
    m_dueSince = before;
    m_secondLookAt = now + kBetweenLooks;
}

Result<std::vector<Bytes>> SyncJob::Sweep::step()
{
    const Clock::Instant now = m_clock.now();
    if (!m_due.empty() && now >= m_secondLookAt) return std::exchange(m_due, {});
    if (!m_scan) {
        if (now >= m_nextAt && m_due.empty()) begin();
        return std::vector<Bytes>();
    }
    std::optional<Result<ScanPage>> page;
    {
        const std::lock_guard lock(m_pages->mutex);
        if (m_pages->each.empty()) return std::vector<Bytes>();
        page.emplace(std::move(m_pages->each.front()));
        m_pages->each.pop_front();
        if (m_pages->each.size() >= kMostPages)
            m_scan->pause();
        else
            m_scan->resume();
    }
    if (!*page) {
        m_scan.reset();
        m_gone.clear();
        m_nextAt = now + m_options.sweepEvery;
        return failure(page->error());
    }
    const bool last = (*page)->last;
    if (const auto looked = look(**page); !looked) {
        m_scan.reset();
        m_gone.clear();
        m_nextAt = now + m_options.sweepEvery;
        return failure(looked.error());
    }
    if (last) end();
    return std::vector<Bytes>();
}

} // namespace kvscope
