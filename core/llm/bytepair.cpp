// BytePair: merging by rank.
#include "core/llm/bytepair.h"

#include <algorithm>
#include <array>
#include <queue>

namespace kvscope::llm {
namespace {

Bytes utf8(unsigned code) // below U+0800
{
    if (code < 0x80) return {static_cast<char>(code)};
    return {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
}

bool isPrintable(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

/// The character that each byte is written as.
const std::array<Bytes, 256> &letters()
{
    static const std::array<Bytes, 256> table = [] {
        std::array<Bytes, 256> made;
        unsigned moved = 0x100;
        for (unsigned byte = 0; byte < 256; ++byte)
            made[byte] = utf8(isPrintable(byte) ? byte : moved++);
        return made;
    }();
    return table;
}

const std::unordered_map<Bytes, char> &bytesByLetter()
{
    static const std::unordered_map<Bytes, char> table = [] {
        std::unordered_map<Bytes, char> made;
        for (unsigned byte = 0; byte < 256; ++byte) made[letters()[byte]] = static_cast<char>(byte);
        return made;
    }();
    return table;
}

struct Pair
{
    int left;
    int right;
    std::uint32_t rank;
    std::size_t size;

    bool operator<(const Pair &other) const
    {
        return rank > other.rank || (rank == other.rank && left > other.left);
    }
};

struct Symbol
{
    BytesView text;
    int previous;
    int next;
};

} // namespace

Expected<std::unique_ptr<Tokenizer>> BytePair::make(const Gguf &gguf)
{
    std::unique_ptr<BytePair> made(new BytePair);
    const std::string_view pre = gguf.text("tokenizer.ggml.pre").value_or("gpt-2");
    const std::optional<PretokenizerKind> kind = pretokenizerNamed(pre);
    if (!kind) return fault(FaultCode::FormatUnknown, {"pre-tokenizer", std::string(pre)});
    made->m_pretokenizer = *kind;
    made->m_wholeWordsFirst = *kind == PretokenizerKind::Llama3;
    made->m_addsBeginning = *kind == PretokenizerKind::Llama3;
    if (auto ok = made->readVocabulary(gguf); !ok) return tl::unexpected<Fault>(ok.error());
    const auto *merges = gguf.array<std::string_view>("tokenizer.ggml.merges");
    if (merges == nullptr) return fault(FaultCode::KeyMissing, {"tokenizer.ggml.merges"});
    made->m_ranks.reserve(merges->size());
    for (const std::string_view merge : *merges) {
        if (merge.find(' ', 1) == std::string_view::npos)
            return fault(FaultCode::KeyInvalid, {"tokenizer.ggml.merges", std::string(merge)});
        made->m_ranks.emplace(Bytes(merge), static_cast<std::uint32_t>(made->m_ranks.size()));
    }
    return std::unique_ptr<Tokenizer>(std::move(made));
}

void BytePair::encodeText(BytesView text, Place, std::vector<TokenId> &out) const
{
    Bytes spelled;
    const auto encode = [&](BytesView bytes) {
        spelled.clear();
        for (const char c : bytes) spelled += letters()[static_cast<unsigned char>(c)];
        encodeWord(spelled, out);
    };
    if (addsSpacePrefix()) {
        const Bytes prefixed = ' ' + Bytes(text);
        pretokenize(m_pretokenizer, prefixed, encode);
    } else {
        pretokenize(m_pretokenizer, text, encode);
    }
}

void BytePair::encodeWord(BytesView word, std::vector<TokenId> &out) const
{
    if (m_wholeWordsFirst) {
        if (const std::optional<TokenId> id = find(word)) {
            out.push_back(*id);
            return;
        }
    }
    std::vector<Symbol> symbols;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t size = static_cast<unsigned char>(word[at]) < 0x80 ? 1 : 2;
        const int index = static_cast<int>(symbols.size());
        at += size;
        symbols.push_back(
            {word.substr(at - size, size), index - 1, at >= word.size() ? -1 : index + 1});
    }
    std::priority_queue<Pair> pairs;
    Bytes key;
    const auto offer = [&](int left, int right) {
        if (left < 0 || right < 0) return;
        const BytesView a = symbols[static_cast<std::size_t>(left)].text;
        const BytesView b = symbols[static_cast<std::size_t>(right)].text;
        key.assign(a).append(1, ' ').append(b);
        if (const auto found = m_ranks.find(key); found != m_ranks.end())
            pairs.push({left, right, found->second, a.size() + b.size()});
    };
    for (int i = 1; i < static_cast<int>(symbols.size()); ++i) offer(i - 1, i);
    while (!pairs.empty()) {
        const Pair pair = pairs.top();
        pairs.pop();
        Symbol &left = symbols[static_cast<std::size_t>(pair.left)];
        Symbol &right = symbols[static_cast<std::size_t>(pair.right)];
        if (left.text.empty() || right.text.empty() ||
            left.text.size() + right.text.size() != pair.size)
            continue;
        left.text = BytesView(left.text.data(), pair.size);
        right.text = {};
        left.next = right.next;
        if (right.next >= 0) symbols[static_cast<std::size_t>(right.next)].previous = pair.left;
        offer(left.previous, pair.left);
        offer(pair.left, left.next);
    }
    for (const Symbol &symbol : symbols) {
        if (symbol.text.empty()) continue;
        if (const std::optional<TokenId> id = find(symbol.text)) {
            out.push_back(*id);
            continue;
        }
        for (std::size_t at = 0; at < symbol.text.size();) { // no token: its bytes, where those are
            const std::size_t size = static_cast<unsigned char>(symbol.text[at]) < 0x80 ? 1 : 2;
            if (const auto id = find(symbol.text.substr(at, size))) out.push_back(*id);
            at += size;
        }
    }
}

Bytes BytePair::bytesOf(TokenId token) const
{
    if (kind(token) == Kind::Control) return {};
    const BytesView text = piece(token);
    if (kind(token) == Kind::UserDefined) return Bytes(text);
    Bytes out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : 2;
        const Bytes letter(text.substr(at, size));
        const auto found = bytesByLetter().find(letter);
        if (found != bytesByLetter().end())
            out += found->second;
        else
            out += letter;
        at += letter.size();
    }
    return out;
}

} // namespace kvscope::llm
