// HugeMemory: mmap and a hint.
#include "core/llm/hugememory.h"

#include <cstdint>
#include <sys/mman.h>
#include <utility>

namespace kvscope::llm {

HugeMemory::HugeMemory(std::size_t bytes)
{
    constexpr std::size_t kHuge = 2U << 20U;
    if (bytes == 0 || bytes > SIZE_MAX - 2 * kHuge) return;
    const std::size_t mapped = bytes >= kHuge ? (bytes / kHuge + 2) * kHuge : bytes;
    void *mapping = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED) return;
    m_mapping = static_cast<std::byte *>(mapping);
    m_mapped = mapped;
    m_data = m_mapping;
    m_size = bytes;
    if (bytes >= kHuge) {
        const auto address = reinterpret_cast<std::uintptr_t>(m_mapping);
        m_data = m_mapping + ((kHuge - address % kHuge) % kHuge);
        ::madvise(m_data, bytes, MADV_HUGEPAGE); // a refusal costs speed alone
    }
}

HugeMemory::HugeMemory(HugeMemory &&other) noexcept
{
    *this = std::move(other);
}

HugeMemory &HugeMemory::operator=(HugeMemory &&other) noexcept
{
    std::swap(m_mapping, other.m_mapping);
    std::swap(m_mapped, other.m_mapped);
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

HugeMemory::~HugeMemory()
{
    if (m_mapping != nullptr) ::munmap(m_mapping, m_mapped);
}

} // namespace kvscope::llm
