// Human forms: numbers, sizes, rates and times as a person reads and types them.
//
// The text is English with no-frills ASCII spaces (and µ); it goes into sentences that tr() makes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kvscope {

/// Powers of 1,024 with three significant digits: "218 B", "64 KB", "1.9 MB", "2.31 GB".
std::string formatBytes(std::uint64_t bytes);

/// "1,412,220".
std::string formatCount(std::uint64_t count);

/// The two largest units, rounded down as a countdown wants it: "350 ms", "1.4 s", "4 m 12 s",
/// "1 d 3 h", "-5 s". parseDuration() reads it back.
std::string formatDuration(std::int64_t ms);

/// For latencies: "0.4 µs", "94 µs", "0.21 ms", "1.4 ms", "212 ms", "1.4 s".
std::string formatMicros(double us);

/// "3.2 /s", "8,214 /s", "212 k/s", "1.41 M/s".
std::string formatRate(double perSecond);

/// Milliseconds of "10s", "500ms", "2m", "1.5h", "1d", "4 m 12 s"; a bare number is seconds. A
/// leading
/// `-` is understood, so that a TTL below zero can be told from nonsense. Nothing for anything
/// else, and for what does not fit.
std::optional<std::int64_t> parseDuration(std::string_view text);

/// Bytes of "64kb", "256mb", "1.5 GB", "512"; powers of 1,024, any case. Nothing for anything else,
/// and for what does not fit.
std::optional<std::uint64_t> parseSize(std::string_view text);

} // namespace kvscope
