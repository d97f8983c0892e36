// GgufReader: numbers, texts and metadata values out of untrusted bytes.
#pragma once

#include "core/llm/gguf.h"

#include <bit>
#include <cstring>

namespace kvscope::llm {

static_assert(std::endian::native == std::endian::little, "GGUF files are little-endian");

/// Reads forward. The first thing that does not fit makes it failed, and from then on it yields
/// zeros and empties, so that a caller may check once after several reads.
class GgufReader
{
  public:
    explicit GgufReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    bool failed() const { return m_reason != nullptr; }
    std::size_t position() const { return m_position; }
    std::size_t left() const { return m_bytes.size() - m_position; }
    tl::unexpected<Fault> fault(const std::string &place) const
    {
        return llm::fault(FaultCode::FileBroken, {place, failed() ? m_reason : ""});
    }

    template<class T>
    T number()
    {
        T value{};
        if (const std::string_view bytes = raw(sizeof(T)); bytes.size() == sizeof(T))
            std::memcpy(&value, bytes.data(), sizeof(T));
        return value;
    }

    /// Shorter where the file ends first, and failed then.
    std::string_view raw(std::uint64_t size);
    std::string_view text() { return raw(number<std::uint64_t>()); }
    /// Its type and the value; nothing (and failed) for what can't be read.
    std::optional<MetaValue> value();

  private:
    std::optional<MetaValue> scalar(std::uint32_t type);
    std::optional<MetaValue> array();

    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    const char *m_reason = nullptr;
};

} // namespace kvscope::llm
