// SharedBytes: large values that several hold and nobody changes.
#pragma once

#include "core/base/bytes.h"

#include <memory>
#include <utility>

namespace kvscope {

/// Null means none. A copy of 10 MB costs more than parsing it: hand this on instead.
using SharedBytes = std::shared_ptr<const Bytes>;

/// A value on its way to a store: Bytes of its own, or SharedBytes, whichever it was made of. Read
/// as a view. Copies of what was shared are cheap, those of Bytes are copies.
class ValueBytes
{
  public:
    ValueBytes() = default;
    ValueBytes(Bytes bytes) : m_own(std::move(bytes)) {}
    ValueBytes(const char *text) : m_own(text) {}
    ValueBytes(SharedBytes bytes) : m_shared(std::move(bytes)) {}

    BytesView view() const { return m_shared ? BytesView(*m_shared) : BytesView(m_own); }
    operator BytesView() const { return view(); }
    std::size_t size() const { return view().size(); }
    bool empty() const { return view().empty(); }

    friend bool operator==(const ValueBytes &a, const ValueBytes &b)
    {
        return a.view() == b.view();
    }
    friend bool operator==(const ValueBytes &a, BytesView b) { return a.view() == b; }
    friend bool operator==(const ValueBytes &a, const Bytes &b) { return a.view() == b; }
    friend bool operator==(const ValueBytes &a, const char *b) { return a.view() == b; }

  private:
    Bytes m_own;
    SharedBytes m_shared;
};

} // namespace kvscope
