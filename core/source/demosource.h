// DemoSource: a database of 100,000 invented documents with a search, for scenarios to read
// through.
#pragma once

#include "core/source/source.h"

#include <QString>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kvscope {

/// Made on first use. All SQL runs on a thread of its own. Destroying it answers what waits with
/// Cancelled and stops a file half made.
class DemoSource final : public Source
{
  public:
    /// Documents in one answer: with them a value has a few hundred bytes to 2 KB.
    static constexpr int kPageSize = 7;

    explicit DemoSource(QString file);
    ~DemoSource() override;

    /// Makes the file if it isn't there, or not whole, and opens it. `progress` gets 0 … 1 while it
    /// is made; it runs on the source's thread.
    void open(std::function<void(double)> progress, Callback<bool> done);

    /// A page of documents that hold every word of `query`, best known first, as a JSON object.
    void find(Bytes query, Callback<Bytes> done) override;

  private:
    struct Question
    {
        Bytes query;
        Callback<Bytes> done;
    };
    class Session;

    void serve(const std::stop_token &stop, const std::function<void(double)> &progress,
               const Callback<bool> &done);

    QString m_file;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Question> m_questions; // guarded by m_mutex
    std::jthread m_thread;
};

} // namespace kvscope
