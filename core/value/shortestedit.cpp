// Myers' linear-space algorithm: find the middle snake, divide there.
//
//        before ->          A path from the top left to the bottom right; diagonals are equal
//        items.
//   a  +--+--+--+           Two searches, from both corners, advance one edit at a time until they
//   f  |\ |  |  |           meet; the snake on which they meet lies on a shortest path. Each half
//   t  +--+--+--+           then has half the edits, so the recursion is log2(D) deep.
//   e  |  |\ |  |
//   r  +--+--+--+           O((N+M)·D) time, O(D) space.
#include "core/value/diff.h"

#include <algorithm>
#include <unordered_map>

namespace kvscope {
namespace {

using Ids = std::vector<std::uint32_t>;
using Index = std::ptrdiff_t;

// Edits after which a stretch counts as replaced: 2,000 cost about 4 M steps, some 10 ms.
constexpr Index kMaxCost = 2000;

class EditSearch
{
  public:
    EditSearch(const Ids &before, const Ids &after) : m_before(before), m_after(after) {}

    std::vector<EditRun> run()
    {
        compare(0, Index(m_before.size()), 0, Index(m_after.size()));
        return std::move(m_runs);
    }

  private:
    struct Snake
    {
        Index before, after; // a point on a shortest path
        bool found;
    };

    void compare(Index b0, Index b1, Index a0, Index a1)
    {
        while (b0 < b1 && a0 < a1 && same(b0, a0)) ++b0, ++a0;
        while (b0 < b1 && a0 < a1 && same(b1 - 1, a1 - 1)) --b1, --a1;
        if (b0 == b1 && a0 == a1) return;
        if (b0 == b1 || a0 == a1) return add(b0, b1, a0, a1);
        const Snake middle = middleSnake(b0, b1, a0, a1);
        const bool progress = middle.found && (middle.before != b0 || middle.after != a0) &&
                              (middle.before != b1 || middle.after != a1);
        if (!progress) return add(b0, b1, a0, a1);
        compare(b0, middle.before, a0, middle.after);
        compare(middle.before, b1, middle.after, a1);
    }

    Snake middleSnake(Index b0, Index b1, Index a0, Index a1)
    {
        const Index n = b1 - b0;
        const Index m = a1 - a0;
        const Index delta = n - m;
        const bool odd = delta % 2 != 0;
        const Index most = std::min((n + m + 1) / 2, kMaxCost);
        const Index middle = most + 1;
        m_forward.assign(std::size_t(2 * most + 3), 0);
        m_backward.assign(std::size_t(2 * most + 3), 0);
        const auto forward = [&](Index k) -> Index & { return m_forward[std::size_t(middle + k)]; };
        const auto backward = [&](Index k) -> Index & {
            return m_backward[std::size_t(middle + k)];
        };
        for (Index d = 0; d <= most; ++d) {
            for (Index k = -d; k <= d; k += 2) {
                Index x = k == -d || (k != d && forward(k - 1) < forward(k + 1))
                              ? forward(k + 1)
                              : forward(k - 1) + 1;
                Index y = x - k;
                if (x > n || y > m || y < 0) {
                    forward(k) = x;
                    continue;
                }
                while (x < n && y < m && same(b0 + x, a0 + y)) ++x, ++y;
                forward(k) = x;
                const Index reverse = delta - k;
                if (odd && reverse >= -(d - 1) && reverse <= d - 1 && x + backward(reverse) >= n)
                    return {b0 + x, a0 + y, true};
            }
            for (Index k = -d; k <= d; k += 2) {
                Index x = k == -d || (k != d && backward(k - 1) < backward(k + 1))
                              ? backward(k + 1)
                              : backward(k - 1) + 1;
                Index y = x - k;
                if (x > n || y > m || y < 0) {
                    backward(k) = x;
                    continue;
                }
                while (x < n && y < m && same(b1 - 1 - x, a1 - 1 - y)) ++x, ++y;
                backward(k) = x;
                const Index reverse = delta - k;
                if (!odd && reverse >= -d && reverse <= d && x + forward(reverse) >= n)
                    return {b1 - x, a1 - y, true};
            }
        }
        return {0, 0, false};
    }

    bool same(Index before, Index after) const
    {
        return m_before[std::size_t(before)] == m_after[std::size_t(after)];
    }

    void add(Index b0, Index b1, Index a0, Index a1)
    {
        const EditRun run{std::size_t(b0), std::size_t(b1 - b0), std::size_t(a0),
                          std::size_t(a1 - a0)};
        if (!m_runs.empty()) {
            EditRun &last = m_runs.back();
            if (last.before + last.beforeCount == run.before &&
                last.after + last.afterCount == run.after) {
                last.beforeCount += run.beforeCount;
                last.afterCount += run.afterCount;
                return;
            }
        }
        m_runs.push_back(run);
    }

    const Ids &m_before;
    const Ids &m_after;
    std::vector<Index> m_forward, m_backward;
    std::vector<EditRun> m_runs;
};

} // namespace

std::vector<EditRun> shortestEdit(const std::vector<BytesView> &before,
                                  const std::vector<BytesView> &after)
{
    // Cut what is equal at both ends before anything is hashed: an edit is mostly one small place.
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head]) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;

    std::unordered_map<BytesView, std::uint32_t> known;
    const auto number = [&](const std::vector<BytesView> &items) {
        Ids ids;
        ids.reserve(items.size() - head - tail);
        for (std::size_t i = head; i < items.size() - tail; ++i)
            ids.push_back(known.try_emplace(items[i], static_cast<std::uint32_t>(known.size()))
                              .first->second);
        return ids;
    };
    const Ids beforeIds = number(before);
    const Ids afterIds = number(after);
    std::vector<EditRun> runs = EditSearch(beforeIds, afterIds).run();
    for (EditRun &run : runs) {
        run.before += head;
        run.after += head;
    }
    return runs;
}

} // namespace kvscope
