// TraceFile: a file's bytes in pieces, unpacked where they are zstd.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace kvscope::trace {

/// What is wrong with a trace; the sentence is made where a person reads it.
struct TraceError
{
    enum class Kind : unsigned char {
        Unreadable, ///< detail: the system's words
        NotATrace,  ///< detail: which format it was taken for; line or record
        Truncated,  ///< ends in the middle of a record or of a compressed frame
        NeedsZstd,  ///< it is compressed, and this build can't unpack
    };
    Kind kind = Kind::Unreadable;
    std::string detail;
    unsigned long long line = 0; ///< or record, from 1; 0: none
};

/// Not thread-safe.
class TraceFile
{
  public:
    static constexpr std::size_t kPiece = std::size_t{1} << 18U;

    TraceFile();
    ~TraceFile();
    TraceFile(TraceFile &&) noexcept;
    TraceFile &operator=(TraceFile &&) noexcept;

    /// False: error() says why.
    bool open(const std::string &path);
    /// Appends the next piece. False: the end, or an error().
    bool readMore(std::string &buffer);
    const std::unique_ptr<TraceError> &error() const { return m_error; }

  private:
    struct Unpacker;

    bool fail(TraceError::Kind kind, std::string detail = {});

    std::FILE *m_file = nullptr;
    std::unique_ptr<Unpacker> m_unpacker; // of a compressed file
    std::string m_packed;
    std::unique_ptr<TraceError> m_error;
};

} // namespace kvscope::trace
