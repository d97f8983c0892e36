// KeyTemplate: a short list of literals and columns.
#include "core/binding/keytemplate.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

tl::unexpected<Error> invalid(const QString &reason)
{
    return failure(ErrorCode::InvalidBinding, {QStringLiteral("key"), reason});
}

} // namespace

Result<KeyTemplate> KeyTemplate::parse(BytesView text)
{
    KeyTemplate made;
    made.m_text = Bytes(text);
    Part part;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool doubled = i + 1 < text.size() && text[i + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            part.literal += c;
            ++i;
        } else if (c == '}') {
            return invalid(Words::tr("has a “}” without a “{”; write “}}” for a brace"));
        } else if (c == '{') {
            const std::size_t end = text.find('}', i);
            if (end == BytesView::npos) return invalid(Words::tr("has a “{” that is not closed"));
            part.column = Bytes(text.substr(i + 1, end - i - 1));
            if (part.column.empty() || part.column.find('{') != Bytes::npos)
                return invalid(Words::tr("needs the name of a column between “{” and “}”"));
            made.m_parts.push_back(std::move(part));
            part = Part();
            i = end;
        } else {
            part.literal += c;
        }
    }
    if (made.m_parts.empty())
        return invalid(Words::tr("must hold at least one column, like “user:{id}”"));
    if (!part.literal.empty()) made.m_parts.push_back(std::move(part));
    return made;
}

std::vector<Bytes> KeyTemplate::columns() const
{
    std::vector<Bytes> names;
    for (const Part &part : m_parts)
        if (!part.column.empty()) names.push_back(part.column);
    return names;
}

Bytes KeyTemplate::expand(const std::vector<BytesView> &values) const
{
    Bytes key;
    std::size_t next = 0;
    for (const Part &part : m_parts) {
        key += part.literal;
        if (!part.column.empty()) key += values[next++];
    }
    return key;
}

bool KeyTemplate::isInvertible() const
{
    for (std::size_t i = 1; i < m_parts.size(); ++i)
        if (m_parts[i].literal.empty()) return false;
    return true;
}

// A key can be cut in one way only if the leftmost way to find the separators is the rightmost too:
// every other way lies between them.
std::optional<std::vector<Bytes>> KeyTemplate::match(BytesView key) const
{
    if (!isInvertible() || !key.starts_with(m_parts[0].literal)) return std::nullopt;
    key.remove_prefix(m_parts[0].literal.size());
    std::size_t count = m_parts.size();
    if (m_parts.back().column.empty()) {
        if (!key.ends_with(m_parts.back().literal)) return std::nullopt;
        key.remove_suffix(m_parts.back().literal.size());
        --count;
    }
    std::vector<std::size_t> cuts(count, 0); // where the separator before column i begins
    std::size_t from = 0;
    for (std::size_t i = 1; i < count; ++i) {
        cuts[i] = key.find(m_parts[i].literal, from);
        if (cuts[i] == BytesView::npos) return std::nullopt;
        from = cuts[i] + m_parts[i].literal.size();
    }
    std::size_t to = key.size();
    for (std::size_t i = count; i-- > 1;) {
        const std::size_t length = m_parts[i].literal.size();
        if (to < length || key.rfind(m_parts[i].literal, to - length) != cuts[i])
            return std::nullopt;
        to = cuts[i];
    }
    std::vector<Bytes> values;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = i == 0 ? 0 : cuts[i] + m_parts[i].literal.size();
        const std::size_t end = i + 1 < count ? cuts[i + 1] : key.size();
        values.emplace_back(key.substr(begin, end - begin));
    }
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j)
            if (m_parts[i].column == m_parts[j].column && values[i] != values[j])
                return std::nullopt;
    return values;
}

Bytes KeyTemplate::glob() const
{
    Bytes pattern;
    for (const Part &part : m_parts) {
        pattern += escapeGlob(part.literal);
        if (!part.column.empty()) pattern += '*';
    }
    return pattern;
}

} // namespace kvscope
