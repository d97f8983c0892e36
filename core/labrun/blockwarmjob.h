// BlockWarmJob: computes what prompts begin with before anybody asks, and keeps it in a store.
//
//   prompts ──tokens──> chains of blocks ──> store: which are there?
//                                             └─ the rest: computed ──> written where absent
#pragma once

#include "core/jobs/jobcontrol.h"
#include "core/labrun/modelfile.h"
#include "core/llm/carriedblocks.h"
#include "core/store/store.h"

#include <QJsonObject>

namespace kvscope {

struct BlockWarmOptions
{
    ModelFile model{};
    std::vector<Bytes> prompts{};
    llm::KvFormat format{};
    std::int64_t ttlMs = 3'600'000; ///< of blocks that are written; 0: none
};

/// A file of system prompts: paragraphs with empty lines between; without any a prompt a line.
std::vector<Bytes> promptsIn(BytesView text);
/// The same of a file. Blocking. FileUnreadable, also where it is larger than 4 MB or without text.
Result<std::vector<Bytes>> promptsOf(const QString &path);

struct BlockWarmReport
{
    std::int64_t prompts = 0;  ///< that were dealt with
    std::int64_t tooShort = 0; ///< of them: not one whole block
    std::int64_t blocks = 0;
    std::int64_t written = 0;
    std::int64_t kept = 0; ///< were there already, whatever their TTL
    std::int64_t computedTokens = 0;
    double seconds = 0;

    QJsonObject toJson() const;
};

/// On a job's thread, which waits for the store. Pauses and ends between two stretches of kStretch
/// tokens.
class BlockWarmJob
{
  public:
    static constexpr std::size_t kStretch = 256;

    BlockWarmJob(Store &store, JobControl &control, BlockWarmOptions options,
                 ProgressMeter::Sink progress);

    /// Nothing when all was done.
    std::optional<Error> run();
    const BlockWarmReport &report() const { return m_report; }
    /// Keys that were written.
    const std::vector<Bytes> &written() const { return m_writtenKeys; }

  private:
    std::optional<Error> warm(const std::shared_ptr<const llm::Model> &model,
                              const std::vector<llm::TokenId> &tokens);
    Result<std::vector<Bytes>> readChain(std::span<const llm::BlockId> chain);
    std::optional<Error> write(std::vector<llm::CarriedBlocks::Made> made);

    Store &m_store;
    JobControl &m_control;
    BlockWarmOptions m_options;
    ProgressMeter m_meter;
    BlockWarmReport m_report;
    std::vector<Bytes> m_writtenKeys;
};

} // namespace kvscope
