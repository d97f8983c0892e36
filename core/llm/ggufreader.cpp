// GgufReader: the thirteen kinds of metadata values.
#include "core/llm/ggufreader.h"

#include <algorithm>

namespace kvscope::llm {
namespace {

enum class Kind : std::uint32_t {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
    Bool,
    Text,
    Array,
    U64,
    I64,
    F64,
};

std::uint64_t leastBytes(Kind kind)
{
    switch (kind) {
    case Kind::U8:
    case Kind::I8:
    case Kind::Bool:
        return 1;
    case Kind::U16:
    case Kind::I16:
        return 2;
    case Kind::U32:
    case Kind::I32:
    case Kind::F32:
        return 4;
    case Kind::Text:
    case Kind::U64:
    case Kind::I64:
    case Kind::F64:
        return 8;
    case Kind::Array:
        break;
    }
    return 0; // unknown, or an array in an array
}

} // namespace

std::string_view GgufReader::raw(std::uint64_t size)
{
    if (failed()) return {};
    const char *at = reinterpret_cast<const char *>(m_bytes.data()) + m_position;
    if (size > left()) {
        m_reason = "the file ends too early";
        return {at, left()};
    }
    m_position += static_cast<std::size_t>(size);
    return {at, static_cast<std::size_t>(size)};
}

std::optional<MetaValue> GgufReader::value()
{
    const auto type = number<std::uint32_t>();
    if (failed()) return std::nullopt;
    if (type == static_cast<std::uint32_t>(Kind::Array)) return array();
    return scalar(type);
}

std::optional<MetaValue> GgufReader::scalar(std::uint32_t type)
{
    std::optional<MetaValue> result;
    switch (static_cast<Kind>(type)) {
    case Kind::U8:
        result = std::uint64_t{number<std::uint8_t>()};
        break;
    case Kind::I8:
        result = std::int64_t{number<std::int8_t>()};
        break;
    case Kind::U16:
        result = std::uint64_t{number<std::uint16_t>()};
        break;
    case Kind::I16:
        result = std::int64_t{number<std::int16_t>()};
        break;
    case Kind::U32:
        result = std::uint64_t{number<std::uint32_t>()};
        break;
    case Kind::I32:
        result = std::int64_t{number<std::int32_t>()};
        break;
    case Kind::F32:
        result = double{number<float>()};
        break;
    case Kind::Bool:
        result = number<std::uint8_t>() != 0;
        break;
    case Kind::Text:
        result = text();
        break;
    case Kind::U64:
        result = number<std::uint64_t>();
        break;
    case Kind::I64:
        result = number<std::int64_t>();
        break;
    case Kind::F64:
        result = number<double>();
        break;
    case Kind::Array:
        break;
    }
    if (!result && !failed()) m_reason = "a value of an unknown kind";
    if (failed()) return std::nullopt;
    return result;
}

std::optional<MetaValue> GgufReader::array()
{
    const auto type = number<std::uint32_t>();
    const auto count = number<std::uint64_t>();
    if (failed()) return std::nullopt;
    const std::uint64_t least = leastBytes(static_cast<Kind>(type));
    if (least == 0) {
        m_reason = "an array of an unknown kind";
        return std::nullopt;
    }
    if (count > left() / least) {
        m_reason = "an array longer than the file";
        return std::nullopt;
    }
    const auto size = static_cast<std::size_t>(count);
    if (static_cast<Kind>(type) == Kind::Text) {
        std::vector<std::string_view> texts(size);
        for (std::string_view &item : texts) item = text();
        return failed() ? std::nullopt : std::optional<MetaValue>(std::move(texts));
    }
    const Kind kind = static_cast<Kind>(type);
    if (kind == Kind::F32 || kind == Kind::F64) {
        std::vector<double> numbers(size);
        for (double &item : numbers)
            item = kind == Kind::F32 ? double{number<float>()} : number<double>();
        return failed() ? std::nullopt : std::optional<MetaValue>(std::move(numbers));
    }
    std::vector<std::int64_t> numbers(size);
    for (std::int64_t &item : numbers) {
        const std::optional<MetaValue> one = scalar(type);
        if (!one) return std::nullopt;
        if (const auto *whole = std::get_if<std::int64_t>(&*one))
            item = *whole;
        else if (const auto *natural = std::get_if<std::uint64_t>(&*one))
            item = static_cast<std::int64_t>(*natural);
        else
            item = std::get<bool>(*one) ? 1 : 0;
    }
    return std::optional<MetaValue>(std::move(numbers));
}

} // namespace kvscope::llm
