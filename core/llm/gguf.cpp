// Gguf: reading the directory.
#include "core/llm/gguf.h"

#include "core/llm/ggufreader.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kvscope::llm {
namespace {

constexpr std::uint64_t kDefaultAlignment = 32;
constexpr std::uint64_t kLargestAlignment = 1U << 16U;
constexpr std::uint32_t kMostDimensions = 4;

std::optional<std::uint64_t> product(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
    return result;
}

/// The bytes a tensor of this shape and type takes; nothing when it overflows or a row is no whole
/// number of units.
std::optional<std::uint64_t> bytesOf(const TensorView &tensor, const TensorUnit &unit)
{
    if (tensor.shape[0] % unit.values != 0) return std::nullopt;
    std::optional<std::uint64_t> total = product(tensor.shape[0] / unit.values, unit.bytes);
    for (std::size_t i = 1; i < tensor.shape.size() && total; ++i)
        total = product(*total, tensor.shape[i]);
    return total;
}

} // namespace

std::string tensorTypeName(std::uint32_t type)
{
    static constexpr std::array kNames{
        "F32",     "F16",    "Q4_0",    "Q4_1",  "",       "",      "Q5_0",  "Q5_1",
        "Q8_0",    "Q8_1",   "Q2_K",    "Q3_K",  "Q4_K",   "Q5_K",  "Q6_K",  "Q8_K",
        "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS",
        "I8",      "I16",    "I32",     "I64",   "F64",    "IQ1_M", "BF16"};
    if (type < kNames.size() && *kNames[type] != '\0') return kNames[type];
    return "type " + std::to_string(type);
}

std::optional<TensorUnit> tensorUnit(std::uint32_t type)
{
    switch (static_cast<TensorType>(type)) {
    case TensorType::F32:
        return TensorUnit{1, 4};
    case TensorType::F16:
    case TensorType::BF16:
        return TensorUnit{1, 2};
    case TensorType::Q4_0:
        return TensorUnit{32, 18};
    case TensorType::Q8_0:
        return TensorUnit{32, 34};
    case TensorType::Q4_K:
        return TensorUnit{256, 144};
    case TensorType::Q6_K:
        return TensorUnit{256, 210};
    }
    return std::nullopt;
}

Expected<Gguf> Gguf::open(const std::string &path)
{
    Expected<MappedFile> file = MappedFile::open(path);
    if (!file) return tl::unexpected<Fault>(file.error());
    Gguf gguf(std::move(*file));
    if (Expected<void> parsed = gguf.parse(); !parsed) return tl::unexpected<Fault>(parsed.error());
    return gguf;
}

