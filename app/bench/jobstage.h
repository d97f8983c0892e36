// JobStage: real warm-ups and checks, timed, on a server of their own.
#pragma once

#include "app/bench/benchcase.h"
#include "app/bench/bindingrows.h"
#include "app/bench/redisfixture.h"
#include "core/jobs/checkjob.h"
#include "core/store/storefactory.h"

namespace kvscope::bench {

/// Blocks: for measurements alone. Jobs run on a thread of their own at a rate that holds nothing
/// back, and keep their checkpoints as the verbs do.
class JobStage
{
  public:
    static Result<std::unique_ptr<JobStage>> make();
    JobStage(const JobStage &) = delete;
    JobStage &operator=(const JobStage &) = delete;

    const RedisFixture &server() const { return *m_server; }
    QString file(const QString &name) const { return m_folder.filePath(name); }

    /// Empties the server; what it held is freed before this returns.
    bool empty() const;
    /// Whether it holds so many keys.
    bool holds(std::size_t keys) const;
    Result<bool> fill(const BindingRows &rows) const;

    /// Empty where it failed or wrote not exactly `rows` entries; the reason goes to `context`.
    std::optional<Timing> warm(const Binding &binding, std::size_t rows, const Context &context);

    struct Checked
    {
        Timing rows;    ///< opening, and source against store
        Timing orphans; ///< store against source
        std::size_t fingerprintBytes = 0;
    };
    /// Empty where it failed or found anything but `rows` matches.
    std::optional<Checked> check(const Binding &binding, std::size_t rows, const Context &context);

  private:
    JobStage() = default;
    QString begin(const char *kind, const Binding &binding);

    QTemporaryDir m_folder;
    std::unique_ptr<RedisFixture> m_server;
    StoreFactory m_stores;
    std::unique_ptr<Store> m_store;
    std::optional<Journal> m_journal;
};

} // namespace kvscope::bench
