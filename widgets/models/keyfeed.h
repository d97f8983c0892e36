// KeyFeed: runs scans of a store into a key index, and hands the index's trees to whoever shows
// them.
#pragma once

#include "core/async/lifetime.h"
#include "core/keyindex/keyindex.h"
#include "core/store/store.h"

#include <QElapsedTimer>
#include <QTimer>

namespace kvscope {

/// What is asked of the server: everything, or a pattern and a type.
struct KeyQuery
{
    Bytes match; ///< glob; empty: every key
    ValueType type = ValueType::None;

    bool isEverything() const { return match.empty() && type == ValueType::None; }
    friend bool operator==(const KeyQuery &, const KeyQuery &) = default;
};

/// UI thread. Pages go from the store's thread to the index thread without passing through here.
class KeyFeed : public QObject
{
    Q_OBJECT

  public:
    explicit KeyFeed(QObject *parent = nullptr);
    ~KeyFeed() override;

    /// Drops everything of the store before, whose memory goes back to the system, and scans
    /// `store` as soon as it is ready. Null: none. Requires: the store outlives this or
    /// setStore(nullptr).
    void setStore(Store *store);
    Store *store() const { return m_store; }

    /// Scans anew by `query`; what was there goes first.
    void setQuery(const KeyQuery &query);
    const KeyQuery &query() const { return m_query; }
    /// Scans again and drops what is no longer there, in place.
    void refresh();
    void stop();

    keyindex::KeyIndex &index() { return *m_index; }
    const std::shared_ptr<const keyindex::KeyTree> &tree() const { return m_tree; }

    bool isScanning() const { return m_scan != nullptr; }
    /// A pass that was not stopped has brought everything there is.
    bool isComplete() const { return m_complete; }
    /// Keys a second of the pass that runs.
    double rate() const;
    /// 0…1, or below 0 where the number of keys is not known.
    double progress() const;
    std::int64_t secondsLeft() const; ///< -1: unknown
    const std::optional<Error> &error() const { return m_error; }

    /// Adds keys that exist and drops those that don't, after asking the store.
    void verify(const std::vector<Bytes> &keys);

  signals:
    void treeChanged();
    /// Scanning, progress or error changed.
    void stateChanged();
    /// Everything went: another store or database.
    void cleared();

  private:
    void start(keyindex::KeyIndex::PassMode mode);
    void takeTree();
    void takeEnd(std::uint32_t pass, std::optional<Error> error);
    void holdBack();
    void drop();
    void onStoreState();
    bool isAskedFor(const Entry &entry) const;

    Store *m_store = nullptr;
    KeyQuery m_query;
    std::shared_ptr<keyindex::KeyIndex> m_index;
    std::shared_ptr<const keyindex::KeyTree> m_tree;
    std::unique_ptr<Scan> m_scan;
    std::uint32_t m_pass = 0;
    bool m_complete = false;
    bool m_wanted = false; ///< a scan is due once the store is ready
    StoreState::Phase m_phase = StoreState::Phase::Idle;
    bool m_cameBack = false; ///< the running scan is the first since the connection came back
    std::optional<Error> m_error;
    std::int64_t m_expected = -1; ///< keys in the database when the pass began
    QElapsedTimer m_sinceStart;
    QTimer m_backlog;    ///< looks whether a scan that was held back may go on
    Lifetime m_answers;  ///< the present store's
    Lifetime m_lifetime; ///< the index's
};

} // namespace kvscope
