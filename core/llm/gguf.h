// Gguf: the directory of a GGUF v2 or v3 file: metadata and where each tensor lies.
//
//     "GGUF" version tensors keys │ key type value … │ name dims type offset … │ pad │ tensor data
//     …
//
// Nothing in the file is believed: every length is checked against what is left of the file before
// it is used, every product against overflow, and what does not fit is a Fault that names the
// place. Format: github.com/ggml-org/ggml, docs/gguf.md.
#pragma once

#include "core/llm/mappedfile.h"

#include <map>
#include <optional>
#include <string_view>
#include <variant>

namespace kvscope::llm {

/// ggml's numbers for tensor types; those the lab can decode.
enum class TensorType : std::uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q8_0 = 8,
    Q4_K = 12,
    Q6_K = 14,
    BF16 = 30,
};

/// "Q4_K"; for a number that is no type of ours, ggml's name where we know it, else "type 99".
std::string tensorTypeName(std::uint32_t type);

/// Values in one encoded unit and the bytes it takes; nothing for a type we can't decode.
struct TensorUnit
{
    std::uint64_t values;
    std::uint64_t bytes;
};
std::optional<TensorUnit> tensorUnit(std::uint32_t type);

/// A tensor in the file. `shape[0]` is the fastest: a matrix of r rows and c columns has shape
/// {c, r}.
struct TensorView
{
    std::string name;
    std::uint32_t type = 0;
    std::vector<std::uint64_t> shape;
    std::span<const std::byte> bytes; ///< empty where the type is unknown
};

/// A metadata value. Numbers of every width are widened; arrays hold one kind.
using MetaValue =
    std::variant<bool, std::uint64_t, std::int64_t, double, std::string_view,
                 std::vector<std::string_view>, std::vector<double>, std::vector<std::int64_t>>;

class Gguf
{
  public:
    /// FileUnreadable, NotAModelFile, FormatUnknown (version), FileBroken.
    static Expected<Gguf> open(const std::string &path);

    /// Views live as long as the object (moves included).
    const TensorView *tensor(std::string_view name) const;
    const std::vector<TensorView> &tensors() const { return m_tensors; }
    const std::map<std::string, MetaValue, std::less<>> &metadata() const { return m_metadata; }
    std::uint32_t version() const { return m_version; }
    std::span<const std::byte> fileBytes() const { return m_file.bytes(); }

    std::optional<std::uint64_t> count(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<std::string_view> text(std::string_view key) const;
    std::optional<bool> flag(std::string_view key) const;
    template<class T>
    const std::vector<T> *array(std::string_view key) const
    {
        const auto found = m_metadata.find(key);
        return found == m_metadata.end() ? nullptr : std::get_if<std::vector<T>>(&found->second);
    }

  private:
    explicit Gguf(MappedFile file) : m_file(std::move(file)) {}
    Expected<void> parse();

    MappedFile m_file;
    std::uint32_t m_version = 0;
    std::map<std::string, MetaValue, std::less<>> m_metadata;
    std::vector<TensorView> m_tensors;
    std::map<std::string, std::size_t, std::less<>> m_byName;
};

} // namespace kvscope::llm