Expected<void> Gguf::parse()
{
    GgufReader reader(m_file.bytes());
    const std::string_view magic = reader.raw(4);
    if (magic != "GGUF") return fault(FaultCode::NotAModelFile, {std::string(magic.substr(0, 4))});
    m_version = reader.number<std::uint32_t>();
    if (!reader.failed() && m_version != 2 && m_version != 3)
        return fault(FaultCode::FormatUnknown, {"GGUF version", std::to_string(m_version)});
    const auto tensorCount = reader.number<std::uint64_t>();
    const auto keyCount = reader.number<std::uint64_t>();
    if (reader.failed()) return reader.fault("header");
    // The least a tensor's entry takes is 8 + 1 + 4 + 8 + 4 + 8 bytes, a key's 8 + 1 + 4 + 1.
    if (tensorCount > reader.left() / 33)
        return fault(FaultCode::FileBroken, {"header", "more tensors than the file has room for"});
    if (keyCount > reader.left() / 14)
        return fault(FaultCode::FileBroken, {"header", "more keys than the file has room for"});

    for (std::uint64_t i = 0; i < keyCount; ++i) {
        const std::string key(reader.text());
        if (reader.failed()) return reader.fault("metadata key " + std::to_string(i));
        std::optional<MetaValue> value = reader.value();
        if (!value) return reader.fault(key);
        if (!m_metadata.emplace(key, std::move(*value)).second)
            return fault(FaultCode::FileBroken, {key, "the key is there twice"});
    }

    std::vector<std::uint64_t> offsets;
    for (std::uint64_t i = 0; i < tensorCount; ++i) {
        TensorView tensor;
        tensor.name = std::string(reader.text());
        const auto dimensions = reader.number<std::uint32_t>();
        const std::string place = "tensor " + std::to_string(i) + " " + tensor.name;
        if (reader.failed()) return reader.fault(place);
        if (dimensions == 0 || dimensions > kMostDimensions)
            return fault(FaultCode::FileBroken,
                         {place, std::to_string(dimensions) + " dimensions"});
        for (std::uint32_t d = 0; d < dimensions; ++d) {
            tensor.shape.push_back(reader.number<std::uint64_t>());
            if (!reader.failed() && tensor.shape.back() == 0)
                return fault(FaultCode::FileBroken, {place, "a dimension is 0"});
        }
        tensor.type = reader.number<std::uint32_t>();
        offsets.push_back(reader.number<std::uint64_t>());
        if (reader.failed()) return reader.fault(place);
        if (!m_byName.emplace(tensor.name, m_tensors.size()).second)
            return fault(FaultCode::FileBroken, {place, "the tensor is there twice"});
        m_tensors.push_back(std::move(tensor));
    }

    const std::uint64_t alignment = count("general.alignment").value_or(kDefaultAlignment);
    if (alignment == 0 || alignment > kLargestAlignment || (alignment & (alignment - 1)) != 0)
        return fault(FaultCode::KeyInvalid, {"general.alignment", std::to_string(alignment)});
    const std::uint64_t start = (reader.position() + alignment - 1) / alignment * alignment;
    const std::span<const std::byte> file = m_file.bytes();
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        TensorView &tensor = m_tensors[i];
        const std::optional<TensorUnit> unit = tensorUnit(tensor.type);
        if (!unit) continue; // refused by whoever needs it, with its name
        const std::optional<std::uint64_t> size = bytesOf(tensor, *unit);
        if (!size)
            return fault(FaultCode::FileBroken, {tensor.name, "its shape does not suit its type"});
        if (offsets[i] % alignment != 0)
            return fault(FaultCode::FileBroken, {tensor.name, "its offset is not aligned"});
        if (start > file.size() || offsets[i] > file.size() - start ||
            *size > file.size() - start - offsets[i])
            return fault(FaultCode::FileBroken,
                         {tensor.name, "its data lies beyond the file's end"});
        tensor.bytes = file.subspan(static_cast<std::size_t>(start + offsets[i]),
                                    static_cast<std::size_t>(*size));
    }
    return {};
}

const TensorView *Gguf::tensor(std::string_view name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : &m_tensors[found->second];
}

std::optional<std::uint64_t> Gguf::count(std::string_view key) const
{
    const auto found = m_metadata.find(key);
    if (found == m_metadata.end()) return std::nullopt;
    if (const auto *value = std::get_if<std::uint64_t>(&found->second)) return *value;
    if (const auto *value = std::get_if<std::int64_t>(&found->second); value && *value >= 0)
        return static_cast<std::uint64_t>(*value);
    return std::nullopt;
}

std::optional<double> Gguf::number(std::string_view key) const
{
    const auto found = m_metadata.find(key);
    if (found == m_metadata.end()) return std::nullopt;
    if (const auto *value = std::get_if<double>(&found->second)) return *value;
    if (const auto whole = count(key)) return static_cast<double>(*whole);
    return std::nullopt;
}

std::optional<std::string_view> Gguf::text(std::string_view key) const
{
    const auto found = m_metadata.find(key);
    if (found == m_metadata.end()) return std::nullopt;
    if (const auto *value = std::get_if<std::string_view>(&found->second)) return *value;
    return std::nullopt;
}

std::optional<bool> Gguf::flag(std::string_view key) const
{
    const auto found = m_metadata.find(key);
    if (found == m_metadata.end()) return std::nullopt;
    if (const auto *value = std::get_if<bool>(&found->second)) return *value;
    return std::nullopt;
}

} // namespace kvscope::llm
