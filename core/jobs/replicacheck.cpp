// ReplicaCheck: two scans, and looks like those of CheckJob with a primary for a source.
#include "core/jobs/replicacheck.h"

#include "core/base/hash.h"
#include "core/binding/rowversion.h"
#include "core/jobs/scanpages.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr std::int64_t kTtlSlackMs = 2'000; // the two are not asked at the same moment
constexpr std::size_t kAtOnce = 500;
constexpr std::uint64_t kSampleSeed = 0x7361'6d70'6c65;
constexpr std::uint64_t kSeenSeed = 0x646f'7562'7473'2121;
// Beyond this the schedule is gone through early, so that memory stays bounded.
constexpr std::size_t kMostDoubts = 200'000;

// What an entry carries as its version; nothing where it carries none.
std::optional<Bytes> versionIn(const Binding &binding, const BulkPage &page, std::size_t i)
{
    if (!binding.storesVersion()) return std::nullopt;
    if (binding.value.type == ValueRule::Type::Json)
        return storedVersion(binding, page.text(page.entries[i].value));
    if (binding.value.type != ValueRule::Type::Hash) return std::nullopt;
    const std::vector<Bytes> names = hashFieldsOf(binding);
    const auto at = std::ranges::find(names, binding.versionField) - names.begin();
    const BulkPage::FieldSpan &field =
        page.fields[page.entries[i].firstField + static_cast<std::size_t>(at)];
    if (!field.there) return std::nullopt;
    return Bytes(page.text(field.span));
}

} // namespace

ReplicaCheck::ReplicaCheck(Store &replica, Store &primary, JobControl &control,
                           ReplicaCheckOptions options, CheckJob::Sinks sinks, const Clock &clock)
    : m_replica(replica), m_primary(primary), m_control(control), m_options(std::move(options)),
      m_sinks(std::move(sinks)), m_clock(clock), m_verdict(m_options.binding),
      m_pace(primary, control, m_options.rate, clock), m_meter(m_sinks.progress)
{}

std::optional<Error> ReplicaCheck::run()
{
    const Clock::Instant start = m_clock.now();
    std::optional<Error> error = work();
    const std::chrono::duration<double> took = m_clock.now() - start;
    m_report.seconds = took.count();
    m_meter.flush();
    return error;
}

std::optional<Error> ReplicaCheck::work()
{
    m_meter.startPhase(Words::tr("Comparing with the primary"), {});
    if (auto error = chooseSample()) return error;
    if (auto error = scan(m_primary, Pass::Entries)) return error;
    // SCAN may repeat a key: those that matched were counted again, or are doubted now.
    m_report.counts[EntryClass::Match] -= static_cast<std::int64_t>(m_known.seal());
    m_report.fingerprintBytes = m_known.memoryBytes();
    m_meter.startPhase(Words::tr("Looking for orphans"), {});
    if (auto error = scan(m_replica, Pass::Orphans)) return error;
    return settle();
}

// By a key's hash: each has the same chance, the same ones are chosen on both sides and by the next
// check. A share of all keys, since nobody knows how many of them are the binding's.
std::optional<Error> ReplicaCheck::chooseSample()
{
    if (m_options.sample <= 0) return std::nullopt;
    const auto keys =
        answerOf<std::int64_t>([&](auto done) { m_primary.keySpace().count(std::move(done)); });
    if (!keys) return keys.error();
    if (*keys <= m_options.sample) return std::nullopt;
    const double share = static_cast<double>(m_options.sample) / static_cast<double>(*keys);
    m_sampleBelow = static_cast<std::uint64_t>(share * 18'446'744'073'709'551'615.0);
    return std::nullopt;
}

Result<BulkPage> ReplicaCheck::readFrom(Store &store, const KeyBatch &keys)
{
    BulkReadOptions options = readOptionsFor(m_options.binding);
    options.exact = true;
    options.ttl = true;
    return answerOf<BulkPage>(
        [&](auto done) { store.bulk().read(keys, options, std::move(done)); });
}

Result<ReplicaCheck::Pair> ReplicaCheck::read(const KeyBatch &keys)
{
    auto primary = readFrom(m_primary, keys);
    if (!primary) return failure(primary.error());
    auto replica = readFrom(m_replica, keys);
    if (!replica) return failure(replica.error());
    return Pair{std::move(*primary), std::move(*replica)};
}

EntryClass ReplicaCheck::byVersion(const Pair &pair, std::size_t i) const
{
    const auto here = versionIn(m_options.binding, pair.replica, i);
    const auto there = versionIn(m_options.binding, pair.primary, i);
    if (!here || !there) return EntryClass::Stale;
    const auto order = compareVersions(*here, *there);
    if (std::is_lt(order)) return EntryClass::Stale;
    return std::is_gt(order) ? EntryClass::Ahead : EntryClass::Diverged;
}

EntryClass ReplicaCheck::classify(const Pair &pair, std::size_t i) const
{
    using State = BulkEntry::State;
    const BulkEntry &primary = pair.primary.entries[i];
    const BulkEntry &replica = pair.replica.entries[i];
    if (primary.state == State::Refused || replica.state == State::Refused)
        return EntryClass::Unknown;
    if (primary.state == State::Absent)
        return replica.state == State::Absent ? EntryClass::Match : EntryClass::Orphan;
    if (replica.state == State::Absent) return EntryClass::Missing;
    if (primary.state != replica.state) return EntryClass::Corrupt;
    if (!(m_verdict.markOf(pair.primary, i) == m_verdict.markOf(pair.replica, i)))
        return byVersion(pair, i);
    if ((primary.ttlMs < 0) != (replica.ttlMs < 0))
        return replica.ttlMs < 0 ? EntryClass::TtlNone : EntryClass::TtlShort;
    if (replica.ttlMs > primary.ttlMs + kTtlSlackMs) return EntryClass::TtlLong;
    return replica.ttlMs < primary.ttlMs - kTtlSlackMs ? EntryClass::TtlShort : EntryClass::Match;
}

