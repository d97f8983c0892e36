// SqlText: one pass that knows where quotes and comments end.
#include "core/source/sqltext.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

class Lexer
{
  public:
    Lexer(const QString &sql, SqlLexis lexis) : m_sql(sql), m_mysql(lexis == SqlLexis::MySql) {}

    /// Behind the quote or comment that begins at `at`; `at` itself where none does.
    qsizetype skip(qsizetype at) const
    {
        const QChar c = m_sql[at];
        if (c == QLatin1Char('\'') || c == QLatin1Char('"') || c == QLatin1Char('`'))
            return skipQuote(at, c);
        if (c == QLatin1Char('-') && follows(at + 1, QLatin1Char('-')) && startsDashComment(at))
            return skipLine(at);
        if (m_mysql && c == QLatin1Char('#')) return skipLine(at);
        if (c == QLatin1Char('/') && follows(at + 1, QLatin1Char('*'))) return skipComment(at);
        if (!m_mysql && c == QLatin1Char('$') && (at == 0 || !isNamePart(m_sql[at - 1])))
            return skipDollar(at);
        return at;
    }

  private:
    bool follows(qsizetype at, QChar c) const { return at < m_sql.size() && m_sql[at] == c; }

    bool startsDashComment(qsizetype at) const
    {
        return !m_mysql || at + 2 >= m_sql.size() || m_sql[at + 2].isSpace();
    }

    qsizetype skipLine(qsizetype at) const
    {
        const qsizetype end = m_sql.indexOf(QLatin1Char('\n'), at);
        return end < 0 ? m_sql.size() : end;
    }

    qsizetype skipQuote(qsizetype at, QChar quote) const
    {
        // PostgreSQL's E'…' knows backslashes too.
        const bool marked = at > 0 && m_sql[at - 1].toUpper() == QLatin1Char('E') &&
                            (at < 2 || !isNamePart(m_sql[at - 2]));
        const bool backslash =
            quote != QLatin1Char('`') && (m_mysql || (marked && quote == QLatin1Char('\'')));
        for (qsizetype i = at + 1; i < m_sql.size(); ++i) {
            if (backslash && m_sql[i] == QLatin1Char('\\')) {
                ++i;
            } else if (m_sql[i] == quote) {
                if (!follows(i + 1, quote)) return i + 1;
                ++i;
            }
        }
        return m_sql.size();
    }

    qsizetype skipComment(qsizetype at) const
    {
        // MySQL runs what stands in /*! … */ and MariaDB /*M! … */: no comments at all.
        if (m_mysql && (follows(at + 2, QLatin1Char('!')) ||
                        (follows(at + 2, QLatin1Char('M')) && follows(at + 3, QLatin1Char('!')))))
            return at;
        int depth = 1;
        for (qsizetype i = at + 2; i < m_sql.size(); ++i) {
            if (m_sql[i] == QLatin1Char('*') && follows(i + 1, QLatin1Char('/'))) {
                ++i;
                if (--depth == 0) return i + 1;
            } else if (!m_mysql && m_sql[i] == QLatin1Char('/') &&
                       follows(i + 1, QLatin1Char('*'))) {
                ++i;
                ++depth;
            }
        }
        return m_sql.size();
    }

    qsizetype skipDollar(qsizetype at) const
    {
        qsizetype end = at + 1;
        while (end < m_sql.size() && isNamePart(m_sql[end])) ++end;
        if (!follows(end, QLatin1Char('$')) || m_sql[at + 1].isDigit()) return at;
        const QString tag = m_sql.mid(at, end - at + 1);
        const qsizetype close = m_sql.indexOf(tag, end + 1);
        return close < 0 ? m_sql.size() : close + tag.size();
    }

    const QString &m_sql;
    bool m_mysql;
};

} // namespace

QString withoutQuoted(const QString &sql, SqlLexis lexis)
{
    const Lexer lexer(sql, lexis);
    QString plain = sql;
    for (qsizetype i = 0; i < sql.size();) {
        const qsizetype behind = lexer.skip(i);
        for (qsizetype j = i; j < behind; ++j) plain[j] = QLatin1Char(' ');
        i = behind == i ? i + 1 : behind;
    }
    return plain;
}

QString asSubquery(const QString &rows)
{
    QString text = rows.trimmed();
    while (text.endsWith(QLatin1Char(';'))) text = text.chopped(1).trimmed();
    return QLatin1Char('(') + text + QLatin1String("\n)");
}

std::optional<Error> notOneQuery(const QString &member, const QString &sql, SqlLexis lexis)
{
    const auto invalid = [&member](const QString &reason) {
        return Error(ErrorCode::InvalidBinding, {member, reason});
    };
    const QString inner = asSubquery(sql);
    const QString plain = withoutQuoted(inner, lexis);
    if (plain.contains(QLatin1Char(';')))
        return invalid(Words::tr("must be one query, without another one behind a semicolon"));
    int depth = 0;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        if (plain[i] == QLatin1Char('(')) ++depth;
        if (plain[i] == QLatin1Char(')') && --depth == 0 && i + 1 < plain.size()) depth = -1;
        if (depth < 0) break;
    }
    if (depth != 0) return invalid(Words::tr("has a parenthesis or a quote without its partner"));
    return std::nullopt;
}

std::optional<QString>
withParameters(const QString &sql, SqlLexis lexis,
               const std::function<std::optional<QString>(const QString &)> &valueOf)
{
    const QString plain = withoutQuoted(sql, lexis);
    QString made;
    bool any = false;
    for (qsizetype i = 0; i < sql.size(); ++i) {
        const bool cast = i > 0 && plain[i - 1] == QLatin1Char(':');
        const bool begins = plain[i] == QLatin1Char(':') && !cast && i + 1 < sql.size() &&
                            (plain[i + 1].isLetter() || plain[i + 1] == QLatin1Char('_'));
        if (!begins) {
            made += sql[i];
            continue;
        }
        qsizetype end = i + 1;
        while (end < plain.size() && isNamePart(plain[end])) ++end;
        const auto value = valueOf(sql.mid(i + 1, end - i - 1));
        if (!value) return std::nullopt;
        made += *value;
        any = true;
        i = end - 1;
    }
    return any ? std::optional(made) : std::nullopt;
}

} // namespace kvscope
