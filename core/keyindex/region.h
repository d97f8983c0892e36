// Region: memory that grows without moving and goes back to the system as a whole.
//
// Addresses are reserved once; pages are made usable as it grows, so a reader on another thread
// keeps its pointers, nothing is copied on growth and the peak is never twice the size. Destroying
// it returns every page at once, which malloc would not promise.
#pragma once

#include <cstddef>

namespace kvscope::keyindex {

/// Bytes read as zero until written. One thread grows it; what was written before a reader was told
/// of it may be read by any.
class Region
{
  public:
    /// Address space only. Takes what the system gives, possibly less than asked (capacity()).
    explicit Region(std::size_t reserve);
    ~Region();
    Region(const Region &) = delete;
    Region &operator=(const Region &) = delete;

    /// Makes [0, bytes) usable. False beyond capacity() or when memory ran out.
    bool ensure(std::size_t bytes) { return bytes <= m_usable || grow(bytes); }
    /// Gives the whole pages inside [0, bytes) back; they read as zero afterwards.
    void discardBelow(std::size_t bytes);

    char *bytes() const { return m_base; }
    std::size_t capacity() const { return m_capacity; }
    std::size_t usable() const { return m_usable; }

    void swap(Region &other) noexcept;

  private:
    bool grow(std::size_t bytes);

    char *m_mapping = nullptr;
    std::size_t m_mappingSize = 0;
    char *m_base = nullptr;
    std::size_t m_capacity = 0;
    std::size_t m_usable = 0;
    std::size_t m_discarded = 0;
};

/// An array in a Region. T is trivially destructible and fine as all zeroes.
template<class T>
class RegionArray
{
  public:
    explicit RegionArray(std::size_t maximum) : m_region(maximum * sizeof(T)) {}

    bool ensure(std::size_t count) { return m_region.ensure(count * sizeof(T)); }
    T *items() const { return reinterpret_cast<T *>(m_region.bytes()); }
    T &operator[](std::size_t i) const { return items()[i]; }
    std::size_t bytesUsed() const { return m_region.usable(); }

  private:
    Region m_region;
};

} // namespace kvscope::keyindex
