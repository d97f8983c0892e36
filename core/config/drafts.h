// Drafts: text that was typed and not yet saved, on disk, so that a crash does not lose it.
#pragma once

#include "core/base/sharedbytes.h"

#include <QString>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace kvscope {

/// Which value a draft belongs to.
struct DraftId
{
    QString store; ///< Store::name()
    int database = 0;
    Bytes key;
};

struct Draft
{
    DraftId id;
    SharedBytes base; ///< what the store held when the editing began
    SharedBytes text;
    std::int64_t writtenMs = 0; ///< since 1970 UTC
};

/// One file per value, named by a hash, readable by its owner alone, replaced atomically. All file
/// work happens in order on a thread of its own; nothing here waits but the destructor, which ends
/// what was begun. Any thread.
class Drafts
{
  public:
    /// `folder` is made when the first draft is written. By default `drafts` in the state folder.
    explicit Drafts(QString folder = {});
    ~Drafts();
    Drafts(const Drafts &) = delete;
    Drafts &operator=(const Drafts &) = delete;

    /// Replaces what is there for this value; of several in a row only the last is written. `text`
    /// is asked for on Drafts' own thread, so that whoever has a large one in pieces need not join
    /// them.
    void write(DraftId id, SharedBytes base, std::function<SharedBytes()> text);
    void remove(const DraftId &id);
    /// `found` is called on Drafts' own thread: pass what Lifetime::guard() returns.
    void find(const DraftId &id, std::function<void(std::optional<Draft>)> found);

  private:
    using Task = std::function<void()>;
    void post(const QString &path, Task task);
    void work();
    QString pathOf(const DraftId &id) const;

    const QString m_folder;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<QString, Task> m_changes;               // guarded by m_mutex; by path, the last wins
    std::vector<std::pair<QString, Task>> m_lookups; // guarded by m_mutex
    bool m_ending = false;                           // guarded by m_mutex
    std::jthread m_thread;                           // last: it uses all of the above
};

} // namespace kvscope
