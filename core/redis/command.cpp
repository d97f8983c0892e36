// Batches are encoded by redisFormatCommandArgv into one buffer.
#include "core/redis/command.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace kvscope {
namespace {

constexpr std::size_t kUsualArguments = 16; // more than that allocates

void upperCase(Bytes &text)
{
    for (char &c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
}

/// Reads "$len\r\nbytes\r\n" at `at` and moves it behind. Requires: our own encoder wrote it.
BytesView readArgument(BytesView wire, std::size_t &at)
{
    std::size_t length = 0;
    const char *digits = wire.data() + at + 1;
    const auto parsed = std::from_chars(digits, wire.data() + wire.size(), length);
    const auto begin = static_cast<std::size_t>(parsed.ptr - wire.data()) + 2;
    at = begin + length + 2;
    return wire.substr(begin, length);
}

} // namespace

void Batch::add(std::span<const BytesView> argv)
{
    assert(!argv.empty());
    std::array<const char *, kUsualArguments> fewPointers;
    std::array<std::size_t, kUsualArguments> fewLengths;
    std::vector<const char *> manyPointers;
    std::vector<std::size_t> manyLengths;
    const char **pointers = fewPointers.data();
    std::size_t *lengths = fewLengths.data();
    if (argv.size() > kUsualArguments) {
        manyPointers.resize(argv.size());
        manyLengths.resize(argv.size());
        pointers = manyPointers.data();
        lengths = manyLengths.data();
    }
    for (std::size_t i = 0; i < argv.size(); ++i) {
        pointers[i] = argv[i].data();
        lengths[i] = argv[i].size();
    }
    char *command = nullptr;
    const int size =
        redisFormatCommandArgv(&command, static_cast<int>(argv.size()), pointers, lengths);
    if (size < 0) throw std::bad_alloc();
    m_starts.push_back(m_wire.size());
    m_wire.append(command, static_cast<std::size_t>(size));
    redisFreeCommand(command);

    // A container's traits depend on its subcommand; those of all others on the name alone.
    const BytesView first = argv.size() > 1 ? argv[1] : BytesView();
    if (m_lastName != argv[0] || m_lastIsContainer) {
        m_lastName = argv[0];
        m_lastIsContainer = isContainerCommand(argv[0]);
        m_lastTraits = commandTraits(argv[0], first);
    }
    m_entries.push_back({m_lastTraits, static_cast<std::uint32_t>(argv.size() - 1)});
    if (m_lastTraits.writes && m_firstWrite.empty()) m_firstWrite = name(m_entries.size() - 1);
}

void Batch::reserve(std::size_t commands, std::size_t bytes)
{
    m_wire.reserve(bytes);
    m_entries.reserve(commands);
    m_starts.reserve(commands);
}

Bytes Batch::name(std::size_t i) const
{
    std::size_t at = m_wire.find('\n', m_starts[i]) + 1;
    Bytes name(readArgument(m_wire, at));
    if (m_entries[i].arguments > 0 && isContainerCommand(name)) {
        name += ' ';
        name += readArgument(m_wire, at);
    }
    upperCase(name);
    return name;
}

} // namespace kvscope
