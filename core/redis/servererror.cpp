// What a server's error reply means to us.
#include "core/redis/reply.h"

#include <array>

namespace kvscope {
namespace {

QString text(BytesView bytes)
{
    return QString::fromStdString(escapeBytes(bytes));
}

/// The words as a part of our sentence: without the place in a script of ours that met the error,
/// without what follows the first sentence of a lecture (-DENIED), without the full stop.
QString said(BytesView words)
{
    words = words.substr(0, words.find(" script: "));
    if (words.starts_with("DENIED")) words = words.substr(0, words.find(". "));
    while (words.ends_with('.') || words.ends_with(' ')) words.remove_suffix(1);
    return text(words);
}

/// "-MOVED 3999 127.0.0.1:6381" → {"3999", "127.0.0.1:6381"}
QStringList slotAndNode(BytesView words)
{
    const QStringList parts = text(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return {parts.value(1), parts.value(2)};
}

/// What a script that runs for a user without the right to its commands ends in, 6.0 to 8.0.
bool isRefusedInScript(BytesView words)
{
    return words.starts_with("ERR The user executing the script can't ") ||
           words.starts_with("ERR ACL failure in script");
}

} // namespace

Error serverError(BytesView words, const QString &command, const QString &place, BytesView key)
{
    const BytesView code = words.substr(0, words.find(' '));
    if (code == "NOAUTH") return Error(ErrorCode::AuthenticationRequired, {place});
    if (code == "WRONGPASS") return Error(ErrorCode::AuthenticationFailed, {QString()});
    // Before Redis 6 a wrong password had no code of its own.
    if (words == "ERR invalid password") return Error(ErrorCode::AuthenticationFailed, {QString()});
    if (code == "NOPERM" || isRefusedInScript(words))
        return Error(ErrorCode::NoPermission, {command, said(words)});
    if (code == "LOADING") return Error(ErrorCode::Loading, {place});
    if (code == "OOM") return Error(ErrorCode::OutOfMemory, {said(words)});
    if (code == "READONLY") return Error(ErrorCode::ServerReadOnly, {command});
    if (code == "MOVED" || code == "ASK") return Error(ErrorCode::ClusterNode, slotAndNode(words));
    if (code == "WRONGTYPE") return Error(ErrorCode::WrongType, {text(key)});
    return Error(ErrorCode::ServerError, {said(words)});
}

} // namespace kvscope
