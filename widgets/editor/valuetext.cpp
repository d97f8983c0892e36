// Sniff, parse, lay out.
#include "widgets/editor/valuetext.h"

namespace kvscope {
namespace {

std::size_t longestLine(BytesView text)
{
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        longest = std::max(longest, end - at);
        at = end + 1;
    }
    return longest;
}

// Pieces of a screenful, cut between characters.
Bytes inPieces(BytesView text)
{
    constexpr std::size_t kPiece = 512;
    Bytes pieces;
    pieces.reserve(text.size() + text.size() / kPiece + 1);
    while (text.size() > kPiece) {
        std::size_t length = kPiece;
        while (length > 1 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
        pieces.append(text.substr(0, length)).append("\n");
        text.remove_prefix(length);
    }
    return pieces.append(text);
}

} // namespace

ValueText prepareValue(SharedBytes value)
{
    ValueText text;
    text.format = sniffFormat(*value);
    if (text.format == ValueFormat::Binary) {
        text.binary = *value;
        return text;
    }
    text.display = value;
    if (text.format == ValueFormat::Json) {
        auto document = JsonDocument::parse(value);
        if (document && (wantsLayout(*value) || longestLine(*value) > kMaxLine)) {
            text.display = std::make_shared<const Bytes>(layOutJson(*document));
            text.laidOut = true;
            document = JsonDocument::parse(text.display);
        }
        if (document)
            text.document = std::make_shared<const JsonDocument>(std::move(*document));
        else
            text.fault = document.error();
    }
    if (longestLine(*text.display) > kMaxLine) {
        text.tooLong = true;
        text.document.reset();
        text.display = std::make_shared<const Bytes>(inPieces(*text.display));
    }
    return text;
}

ValueText prepareBeginning(Bytes beginning)
{
    ValueText text;
    text.partial = true;
    for (int cut = 0; cut < 4 && !isValidUtf8(beginning) && !beginning.empty(); ++cut)
        beginning.pop_back();
    text.format = sniffFormat(beginning);
    if (text.format == ValueFormat::Binary) return text;
    if (beginning.starts_with('{') || beginning.starts_with('[')) text.format = ValueFormat::Json;
    text.tooLong = longestLine(beginning) >= kMaxLine / 2;
    text.display =
        std::make_shared<const Bytes>(text.tooLong ? inPieces(beginning) : std::move(beginning));
    return text;
}

JudgedText judgeText(SharedBytes text, const Bytes &before, ValueFormat format)
{
    JudgedText judged;
    judged.same = text.get() == &before || *text == before;
    if (!judged.same) judged.change = countChanges(before, *text);
    judged.text = text;
    if (format != ValueFormat::Json) return judged;
    auto document = JsonDocument::parse(std::move(text));
    if (document)
        judged.document = std::make_shared<const JsonDocument>(std::move(*document));
    else
        judged.fault = document.error();
    return judged;
}

} // namespace kvscope
