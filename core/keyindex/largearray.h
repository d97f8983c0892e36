// LargeArray: a vector whose memory goes back to the system when it is freed.
//
// malloc raises the size from which it maps pages up to 32 MiB as larger arrays are freed, and what
// an index thread then frees stays at the top of its arena, where malloc_trim does not look: after
// ten million keys that was 6–20 MiB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include <sys/mman.h>

namespace kvscope::keyindex {

/// Below kLarge bytes the heap's, above it whole pages of the system's.
template<class T>
struct LargeAllocator
{
    using value_type = T;
    static constexpr std::size_t kLarge = std::size_t{128} << 10U;

    LargeAllocator() = default;
    template<class U>
    explicit LargeAllocator(const LargeAllocator<U> &)
    {}

    T *allocate(std::size_t count)
    {
        if (count < kLarge / sizeof(T)) return std::allocator<T>().allocate(count);
        if (count > SIZE_MAX / sizeof(T)) throw std::bad_array_new_length();
        void *pages = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) throw std::bad_alloc();
        return static_cast<T *>(pages);
    }
    void deallocate(T *items, std::size_t count) noexcept
    {
        if (count < kLarge / sizeof(T)) return std::allocator<T>().deallocate(items, count);
        munmap(items, count * sizeof(T));
    }
    friend bool operator==(const LargeAllocator &, const LargeAllocator &) { return true; }
};

template<class T>
using LargeArray = std::vector<T, LargeAllocator<T>>;

} // namespace kvscope::keyindex
