// TraceReader: accesses one by one from a file, whatever its format.
#pragma once

#include "core/trace/access.h"
#include "core/trace/tracefile.h"

#include <vector>

namespace kvscope::trace {

enum class TraceFormat : unsigned char {
    Keys,         ///< a key a line, escaped as in the contract
    Csv,          ///< a header with `key`, and any of `size`, `time`, `op`, `cost`
    OracleGeneral ///< 24-byte records, little-endian: u32 time, u64 key, u32 size, i64 next access
};
/// Nothing for a name that is no format's.
std::optional<TraceFormat> traceFormatNamed(std::string_view name);
const char *traceFormatName(TraceFormat format);

/// Reads in pieces of 256 KiB; a line may be as long as kLongestLine. Not thread-safe.
class TraceReader
{
  public:
    static constexpr std::size_t kLongestLine = std::size_t{1} << 20U;

    TraceReader();
    ~TraceReader();
    TraceReader(TraceReader &&) noexcept;
    TraceReader &operator=(TraceReader &&) noexcept;

    /// Plain or zstd. Without `format` it is sniffed: NUL bytes make it oracleGeneral, a first line
    /// with a column `key` csv, anything else is keys. False: error().
    bool open(const std::string &path, std::optional<TraceFormat> format = std::nullopt);
    TraceFormat format() const { return m_format; }

    /// The next access; its key is valid until the call after. Writes (csv's `op`) are passed over,
    /// and so are empty lines. Nothing: the end, or an error(). A key of oracleGeneral is its
    /// number's digits.
    std::optional<Access> next();
    const std::optional<TraceError> &error() const { return m_error; }
    /// Accesses handed out.
    unsigned long long count() const { return m_count; }

  private:
    struct Columns;

    bool fail(TraceError error);
    bool need(std::size_t bytes);
    std::optional<std::string_view> line();
    bool readHeader();
    std::optional<Access> nextKey();
    std::optional<Access> nextRow();
    std::optional<Access> nextRecord();

    TraceFile m_file;
    TraceFormat m_format = TraceFormat::Keys;
    std::string m_buffer;
    std::size_t m_at = 0; // in the buffer
    std::string m_key;    // of the last access
    std::unique_ptr<Columns> m_columns;
    std::optional<TraceError> m_error;
    unsigned long long m_line = 0;
    unsigned long long m_count = 0;
};

/// A whole trace. Requires: it fits memory. Empty with `error` set where it can't be read.
std::vector<Request> readTrace(const std::string &path, std::optional<TraceError> &error);

} // namespace kvscope::trace
