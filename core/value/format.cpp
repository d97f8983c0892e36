// Sniffing by look, names and the hex dump.
#include "core/value/format.h"

#include "core/value/jsondocument.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

// lupdate reads the calls of tr() inside this struct.
struct Names
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::ValueFormat)

  public:
    static QString of(ValueFormat format)
    {
        switch (format) {
        case ValueFormat::Json:
            return tr("JSON");
        case ValueFormat::Text:
            return tr("text");
        case ValueFormat::Binary:
            return tr("binary");
        }
        return {};
    }
};

constexpr char kHex[] = "0123456789abcdef";

} // namespace

ValueFormat sniffFormat(BytesView bytes)
{
    if (bytes.find('\0') != BytesView::npos || !isValidUtf8(bytes)) return ValueFormat::Binary;
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == BytesView::npos) return ValueFormat::Text;
    const char last = bytes[bytes.find_last_not_of(" \t\r\n")];
    const bool looksJson =
        (bytes[first] == '{' && last == '}') || (bytes[first] == '[' && last == ']');
    return looksJson ? ValueFormat::Json : ValueFormat::Text;
}

QString formatName(ValueFormat format)
{
    return Names::of(format);
}

bool isJson(BytesView bytes)
{
    return JsonDocument::parse(Bytes(bytes)).has_value();
}

std::string hexDump(BytesView bytes, std::size_t base)
{
    std::string dump;
    dump.reserve((bytes.size() / kHexBytesPerLine + 1) * 79);
    for (std::size_t start = 0; start < bytes.size(); start += kHexBytesPerLine) {
        const BytesView line = bytes.substr(start, kHexBytesPerLine);
        for (int shift = 28; shift >= 0; shift -= 4)
            dump += kHex[((base + start) >> unsigned(shift)) & 0xFU];
        dump += ' ';
        for (std::size_t i = 0; i < kHexBytesPerLine; ++i) {
            if (i % 8 == 0) dump += ' ';
            if (i < line.size()) {
                const auto byte = static_cast<unsigned char>(line[i]);
                dump += kHex[byte >> 4U];
                dump += kHex[byte & 0xFU];
            } else {
                dump += "  ";
            }
            dump += ' ';
        }
        dump += " |";
        for (const char c : line) dump += c >= 0x20 && c < 0x7F ? c : '.';
        dump += "|\n";
    }
    return dump;
}

} // namespace kvscope
