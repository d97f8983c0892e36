// AUTH, SELECT, names and a PING, pipelined: one round trip from connected to ready.
#include "core/redis/greeting.h"

#include "core/base/bytes.h"
#include "core/redis/serverinfo.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 60; // of what a stranger said

/// Whole per cent of the data set that is in memory; empty where the server does not tell.
QString loadedPercent(const ReplyView &info)
{
    if (info.isError()) return {};
    const auto percent = ServerInfo::parse(info.bytes()).loadedPercent;
    return percent ? QString::number(static_cast<int>(std::clamp(*percent, 0.0, 100.0)))
                   : QString();
}

} // namespace

Greeting::Greeting(const Endpoint &endpoint, int database, const QString &clientName, Ask ask)
{
    if (!endpoint.password.empty()) {
        m_auth = m_batch.size();
        // The one-argument form is the only one before Redis 6.
        if (endpoint.user.empty())
            m_batch.add({"AUTH", endpoint.password});
        else
            m_batch.add({"AUTH", endpoint.user, endpoint.password});
    }
    if (database != 0) {
        m_select = m_batch.size();
        m_batch.add({"SELECT", std::to_string(database)});
    }
    // Both may be unknown or forbidden: what they answer does not matter.
    m_batch.add({"CLIENT", "SETNAME", clientName.toStdString()});
    m_batch.add({"CLIENT", "NO-TOUCH", "on"}); // 7.2+: our reads don't make keys look used
    if (ask == Ask::Progress) {
        m_info = m_batch.size();
        m_batch.add({"INFO", "persistence"}); // answered while loading
    }
    m_ping = m_batch.size();
    m_batch.add({"PING"});
}

std::optional<Error> Greeting::verdict(const Replies &replies, const Endpoint &endpoint) const
{
    const QString place = endpoint.place();
    if (m_auth && replies[*m_auth].isError()) {
        const BytesView words = replies[*m_auth].bytes();
        const Error error = serverError(words, QStringLiteral("AUTH"), place);
        if (error.code() == ErrorCode::AuthenticationFailed)
            return Error(ErrorCode::AuthenticationFailed, {QString::fromStdString(endpoint.user)});
        // A password where none is needed is no reason to stay outside; anything else is.
        if (words.find("without any password") == BytesView::npos &&
            words.find("no password is set") == BytesView::npos)
            return error;
    }
    const ReplyView ping = replies[m_ping];
    if (ping.isError()) {
        Error error = serverError(ping.bytes(), QStringLiteral("PING"), place);
        if (error.code() == ErrorCode::Loading && m_info)
            error = Error(ErrorCode::Loading, {place, loadedPercent(replies[*m_info])});
        // The least rights may not hold PING, and a replica without its primary refuses it.
        const bool usable =
            error.code() == ErrorCode::NoPermission || ping.bytes().starts_with("MASTERDOWN");
        if (!usable) return error;
    }
    if (m_select && replies[*m_select].isError())
        return serverError(replies[*m_select].bytes(), QStringLiteral("SELECT"), place);
    return {};
}

std::optional<Error> strangerIn(BytesView firstBytes, const QString &place)
{
    if (firstBytes.empty() || BytesView("+-:$*").find(firstBytes.front()) != BytesView::npos)
        return {};
    const BytesView line =
        firstBytes.substr(0, std::min(firstBytes.find_first_of("\r\n"), kShownBytes));
    return Error(ErrorCode::NotRedis, {place, QString::fromStdString(escapeBytes(line))});
}

} // namespace kvscope
