// BindingFile: the list is cut by JsonDocument, so that each binding keeps its bytes.
#include "core/binding/bindingfile.h"

#include "core/value/jsondocument.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

tl::unexpected<Error> invalid(const QString &member, const QString &reason)
{
    return failure(ErrorCode::InvalidBinding, {member, reason});
}

QString nameIn(const Bytes &json)
{
    const auto document = JsonDocument::parse(json);
    if (!document) return {};
    const auto node = document->find("/name");
    if (!node || document->type(*node) != JsonType::String) return {};
    return QString::fromStdString(document->scalar(*node));
}

Bytes trimmed(Bytes text)
{
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

} // namespace

Result<BindingFile> BindingFile::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {path, file.errorString()});
    return parse(path, file.readAll().toStdString());
}

Result<BindingFile> BindingFile::parse(const QString &path, const Bytes &text)
{
    const auto document = JsonDocument::parse(text);
    if (!document)
        return invalid(QStringLiteral("{}"), Words::tr("is not JSON: line %1, column %2: %3")
                                                 .arg(document.error().line)
                                                 .arg(document.error().column)
                                                 .arg(document.error().reason()));
    BindingFile made(path);
    const auto type = document->type(JsonDocument::kRoot);
    made.m_isList = type == JsonType::Array;
    if (type == JsonType::Object)
        made.add(Bytes(document->text(JsonDocument::kRoot)));
    else if (made.m_isList)
        for (const auto node : document->children(JsonDocument::kRoot))
            made.add(Bytes(document->text(node)));
    else
        return invalid(QStringLiteral("{}"),
                       Words::tr("must be an object in braces, or a list of such objects"));
    return made;
}

void BindingFile::add(const Bytes &json)
{
    auto binding = Binding::parse(json);
    if (binding) binding->folder = QFileInfo(m_path).absolutePath();
    const QString name = binding ? binding->name : nameIn(json);
    if (binding && indexOf(name) < m_items.size())
        binding = invalid(QStringLiteral("name"), Words::tr("is that of another one in this file"));
    m_items.push_back({json, name, std::move(binding)});
}

std::size_t BindingFile::indexOf(const QString &name) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(), [&](const BindingItem &item) {
        return !name.isEmpty() && item.name == name;
    });
    return static_cast<std::size_t>(found - m_items.begin());
}

void BindingFile::put(const Binding &binding)
{
    Binding kept = binding;
    kept.folder = QFileInfo(m_path).absolutePath();
    BindingItem item{trimmed(binding.toJson()), binding.name, std::move(kept)};
    const std::size_t at = indexOf(binding.name);
    if (at < m_items.size())
        m_items[at] = std::move(item);
    else
        m_items.push_back(std::move(item));
}

void BindingFile::remove(std::size_t index)
{
    m_items.erase(m_items.begin() + static_cast<std::ptrdiff_t>(index));
}

Bytes BindingFile::text() const
{
    if (!m_isList && m_items.size() == 1) return m_items.front().json + "\n";
    Bytes text = "[\n";
    for (std::size_t i = 0; i < m_items.size(); ++i)
        text += m_items[i].json + (i + 1 < m_items.size() ? ",\n" : "\n");
    return text + "]\n";
}

Result<bool> BindingFile::save() const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    const Bytes bytes = text();
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0 || !file.commit())
        return failure(ErrorCode::FileUnwritable, {m_path, file.errorString()});
    return true;
}

Result<Binding> Binding::load(const QString &path)
{
    QString file = path;
    QString picked;
    if (const qsizetype hash = path.lastIndexOf(QLatin1Char('#'));
        hash > 0 && !QFileInfo::exists(path)) {
        file = path.left(hash);
        picked = path.mid(hash + 1);
    }
    const auto bindings = BindingFile::load(file);
    if (!bindings) return failure(bindings.error());
    const auto &items = bindings->items();
    if (picked.isEmpty() && items.size() == 1) return items.front().binding;
    QStringList names;
    for (const BindingItem &item : items) names << item.name;
    const std::size_t at = bindings->indexOf(picked);
    if (at < items.size()) return items[at].binding;
    if (picked.isEmpty())
        return invalid(QStringLiteral("[]"),
                       Words::tr("holds several bindings; write FILE#NAME with one of: %1")
                           .arg(names.join(QLatin1String(", "))));
    return invalid(QStringLiteral("name"),
                   Words::tr("is none of: %1").arg(names.join(QLatin1String(", "))));
}

} // namespace kvscope
