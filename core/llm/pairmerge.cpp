// mergePairs: pieces as a linked list, pairs in a heap. A pair whose parts have changed since is
// known by its size and dropped when it comes up.
#include "core/llm/pairmerge.h"

#include <queue>

namespace kvscope::llm {
namespace {

struct Piece
{
    BytesView text; ///< empty: united with the one before
    int previous;
    int next;
};

struct Pair
{
    int left;
    int right;
    double cost;
    std::size_t size; ///< of the union

    bool operator<(const Pair &other) const
    {
        return cost > other.cost || (cost == other.cost && left > other.left);
    }
};

} // namespace

std::vector<BytesView> mergePairs(const std::vector<BytesView> &pieces, const PairCost &costOf)
{
    const int count = static_cast<int>(pieces.size());
    std::vector<Piece> list;
    list.reserve(pieces.size());
    for (int i = 0; i < count; ++i)
        list.push_back({pieces[static_cast<std::size_t>(i)], i - 1, i + 1 < count ? i + 1 : -1});
    const auto at = [&list](int index) -> Piece & { return list[static_cast<std::size_t>(index)]; };

    std::priority_queue<Pair> pairs;
    const auto offer = [&](int left, int right) {
        if (left < 0 || right < 0) return;
        const BytesView a = at(left).text;
        const BytesView b = at(right).text;
        if (const auto cost = costOf(a, b)) pairs.push({left, right, *cost, a.size() + b.size()});
    };
    for (int i = 1; i < count; ++i) offer(i - 1, i);
    while (!pairs.empty()) {
        const Pair pair = pairs.top();
        pairs.pop();
        Piece &left = at(pair.left);
        Piece &right = at(pair.right);
        if (left.text.empty() || right.text.empty() ||
            left.text.size() + right.text.size() != pair.size)
            continue;
        left.text = BytesView(left.text.data(), pair.size);
        right.text = {};
        left.next = right.next;
        if (right.next >= 0) at(right.next).previous = pair.left;
        offer(left.previous, pair.left);
        offer(pair.left, left.next);
    }
    std::vector<BytesView> left;
    for (const Piece &piece : list)
        if (!piece.text.empty()) left.push_back(piece.text);
    return left;
}

} // namespace kvscope::llm
