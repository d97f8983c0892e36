// BindingProposal: a table's own key, and names that people give to versions.
#include "core/binding/bindingproposal.h"

#include "core/source/filerows.h"

#include <algorithm>
#include <array>

namespace kvscope {
namespace {

bool contains(const std::vector<Bytes> &names, const Bytes &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isBytes(const SourceColumn &column)
{
    static const std::array<const char *, 4> kWords{"blob", "bytea", "binary", "image"};
    return std::any_of(kWords.begin(), kWords.end(), [&](const char *word) {
        return column.type.contains(QLatin1String(word), Qt::CaseInsensitive);
    });
}

bool looksLikeVersion(const Bytes &name)
{
    static const std::array<const char *, 9> kNames{"updated_at",    "modified_at", "changed_at",
                                                    "last_modified", "updated",     "modified",
                                                    "version",       "row_version", "updatedat"};
    const QString lower = QString::fromStdString(name).toLower();
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](const char *known) { return lower == QLatin1String(known); });
}

bool isPlain(const Bytes &name)
{
    return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == Bytes::npos &&
           !name.empty() && !(name[0] >= '0' && name[0] <= '9');
}

Bytes literal(const Bytes &text)
{
    Bytes escaped;
    for (const char c : text) escaped.append(c == '{' || c == '}' ? 2 : 1, c);
    return escaped;
}

// Of a file, whose key nobody states: what is called id, else the first one.
std::vector<Bytes> keyOf(const SourceTable &table)
{
    if (!table.primaryKey.empty() || table.columns.empty()) return table.primaryKey;
    for (const char *name : {"id", "key", "uuid"})
        for (const SourceColumn &column : table.columns)
            if (column.name == name) return {column.name};
    return {table.columns.front().name};
}

QString selection(const QString &sqlName, const std::vector<Bytes> &columns, bool mysql)
{
    const QString quote = mysql ? QStringLiteral("`") : QStringLiteral("\"");
    QStringList list;
    for (const Bytes &column : columns) {
        QString name = QString::fromStdString(column);
        name.replace(quote, quote + quote);
        list << quote + name + quote;
    }
    return QStringLiteral("SELECT ") + list.join(QLatin1String(", ")) + QStringLiteral(" FROM ") +
           sqlName;
}

} // namespace

Binding proposeBinding(const QString &url, const SourceTable &table)
{
    Binding binding;
    const bool isFile = table.sqlName.isEmpty();
    const QString name = isFile ? table.name.section(QLatin1Char('.'), 0, 0)
                                : table.name.section(QLatin1Char('.'), -1);
    binding.name = name;
    binding.source = url;
    const std::vector<Bytes> key = keyOf(table);
    binding.order = isFile ? fileOrder() : key;

    Bytes text = literal(name.toStdString());
    for (const Bytes &column : key) text += ":{" + column + "}";
    if (auto parsed = KeyTemplate::parse(text)) binding.key = std::move(*parsed);

    std::vector<Bytes> selected = key;
    for (const SourceColumn &column : table.columns) {
        if (contains(key, column.name) || isBytes(column)) continue;
        selected.push_back(column.name);
        if (binding.version.empty() && looksLikeVersion(column.name))
            binding.version = column.name;
        else
            binding.value.columns.push_back(column.name);
    }
    if (binding.value.columns.empty()) binding.value.columns = key;
    if (isFile) return binding;

    const bool mysql =
        url.startsWith(QLatin1String("mysql:")) || url.startsWith(QLatin1String("mariadb:"));
    binding.rows = selection(table.sqlName, selected, mysql);
    if (!std::all_of(key.begin(), key.end(), isPlain) || key.empty()) return binding;
    QStringList conditions;
    for (const Bytes &column : key) {
        const QString quoted = mysql ? QStringLiteral("`%1`") : QStringLiteral("\"%1\"");
        const QString plain = QString::fromStdString(column);
        conditions << quoted.arg(plain) + QStringLiteral(" = :") + plain;
    }
    binding.lookup =
        binding.rows + QStringLiteral(" WHERE ") + conditions.join(QLatin1String(" AND "));
    return binding;
}

} // namespace kvscope
