// StoreSession: opens stores by profile and replaces them whole.
#include "widgets/storesession.h"

#include "core/redis/endpoint.h"

namespace kvscope {
namespace {

/// The same text for two ways to write one endpoint; without a password.
QString canonical(const QString &url)
{
    const auto endpoint = Endpoint::parse(url);
    return endpoint ? endpoint->url() : withoutPassword(url);
}

} // namespace

Profile profileOf(const QString &url, const Profiles &saved)
{
    const QString wanted = canonical(url);
    for (const Profile &profile : saved.all()) {
        if (canonical(profile.url) != wanted) continue;
        Profile found = profile;
        found.url = url; // with its password, if it has one
        return found;
    }
    return {.url = url};
}

StoreSession::StoreSession(StoreFactory &factory, QObject *parent)
    : QObject(parent), m_factory(factory)
{}

StoreSession::~StoreSession() = default;

void StoreSession::open(const Profile &profile, const QString &password)
{
    emit closing();
    m_live.reset();
    m_store.reset();
    m_invalid.reset();
    m_profile = profile;
    m_profile.url = withoutPassword(profile.url);
    const auto place = Endpoint::parse(profile.url);
    if (!password.isEmpty())
        m_passwords[m_profile.url] = password;
    else if (place && !place->password.empty())
        m_passwords[m_profile.url] = QString::fromStdString(place->password);

    auto made = m_factory.make(profile.url, profile.readOnly ? Access::ReadOnly : Access::ReadWrite,
                               m_passwords.value(m_profile.url));
    if (!made) {
        m_invalid = made.error();
        emit opened();
        emit stateChanged(state());
        return;
    }
    m_store = std::move(*made);
    m_live = std::make_unique<LiveSession>(*m_store);
    connect(m_store.get(), &Store::stateChanged, this, &StoreSession::stateChanged);
    emit opened();
    m_store->open();
    emit stateChanged(state());
}

Result<std::unique_ptr<Store>> StoreSession::makeAnother(Access access)
{
    if (m_profile.readOnly) access = Access::ReadOnly;
    // The engine's settings are the person's by now, no longer the URL's.
    if (m_profile.url.startsWith(QLatin1String("engine:")))
        return m_factory.make(QStringLiteral("engine:"), access);
    QString url = m_profile.url;
    if (auto place = Endpoint::parse(url); place && m_store) {
        place->database = m_store->database();
        url = place->url();
    }
    return m_factory.make(url, access, m_passwords.value(m_profile.url));
}

void StoreSession::retry()
{
    if (m_store)
        m_store->open();
    else
        open(m_profile);
}

StoreState StoreSession::state() const
{
    if (m_store) return m_store->state();
    return {m_invalid ? StoreState::Phase::Failed : StoreState::Phase::Idle, m_invalid};
}

} // namespace kvscope
