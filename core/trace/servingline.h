// ServingLine: one request of a serving trace out of its line of JSON.
#pragma once

#include "core/trace/servingtrace.h"

namespace kvscope::trace {

/// Reads lines into the same two members over and over. Numbers stay integers: an id may have 64
/// bits. Not thread-safe.
class ServingLine
{
  public:
    /// Empty: ids() and inputTokens() are the line's. Of a member that comes twice the last counts.
    std::optional<ServingFault::Kind> parse(std::string_view line);

    /// As written, modulo 2^64: negative ids keep their difference.
    const std::vector<std::uint64_t> &ids() const { return m_ids; }
    std::uint64_t inputTokens() const { return m_inputTokens; }

  private:
    using Kind = ServingFault::Kind;

    void skipSpace();
    bool take(char expected);
    bool skipString(std::string_view &content);
    bool skipNumber(std::string_view &digits);
    bool skipValue(int depth);
    bool skipMembers(int depth, char close);
    std::optional<Kind> takeMember(std::string_view name);
    std::optional<Kind> takeIds();

    std::string_view m_rest;
    std::vector<std::uint64_t> m_ids;
    std::uint64_t m_inputTokens = 0;
    bool m_hasIds = false;
    bool m_hasLength = false;
};

} // namespace kvscope::trace
