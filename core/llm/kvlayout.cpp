// KvLayout: sizes and offsets.
#include "core/llm/kvlayout.h"

#include <array>

namespace kvscope::llm {
namespace {

struct Named
{
    std::string_view name;
    std::size_t bits;
};
// In the order of KvType.
constexpr std::array kTypes{Named{"f32", 32}, Named{"f16", 16}, Named{"q8", 8}, Named{"q4", 4},
                            Named{"kivi2", 2}};

const Named &named(KvType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

} // namespace

std::string_view kvTypeName(KvType type)
{
    return named(type).name;
}

std::optional<KvType> kvTypeFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kTypes.size(); ++i)
        if (kTypes[i].name == name) return static_cast<KvType>(i);
    return std::nullopt;
}

std::size_t kvBits(KvType type)
{
    return named(type).bits;
}

std::string KvFormat::name() const
{
    std::string text(kvTypeName(type));
    if (rotation == Rotation::Hadamard) text += "+rotate";
    if (keys == KeyForm::Raw) text += "+raw";
    return text;
}

bool KvLayout::supports(const ModelShape &shape, KvType type)
{
    return kvBits(type) >= 8 || shape.headDim % 4 == 0;
}

KvLayout::KvLayout(const ModelShape &shape, KvFormat format)
    : m_format(format), m_layers(shape.layers), m_kvHeads(shape.kvHeads), m_headDim(shape.headDim),
      m_group(shape.headDim % 32 == 0 ? 32 : shape.headDim),
      m_codeBytes(shape.headDim * kBlockTokens * kvBits(format.type) / 8), m_keyScaleBytes(0),
      m_valueScaleBytes(0)
{
    const std::size_t groupScales = kBlockTokens * groups() * 2; // one binary16 for each
    switch (format.type) {
    case KvType::F32:
    case KvType::F16:
        break;
    case KvType::Q8:
        m_keyScaleBytes = m_valueScaleBytes = groupScales;
        break;
    case KvType::Q4:
        m_keyScaleBytes = m_valueScaleBytes = 2 * groupScales;
        break;
    case KvType::Kivi2:
        m_keyScaleBytes = 4 * m_headDim;
        m_valueScaleBytes = 2 * groupScales;
        break;
    }
    m_headBytes = 2 * m_codeBytes + m_keyScaleBytes + m_valueScaleBytes;
}

std::size_t KvLayout::payloadBytes(std::size_t cells) const
{
    return 2 * m_layers * m_kvHeads * m_headDim * kvBits(m_format.type) * cells / 8;
}

std::size_t KvLayout::scaleBytes(std::size_t cells) const
{
    return (m_keyScaleBytes + m_valueScaleBytes) * m_kvHeads * m_layers * cells / kBlockTokens;
}

} // namespace kvscope::llm
