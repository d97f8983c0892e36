// The sample checkpoint beside the checkout, and its reference, which is committed.
#pragma once

#include "core/llm/tokenizer.h"
#include "tests/unit/llm/llmfixture.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kvscope::llm::test {

inline std::string sourceFolder()
{
    const char *folder = std::getenv("KVSCOPE_SOURCE_DIR");
    return folder != nullptr ? std::string(folder) : std::filesystem::current_path().string();
}

inline std::string samplePath()
{
    return sourceFolder() + "/../shared/lm/sample-f16.gguf";
}

/// Just enough JSON: numbers and texts in the order of the file, read from behind a member's name.
class JsonScan
{
  public:
    explicit JsonScan(const std::string &path)
    {
        std::ostringstream all;
        all << std::ifstream(path, std::ios::binary).rdbuf();
        m_text = all.str();
    }
    /// Goes to behind the next `"name":`. False when there is none.
    bool seek(const std::string &name)
    {
        const std::size_t found = m_text.find('"' + name + "\":", m_at);
        if (found == std::string::npos) return false;
        m_at = found + name.size() + 3;
        return true;
    }
    void rewind() { m_at = 0; }
    double number()
    {
        const char *start = m_text.c_str() + m_at;
        while (std::strchr("[], \n", *start) != nullptr && *start != '\0') ++start;
        char *end = nullptr;
        const double value = std::strtod(start, &end);
        m_at = static_cast<std::size_t>(end - m_text.c_str());
        return value;
    }
    /// A flat array of whole numbers.
    std::vector<TokenId> tokens()
    {
        std::vector<TokenId> out;
        m_at = m_text.find('[', m_at) + 1;
        while (m_text[m_text.find_first_not_of(", \n", m_at)] != ']')
            out.push_back(static_cast<TokenId>(number()));
        return out;
    }
    std::string text()
    {
        std::string out;
        for (m_at = m_text.find('"', m_at) + 1; m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] != '\\') {
                out += m_text[m_at];
                continue;
            }
            const char c = m_text[++m_at];
            if (c == 'u') {
                appendUtf8(out, m_text.substr(m_at + 1, 4));
                m_at += 4;
            } else {
                out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
        }
        return out;
    }

  private:
    void appendUtf8(std::string &out, const std::string &hex)
    {
        unsigned code = static_cast<unsigned>(std::stoul(hex, nullptr, 16));
        if (code >= 0xD800 && code < 0xDC00) {
            const unsigned low =
                static_cast<unsigned>(std::stoul(m_text.substr(m_at + 7, 4), nullptr, 16));
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            m_at += 6;
        }
        const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
        if (code < 0x80) {
            byte(code);
        } else if (code < 0x800) {
            byte(0xC0 | (code >> 6U));
            byte(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            byte(0xE0 | (code >> 12U));
            byte(0x80 | ((code >> 6U) & 0x3F));
            byte(0x80 | (code & 0x3F));
        } else {
            byte(0xF0 | (code >> 18U));
            byte(0x80 | ((code >> 12U) & 0x3F));
            byte(0x80 | ((code >> 6U) & 0x3F));
            byte(0x80 | (code & 0x3F));
        }
    }
    std::string m_text;
    std::size_t m_at = 0;
};

inline JsonScan sampleReference()
{
    return JsonScan(sourceFolder() + "/tests/unit/llm/data/sample-reference.json");
}

} // namespace kvscope::llm::test
