// Binding: read strictly, so that a misspelt member is an error and not a different check.
#include "core/binding/binding.h"

#include "core/base/hash.h"
#include "core/source/filerows.h"
#include "core/source/rowsource.h"
#include "core/value/jsondocument.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

constexpr double kLongestSeconds = 100.0 * 366 * 86'400; // a century, far inside of 64-bit ms

tl::unexpected<Error> invalid(const QString &member, const QString &reason)
{
    return failure(ErrorCode::InvalidBinding, {member, reason});
}

Bytes bytesOf(const QString &text)
{
    return text.toStdString();
}

// Reads one object's members; the first thing that is wrong stays.
class Members
{
  public:
    Members(const QJsonObject &object, QString path, std::initializer_list<const char *> known)
        : m_object(object), m_path(std::move(path))
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            const bool found = std::any_of(known.begin(), known.end(), [&](const char *name) {
                return it.key() == QLatin1String(name);
            });
            if (!found) fail(it.key(), Words::tr("is not a member of a binding"));
        }
    }

    QString text(const char *name, bool required)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined() && !required) return {};
        if (value.isString() && !value.toString().trimmed().isEmpty()) return value.toString();
        fail(QLatin1String(name), value.isUndefined()
                                      ? Words::tr("is missing")
                                      : Words::tr("must be a text that is not empty"));
        return {};
    }

    std::vector<Bytes> names(const char *name, bool required = true)
    {
        std::vector<Bytes> found;
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined() && !required) return found;
        if (!value.isArray() || value.toArray().isEmpty()) {
            fail(QLatin1String(name), value.isUndefined()
                                          ? Words::tr("is missing")
                                          : Words::tr("must be a list of column names"));
            return found;
        }
        for (const auto &item : value.toArray()) {
            const Bytes column = bytesOf(item.toString());
            if (column.empty())
                fail(QLatin1String(name), Words::tr("must be a list of column names"));
            else if (std::find(found.begin(), found.end(), column) != found.end())
                fail(QLatin1String(name),
                     Words::tr("names the column “%1” twice").arg(item.toString()));
            found.push_back(column);
        }
        return found;
    }

    std::optional<double> number(const char *name, double lowest, double highest)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined()) return std::nullopt;
        if (!value.isDouble() || value.toDouble() < lowest || value.toDouble() > highest) {
            fail(QLatin1String(name),
                 Words::tr("must be a number from %1 to %2").arg(lowest).arg(highest));
            return std::nullopt;
        }
        return value.toDouble();
    }

    std::optional<QJsonObject> object(const char *name, bool required)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isObject()) return value.toObject();
        if (!value.isUndefined())
            fail(QLatin1String(name), Words::tr("must be an object in braces"));
        else if (required)
            fail(QLatin1String(name), Words::tr("is missing"));
        return std::nullopt;
    }

    void fail(const QString &member, const QString &reason)
    {
        if (!m_error) m_error = Error(ErrorCode::InvalidBinding, {m_path + member, reason});
    }
    const std::optional<Error> &error() const { return m_error; }

  private:
    QJsonObject m_object;
    QString m_path;
    std::optional<Error> m_error;
};

Result<ValueRule> readValue(const QJsonObject &object)
{
    Members members(object, QStringLiteral("value."), {"type", "fields", "column"});
    ValueRule rule;
    const QString type = members.text("type", true);
    if (type == QLatin1String("json") || type == QLatin1String("hash")) {
        rule.type = type == QLatin1String("json") ? ValueRule::Type::Json : ValueRule::Type::Hash;
        rule.columns = members.names("fields");
        if (object.contains(QLatin1String("column")))
            members.fail(QStringLiteral("column"), Words::tr("belongs to the type “string” only"));
    } else if (type == QLatin1String("string")) {
        rule.type = ValueRule::Type::String;
        rule.columns = {bytesOf(members.text("column", true))};
        if (object.contains(QLatin1String("fields")))
            members.fail(QStringLiteral("fields"), Words::tr("belongs to “json” and “hash” only"));
    } else {
        members.fail(QStringLiteral("type"), Words::tr("must be json, string or hash"));
    }
    if (members.error()) return failure(*members.error());
    return rule;
}

