// Output: JSON lines by hand, so that numbers and bytes stay as they are.
#include "app/commands/output.h"

#include "core/async/errortext.h"
#include "core/value/jsondocument.h"

#include <QJsonDocument>

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <unistd.h>

namespace kvscope {
namespace {

constexpr std::size_t kBufferBytes = 64UL * 1024;

void writeAll(int file, BytesView bytes, bool &broken)
{
    while (!bytes.empty() && !broken) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            broken = true;
    }
}

Bytes jsonBytes(BytesView value)
{
    if (isValidUtf8(value)) return quoteJson(value);
    const QByteArray raw =
        QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size()));
    return "{\"base64\":\"" + raw.toBase64().toStdString() + "\"}";
}

} // namespace

Exit exitFor(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::KeyNotFound:
    case ErrorCode::KeyExists:
    case ErrorCode::Conflict:
    case ErrorCode::TtlRefused:
    case ErrorCode::WrongType:
    case ErrorCode::UnsupportedType:
    case ErrorCode::InvalidJson:
    case ErrorCode::PointerNotFound:
    case ErrorCode::TooManyDifferences:
        return Exit::NotAsItShouldBe;
    case ErrorCode::WrongUsage:
    case ErrorCode::InvalidUrl:
    case ErrorCode::InvalidBinding:
    case ErrorCode::RunNotFound:
        return Exit::WrongUsage;
    case ErrorCode::Cancelled:
        return Exit::Interrupted;
    default:
        return Exit::Unreachable;
    }
}

Bytes &JsonLine::member(BytesView name)
{
    if (!m_body.empty()) m_body += ',';
    return m_body.append("\"").append(name).append("\":");
}

JsonLine &JsonLine::bytes(BytesView name, BytesView value)
{
    member(name) += jsonBytes(value);
    return *this;
}

JsonLine &JsonLine::text(BytesView name, BytesView utf8)
{
    member(name) += quoteJson(utf8);
    return *this;
}

JsonLine &JsonLine::integer(BytesView name, std::int64_t value)
{
    member(name) += std::to_string(value);
    return *this;
}

JsonLine &JsonLine::integer(BytesView name, std::optional<std::int64_t> value)
{
    if (value) return integer(name, *value);
    member(name) += "null";
    return *this;
}

JsonLine &JsonLine::number(BytesView name, double value)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    member(name) += std::isfinite(value) ? Bytes(digits.data(), end) : Bytes("null");
    return *this;
}

JsonLine &JsonLine::boolean(BytesView name, bool value)
{
    member(name) += value ? "true" : "false";
    return *this;
}

JsonLine &JsonLine::rows(BytesView name, const std::vector<std::vector<Bytes>> &value)
{
    Bytes &body = member(name);
    body += '[';
    for (const auto &row : value) {
        if (body.back() == ']') body += ',';
        body += '[';
        for (const Bytes &cell : row) {
            if (body.back() != '[') body += ',';
            body += jsonBytes(cell);
        }
        body += ']';
    }
    body += ']';
    return *this;
}

JsonLine &JsonLine::members(const QJsonObject &object)
{
    const Bytes text = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    if (text.size() <= 2) return *this;
    if (!m_body.empty()) m_body += ',';
    m_body.append(text, 1, text.size() - 2);
    return *this;
}

JsonLine &JsonLine::floats(BytesView name, std::span<const float> values)
{
    Bytes &body = member(name);
    body += '[';
    for (const float value : values) {
        if (body.back() != '[') body += ',';
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                       std::chars_format::general, 9)
                             .ptr;
        body += std::isfinite(value) ? Bytes(digits.data(), end) : Bytes("null");
    }
    body += ']';
    return *this;
}

JsonLine &JsonLine::integers(BytesView name, std::span<const std::uint32_t> values)
{
    Bytes &body = member(name);
    body += '[';
    for (const std::uint32_t value : values) {
        if (body.back() != '[') body += ',';
        body += std::to_string(value);
    }
    body += ']';
    return *this;
}

Bytes JsonLine::take()
{
    return '{' + std::move(m_body) + "}\n";
}

Output::~Output()
{
    flush();
}

void Output::put(BytesView bytes)
{
    m_buffer += bytes;
    if (m_buffer.size() >= kBufferBytes) flush();
}

void Output::flush()
{
    writeAll(STDOUT_FILENO, m_buffer, m_broken);
    m_buffer.clear();
}

void Output::answer(BytesView bytes)
{
    if (!isJson()) put(bytes);
}

void Output::answerNow(BytesView bytes)
{
    answer(bytes);
    flush();
}

void Output::line(JsonLine line)
{
    if (isJson()) put(line.take());
}

void Output::clearProgress()
{
    bool broken = false; // standard error alone: the answer still goes out
    if (m_progressShown) writeAll(STDERR_FILENO, "\r\x1b[K", broken);
    m_progressShown = false;
}

void Output::remark(const QString &sentence)
{
    if (isJson()) return;
    flush();
    clearProgress();
    bool broken = false;
    writeAll(STDERR_FILENO, sentence.toStdString() + '\n', broken);
}

void Output::progress(const QString &sentence, JsonLine line)
{
    if (isJson()) {
        put(line.take());
        flush();
    } else if (::isatty(STDERR_FILENO) != 0) {
        clearProgress();
        bool broken = false;
        writeAll(STDERR_FILENO, sentence.toStdString(), broken);
        m_progressShown = true;
    }
}

void Output::error(const Error &error)
{
    if (!isJson()) return remark(errorLine(error));
    const ErrorText text = errorText(error);
    line(JsonLine("error")
             .text("code", error.id().toStdString())
             .text("message", text.cause.toStdString())
             .text("remedy", text.remedy.toStdString()));
}

int Output::finish(Exit exit, JsonLine figures)
{
    clearProgress();
    if (isJson())
        put(figures.boolean("done", true).integer("exit", static_cast<std::int64_t>(exit)).take());
    flush();
    return static_cast<int>(m_broken && exit == Exit::Done ? Exit::Unreachable : exit);
}

int Output::fail(const Error &error)
{
    this->error(error);
    return finish(exitFor(error));
}

} // namespace kvscope
