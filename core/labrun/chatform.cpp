// ChatForm: lines and marks.
#include "core/labrun/chatform.h"

namespace kvscope {
namespace {

constexpr BytesView kStart = "<|im_start|>";
constexpr BytesView kEnd = "<|im_end|>";
constexpr BytesView kBlank = " \t\r\n";

BytesView trimmed(BytesView text)
{
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == BytesView::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

} // namespace

ChatForm::ChatForm(const llm::Tokenizer &tokenizer) : m_tokenizer(tokenizer)
{
    const auto isOneMark = [&](BytesView mark) {
        const auto tokens = tokenizer.encode(mark, llm::SpecialTokens::Parse);
        return tokens.size() == 1 && tokenizer.isControl(tokens.front());
    };
    if (isOneMark(kStart) && isOneMark(kEnd)) m_kind = Kind::ChatMl;
}

Bytes ChatForm::line(BytesView said) const
{
    Bytes text(trimmed(said));
    for (char &c : text)
        if (c == '\n' || c == '\r') c = ' '; // a line's end would end the turn
    return text.ends_with('?') ? "Q: " + text + " A:" : text;
}

std::vector<llm::TokenId> ChatForm::markup(BytesView said) const
{
    using llm::SpecialTokens;
    std::vector<llm::TokenId> out =
        m_tokenizer.encode(Bytes(kStart) + "user\n", SpecialTokens::Parse);
    const auto add = [&](BytesView text, SpecialTokens special) {
        const auto tokens = m_tokenizer.encode(text, special);
        out.insert(out.end(), tokens.begin(), tokens.end());
    };
    // What a person typed never becomes a mark.
    add(trimmed(said), SpecialTokens::AsText);
    add(Bytes(kEnd) + "\n" + Bytes(kStart) + "assistant\n", SpecialTokens::Parse);
    return out;
}

std::vector<llm::TokenId> ChatForm::firstTurn(BytesView said) const
{
    std::vector<llm::TokenId> out =
        m_kind == Kind::ChatMl ? markup(said) : m_tokenizer.encode(line(said));
    if (m_tokenizer.addsBeginning()) out.insert(out.begin(), *m_tokenizer.beginning());
    return out;
}

std::vector<llm::TokenId> ChatForm::nextTurn(BytesView said) const
{
    if (m_kind == Kind::ChatMl) {
        std::vector<llm::TokenId> out =
            m_tokenizer.encode(Bytes(kEnd) + "\n", llm::SpecialTokens::Parse);
        const auto turn = markup(said);
        out.insert(out.end(), turn.begin(), turn.end());
        return out;
    }
    std::vector<llm::TokenId> out = m_tokenizer.encode("\n" + line(said));
    // Tokenizers that put a space in front of a text do so here too; inside a text there is none.
    if (!out.empty() && m_tokenizer.bytesOf(out.front()) == " ") out.erase(out.begin());
    return out;
}

bool ChatForm::endsReply(llm::TokenId token) const
{
    if (m_tokenizer.isEnd(token)) return true;
    if (m_kind == Kind::ChatMl) return m_tokenizer.isControl(token);
    return m_tokenizer.bytesOf(token).find('\n') != Bytes::npos;
}

} // namespace kvscope
