// KvLayout: how sixteen tokens' keys and values lie in one block, for each number format.
//
// A block holds all layers of sixteen tokens; shapes are [layers, kv_heads, tokens, head_dim], laid
// out so that attention can read them without a transpose:
//
//     block ─ layer 0 ┬ kv head 0: K [head_dim][16] │ V [16][head_dim] │ K scales │ V scales
//                     └ kv head 1: …
//             layer 1 …
//
//   format  bits  K codes             V codes             scales, all binary16
//   f32      32   float               float               none
//   f16      16   binary16            binary16            none
//   q8        8   int8                int8                one per token and 32 dimensions
//   q4        4   nibbles             nibbles             scale and minimum, likewise
//   kivi2     2   per channel         per token           K: scale and minimum per dimension over
//   the
//                                                         block's 16 tokens; V: as q4
// KIVI (Liu et al. 2024): keys have channels that are large throughout, values have not; so keys
// are quantised along tokens, values along channels, and the most recent tokens stay in f32 until a
// whole block has left the residual window (kvcache.h). With rotation K and V are multiplied by a
// Hadamard matrix first, which spreads outliers over all dimensions (QuaRot, Ashkboos et al. 2024).
//
// Accounting: payload is bits · values and nothing else; scales are counted beside it.
#pragma once

#include "core/llm/kernels.h"
#include "core/llm/modelshape.h"

namespace kvscope::llm {

enum class KvType : std::uint8_t { F32, F16, Q8, Q4, Kivi2 };
enum class Rotation : std::uint8_t { None, Hadamard };
/// Whether keys are stored turned by their position, or as they are and turned when read: the
/// latter where a policy gives cells new positions.
enum class KeyForm : std::uint8_t { Turned, Raw };

std::string_view kvTypeName(KvType type);
std::optional<KvType> kvTypeFromName(std::string_view name);
std::size_t kvBits(KvType type);

struct KvFormat
{
    KvType type = KvType::F32;
    Rotation rotation = Rotation::None;
    KeyForm keys = KeyForm::Turned;

    bool operator==(const KvFormat &) const = default;
    /// "f32", "q4+rotate", "f32+raw": part of every block's identity.
    std::string name() const;
};

class KvLayout
{
  public:
    /// Requires: supports(shape, format.type).
    KvLayout(const ModelShape &shape, KvFormat format);
    /// q4 and kivi2 pack several dimensions into a byte: head_dim must be a multiple of 4.
    static bool supports(const ModelShape &shape, KvType type);

    const KvFormat &format() const { return m_format; }
    std::size_t layers() const { return m_layers; }
    std::size_t kvHeads() const { return m_kvHeads; }
    std::size_t headDim() const { return m_headDim; }
    std::size_t groupDims() const { return m_group; } ///< dimensions that share a scale
    std::size_t groups() const { return m_headDim / m_group; }

    std::size_t blockBytes() const { return m_headBytes * m_kvHeads * m_layers; }
    std::size_t
    payloadBytes(std::size_t cells) const; ///< 2 · layers · kv_heads · head_dim · bits/8 · cells
    std::size_t scaleBytes(std::size_t cells) const; ///< a block's share

    /// Offset of a head's stretch in a block, and of its four parts in the stretch.
    std::size_t head(std::size_t layer, std::size_t kvHead) const
    {
        return (layer * m_kvHeads + kvHead) * m_headBytes;
    }
    std::size_t values() const { return m_codeBytes; }
    std::size_t keyScales() const { return 2 * m_codeBytes; }
    std::size_t valueScales() const { return 2 * m_codeBytes + m_keyScaleBytes; }

  private:
    KvFormat m_format;
    std::size_t m_layers;
    std::size_t m_kvHeads;
    std::size_t m_headDim;
    std::size_t m_group;
    std::size_t m_codeBytes;     // of K, and of V
    std::size_t m_keyScaleBytes; // of one head's stretch
    std::size_t m_valueScaleBytes;
    std::size_t m_headBytes;
};

} // namespace kvscope::llm