Result<TtlRule> readTtl(const QJsonObject &object)
{
    Members members(object, QStringLiteral("ttl."), {"seconds", "jitter", "min_seconds"});
    TtlRule rule;
    const auto seconds = members.number("seconds", 0.001, kLongestSeconds);
    if (!seconds) members.fail(QStringLiteral("seconds"), Words::tr("is missing"));
    rule.seconds = seconds.value_or(0);
    rule.jitter = members.number("jitter", 0, 0.99).value_or(0);
    rule.minSeconds = members.number("min_seconds", 0, kLongestSeconds);
    if (rule.minSeconds && seconds && *rule.minSeconds > *seconds)
        members.fail(QStringLiteral("min_seconds"), Words::tr("must not be above “seconds”"));
    if (members.error()) return failure(*members.error());
    return rule;
}

// What one member alone can't tell.
std::optional<Error> misfit(const Binding &binding)
{
    const auto wrong = [](const char *member, const QString &reason) {
        return Error(ErrorCode::InvalidBinding, {QLatin1String(member), reason});
    };
    if (binding.storesVersion() && binding.version.empty())
        return wrong("version_field", Words::tr("needs “version”, the column it is taken from"));
    const auto &columns = binding.value.columns;
    const bool listed =
        std::find(columns.begin(), columns.end(), binding.versionField) != columns.end();
    if (binding.storesVersion() && listed && binding.versionField != binding.version)
        return wrong("version_field", Words::tr("is the name of another field of the value"));
    return std::nullopt;
}

const char *typeName(ValueRule::Type type)
{
    switch (type) {
    case ValueRule::Type::Json:
        return "json";
    case ValueRule::Type::String:
        return "string";
    case ValueRule::Type::Hash:
        break;
    }
    return "hash";
}

QJsonArray arrayOf(const std::vector<Bytes> &names)
{
    QJsonArray array;
    for (const Bytes &name : names) array.append(QString::fromStdString(name));
    return array;
}

} // namespace

std::int64_t TtlRule::longestMs() const
{
    return std::llround(seconds * (1 + jitter) * 1000);
}

std::int64_t TtlRule::msFor(BytesView key) const
{
    constexpr double kRange = 18'446'744'073'709'551'616.0; // 2^64
    constexpr std::uint64_t kSeed = 0x7474'6c00; // of its own, so that it follows no index's order
    const double unit = static_cast<double>(hashBytes(key, kSeed)) / kRange;
    const double factor = 1 + jitter * (2 * unit - 1);
    const double wanted = std::max(seconds * factor, minSeconds.value_or(0));
    return std::clamp<std::int64_t>(std::llround(wanted * 1000), 1,
                                    std::max<std::int64_t>(longestMs(), 1));
}

Bytes Binding::companionKey(BytesView of) const
{
    Bytes companion(of);
    companion += ':';
    companion += versionField;
    return companion;
}

std::vector<Bytes> Binding::columns() const
{
    std::vector<Bytes> all;
    const auto add = [&all](const Bytes &column) {
        if (!column.empty() && std::find(all.begin(), all.end(), column) == all.end())
            all.push_back(column);
    };
    for (const Bytes &column : order) add(column);
    for (const Bytes &column : key.columns()) add(column);
    for (const Bytes &column : value.columns) add(column);
    add(version);
    return all;
}

