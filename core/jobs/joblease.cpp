// JobLease: taking, keeping up, giving back.
#include "core/jobs/joblease.h"

#include "core/jobs/window.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSysInfo>

namespace kvscope {
namespace {

// host:pid:random, so that a pid that comes again is another one.
Bytes newOwner()
{
    return QStringLiteral("%1:%2:%3")
        .arg(QSysInfo::machineHostName())
        .arg(QCoreApplication::applicationPid())
        .arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'))
        .toStdString();
}

QString textOf(const Bytes &bytes)
{
    return QString::fromStdString(bytes);
}

} // namespace

Result<std::unique_ptr<JobLease>> JobLease::take(Store &store, Options options)
{
    std::unique_ptr<JobLease> lease(new JobLease(store, std::move(options)));
    if (auto error = lease->take()) return failure(*error);
    lease->m_keeper =
        std::jthread([raw = lease.get()](const std::stop_token &stop) { raw->keepUp(stop); });
    return lease;
}

std::optional<Error> JobLease::take()
{
    BulkClaim claim;
    claim.name = m_options.name;
    claim.owner = newOwner();
    claim.work = m_options.work.empty() ? Bytes("-") : m_options.work;
    claim.time = m_options.time;
    if (!m_options.etcd.isEmpty()) {
        auto etcd =
            EtcdLease::take(m_options.etcd, claim.name, claim.work, claim.owner, claim.time);
        if (!etcd) return etcd.error();
        m_etcd = std::move(*etcd);
        claim.token = m_etcd->token();
    }
    const auto grant =
        answerOf<BulkGrant>([&](auto done) { m_store.bulk().claim(claim, std::move(done)); });
    if (!grant) return grant.error();
    if (!grant->granted)
        return Error(ErrorCode::LeaseHeld, {textOf(m_options.name), textOf(grant->holder)});
    m_fence = grant->fence;
    return std::nullopt;
}

JobLease::~JobLease()
{
    if (m_keeper.joinable()) {
        m_keeper.request_stop();
        m_keeper.join();
    }
    if (!m_fence.key.empty() && !whyLost())
        (void)answerOf<bool>([&](auto done) { m_store.bulk().release(m_fence, std::move(done)); });
    if (m_etcd) m_etcd->giveBack();
}

std::optional<Error> JobLease::whyLost() const
{
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

std::optional<Error> JobLease::renew()
{
    const Error lost(ErrorCode::LeaseLost, {textOf(m_options.name)});
    if (m_etcd && m_etcd->keepAlive() == EtcdLease::State::Lost) return lost;
    if (m_fence.key.empty()) return std::nullopt;
    const FencedBy by = m_etcd ? FencedBy::Elsewhere : FencedBy::Store;
    const auto kept = answerOf<bool>(
        [&](auto done) { m_store.bulk().renew(m_fence, m_options.time, by, std::move(done)); });
    if (kept) return *kept ? std::nullopt : std::optional(lost);
    // A store that can't be reached takes no changes either; the fence decides once it can.
    return kept.error().code() == ErrorCode::NoPermission ? std::optional(kept.error())
                                                          : std::nullopt;
}

void JobLease::keepUp(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_wake.wait_for(lock, stop, m_options.time / 3, [] { return false; });
        if (stop.stop_requested()) return;
        lock.unlock();
        std::optional<Error> lost = renew();
        lock.lock();
        if (!lost) continue;
        m_lost = std::move(lost);
        return;
    }
}

} // namespace kvscope
