// ReplicaCheck: proves whether a replica holds what its primary does, entry by entry of a binding.
//
//   SCAN primary ── read both ──> same bytes?          what differs is a suspect
//   SCAN replica ── keys the primary's scan had not    suspects too
//   looks        ── primary, replica, primary          after each delay of the schedule
#pragma once

#include "core/base/clock.h"
#include "core/jobs/checkjob.h"

namespace kvscope {

struct ReplicaCheckOptions
{
    Binding binding;
    double rate = 0; ///< entries a second; 0: automatic
    std::vector<std::chrono::milliseconds> recheck{std::chrono::seconds(1),
                                                   std::chrono::seconds(10)};
    std::int64_t sample = 0; ///< about so many of the primary's keys; 0: all
};

/// The primary stands where CheckJob has the source: `missing` is missing in the replica, `orphan`
/// is there alone, `stale` and `ahead` are told by the stored version. An expiry counts as
/// different (`ttl_none`, `ttl_long`, `ttl_short`) beyond two seconds.
/// Runs on a thread of its own (run() blocks). Requires: all references outlive it.
class ReplicaCheck
{
  public:
    ReplicaCheck(Store &replica, Store &primary, JobControl &control, ReplicaCheckOptions options,
                 CheckJob::Sinks sinks, const Clock &clock = Clock::system());

    /// The error that ended it early (Cancelled among them), if one did.
    std::optional<Error> run();
    const CheckReport &report() const { return m_report; }

  private:
    struct Pair
    {
        BulkPage primary;
        BulkPage replica;
    };
    struct Doubt
    {
        Bytes key;
        ValueMark replica;
        EntryClass what = EntryClass::Match;
    };

    std::optional<Error> work();
    std::optional<Error> chooseSample();
    enum class Pass : std::uint8_t { Entries, Orphans };
    std::optional<Error> scan(Store &scanned, Pass pass);
    Result<Pair> read(const KeyBatch &keys);
    Result<BulkPage> readFrom(Store &store, const KeyBatch &keys);
    EntryClass classify(const Pair &pair, std::size_t i) const;
    EntryClass byVersion(const Pair &pair, std::size_t i) const;
    std::optional<Error> settle();
    std::optional<Error> lookAt(std::span<Doubt> doubts, bool last);
    void tell(const Doubt &doubt, const Pair &pair, std::size_t i);

    Store &m_replica;
    Store &m_primary;
    JobControl &m_control;
    ReplicaCheckOptions m_options;
    CheckJob::Sinks m_sinks;
    const Clock &m_clock;
    EntryVerdict m_verdict;
    Pace m_pace;
    ProgressMeter m_meter;
    CheckReport m_report;
    FingerprintSet m_known;
    HashSet m_seen; // of doubts: SCAN may repeat a key
    std::vector<Doubt> m_doubts;
    std::uint64_t m_sampleBelow = 0; // hashes of the keys that are compared; 0: all
};

} // namespace kvscope
