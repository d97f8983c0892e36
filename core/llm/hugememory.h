// HugeMemory: floats for weights, aligned, on huge pages where the system has them.
#pragma once

#include <cstddef>
#include <span>

namespace kvscope::llm {

/// A fixed stretch of zeroed memory, aligned to 2 MiB when it is that large and to 64 bytes
/// otherwise. A page fault costs microseconds and a 4 KiB page a TLB entry: weights are read whole
/// for every token, so they ask for 2 MiB pages.
class HugeMemory
{
  public:
    HugeMemory() = default;
    /// Empty (size() 0) when the system has no such memory to give.
    explicit HugeMemory(std::size_t bytes);
    HugeMemory(HugeMemory &&other) noexcept;
    HugeMemory &operator=(HugeMemory &&other) noexcept;
    HugeMemory(const HugeMemory &) = delete;
    HugeMemory &operator=(const HugeMemory &) = delete;
    ~HugeMemory();

    std::byte *data() { return m_data; }
    const std::byte *data() const { return m_data; }
    std::size_t size() const { return m_size; }

  private:
    std::byte *m_mapping = nullptr;
    std::size_t m_mapped = 0;
    std::byte *m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace kvscope::llm
