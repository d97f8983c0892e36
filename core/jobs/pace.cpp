// Pace: one probe, one count and one sample at most are under way at a time.
#include "core/jobs/pace.h"

#include "core/base/human.h"
#include "core/base/threadslice.h"

#include <QCoreApplication>

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr auto kProbeEvery = std::chrono::milliseconds(100);
constexpr auto kCountEvery = std::chrono::seconds(1);
constexpr auto kFirstCounts = std::chrono::milliseconds(30); // apart: who else is there?
constexpr auto kSampleEvery = std::chrono::seconds(1);
constexpr auto kLongestSleep = std::chrono::milliseconds(50);
// Below this a condition variable is too coarse, and nobody needs to cut it short.
constexpr auto kShortSleep = std::chrono::milliseconds(2);
// So few commands between the first counts may be our own: a probe, and samples of three commands.
constexpr std::int64_t kOwnAtFirst = 16;

// A job's thread wakes thousands of times a second. Of this class it never takes a core from
// somebody who is at work when it does, be it a server or a client on the same machine.
void neverPushIn()
{
#ifdef __linux__
    const sched_param none{};
    if (sched_getscheduler(0) == SCHED_OTHER) sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}

QString reasonText(SlowedBy reason)
{
    switch (reason) {
    case SlowedBy::Nothing:
        break;
    case SlowedBy::Probe:
        return Words::tr("the store answers others slowly");
    case SlowedBy::Evictions:
        return Words::tr("the store is evicting entries");
    case SlowedBy::Memory:
        return Words::tr("the store's memory is nearly full");
    case SlowedBy::Replicas:
        return Words::tr("a replica is far behind");
    case SlowedBy::Source:
        return Words::tr("the source answers slowly");
    }
    return {};
}

} // namespace

struct Pace::Felt
{
    std::mutex mutex;
    bool probing = false;                // guarded by mutex, as all below
    std::optional<std::int64_t> probeUs; // came, not looked at yet
    bool counting = false;
    std::optional<std::int64_t> foreign; // came, not looked at yet
    Clock::Instant foreignAt;
    bool sampling = false;
    std::optional<TelemetrySample> sample; // came, not looked at yet
};

Pace::Pace(Store &store, JobControl &control, double fixedRate, const Clock &clock)
    : m_store(store), m_control(control), m_clock(clock), m_automatic(fixedRate <= 0),
      m_pacer(Pacer::Limits{.fixedRate = fixedRate}, clock), m_felt(std::make_shared<Felt>())
{
    feel();
}

void Pace::takeProbe(std::int64_t microseconds)
{
    m_pacer.noteProbe(microseconds);
    m_probes.push_back(microseconds);
    if (m_probes.size() > kMostProbes) m_probes.pop_front();
    std::vector<std::int64_t> sorted(m_probes.begin(), m_probes.end());
    // The nearest rank: of a hundred, the ninety-ninth.
    const std::size_t rank = (sorted.size() * 99 + 99) / 100;
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(sorted.begin(), at, sorted.end());
    m_probeP99Us = *at;
}

void Pace::takeForeign(std::int64_t count, Clock::Instant at)
{
    const std::chrono::duration<double> passed = at - m_foreignAt;
    if (m_foreign && passed.count() > 0) {
        const std::int64_t since = count - *m_foreign;
        const bool few = !m_knowsOthers && since <= kOwnAtFirst;
        m_pacer.noteForeignRate(few ? 0 : static_cast<double>(since) / passed.count());
        m_knowsOthers = true;
    }
    m_foreign = count;
    m_foreignAt = at;
}

void Pace::takeSample(const TelemetrySample &sample)
{
    if (sample.evictions) {
        const std::uint64_t before = m_evictions.value_or(*sample.evictions);
        const std::uint64_t since = *sample.evictions > before ? *sample.evictions - before : 0;
        m_evictions = sample.evictions;
        m_evictedSince += since;
        m_pacer.noteEvictions(since);
    }
    if (sample.usedBytes) {
        // A store that does not tell its policy (the engine) evicts.
        const bool evicts = sample.evictionPolicy != "noeviction";
        m_pacer.noteMemory(*sample.usedBytes, sample.budgetBytes, evicts);
    }
    m_pacer.noteReplicaLag(sample.replicaLagBytes);
}

void Pace::ask(Clock::Instant now)
{
    std::unique_lock lock(m_felt->mutex);
    const bool probeNow = m_automatic && !m_felt->probing && now - m_probed >= kProbeEvery;
    const Clock::Instant::duration apart = m_knowsOthers ? kCountEvery : kFirstCounts;
    const bool countNow = m_automatic && !m_felt->counting && now - m_counted >= apart;
    const bool sampleNow = !m_felt->sampling && now - m_sampled >= kSampleEvery;
    m_felt->probing |= probeNow;
    m_felt->counting |= countNow;
    m_felt->sampling |= sampleNow;
    lock.unlock();
    if (probeNow) {
        m_probed = now;
        m_store.bulk().probe([felt = m_felt](const Result<std::int64_t> &took) {
            const std::lock_guard guard(felt->mutex);
            felt->probing = false;
            if (took) felt->probeUs = *took;
        });
    }
    if (countNow) {
        m_counted = now;
        m_store.bulk().foreignCommands(
            [felt = m_felt, &clock = m_clock](const Result<std::optional<std::int64_t>> &count) {
                const std::lock_guard guard(felt->mutex);
                felt->counting = false;
                if (count) felt->foreign = *count;
                felt->foreignAt = clock.now();
            });
    }
    if (sampleNow) {
        m_sampled = now;
        m_store.telemetry().sample([felt = m_felt](Result<TelemetrySample> sample) {
            const std::lock_guard guard(felt->mutex);
            felt->sampling = false;
            if (sample) felt->sample = std::move(*sample);
        });
    }
}

void Pace::feel()
{
    std::optional<TelemetrySample> sample;
    {
        const std::lock_guard lock(m_felt->mutex);
        if (m_felt->probeUs) takeProbe(*std::exchange(m_felt->probeUs, std::nullopt));
        if (m_felt->foreign)
            takeForeign(*std::exchange(m_felt->foreign, std::nullopt), m_felt->foreignAt);
        sample = std::exchange(m_felt->sample, std::nullopt);
    }
    if (sample) takeSample(*sample);
    ask(m_clock.now());
}

// Who asks for a rate is to have it: where every core is busy, an answer is not to lie about for
// milliseconds before the next batch is made of it.
void Pace::takePlace() const
{
    if (m_automatic)
        neverPushIn();
    else
        takeShortTurns();
}

bool Pace::await(std::size_t rows)
{
    if (!m_control.mayGoOn()) return false;
    if (!std::exchange(m_tookPlace, true)) takePlace();
    feel();
    while (true) {
        const std::chrono::microseconds wait = m_pacer.waitFor(rows);
        if (wait.count() == 0) return !m_control.isCancelled();
        if (wait < kShortSleep) {
            std::this_thread::sleep_for(wait);
        } else {
            using std::chrono::milliseconds;
            const auto whole = std::chrono::ceil<milliseconds>(wait);
            if (!m_control.sleep(std::min<milliseconds>(whole, kLongestSleep))) return false;
        }
        feel();
    }
}

QString Pace::slowedBy() const
{
    const SlowedBy reason = m_pacer.slowedBy();
    if (reason == SlowedBy::Nothing) return {};
    return Words::tr("%1; %2 now")
        .arg(reasonText(reason), QString::fromStdString(formatRate(m_pacer.rate().value_or(0))));
}

} // namespace kvscope
