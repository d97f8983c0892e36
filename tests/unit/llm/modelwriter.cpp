// ModelWriter: GGUF pieces, random encodings.
#include "tests/unit/llm/modelwriter.h"

#include "core/llm/half.h"

#include <cstdio>
#include <fstream>
#include <unistd.h>

namespace kvscope::llm::test {

void GgufWriter::textKey(const std::string &name, const std::string &value)
{
    text(m_keys, name);
    number<std::uint32_t>(m_keys, 8);
    text(m_keys, value);
    ++m_keyCount;
}

void GgufWriter::texts(const std::string &name, const std::vector<std::string> &values)
{
    text(m_keys, name);
    number<std::uint32_t>(m_keys, 9);
    number<std::uint32_t>(m_keys, 8);
    number<std::uint64_t>(m_keys, values.size());
    for (const std::string &value : values) text(m_keys, value);
    ++m_keyCount;
}

void GgufWriter::reals(const std::string &name, const std::vector<float> &values)
{
    text(m_keys, name);
    number<std::uint32_t>(m_keys, 9);
    number<std::uint32_t>(m_keys, 6);
    number<std::uint64_t>(m_keys, values.size());
    for (const float value : values) number(m_keys, value);
    ++m_keyCount;
}

void GgufWriter::integers(const std::string &name, const std::vector<std::int32_t> &values)
{
    text(m_keys, name);
    number<std::uint32_t>(m_keys, 9);
    number<std::uint32_t>(m_keys, 5);
    number<std::uint64_t>(m_keys, values.size());
    for (const std::int32_t value : values) number(m_keys, value);
    ++m_keyCount;
}

void GgufWriter::tensor(const std::string &name, std::vector<std::uint64_t> shape,
                        std::uint32_t type, const std::string &bytes)
{
    text(m_tensors, name);
    number<std::uint32_t>(m_tensors, static_cast<std::uint32_t>(shape.size()));
    for (const std::uint64_t side : shape) number(m_tensors, side);
    number(m_tensors, type);
    number<std::uint64_t>(m_tensors, m_data.size());
    m_data += bytes;
    m_data.resize((m_data.size() + 31) / 32 * 32);
    ++m_tensorCount;
}

std::string GgufWriter::build() const
{
    std::string out = "GGUF";
    number(out, version);
    number(out, m_tensorCount);
    number(out, m_keyCount);
    out += m_keys + m_tensors;
    out.resize((out.size() + 31) / 32 * 32);
    return out + m_data;
}

namespace {

double halfValue(std::string &out, double wanted)
{
    const std::uint16_t bits = halfFromFloat(static_cast<float>(wanted));
    GgufWriter::number(out, bits);
    return static_cast<double>(floatFromHalf(bits));
}

// Each encodes one unit of random codes whose values are about `scale`, and says the exact values.
struct Encoder
{
    std::mt19937_64 &random;
    double scale;
    std::string out{};
    std::vector<double> values{};

