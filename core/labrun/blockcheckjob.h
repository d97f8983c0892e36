// BlockCheckJob: the KV cache's own consistency check: every block of a model that a store holds is
// computed anew, and the two are compared bit for bit.
//
//   scan kv:<model>:* ──headers──> tree ──from each beginning──> computed │
//                                                    store ──records────> │ same bytes? ──> class
//
//   match      the same bytes
//   diverged   whole, and other bytes than the computation gives
//   corrupt    no block, not the one that its key names, or its checksum is wrong
//   orphan     its beginning is not there: no text can ever reach it
//   unknown    of this model, and in a format that it can't be computed in
#pragma once

#include "core/jobs/difference.h"
#include "core/jobs/jobcontrol.h"
#include "core/jobs/jobstate.h"
#include "core/jobs/journal.h"
#include "core/labrun/blocktree.h"
#include "core/labrun/modelfile.h"
#include "core/llm/session.h"
#include "core/store/store.h"

#include <set>

namespace kvscope {

struct BlockCheckOptions
{
    /// What becomes of blocks that are not as they should be. Deleted ones can be put back.
    enum class Repair : std::uint8_t { None, Delete };

    ModelFile model{};
    Repair repair = Repair::None;
    std::set<Bytes> only{}; ///< keys to compare; empty: all
};

struct BlockCheckReport
{
    ClassCounts counts;
    std::int64_t deleted = 0;
    std::int64_t ofOthers = 0; ///< kv: entries of other models, not looked at
    std::int64_t gone = 0;     ///< between the scan and the comparison
    double seconds = 0;

    QJsonObject toJson() const;
};

/// On a job's thread, which waits for the store. Pauses and ends between two runs of kRun blocks.
class BlockCheckJob
{
  public:
    static constexpr std::size_t kRun = 16;

    struct Sinks
    {
        ProgressMeter::Sink progress{};
        std::function<void(const Difference &)> difference{};
    };
    /// `run` is the journal's: what is deleted is kept there first.
    BlockCheckJob(Store &store, Journal &journal, JobControl &control, QString run,
                  BlockCheckOptions options, Sinks sinks);

    std::optional<Error> run();
    const BlockCheckReport &report() const { return m_report; }
    const ChangedKeys &changed() const { return m_changed; }

  private:
    struct Branch
    {
        std::size_t node = 0;
        std::unique_ptr<llm::Session> session; ///< holds all that is before it
    };
    std::optional<Error> check();
    std::optional<Error> scan();
    std::optional<Error> readHeaders(std::vector<Bytes> keys);
    void takeHeader(const Bytes &key, BytesView header, std::int64_t ttlMs);
    std::optional<Error> follow(std::size_t root);
    std::optional<Error> compare(std::span<const std::size_t> run, llm::Session &session);
    void judge(const BlockNode &node, BytesView record, const std::byte *computed);
    void tell(EntryClass what, const Bytes &key, std::int64_t ttlMs, const JudgedBytes &judged,
              Difference difference = {});
    std::optional<Error> deleteFound();
    std::unique_ptr<llm::Session> sessionFor(const llm::KvFormat &format) const;

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    QString m_run;
    BlockCheckOptions m_options;
    Sinks m_sinks;
    ProgressMeter m_meter;
    std::shared_ptr<const llm::Model> m_model;
    BlockTree m_tree;
    std::int64_t m_done = 0;
    struct Wrong
    {
        Bytes key;
        JudgedBytes judged;
    };
    std::vector<Wrong> m_wrong; ///< found, not deleted yet
    BlockCheckReport m_report;
    ChangedKeys m_changed;
};

} // namespace kvscope
