// BindingDesk: what a binding's editor asks for, answered off the user interface's thread.
#pragma once

#include "core/binding/bindingfolder.h"
#include "core/binding/bindingpreview.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kvscope {

/// One thread, one question after the other. Each is answered exactly once, on that thread: pass
/// what Lifetime::guard() returns. A newer question of the same kind takes the place of an older
/// one, which ends with Cancelled; saving is never given up. The destructor ends what runs (a
/// database that does not answer at all may hold it for the time a connection takes).
class BindingDesk
{
  public:
    explicit BindingDesk(BindingFolder folder = BindingFolder());
    ~BindingDesk();
    BindingDesk(const BindingDesk &) = delete;
    BindingDesk &operator=(const BindingDesk &) = delete;

    /// The connection test and the table browser in one.
    void sketch(QString url, QString folder, Callback<SourceSketch> done);
    void sample(QString url, QString folder, SourceTable table, std::size_t rows,
                Callback<BindingPreview> done);
    void preview(Binding binding, QString sourceUrl, std::size_t rows,
                 Callback<BindingPreview> done);

    /// findRowOf(), for the key that is open.
    void findRow(Binding binding, QString sourceUrl, Bytes key, Callback<BindingPreview> done);

    void list(Callback<std::vector<ListedFile>> done);
    void save(BindingFile file, Callback<bool> done);
    void addOpened(QString path, Callback<bool> done);
    void forgetOpened(QString path, Callback<bool> done);

  private:
    enum class Kind : std::uint8_t { Sketch, Sample, Preview, Row, List, Change };
    struct Question
    {
        Kind kind;
        std::function<void(const std::stop_token &)> answer;
        std::function<void()> cancel;
    };
    template<class T, class Work>
    void ask(Kind kind, Callback<T> done, Work work);
    void put(Question question);
    void work(const std::stop_token &ending);

    BindingFolder m_folder;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Question> m_questions;  // guarded by m_mutex
    std::optional<Kind> m_runningKind; // guarded by m_mutex
    std::stop_source m_running;        // guarded by m_mutex
    std::jthread m_thread;             // last: it uses all of the above
};

} // namespace kvscope
