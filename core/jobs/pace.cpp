// Pace: one probe and one sample at most are under way at a time.
#include "core/jobs/pace.h"

#include "core/base/human.h"

#include <QCoreApplication>

#include <mutex>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr auto kProbeEvery = std::chrono::milliseconds(100);
constexpr auto kSampleEvery = std::chrono::seconds(1);

} // namespace

struct Pace::Felt
{
    std::mutex mutex;
    bool probing = false;                // guarded by mutex, as all below
    std::optional<std::int64_t> probeUs; // came, not looked at yet
    bool sampling = false;
    std::optional<std::int64_t> foreign; // came, not looked at yet
    Clock::Instant foreignAt;
};

Pace::Pace(Store &store, JobControl &control, double fixedRate, const Clock &clock)
    : m_store(store), m_control(control), m_clock(clock), m_automatic(fixedRate <= 0),
      m_pacer(Pacer::Limits{.fixedRate = fixedRate}, clock), m_felt(std::make_shared<Felt>())
{}

void Pace::feel()
{
    const Clock::Instant now = m_clock.now();
    std::unique_lock lock(m_felt->mutex);
    if (m_felt->probeUs) m_pacer.noteProbe(*std::exchange(m_felt->probeUs, std::nullopt));
    if (m_felt->foreign) {
        const std::chrono::duration<double> passed = m_felt->foreignAt - m_foreignAt;
        if (m_foreign && passed.count() > 0)
            m_pacer.noteForeignRate(static_cast<double>(*m_felt->foreign - *m_foreign) /
                                    passed.count());
        m_foreign = std::exchange(m_felt->foreign, std::nullopt);
        m_foreignAt = m_felt->foreignAt;
    }
    const bool probeNow = !m_felt->probing && now - m_probed >= kProbeEvery;
    const bool sampleNow = !m_felt->sampling && now - m_sampled >= kSampleEvery;
    m_felt->probing |= probeNow;
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
    if (sampleNow) {
        m_sampled = now;
        m_store.bulk().foreignCommands(
            [felt = m_felt, &clock = m_clock](const Result<std::optional<std::int64_t>> &count) {
                const std::lock_guard guard(felt->mutex);
                felt->sampling = false;
                if (count) felt->foreign = *count;
                felt->foreignAt = clock.now();
            });
    }
}

bool Pace::await(std::size_t rows)
{
    if (!m_control.mayGoOn()) return false;
    if (m_automatic) feel();
    while (true) {
        const std::int64_t wait = m_pacer.waitMs(rows);
        if (wait == 0) return !m_control.isCancelled();
        if (!m_control.sleep(std::chrono::milliseconds(std::min<std::int64_t>(wait, 50))))
            return false;
        if (m_automatic) feel();
    }
}

QString Pace::slowedBy() const
{
    if (!m_pacer.isHeldBack()) return {};
    return Words::tr("the store answers others slowly; %1 now")
        .arg(QString::fromStdString(formatRate(m_pacer.rate().value_or(0))));
}

} // namespace kvscope
