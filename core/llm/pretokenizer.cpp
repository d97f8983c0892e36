// Pretokenizer: the expressions, matched by hand.
#include "core/llm/pretokenizer.h"

#include "core/llm/unicodeclass.h"

#include <array>
#include <vector>

namespace kvscope::llm {
namespace {

struct Character
{
    char32_t code;
    CharClass kind;
    std::size_t offset; ///< of its first byte
};

std::vector<Character> charactersOf(BytesView text)
{
    std::vector<Character> out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (!isValidUtf8(text.substr(at, size))) size = 1;
        char32_t code = lead;
        if (size == 1 && lead >= 0x80) {
            code = 0xFFFD;
        } else if (size > 1) {
            code = lead & (0x7FU >> size);
            for (std::size_t i = 1; i < size; ++i)
                code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        }
        out.push_back({code, classOf(code), at});
        at += size;
    }
    return out;
}

class Matcher
{
  public:
    Matcher(PretokenizerKind kind, BytesView text) : m_kind(kind), m_text(charactersOf(text)) {}

    std::size_t size() const { return m_text.size(); }
    std::size_t offset(std::size_t i, std::size_t end) const
    {
        return i < m_text.size() ? m_text[i].offset : end;
    }

    /// The end of the word that begins at `i`.
    std::size_t wordEnd(std::size_t i) const
    {
        return m_kind == PretokenizerKind::Gpt2 || m_kind == PretokenizerKind::SmolLm
                   ? endGpt2(i)
                   : endLlama3(i);
    }

  private:
    bool is(std::size_t i, CharClass kind) const
    {
        return i < m_text.size() && m_text[i].kind == kind;
    }
    bool isLineEnd(std::size_t i) const
    {
        return i < m_text.size() && (m_text[i].code == '\r' || m_text[i].code == '\n');
    }
    bool isCut(std::size_t i) const // SmolLM: a digit is a text of its own
    {
        return m_kind == PretokenizerKind::SmolLm && is(i, CharClass::Number);
    }
    std::size_t run(std::size_t i, CharClass kind) const
    {
        while (is(i, kind)) ++i;
        return i;
    }

    std::size_t contraction(std::size_t i, char32_t fold) const
    {
        if (m_text[i].code != '\'') return i;
        const auto letter = [&](std::size_t at) {
            const char32_t code = at < m_text.size() ? m_text[at].code : 0;
            return code >= 'A' && code <= 'Z' ? code | fold : code;
        };
        const char32_t a = letter(i + 1);
        const char32_t b = letter(i + 2);
        if (a == 's' || a == 't' || a == 'm' || a == 'd') return i + 2;
        if ((a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l'))
            return i + 3;
        return i;
    }

    /// \s+(?!\S)|\s+ : all but the last space where a word follows.
    std::size_t spaces(std::size_t i) const
    {
        const std::size_t end = run(i, CharClass::Space);
        const bool wordFollows = end < m_text.size() && !isCut(end);
        return wordFollows && end - i > 1 ? end - 1 : end;
    }

    std::size_t endGpt2(std::size_t i) const
    {
        if (isCut(i)) return i + 1;
        if (const std::size_t end = contraction(i, 0); end > i) return end;
        const std::size_t start = m_text[i].code == ' ' && !isCut(i + 1) ? i + 1 : i;
        for (const CharClass kind : {CharClass::Letter, CharClass::Number, CharClass::Other})
            if (is(start, kind)) return run(start, kind);
        return spaces(i);
    }

    std::size_t endLlama3(std::size_t i) const
    {
        if (const std::size_t end = contraction(i, 0x20); end > i) return end;
        if (is(i, CharClass::Letter)) return run(i, CharClass::Letter);
        if (!isLineEnd(i) && !is(i, CharClass::Number) && is(i + 1, CharClass::Letter))
            return run(i + 1, CharClass::Letter);
        if (is(i, CharClass::Number)) {
            std::size_t end = i + 1;
            const std::size_t most = m_kind == PretokenizerKind::Llama3 ? 3 : 1;
            while (end < i + most && is(end, CharClass::Number)) ++end;
            return end;
        }
        const std::size_t start = m_text[i].code == ' ' ? i + 1 : i;
        if (is(start, CharClass::Other)) {
            std::size_t end = run(start, CharClass::Other);
            while (isLineEnd(end)) ++end;
            return end;
        }
        const std::size_t end = run(i, CharClass::Space);
        for (std::size_t last = end; last > i; --last) // \s*[\r\n]+ takes up to the last line end
            if (isLineEnd(last - 1)) return last;
        return spaces(i);
    }

    PretokenizerKind m_kind;
    std::vector<Character> m_text;
};

} // namespace

std::optional<PretokenizerKind> pretokenizerNamed(std::string_view name)
{
    struct Name
    {
        std::string_view name;
        PretokenizerKind kind;
    };
    static constexpr std::array kNames{
        Name{"gpt-2", PretokenizerKind::Gpt2},
        Name{"llama3", PretokenizerKind::Llama3},
        Name{"llama-v3", PretokenizerKind::Llama3},
        Name{"llama-bpe", PretokenizerKind::Llama3},
        Name{"qwen2", PretokenizerKind::Qwen2},
        Name{"deepseek-r1-qwen", PretokenizerKind::Qwen2},
        Name{"smollm", PretokenizerKind::SmolLm},
        Name{"smaug-bpe", PretokenizerKind::Llama3},
    };
    for (const Name &known : kNames)
        if (known.name == name) return known.kind;
    return std::nullopt;
}

void pretokenize(PretokenizerKind kind, BytesView text, const std::function<void(BytesView)> &word)
{
    const Matcher matcher(kind, text);
    for (std::size_t i = 0; i < matcher.size();) {
        const std::size_t end = matcher.wordEnd(i);
        const std::size_t from = matcher.offset(i, text.size());
        word(text.substr(from, matcher.offset(end, text.size()) - from));
        i = end;
    }
}

} // namespace kvscope::llm
