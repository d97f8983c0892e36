// mergePairs: the loop that both tokenizers share.
#pragma once

#include "core/base/bytes.h"

#include <functional>
#include <optional>
#include <vector>

namespace kvscope::llm {

/// What uniting two neighbours costs; nothing: they can't be united.
using PairCost = std::function<std::optional<double>(BytesView left, BytesView right)>;

/// Unites the cheapest pair of neighbours, of equals the leftmost, until none can be united; the
/// pieces that are left, in order. O(n log n).
/// Requires: each piece begins where the one before ends, in one text.
std::vector<BytesView> mergePairs(const std::vector<BytesView> &pieces, const PairCost &costOf);

} // namespace kvscope::llm
