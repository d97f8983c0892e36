// StoreSession: which store is open, by which profile, and what is measured of it.
#pragma once

#include "core/config/profiles.h"
#include "core/scenario/livesession.h"
#include "core/store/storefactory.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace kvscope {

/// What a store URL is opened as: the saved profile of the same endpoint and user, whatever
/// password the URL brings along; else a profile without a name.
Profile profileOf(const QString &url, const Profiles &saved);

/// Owns the open store and its LiveSession; the latter dies first. UI thread.
/// Requires: the factory outlives it.
class StoreSession : public QObject
{
    Q_OBJECT

  public:
    explicit StoreSession(StoreFactory &factory, QObject *parent = nullptr);
    ~StoreSession() override;

    /// Closes what is open and opens `profile`. A password is remembered in memory alone, until the
    /// program ends; an empty one means the one remembered.
    void open(const Profile &profile, const QString &password = {});
    /// A store of its own at the same place and in the same database, for a job: it is not closed
    /// with the window's.
    Result<std::unique_ptr<Store>> makeAnother(Access access);
    /// Tries the same store again, at once.
    void retry();

    StoreFactory &factory() { return m_factory; }
    Store *store() const { return m_store.get(); }
    LiveSession *live() const { return m_live.get(); }
    const Profile &profile() const { return m_profile; }
    /// The store's, or Failed when the URL made none.
    StoreState state() const;

  signals:
    /// Views let go of store() and live() now.
    void closing();
    /// store() and live() are new; both null when the URL made none.
    void opened();
    void stateChanged(const kvscope::StoreState &state);

  private:
    StoreFactory &m_factory;
    Profile m_profile;
    std::optional<Error> m_invalid; ///< why there is no store
    std::unique_ptr<Store> m_store;
    std::unique_ptr<LiveSession> m_live;
    QHash<QString, QString> m_passwords; ///< by URL; never written anywhere
};

} // namespace kvscope
