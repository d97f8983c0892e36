// ServingTrace: what a language model's servers were asked, as chains of KV blocks.
//
// A line is one request (Mooncake's schema, FAST'25):
//     {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, …]}
// An id stands for 512 tokens of the prompt and all that comes before them, so that equal ids at
// the beginning of two requests are a prefix that they share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace kvscope::trace {

/// Why a file is no serving trace; the sentence is made where a person reads it.
struct ServingFault
{
    enum class Kind : unsigned char {
        Unreadable,  ///< detail: the system's words
        NotUnpacked, ///< detail: zstd's words
        Truncated,   ///< a compressed file ends too early
        NeedsZstd,   ///< it is compressed, and this build can't unpack
        NotJson,     ///< the line is not one JSON object
        NoIds,       ///< hash_ids is missing
        NotIds,      ///< hash_ids is not an array of whole numbers
        NoLength,    ///< input_length is missing
        NotALength,  ///< input_length is not a whole number from 0 up
        LineTooLong, ///< longer than kLongestLine
        TooLarge,    ///< more than kMostReferences
        Empty,       ///< no request in it
        Stopped,     ///< it was asked to stop
    };
    Kind kind = Kind::Unreadable;
    unsigned long long line = 0; ///< from 1; 0: none
    std::string detail{};
};

/// A whole trace in memory: 4 bytes a reference. Ids are renamed 0 … distinct − 1.
struct ServingTrace
{
    static constexpr std::uint64_t kBlockTokens = 512;
    static constexpr std::size_t kLongestLine = std::size_t{4} << 20U;
    /// Bounds the memory: 64 MiB of references, and 1 GiB while ids of which none repeats are
    /// named.
    static constexpr std::size_t kMostReferences = std::size_t{1} << 24U;

    struct Request
    {
        std::size_t end = 0; ///< of its blocks; they begin where the request before ends
        std::uint64_t inputTokens = 0;
    };

    std::vector<std::uint32_t> blocks;
    std::vector<Request> requests;
    std::size_t distinct = 0;

    std::uint64_t inputTokens() const;
};

/// Plain or zstd. Members may come in any order and others beside them; empty lines are passed
/// over. Nothing: `fault` says why.
std::optional<ServingTrace> readServingTrace(const std::string &path, ServingFault &fault,
                                             const std::stop_token &stop = {});

} // namespace kvscope::trace
