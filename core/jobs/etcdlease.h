// EtcdLease: a lease and its fencing token from an etcd, over its v3 JSON gateway.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <memory>

class QJsonObject;

namespace kvscope {

/// The key `kvscope/lease/NAME`, bound to an etcd lease, which etcd's Raft hands to one owner only;
/// the revision at which it was made is the token, and revisions only grow. Blocks: never on the
/// user interface's thread; one thread at a time.
class EtcdLease
{
  public:
    /// LeaseHeld; SourceFailed where the etcd can't be reached or refuses. A holder of the same
    /// `work` is succeeded at once.
    static Result<std::unique_ptr<EtcdLease>> take(const QString &url, const Bytes &name,
                                                   const Bytes &work, const Bytes &owner,
                                                   std::chrono::milliseconds time);

    std::int64_t token() const { return m_token; }

    enum class State : std::uint8_t { Held, Lost, Unreachable };
    State keepAlive();
    void giveBack();

  private:
    EtcdLease(QString url, Bytes name) : m_url(std::move(url)), m_name(std::move(name)) {}
    Result<QJsonObject> post(const QString &path, const QJsonObject &body) const;
    Result<bool> claim(const Bytes &value, const Bytes &work);
    QJsonObject keyObject() const;

    QString m_url;
    Bytes m_name;
    QString m_lease; // etcd's number, a 64-bit integer as text
    std::int64_t m_token = 0;
};

} // namespace kvscope
