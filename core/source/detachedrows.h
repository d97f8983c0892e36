// DetachedRows: a source whose driver can neither be given a time limit nor be interrupted, asked
// from a thread of its own.
//
//   caller                          the source's thread
//   ask ── question ──────────────>  works on it
//   waits: answer, stop, time over <─ answer
//
// Where the time is over, or nobody waits any more, the thread is left to its driver: it takes the
// connection with it and ends once the driver returns. Later questions fail at once.
#pragma once

#include "core/source/rowsource.h"

#include <thread>

namespace kvscope {

/// Never blocks for longer than the query's statement timeout for a statement, and kConnectPatience
/// for connecting: TimedOut. A stop ends with Cancelled after a moment at most.
class DetachedRows final : public RowSource
{
  public:
    using Make = std::function<std::unique_ptr<RowSource>()>;
    static constexpr std::chrono::seconds kConnectPatience{15};

    /// `name`: what did not answer, for people. `make` is called on the source's thread.
    DetachedRows(QString name, Make make);
    ~DetachedRows() override;
    DetachedRows(const DetachedRows &) = delete;
    DetachedRows &operator=(const DetachedRows &) = delete;

    Result<bool> open() override;
    Result<std::vector<SourceTable>> tables() override;
    Result<std::vector<SourceColumn>> prepare(const RowQuery &query) override;
    Result<bool> seek(std::optional<FieldTuple> after) override;
    Result<bool> read(RowPage &page, std::size_t rows, std::size_t bytes) override;
    Result<bool> find(const std::vector<Bytes> &columns, const std::vector<FieldTuple> &tuples,
                      RowPage &page) override;
    using RowSource::countRows;
    std::optional<std::int64_t> countRows(std::chrono::milliseconds patience) override;

  private:
    struct Desk;
    template<class T>
    Result<T> ask(std::chrono::milliseconds patience,
                  std::function<Result<T>(RowSource &)> question);
    static void work(const std::shared_ptr<Desk> &desk, const Make &make);

    QString m_name;
    std::chrono::milliseconds m_patience{30'000}; // of one statement
    std::shared_ptr<Desk> m_desk;
    std::thread m_thread;
    std::optional<Error> m_lost; // the thread was left to its driver
};

} // namespace kvscope
