// Entry: names of types, and keys as people read them.
#include "core/store/entry.h"

#include <array>
#include <utility>

namespace kvscope {
namespace {

constexpr std::array<std::pair<ValueType, BytesView>, 8> kTypeNames{{
    {ValueType::None, "none"},
    {ValueType::String, "string"},
    {ValueType::Hash, "hash"},
    {ValueType::List, "list"},
    {ValueType::Set, "set"},
    {ValueType::SortedSet, "zset"},
    {ValueType::Stream, "stream"},
    {ValueType::Module, "module"},
}};

} // namespace

QString valueTypeName(ValueType type)
{
    for (const auto &[value, name] : kTypeNames)
        if (value == type)
            return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    return {};
}

ValueType valueTypeFromName(BytesView name)
{
    for (const auto &[value, known] : kTypeNames)
        if (known == name) return value;
    return ValueType::Module;
}

QString keyText(BytesView key)
{
    return QString::fromStdString(escapeBytes(key));
}

} // namespace kvscope
