// Output: what a verb says. Bytes on standard output are the answer; all else goes to standard
// error.
#pragma once

#include "core/async/error.h"
#include "core/base/bytes.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kvscope {

/// Exit codes (contract, Verbs).
enum class Exit : int {
    Done = 0,
    NotAsItShouldBe = 1,
    WrongUsage = 2,
    Unreachable = 3,
    Interrupted = 4
};

/// The code that an error ends a verb with.
Exit exitFor(const Error &error);

/// One line of JSON output, members in the order they were added. Bytes that are not UTF-8 become
/// `{"base64": …}`; numbers keep every digit.
class JsonLine
{
  public:
    explicit JsonLine(BytesView event) { text("event", event); }
    JsonLine() = default;

    JsonLine &bytes(BytesView name, BytesView value);
    JsonLine &text(BytesView name, BytesView utf8);
    JsonLine &integer(BytesView name, std::int64_t value);
    /// Empty: null.
    JsonLine &integer(BytesView name, std::optional<std::int64_t> value);
    JsonLine &number(BytesView name, double value);
    JsonLine &boolean(BytesView name, bool value);
    /// Each row an array of bytes.
    JsonLine &rows(BytesView name, const std::vector<std::vector<Bytes>> &value);
    JsonLine &members(const QJsonObject &object);
    /// Nine significant digits: enough to tell every float from its neighbours.
    JsonLine &floats(BytesView name, std::span<const float> values);
    JsonLine &integers(BytesView name, std::span<const std::uint32_t> values);

    Bytes take(); ///< with braces and a line break

  private:
    Bytes &member(BytesView name);
    Bytes m_body;
};

/// Buffers standard output; a full buffer, progress and the end write it out. Main thread.
class Output
{
  public:
    enum class Mode : std::uint8_t { Text, Json };

    explicit Output(Mode mode) : m_mode(mode) {}
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    bool isJson() const { return m_mode == Mode::Json; }

    /// Text mode alone: the answer.
    void answer(BytesView bytes);
    /// The same, shown at once: an answer that comes piece by piece.
    void answerNow(BytesView bytes);
    /// JSON mode alone.
    void line(JsonLine line);
    /// A sentence for standard error; in JSON mode nothing.
    void remark(const QString &sentence);
    /// A sentence that the next one overwrites, where a person watches; in JSON mode the line.
    void progress(const QString &sentence, JsonLine line);
    void error(const Error &error);
    /// The last thing said. Returns `exit` (or Unreachable when standard output can't be written).
    int finish(Exit exit, JsonLine figures = JsonLine("result"));
    /// error() and finish() with the code that belongs to it.
    int fail(const Error &error);

  private:
    void put(BytesView bytes);
    void flush();
    void clearProgress();

    Mode m_mode;
    Bytes m_buffer;
    bool m_broken = false;        // standard output can't be written
    bool m_progressShown = false; // on the terminal's current line
};

} // namespace kvscope
