// unicodeClass: the three kinds of characters that pre-tokenizers tell apart.
#pragma once

#include <cstdint>

namespace kvscope::llm {

enum class CharClass : std::uint8_t {
    Other,
    Letter, ///< \p{L}
    Number, ///< \p{N}
    Space,  ///< White_Space
};

CharClass classOf(char32_t code);

} // namespace kvscope::llm
