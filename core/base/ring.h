// Ring: the last N values of a series, in one block of memory.
#pragma once

#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

namespace kvscope {

/// Keeps the newest `capacity` values; a push on a full ring overwrites the oldest. Index 0 is the
/// oldest. Memory grows with what is kept, up to the capacity, and is never given back but by
/// clear(). Not thread-safe.
template<class T>
class Ring
{
  public:
    /// Requires: capacity > 0.
    explicit Ring(std::size_t capacity) : m_capacity(capacity) { assert(capacity > 0); }

    void push(T value)
    {
        if (m_values.size() < m_capacity) {
            m_values.push_back(std::move(value));
            return;
        }
        m_values[m_oldest] = std::move(value);
        m_oldest = m_oldest + 1 == m_capacity ? 0 : m_oldest + 1;
    }

    void clear()
    {
        std::vector<T>().swap(m_values);
        m_oldest = 0;
    }

    std::size_t size() const { return m_values.size(); }
    std::size_t capacity() const { return m_capacity; }
    bool empty() const { return m_values.empty(); }
    bool full() const { return m_values.size() == m_capacity; }

    /// Requires: index < size().
    const T &operator[](std::size_t index) const { return m_values[place(index)]; }
    T &operator[](std::size_t index) { return m_values[place(index)]; }
    const T &oldest() const { return (*this)[0]; }
    const T &newest() const { return (*this)[size() - 1]; }

    /// Oldest first, for a range-for.
    class Iterator
    {
      public:
        Iterator(const Ring *ring, std::size_t index) : m_ring(ring), m_index(index) {}
        const T &operator*() const { return (*m_ring)[m_index]; }
        Iterator &operator++()
        {
            ++m_index;
            return *this;
        }
        bool operator==(const Iterator &other) const { return m_index == other.m_index; }

      private:
        const Ring *m_ring;
        std::size_t m_index;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

  private:
    std::size_t place(std::size_t index) const
    {
        assert(index < m_values.size());
        const std::size_t at = m_oldest + index;
        return at < m_values.size() ? at : at - m_values.size();
    }

    std::vector<T> m_values;
    std::size_t m_capacity;
    std::size_t m_oldest = 0;
};

} // namespace kvscope
