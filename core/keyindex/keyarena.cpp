// Appending to the arena.
#include "core/keyindex/keyarena.h"

namespace kvscope::keyindex {

KeyArena::KeyArena() : m_bytes(kMaxBytes), m_skips(kMaxKeys / kStride)
{}

KeyId KeyArena::append(BytesView key)
{
    if (m_size >= kMaxKeys || key.size() > kMaxKeyBytes) return kNone;
    if (m_end + 4 + key.size() + kPadding > kMaxBytes) return kNone;
    if (!m_bytes.ensure(m_end + 4 + key.size() + kPadding)) return kNone;
    if (m_size % kStride == 0) {
        if (!m_skips.ensure(m_size / kStride + 1)) return kNone;
        m_skips[m_size / kStride] = static_cast<std::uint32_t>(m_end);
    }
    char *at = m_bytes.bytes() + m_end;
    const std::size_t length = key.size();
    if (length < 0x80) {
        *at++ = static_cast<char>(length);
    } else {
        *at++ = static_cast<char>(0x80U | (length >> 24U));
        *at++ = static_cast<char>((length >> 16U) & 0xFFU);
        *at++ = static_cast<char>((length >> 8U) & 0xFFU);
        *at++ = static_cast<char>(length & 0xFFU);
    }
    if (length != 0) std::memcpy(at, key.data(), length);
    m_end = static_cast<std::size_t>(at - m_bytes.bytes()) + length;
    m_keyBytes += length;
    return static_cast<KeyId>(m_size++);
}

} // namespace kvscope::keyindex