    int code(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

    void q80()
    {
        const double d = halfValue(out, scale / 127);
        for (int i = 0; i < 32; ++i) {
            const int q = code(-127, 127);
            out += static_cast<char>(q);
            values.push_back(d * q);
        }
    }
    void q40()
    {
        const double d = halfValue(out, scale / 8);
        int codes[32];
        for (int &q : codes) q = code(0, 15);
        for (int i = 0; i < 16; ++i) out += static_cast<char>(codes[i] | (codes[i + 16] << 4));
        for (const int q : codes) values.push_back(d * (q - 8));
    }
    void q4k()
    {
        const double d = halfValue(out, scale / 8 / 40);
        const double dmin = halfValue(out, scale / 40);
        int scales[8];
        int minima[8];
        for (int j = 0; j < 8; ++j) {
            scales[j] = code(20, 63);
            minima[j] = code(20, 63);
        }
        for (int j = 0; j < 4; ++j)
            out += static_cast<char>(scales[j] | ((scales[j + 4] >> 4) << 6));
        for (int j = 0; j < 4; ++j)
            out += static_cast<char>(minima[j] | ((minima[j + 4] >> 4) << 6));
        for (int j = 4; j < 8; ++j)
            out += static_cast<char>((scales[j] & 15) | ((minima[j] & 15) << 4));
        int codes[256];
        for (int &q : codes) q = code(0, 15);
        for (int pair = 0; pair < 4; ++pair)
            for (int i = 0; i < 32; ++i)
                out += static_cast<char>(codes[64 * pair + i] | (codes[64 * pair + 32 + i] << 4));
        for (int i = 0; i < 256; ++i)
            values.push_back(d * scales[i / 32] * codes[i] - dmin * minima[i / 32]);
    }
    void q6k()
    {
        int codes[256];
        for (int &q : codes) q = code(0, 63);
        for (int half = 0; half < 256; half += 128)
            for (int i = 0; i < 64; ++i) // values i and i + 64 of each half share a byte
                out +=
                    static_cast<char>((codes[half + i] & 15) | ((codes[half + i + 64] & 15) << 4));
        for (int half = 0; half < 256; half += 128)
            for (int i = 0; i < 32; ++i)
                out += static_cast<char>(
                    (codes[half + i] >> 4) | ((codes[half + i + 32] >> 4) << 2) |
                    ((codes[half + i + 64] >> 4) << 4) | ((codes[half + i + 96] >> 4) << 6));
        int scales[16];
        for (int &s : scales) out += static_cast<char>(s = code(-100, 100));
        const double d = halfValue(out, scale / 32 / 64);
        for (int i = 0; i < 256; ++i) values.push_back(d * scales[i / 16] * (codes[i] - 32));
    }
};

} // namespace

std::string randomTensor(std::mt19937_64 &random, TensorType type, std::size_t rows,
                         std::size_t columns, double scale, Matrix &values)
{
    Encoder encoder{random, scale};
    std::normal_distribution<double> normal(0, scale);
    const std::size_t total = rows * columns;
    while (encoder.values.size() < total) {
        switch (type) {
        case TensorType::F32: {
            const auto value = static_cast<float>(normal(random));
            GgufWriter::number(encoder.out, value);
            encoder.values.push_back(static_cast<double>(value));
            break;
        }
        case TensorType::F16:
            encoder.values.push_back(halfValue(encoder.out, normal(random)));
            break;
        case TensorType::BF16: {
            const auto value = static_cast<float>(normal(random));
            const auto bits =
                static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16U);
            GgufWriter::number(encoder.out, bits);
            encoder.values.push_back(static_cast<double>(floatFromBfloat(bits)));
            break;
        }
        case TensorType::Q8_0:
            encoder.q80();
            break;
        case TensorType::Q4_0:
            encoder.q40();
            break;
        case TensorType::Q4_K:
            encoder.q4k();
            break;
        case TensorType::Q6_K:
            encoder.q6k();
            break;
        }
    }
    values.assign(rows, std::vector<double>(columns));
    for (std::size_t i = 0; i < total; ++i) values[i / columns][i % columns] = encoder.values[i];
    return encoder.out;
}

void RandomModel::writeTokenizer(GgufWriter &out) const
{
    std::vector<std::string> tokens{"<unk>", "<s>", "</s>"};
    std::vector<std::int32_t> kinds{2, 3, 3};
    for (int byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", static_cast<unsigned>(byte));
        tokens.emplace_back(name);
        kinds.push_back(6);
    }
    while (tokens.size() < vocab) {
        tokens.push_back("w" + std::to_string(tokens.size()));
        kinds.push_back(1);
    }
    out.textKey("tokenizer.ggml.model", "llama");
    out.texts("tokenizer.ggml.tokens", tokens);
    out.reals("tokenizer.ggml.scores", std::vector<float>(vocab));
    out.integers("tokenizer.ggml.token_type", kinds);
    out.count("tokenizer.ggml.bos_token_id", 1);
    out.count("tokenizer.ggml.eos_token_id", 2);
}

std::string RandomModel::write()
{
    std::mt19937_64 random(seed);
    GgufWriter out;
    const auto key = [&](const std::string &name) { return architecture + '.' + name; };
    const auto number = [](std::size_t value) { return static_cast<std::uint32_t>(value); };
    out.textKey("general.architecture", architecture);
    out.textKey("general.name", "random");
    out.count(key("context_length"), 2048);
    out.count(key("block_count"), number(layers));
    out.count(key("embedding_length"), number(dim));
    out.count(key("feed_forward_length"), number(ffn));
    out.count(key("attention.head_count"), number(heads));
    out.count(key("attention.head_count_kv"), number(kvHeads));
    if (headDim != dim / heads) {
        out.count(key("attention.key_length"), number(headDim));
        out.count(key("attention.value_length"), number(headDim));
    }
    out.real(key("rope.freq_base"), static_cast<float>(ropeBase));
    out.real(key("attention.layer_norm_rms_epsilon"), static_cast<float>(epsilon));
    writeTokenizer(out);

    const auto matrix = [&](const std::string &name, std::size_t rows, std::size_t columns,
                            Matrix &values, double scale = 0.1) {
        const std::string bytes = randomTensor(random, type, rows, columns, scale, values);
        out.tensor(name, {columns, rows}, static_cast<std::uint32_t>(type), bytes);
    };
    const auto vector = [&](const std::string &name, std::size_t size, std::vector<double> &values,
                            double mean = 0) {
        Matrix one;
        randomTensor(random, TensorType::F32, 1, size, 0.2, one);
        std::string bytes;
        values.clear();
        for (const double x : one[0]) {
            const auto value = static_cast<float>(x + mean);
            GgufWriter::number(bytes, value);
            values.push_back(static_cast<double>(value));
        }
        out.tensor(name, {size}, static_cast<std::uint32_t>(TensorType::F32), bytes);
    };
    matrix("token_embd.weight", vocab, dim, embedding, 0.5);
    vector("output_norm.weight", dim, outputNorm, 1);
    if (tied)
        head = embedding;
    else
        matrix("output.weight", vocab, dim, head);
    if (hasRopeFactors) {
        vector("rope_freqs.weight", headDim / 2, ropeFactors, 3);
    }
    weights.assign(layers, {});
    for (std::size_t i = 0; i < layers; ++i) {
        Layer &layer = weights[i];
        const std::string name = "blk." + std::to_string(i) + '.';
        vector(name + "attn_norm.weight", dim, layer.attentionNorm, 1);
        vector(name + "ffn_norm.weight", dim, layer.ffnNorm, 1);
        matrix(name + "attn_q.weight", heads * headDim, dim, layer.q);
        matrix(name + "attn_k.weight", kvHeads * headDim, dim, layer.k);
        matrix(name + "attn_v.weight", kvHeads * headDim, dim, layer.v);
        matrix(name + "attn_output.weight", dim, heads * headDim, layer.output);
        matrix(name + "ffn_gate.weight", ffn, dim, layer.gate);
        matrix(name + "ffn_up.weight", ffn, dim, layer.up);
        matrix(name + "ffn_down.weight", dim, ffn, layer.down);
        if (hasBias) {
            vector(name + "attn_q.bias", heads * headDim, layer.qBias);
            vector(name + "attn_k.bias", kvHeads * headDim, layer.kBias);
            vector(name + "attn_v.bias", kvHeads * headDim, layer.vBias);
        }
        if (hasHeadNorms) {
            vector(name + "attn_q_norm.weight", headDim, layer.qNorm, 1);
            vector(name + "attn_k_norm.weight", headDim, layer.kNorm, 1);
        }
    }
    return out.build();
}

TemporaryFile::TemporaryFile(const std::string &bytes)
{
    char name[] = "/tmp/kvscope-llm-XXXXXX";
    const int file = ::mkstemp(name);
    if (file >= 0) ::close(file);
    m_path = name;
    write(bytes);
}

TemporaryFile::~TemporaryFile()
{
    ::unlink(m_path.c_str());
}

void TemporaryFile::write(const std::string &bytes) const
{
    std::ofstream(m_path, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace kvscope::llm::test
