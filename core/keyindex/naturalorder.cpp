// The ordered form, made on the fly, and a sort that goes on by the next eight bytes among equals.
#include "core/keyindex/naturalorder.h"

#include <algorithm>

namespace kvscope::keyindex {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Yields the ordered form byte by byte; -1 at the end.
class OrderedForm
{
  public:
    explicit OrderedForm(BytesView name)
        : m_at(name.data()), m_end(name.data() + name.size()), m_digitsEnd(m_at)
    {}

    int next()
    {
        if (m_lengthLeft != kNoLength) return nextOfLength();
        if (m_at == m_end) return -1;
        if (m_at >= m_digitsEnd && isDigit(*m_at)) {
            startDigits();
            return nextOfLength();
        }
        return static_cast<unsigned char>(*m_at++);
    }

  private:
    static constexpr std::size_t kNoLength = static_cast<std::size_t>(-1);

    void startDigits()
    {
        m_digitsEnd = m_at;
        while (m_digitsEnd != m_end && isDigit(*m_digitsEnd)) ++m_digitsEnd;
        while (m_at != m_digitsEnd && *m_at == '0') ++m_at;
        m_lengthLeft = static_cast<std::size_t>(m_digitsEnd - m_at);
        m_lengthIsLong = false;
    }

    // Up to eight digits are announced by '0' … '8'; more by '9', then the rest in base 255.
    int nextOfLength()
    {
        if (!m_lengthIsLong && m_lengthLeft > 8) {
            m_lengthIsLong = true;
            m_lengthLeft -= 9;
            return '9';
        }
        if (m_lengthIsLong && m_lengthLeft >= 255) {
            m_lengthLeft -= 255;
            return 255;
        }
        const int byte = static_cast<int>(m_lengthLeft) + (m_lengthIsLong ? 0 : '0');
        m_lengthLeft = kNoLength;
        return byte;
    }

    const char *m_at;
    const char *m_end;
    const char *m_digitsEnd; // of the run that is being given out
    std::size_t m_lengthLeft = kNoLength;
    bool m_lengthIsLong = false;
};

constexpr std::size_t kMaxSortDepth = 8;

void sortFrom(SortItem *begin, SortItem *end, std::size_t depth, const NameOf &nameOf)
{
    if (depth >= kMaxSortDepth) {
        std::sort(begin, end, [&](const SortItem &a, const SortItem &b) {
            return naturalCompare(nameOf(a.id), nameOf(b.id)) < 0;
        });
        return;
    }
    std::sort(begin, end, [](const SortItem &a, const SortItem &b) { return a.prefix < b.prefix; });
    for (SortItem *run = begin; run != end;) {
        SortItem *runEnd = run + 1;
        while (runEnd != end && runEnd->prefix == run->prefix) ++runEnd;
        const auto size = static_cast<std::size_t>(runEnd - run);
        if (size > 1 && size <= 8) {
            std::sort(run, runEnd, [&](const SortItem &a, const SortItem &b) {
                return naturalCompare(nameOf(a.id), nameOf(b.id)) < 0;
            });
        } else if (size > 8) {
            const std::uint64_t prefix = run->prefix;
            for (SortItem *item = run; item != runEnd; ++item) {
                item->prefix = naturalPrefix(nameOf(item->id), (depth + 1) * 8);
            }
            sortFrom(run, runEnd, depth + 1, nameOf);
            for (SortItem *item = run; item != runEnd; ++item) item->prefix = prefix;
        }
        run = runEnd;
    }
}

} // namespace

int naturalCompare(BytesView a, BytesView b)
{
    OrderedForm left(a);
    OrderedForm right(b);
    while (true) {
        const int x = left.next();
        const int y = right.next();
        if (x != y) return x - y;
        if (x < 0) return a.compare(b);
    }
}

std::uint64_t naturalPrefix(BytesView name, std::size_t skip)
{
    OrderedForm form(name);
    for (; skip != 0; --skip) {
        if (form.next() < 0) return 0;
    }
    std::uint64_t prefix = 0;
    for (int shift = 56; shift >= 0; shift -= 8) {
        const int byte = form.next();
        if (byte < 0) break;
        prefix |= static_cast<std::uint64_t>(byte) << static_cast<unsigned>(shift);
    }
    return prefix;
}

void naturalSort(SortItems &items, const NameOf &nameOf)
{
    sortFrom(items.data(), items.data() + items.size(), 0, nameOf);
}

bool naturalLess(const SortItem &a, const SortItem &b, const NameOf &nameOf)
{
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return naturalCompare(nameOf(a.id), nameOf(b.id)) < 0;
}

} // namespace kvscope::keyindex