Result<Binding> Binding::parse(const Bytes &json)
{
    // JsonDocument knows line and column of what is wrong; the members are then small numbers and
    // texts, which QJsonDocument keeps whole.
    if (const auto checked = JsonDocument::parse(json); !checked)
        return invalid(QStringLiteral("{}"), Words::tr("is not JSON: line %1, column %2: %3")
                                                 .arg(checked.error().line)
                                                 .arg(checked.error().column)
                                                 .arg(checked.error().reason()));
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (!document.isObject())
        return invalid(QStringLiteral("{}"), Words::tr("must be an object in braces"));
    const QJsonObject object = document.object();
    Members members(object, {},
                    {"name", "source", "rows", "lookup", "order", "key", "value", "version",
                     "version_field", "ttl", "etcd"});
    Binding binding;
    binding.name = members.text("name", true);
    binding.source = members.text("source", true);
    binding.rows = members.text("rows", false);
    binding.lookup = members.text("lookup", false);
    const QString key = members.text("key", true);
    binding.version = bytesOf(members.text("version", false));
    binding.versionField = bytesOf(members.text("version_field", false));
    binding.etcd = members.text("etcd", false);
    if (const QUrl url(binding.etcd, QUrl::StrictMode);
        !binding.etcd.isEmpty() &&
        (!url.scheme().startsWith(QLatin1String("http")) || !url.isValid() || url.host().isEmpty()))
        members.fail(QStringLiteral("etcd"), Words::tr("must be a URL, as in http://etcd:2379"));
    const auto value = members.object("value", true);
    const auto ttl = members.object("ttl", false);
    // A file is its own rows.
    const bool isFile = binding.source.startsWith(QLatin1String("jsonl:")) ||
                        binding.source.startsWith(QLatin1String("csv:"));
    binding.order = members.names("order", !isFile);
    if (binding.order.empty()) binding.order = fileOrder();
    if (binding.rows.isEmpty() && !isFile)
        members.fail(QStringLiteral("rows"), Words::tr("is missing"));
    if (members.error()) return failure(*members.error());

    auto parsedKey = KeyTemplate::parse(bytesOf(key));
    if (!parsedKey) return failure(parsedKey.error());
    binding.key = std::move(*parsedKey);
    auto parsedValue = readValue(*value);
    if (!parsedValue) return failure(parsedValue.error());
    binding.value = std::move(*parsedValue);
    if (ttl) {
        const auto parsedTtl = readTtl(*ttl);
        if (!parsedTtl) return failure(parsedTtl.error());
        binding.ttl = *parsedTtl;
    }
    if (auto wrong = misfit(binding)) return failure(*wrong);
    return binding;
}

Bytes Binding::toJson() const
{
    QJsonObject object{{QStringLiteral("name"), name},
                       {QStringLiteral("source"), source},
                       {QStringLiteral("key"), QString::fromStdString(key.text())}};
    if (order != fileOrder()) object.insert(QStringLiteral("order"), arrayOf(order));
    if (!rows.isEmpty()) object.insert(QStringLiteral("rows"), rows);
    if (!lookup.isEmpty()) object.insert(QStringLiteral("lookup"), lookup);
    QJsonObject rule{{QStringLiteral("type"), QLatin1String(typeName(value.type))}};
    if (value.type == ValueRule::Type::String)
        rule.insert(QStringLiteral("column"), QString::fromStdString(value.columns.front()));
    else
        rule.insert(QStringLiteral("fields"), arrayOf(value.columns));
    object.insert(QStringLiteral("value"), rule);
    if (!version.empty()) object.insert(QStringLiteral("version"), QString::fromStdString(version));
    if (storesVersion())
        object.insert(QStringLiteral("version_field"), QString::fromStdString(versionField));
    if (ttl) {
        QJsonObject times{{QStringLiteral("seconds"), ttl->seconds}};
        if (ttl->jitter > 0) times.insert(QStringLiteral("jitter"), ttl->jitter);
        if (ttl->minSeconds) times.insert(QStringLiteral("min_seconds"), *ttl->minSeconds);
        object.insert(QStringLiteral("ttl"), times);
    }
    if (!etcd.isEmpty()) object.insert(QStringLiteral("etcd"), etcd);
    return QJsonDocument(object).toJson(QJsonDocument::Indented).toStdString();
}

Bytes Binding::publicJson() const
{
    Binding shown = *this;
    shown.source = sourceName(source);
    if (QUrl url(etcd); !url.password().isEmpty()) {
        url.setPassword({});
        shown.etcd = url.toString();
    }
    return shown.toJson();
}

} // namespace kvscope
