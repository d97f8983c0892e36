// NaturalOrder: names as people order them, "item2" before "item10", every other byte by its value.
//
// A name is compared as if written in another form, in which a run of digits is preceded by its
// length and has lost its leading zeros; that form orders bytewise. Eight bytes of it make a
// number, so sorting mostly compares numbers and seldom looks at the keys (a cache miss each).
// Names whose forms are equal ("07" and "7") are ordered by their bytes.
#pragma once

#include "core/base/bytes.h"
#include "core/keyindex/largearray.h"

#include <cstdint>
#include <functional>

namespace kvscope::keyindex {

/// <0, 0, >0. 0 only for equal bytes.
int naturalCompare(BytesView a, BytesView b);

/// Eight bytes of the ordered form behind the first `skip` of it; ends are filled with zero.
std::uint64_t naturalPrefix(BytesView name, std::size_t skip = 0);

/// What is sorted: a number and the first eight bytes of its name's ordered form.
struct SortItem
{
    std::uint64_t prefix;
    std::uint32_t id;
};

/// Reads names by number; `prefetch`, where there is one, is told of those that are read soon.
struct NameOf
{
    std::function<BytesView(std::uint32_t)> name;
    std::function<void(std::uint32_t)> prefetch = nullptr;

    BytesView operator()(std::uint32_t id) const { return name(id); }
};

using SortItems = LargeArray<SortItem>;

/// Sorts by name. `prefix` holds naturalPrefix(name(id)) before and after.
void naturalSort(SortItems &items, const NameOf &nameOf);

/// True when a's name comes before b's.
bool naturalLess(const SortItem &a, const SortItem &b, const NameOf &nameOf);

} // namespace kvscope::keyindex
