// Command and Batch: what is sent, encoded by hiredis' formatter, with what we must know of each.
#pragma once

#include "core/base/bytes.h"
#include "core/redis/commandtable.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace kvscope {

class Replies;

/// Commands in one contiguous buffer, ready for the wire. A value; not thread-safe.
class Batch
{
  public:
    struct Entry
    {
        CommandTraits traits;
        std::uint32_t arguments; ///< beside the name
    };

    Batch() = default;
    /// A batch of one: `Batch({"GET", key})`.
    Batch(std::initializer_list<BytesView> argv) { add(argv); }

    /// Requires: argv is not empty.
    void add(std::initializer_list<BytesView> argv) { add(std::span(argv.begin(), argv.size())); }
    void add(std::span<const BytesView> argv);

    std::size_t size() const { return m_entries.size(); }
    bool empty() const { return m_entries.empty(); }
    const Bytes &wire() const { return m_wire; }
    /// Encoded bytes to expect, to spare reallocations.
    void reserve(std::size_t commands, std::size_t bytes);

    const Entry &operator[](std::size_t i) const { return m_entries[i]; }
    /// Name of the i-th command, upper case, with its subcommand where it is a container.
    Bytes name(std::size_t i) const;
    /// Name of the first command that writes; empty when none does.
    const Bytes &firstWrite() const { return m_firstWrite; }

  private:
    void appendFormatted(std::span<const BytesView> argv);
    void appendLikeTheLast(std::span<const BytesView> argv);

    Bytes m_wire;
    std::vector<Entry> m_entries;
    std::vector<std::size_t> m_starts; // of each command in m_wire
    Bytes m_firstWrite;
    // Of the last command: in a run of like ones it is formatted and looked up once.
    Bytes m_lastName;
    Bytes m_lastHead; // "*2\r\n$3\r\nGET\r\n"
    std::size_t m_lastArguments = 0;
    CommandTraits m_lastTraits;
    bool m_lastIsContainer = false;
};

/// Lookups that a batch caused in the server's keyspace_hits and keyspace_misses.
struct Lookups
{
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
};

/// Read off the replies by each command's rule. An empty string, list or page can't be told from a
/// missing key by the rules ZeroMisses and EmptyMisses: it counts as a miss.
Lookups lookupsOf(const Batch &batch, const Replies &replies);

} // namespace kvscope
