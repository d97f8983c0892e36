// Pretokenizer: cuts a text into the words within which byte-level BPE merges.
//
// Each model family published a regular expression; they are matched by hand here, because no
// engine at hand knows \p{L} in UTF-8 bytes. At a position the alternatives are tried in this
// order:
//   GPT-2   's|'t|'re|'ve|'m|'ll|'d | ?letters | ?digits | ?others | spaces(not the last before a
//   word) | spaces Llama 3 contractions in any case | one non-letter + letters | 1–3 digits |
//   ?others + line ends |
//           spaces up to line ends | spaces(not the last) | spaces
//   Qwen 2  as Llama 3 with single digits
//   SmolLM  each digit cut out first, then as GPT-2
#pragma once

#include "core/base/bytes.h"

#include <functional>
#include <optional>

namespace kvscope::llm {

enum class PretokenizerKind : std::uint8_t { Gpt2, Llama3, Qwen2, SmolLm };

/// By tokenizer.ggml.pre's value.
std::optional<PretokenizerKind> pretokenizerNamed(std::string_view name);

/// Calls `word` for each piece, in order; together they are the text. Bytes that are no UTF-8 count
/// as characters of their own, neither letters nor digits nor spaces.
void pretokenize(PretokenizerKind kind, BytesView text, const std::function<void(BytesView)> &word);

} // namespace kvscope::llm
