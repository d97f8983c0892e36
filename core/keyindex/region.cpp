// Region over mmap: reserved without access, opened in steps, filled in before first use.
#include "core/keyindex/region.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kvscope::keyindex {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;
constexpr std::size_t kFirstStep = std::size_t{64} << 10U;

constexpr std::size_t roundUp(std::size_t value, std::size_t step)
{
    return (value + step - 1) / step * step;
}

} // namespace

Region::Region(std::size_t reserve)
{
    reserve = roundUp(std::max(reserve, kFirstStep), kHugePage);
    // Under an address-space limit a smaller reservation may still be had.
    for (; reserve >= kHugePage; reserve = roundUp(reserve / 2, kHugePage)) {
        m_mappingSize = reserve + kHugePage;
        void *mapping = mmap(nullptr, m_mappingSize, PROT_NONE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (mapping != MAP_FAILED) {
            m_mapping = static_cast<char *>(mapping);
            const auto address = reinterpret_cast<std::uintptr_t>(mapping);
            m_base = m_mapping + (roundUp(address, kHugePage) - address);
            m_capacity = reserve;
#ifdef MADV_HUGEPAGE
            // A fault costs tens of microseconds on a virtual machine: 2 MiB pages make 500 ×
            // fewer. Below 2 MiB the opened part is too small for one, so a small index stays
            // small.
            madvise(m_base, m_capacity, MADV_HUGEPAGE);
#endif
            return;
        }
        if (reserve == kHugePage) break;
    }
    m_mappingSize = 0;
}

Region::~Region()
{
    if (m_mapping != nullptr) munmap(m_mapping, m_mappingSize);
}

bool Region::grow(std::size_t bytes)
{
    if (bytes > m_capacity) return false;
    const std::size_t step = std::clamp(roundUp(m_usable, kFirstStep), kFirstStep, kHugePage);
    std::size_t target = roundUp(std::max(bytes, m_usable + step), step);
    if (target > kHugePage) target = roundUp(target, kHugePage);
    target = std::min(target, m_capacity);
    if (mprotect(m_base + m_usable, target - m_usable, PROT_READ | PROT_WRITE) != 0) return false;
#ifdef MADV_POPULATE_WRITE
    // One call for the step instead of a fault for each page; older kernels refuse, and fault.
    madvise(m_base + m_usable, target - m_usable, MADV_POPULATE_WRITE);
#endif
    m_usable = target;
    return true;
}

void Region::discardBelow(std::size_t bytes)
{
    const std::size_t end = std::min(bytes, m_usable) / kHugePage * kHugePage;
    if (end <= m_discarded) return;
    madvise(m_base + m_discarded, end - m_discarded, MADV_DONTNEED);
    m_discarded = end;
}

void Region::swap(Region &other) noexcept
{
    std::swap(m_mapping, other.m_mapping);
    std::swap(m_mappingSize, other.m_mappingSize);
    std::swap(m_base, other.m_base);
    std::swap(m_capacity, other.m_capacity);
    std::swap(m_usable, other.m_usable);
    std::swap(m_discarded, other.m_discarded);
}

} // namespace kvscope::keyindex
