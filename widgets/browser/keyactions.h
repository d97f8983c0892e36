// KeyActions: what can be done to the keys chosen in the tree. Everything goes through the store's
// seams; whatever destroys asks first and acts on keys that were seen, never on a pattern.
#pragma once

#include "widgets/models/keyfeed.h"

class QWidget;

namespace kvscope {

/// UI thread. Each function starts something and returns; the outcome comes as a signal.
class KeyActions : public QObject
{
    Q_OBJECT

  public:
    static constexpr std::size_t kDeleteBatch = 500;
    static constexpr std::size_t kTypeToConfirmAbove = 1000;
    static constexpr std::int64_t kMostCopied = std::int64_t{16} << 20U;
    static constexpr std::int64_t kMostInFile = std::int64_t{512} << 20U; ///< Redis' own limit

    /// `window` is what dialogs belong to.
    KeyActions(KeyFeed *feed, QWidget *window);

    void setStore(Store *store);
    /// Call before Store::selectDatabase(): ends what was begun, and begins nothing until
    /// databaseChanged, since the keys chosen in the tree are those of the former database.
    void leaveDatabase();

    void createKey();
    void renameKey(const Bytes &key);
    /// Keys, and all keys seen beneath the namespaces (with a filter: those it shows).
    void removeKeys(std::vector<Bytes> keys, std::vector<Bytes> namespaces);
    /// Between two batches.
    void stopRemoving() { m_stopRemoving = true; }

    void copyKeys(const std::vector<Bytes> &keys);
    void copyValue(const Bytes &key);
    void copyCommand(const Bytes &key);
    void saveValueToFile(const Bytes &key);
    /// Compare-and-set against the value that was there when the file was chosen; keeps the TTL.
    void loadValueFromFile(const Bytes &key);

  signals:
    void failed(const kvscope::Error &error);
    void succeeded(const QString &notice);
    void keyCreated(const kvscope::Bytes &key);
    void keyRenamed(const kvscope::Bytes &from, const kvscope::Bytes &to);
    /// Equal at the end, also of one that was stopped.
    void removalProgressed(std::size_t done, std::size_t total);

  private:
    struct Removal;

    void letGo();
    bool mayAct() const { return m_store && m_databasesAwaited == 0; }
    void collectNext(std::shared_ptr<Removal> removal);
    void confirmRemoval(std::shared_ptr<Removal> removal);
    void removeNext(std::shared_ptr<Removal> removal);
    void endRemoval(const Removal &removal);
    void write(WriteRequest request, std::function<void()> applied);
    void writeFile(const QString &path, const Bytes &value);
    void readFile(const QString &path, std::function<void(Bytes)> read);

    KeyFeed *m_feed;
    QWidget *m_window;
    Store *m_store = nullptr;
    int m_databasesAwaited = 0; // asked for and not yet told of
    int m_timesLetGo = 0;       // a question asked before the last one is void
    bool m_stopRemoving = false;
    Lifetime m_lifetime;
};

} // namespace kvscope
