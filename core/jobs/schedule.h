// Schedule: which bindings are checked every so many minutes while the window runs.
#pragma once

#include "core/async/result.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace kvscope {

/// Kept in `schedules.json` in `folder`, one a binding file and store. UI thread.
class Schedule : public QObject
{
    Q_OBJECT

  public:
    struct Item
    {
        int minutes = 0;
        std::int64_t nextMs = 0; ///< wall time

        friend bool operator==(const Item &, const Item &) = default;
    };
    static constexpr int kMostMinutes = 7 * 24 * 60;

    explicit Schedule(const QString &folder, QObject *parent = nullptr);

    /// 1 … kMostMinutes, counted from now; 0 takes it out.
    Result<bool> setEvery(const QString &bindingPath, const QString &store, int minutes);
    std::optional<Item> find(const QString &bindingPath, const QString &store) const;

    /// Only the items of this store come due; empty: none do.
    void setStore(const QString &store) { m_store = store; }

    /// What the timer does: tells of what is due by `nowMs` and sets the next time, counted from
    /// `nowMs`, so that a machine that slept does not catch up.
    void tick(std::int64_t nowMs);

  signals:
    void due(const QString &bindingPath);
    void changed();

  private:
    using Key = std::pair<QString, QString>; // binding file, store

    void load();
    Result<bool> save() const;

    QString m_file;
    QString m_store;
    std::map<Key, Item> m_items;
    QTimer m_timer;
};

} // namespace kvscope