std::optional<Error> ReplicaCheck::scan(Store &scanned, Pass pass)
{
    ScanPages pages(scanned.keySpace(), {.match = m_options.binding.key.glob()});
    std::int64_t seen = 0;
    while (m_control.mayGoOn()) {
        const Result<ScanPage> page = pages.next();
        if (!page) return page.error();
        KeyBatch keys;
        for (std::size_t i = 0; i < page->keys.size(); ++i) {
            const BytesView key = page->keys[i];
            // A key of another binding may look like one of ours.
            if (!m_options.binding.key.match(key)) continue;
            if (m_sampleBelow > 0 && hashBytes(key, kSampleSeed) >= m_sampleBelow) continue;
            if (pass == Pass::Orphans && m_known.contains(key)) continue;
            if (m_seen.contains(hashBytes(key, kSeenSeed))) continue;
            if (pass == Pass::Entries) m_known.add(key);
            keys.append(key);
        }
        const auto pair = read(keys);
        if (!pair) return pair.error();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const EntryClass what = classify(*pair, i);
            if (what == EntryClass::Match) {
                if (pass == Pass::Entries) ++m_report.counts[what];
                continue;
            }
            if (!m_seen.insert(hashBytes(keys[i], kSeenSeed))) continue;
            m_doubts.push_back({Bytes(keys[i]), m_verdict.markOf(pair->replica, i), what});
        }
        m_meter.setSlowedBy(m_pace.slowedBy());
        m_meter.setProbe(m_pace.probeP99Us());
        m_meter.setDone(seen += static_cast<std::int64_t>(keys.size()));
        if (m_doubts.size() > kMostDoubts)
            if (auto error = settle()) return error;
        if (page->last) return std::nullopt;
        if (!m_pace.await(std::max<std::size_t>(keys.size(), 1))) break;
    }
    return Error(ErrorCode::Cancelled);
}

std::optional<Error> ReplicaCheck::settle()
{
    if (m_options.recheck.empty()) m_options.recheck.emplace_back(0);
    for (std::size_t round = 0; round < m_options.recheck.size() && !m_doubts.empty(); ++round) {
        m_meter.startPhase(Words::tr("Looking again at what differed"),
                           static_cast<std::int64_t>(m_doubts.size()));
        const Clock::Instant asleep = m_clock.now();
        const bool goesOn = m_control.sleep(m_options.recheck[round]) && m_control.mayGoOn();
        m_report.waitedSeconds += std::chrono::duration<double>(m_clock.now() - asleep).count();
        if (!goesOn) return Error(ErrorCode::Cancelled);
        const bool last = round + 1 == m_options.recheck.size();
        for (std::size_t first = 0; first < m_doubts.size(); first += kAtOnce) {
            const std::size_t count = std::min(kAtOnce, m_doubts.size() - first);
            if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
            if (auto error = lookAt(std::span(m_doubts).subspan(first, count), last)) return error;
        }
        std::erase_if(m_doubts,
                      [](const Doubt &doubt) { return doubt.what == EntryClass::Transient; });
    }
    m_doubts.clear();
    return std::nullopt;
}

// Primary, replica, primary: only where both reads of the primary agree does it say something.
std::optional<Error> ReplicaCheck::lookAt(std::span<Doubt> doubts, bool last)
{
    KeyBatch keys;
    for (const Doubt &doubt : doubts) keys.append(doubt.key);
    const auto pair = read(keys);
    if (!pair) return pair.error();
    const auto after = readFrom(m_primary, keys);
    if (!after) return after.error();
    for (std::size_t i = 0; i < doubts.size(); ++i) {
        Doubt &doubt = doubts[i];
        doubt.what = classify(*pair, i);
        const bool steady = m_verdict.markOf(pair->primary, i) == m_verdict.markOf(*after, i) &&
                            m_verdict.markOf(pair->replica, i) == doubt.replica;
        if (!steady || doubt.what == EntryClass::Match) doubt.what = EntryClass::Transient;
        if (doubt.what == EntryClass::Transient || last) tell(doubt, *pair, i);
    }
    return std::nullopt;
}

void ReplicaCheck::tell(const Doubt &doubt, const Pair &pair, std::size_t i)
{
    ++m_report.counts[doubt.what];
    if (doubt.what == EntryClass::Transient) return;
    Difference difference;
    difference.what = doubt.what;
    difference.key = doubt.key;
    difference.cache = m_verdict.shown(pair.replica, i);
    difference.source = m_verdict.shown(pair.primary, i);
    if (const auto version = versionIn(m_options.binding, pair.primary, i); version)
        difference.ageMs = versionAgeMs(*version, m_clock.wallMs());
    if (pair.replica.entries[i].ttlMs >= 0) difference.ttlMs = pair.replica.entries[i].ttlMs;
    if (m_sinks.difference) m_sinks.difference(difference);
}

} // namespace kvscope
