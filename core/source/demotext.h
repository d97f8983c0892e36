// DemoText: the invented documents of the demo source, and what people would ask it.
//
// Everything follows from a number, so that every machine has the same 100,000 documents and the
// same queries. Words are used unevenly, as in real text: some pairs have one match, some hundreds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kvscope {

struct DemoDocument
{
    std::int64_t id = 0; ///< by rank: the lower, the better known
    std::string title;
    std::string body;
    std::string tags; ///< separated by spaces
    int year = 0;
    int ratingTenths = 0; ///< 10 … 50
};

/// Requires: id ≥ 1.
DemoDocument demoDocument(std::int64_t id);

/// Every query that is ever asked, normalized (lower case, single spaces), each once, in an order
/// that mixes their shapes. 28,800 of them, two of adjective, subject, place and form each.
std::vector<std::string> demoQueries();

} // namespace kvscope
