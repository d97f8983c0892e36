// ModelWriter: small GGUF files with random weights, and the same weights in double.
#pragma once

#include "core/llm/gguf.h"

#include <cstring>
#include <random>

namespace kvscope::llm::test {

/// Writes the pieces of a GGUF v3 file; build() puts them together.
class GgufWriter
{
  public:
    std::uint32_t version = 3;

    template<class T>
    void key(const std::string &name, std::uint32_t kind, T value)
    {
        text(m_keys, name);
        number(m_keys, kind);
        number(m_keys, value);
        ++m_keyCount;
    }
    void count(const std::string &name, std::uint32_t value) { key(name, 4, value); }
    void real(const std::string &name, float value) { key(name, 6, value); }
    void flag(const std::string &name, bool value)
    {
        key(name, 7, static_cast<std::uint8_t>(value));
    }
    void textKey(const std::string &name, const std::string &value);
    void texts(const std::string &name, const std::vector<std::string> &values);
    void reals(const std::string &name, const std::vector<float> &values);
    void integers(const std::string &name, const std::vector<std::int32_t> &values);
    void tensor(const std::string &name, std::vector<std::uint64_t> shape, std::uint32_t type,
                const std::string &bytes);

    std::string build() const;

    template<class T>
    static void number(std::string &out, T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        out.append(bytes, sizeof(T));
    }
    static void text(std::string &out, const std::string &value)
    {
        number<std::uint64_t>(out, value.size());
        out += value;
    }

  private:
    std::string m_keys;
    std::string m_tensors;
    std::string m_data;
    std::uint64_t m_keyCount = 0;
    std::uint64_t m_tensorCount = 0;
};

/// A matrix [rows][columns] or a vector, as the file's format can hold it.
using Matrix = std::vector<std::vector<double>>;

struct RandomModel
{
    std::string architecture = "llama";
    TensorType type = TensorType::F16;
    std::size_t layers = 2;
    std::size_t dim = 64;
    std::size_t heads = 4;
    std::size_t kvHeads = 2;
    std::size_t headDim = 16;
    std::size_t ffn = 96;
    std::size_t vocab = 320;
    bool tied = true;
    bool hasBias = false;
    bool hasHeadNorms = false;
    bool hasRopeFactors = false;
    double ropeBase = 10'000;
    double epsilon = 1e-5;
    std::uint64_t seed = 1;

    // Filled by write().
    Matrix embedding{};
    Matrix head{};
    std::vector<double> outputNorm{};
    std::vector<double> ropeFactors{};
    struct Layer
    {
        std::vector<double> attentionNorm, ffnNorm, qBias, kBias, vBias, qNorm, kNorm;
        Matrix q, k, v, output, gate, up, down;
    };
    std::vector<Layer> weights{};

    /// The file's bytes.
    std::string write();
    void writeTokenizer(GgufWriter &out) const;
};

/// Random values in the encoding of `type`; their exact values go to `values`.
std::string randomTensor(std::mt19937_64 &random, TensorType type, std::size_t rows,
                         std::size_t columns, double scale, Matrix &values);

/// A file under the test's temporary folder that goes when this dies.
class TemporaryFile
{
  public:
    explicit TemporaryFile(const std::string &bytes = {});
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;
    const std::string &path() const { return m_path; }
    void write(const std::string &bytes) const;

  private:
    std::string m_path;
};

} // namespace kvscope::llm::test
