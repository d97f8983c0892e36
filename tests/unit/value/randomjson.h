// RandomJson: documents with every kind of number, escape, nesting and spacing, from a seed.
#pragma once

#include "core/base/bytes.h"

#include <random>

namespace kvscope::test {

class RandomJson
{
  public:
    explicit RandomJson(unsigned seed) : m_random(seed) {}

    Bytes document()
    {
        m_spaced = below(3);
        return space() + value(0) + space();
    }

    Bytes value(int depth)
    {
        const unsigned kind = below(depth > 4 ? 5 : 8);
        switch (kind) {
        case 0:
            return pick({"null", "true", "false"});
        case 1:
        case 2:
            return pick({"0", "-0", "1.0", "12345678901234567890", "1e400", "-1.50E-007", "0.1",
                         "9007199254740993"});
        case 3:
        case 4:
            return string();
        default:
            return container(depth, kind == 5);
        }
    }

    Bytes string()
    {
        return pick({R"("")", R"("a")", R"("张三")", R"("\u5f20\u4e09")", R"("\ud83d\ude00")",
                     R"("\"\\\/\b\f\n\r\t")", R"("\\")", R"("a\\\"b")", R"("\ud800")",
                     R"("{\"x\": [1, 2]}")", "\"\xF0\x9F\x98\x80\"", R"("a/b~c")"});
    }

    unsigned below(unsigned limit)
    {
        return std::uniform_int_distribution<unsigned>(0, limit - 1)(m_random);
    }

  private:
    Bytes container(int depth, bool array)
    {
        Bytes text(array ? "[" : "{");
        const unsigned count = below(5);
        for (unsigned i = 0; i < count; ++i) {
            if (i > 0) text += space() + ",";
            text += space();
            if (!array) text += string() + space() + ":" + space();
            text += value(depth + 1);
        }
        return text + space() + (array ? "]" : "}");
    }

    Bytes space()
    {
        if (m_spaced == 0) return {};
        return m_spaced == 1 ? pick({"", " ", ""})
                             : pick({"", " ", "\n", "\r\n", "\t", "\n    ", "  "});
    }

    Bytes pick(std::initializer_list<const char *> choices)
    {
        return *(choices.begin() + below(static_cast<unsigned>(choices.size())));
    }

    std::mt19937 m_random;
    unsigned m_spaced = 0;
};

} // namespace kvscope::test
