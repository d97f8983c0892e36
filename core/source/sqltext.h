// SqlText: what a query says outside of its quotes and comments.
#pragma once

#include "core/async/result.h"

#include <QString>

#include <functional>

namespace kvscope {

/// How a database reads quotes and comments.
enum class SqlLexis : std::uint8_t {
    Standard, ///< '' doubles a quote; $tag$ quotes and nested comments, as in PostgreSQL
    MySql,    ///< a backslash escapes in quotes; # begins a comment
};

/// `sql`, with a space for every character inside of quotes and comments: positions stay.
QString withoutQuoted(const QString &sql, SqlLexis lexis);

/// A query as a subquery: without a closing semicolon, and safe from a comment at its end.
QString asSubquery(const QString &rows);

/// InvalidBinding{member, reason} where `sql` is not one query that may stand in parentheses:
/// another statement behind a semicolon, or a parenthesis that closes what is around it. The
/// session is read-only; this keeps a binding file from leaving it.
std::optional<Error> notOneQuery(const QString &member, const QString &sql, SqlLexis lexis);

/// `sql` with each `:name` outside of quotes replaced; nothing where there is none, or where
/// `valueOf` knows one not.
std::optional<QString>
withParameters(const QString &sql, SqlLexis lexis,
               const std::function<std::optional<QString>(const QString &)> &valueOf);

} // namespace kvscope
