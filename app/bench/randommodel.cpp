// randomModel: the few GGUF pieces that it takes.
#include "app/bench/randommodel.h"

#include "core/base/bytes.h"

#include <QFile>

#include <array>
#include <cstring>
#include <random>

namespace kvscope::bench {
namespace {

class Writer
{
  public:
    template<class T>
    static void number(Bytes &out, T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        out.append(bytes, sizeof(T));
    }
    static void text(Bytes &out, BytesView value)
    {
        number<std::uint64_t>(out, value.size());
        out += value;
    }
    void key(BytesView name, std::uint32_t value)
    {
        head(name, 4);
        number(m_keys, value);
    }
    void key(BytesView name, float value)
    {
        head(name, 6);
        number(m_keys, value);
    }
    void key(BytesView name, const char *value)
    {
        head(name, 8);
        text(m_keys, value);
    }
    void array(BytesView name, std::uint32_t kind, std::uint32_t count)
    {
        head(name, 9);
        number(m_keys, kind);
        number<std::uint64_t>(m_keys, count);
    }
    Bytes &keys() { return m_keys; }

    void vector(const Bytes &name, std::uint32_t size)
    {
        entry(name, {size}, 0);
        for (std::uint32_t i = 0; i < size; ++i) number(m_data, 1.0F);
        pad(m_data);
    }
    void matrix(const Bytes &name, std::uint32_t rows, std::uint32_t columns)
    {
        entry(name, {columns, rows}, 0);
        for (std::uint64_t i = 0; i < std::uint64_t{rows} * columns / 8; ++i) {
            std::uint64_t word = m_random();
            for (int part = 0; part < 8; ++part, word >>= 8)
                number(m_data, 0.02F / 64 * static_cast<float>(static_cast<std::int8_t>(word)));
        }
        pad(m_data);
    }
    Result<bool> write(const QString &path)
    {
        Bytes start = "GGUF";
        number<std::uint32_t>(start, 3);
        number(start, m_tensorCount);
        number(start, m_keyCount);
        start += m_keys + m_tensors;
        pad(start);
        QFile file(path);
        const bool ok = file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                        file.write(start.data(), static_cast<qint64>(start.size())) >= 0 &&
                        file.write(m_data.data(), static_cast<qint64>(m_data.size())) >= 0 &&
                        file.flush();
        if (!ok) return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
        return true;
    }

  private:
    static void pad(Bytes &bytes) { bytes.resize((bytes.size() + 31) / 32 * 32); }
    void head(BytesView name, std::uint32_t kind)
    {
        text(m_keys, name);
        number(m_keys, kind);
        ++m_keyCount;
    }
    void entry(const Bytes &name, std::initializer_list<std::uint64_t> shape, std::uint32_t type)
    {
        text(m_tensors, name);
        number(m_tensors, static_cast<std::uint32_t>(shape.size()));
        for (const std::uint64_t side : shape) number(m_tensors, side);
        number(m_tensors, type);
        number<std::uint64_t>(m_tensors, m_data.size());
        ++m_tensorCount;
    }

    Bytes m_keys;
    Bytes m_tensors;
    Bytes m_data;
    std::uint64_t m_keyCount = 0;
    std::uint64_t m_tensorCount = 0;
    std::mt19937_64 m_random{1};
};

constexpr std::uint32_t kBytesEnd = 3 + 256;

/// Three controls, the 256 bytes (llama.cpp insists on them), then words.
Bytes pieceAt(std::uint32_t id)
{
    static constexpr std::array kControls{"<unk>", "<s>", "</s>"};
    if (id < kControls.size()) return kControls[id];
    if (id >= kBytesEnd) return "w" + std::to_string(id);
    static constexpr BytesView kDigits = "0123456789ABCDEF";
    const std::uint32_t byte = id - 3;
    return Bytes("<0x") + kDigits[byte / 16] + kDigits[byte % 16] + '>';
}

} // namespace

Result<bool> writeRandomModel(const QString &path, const ModelSize &size)
{
    Writer out;
    out.key("general.architecture", "llama");
    out.key("general.name", "random");
    out.key("llama.context_length", std::uint32_t{2048});
    out.key("llama.block_count", size.layers);
    out.key("llama.embedding_length", size.dim);
    out.key("llama.feed_forward_length", size.ffn);
    out.key("llama.attention.head_count", size.heads);
    out.key("llama.attention.head_count_kv", size.kvHeads);
    out.key("llama.attention.layer_norm_rms_epsilon", 1e-5F);
    out.key("llama.rope.dimension_count", size.dim / size.heads);
    out.key("llama.vocab_size", size.vocab);
    out.key("tokenizer.ggml.model", "llama");
    out.array("tokenizer.ggml.tokens", 8, size.vocab);
    for (std::uint32_t i = 0; i < size.vocab; ++i) Writer::text(out.keys(), pieceAt(i));
    out.array("tokenizer.ggml.scores", 6, size.vocab);
    for (std::uint32_t i = 0; i < size.vocab; ++i)
        Writer::number(out.keys(), -static_cast<float>(i));
    out.array("tokenizer.ggml.token_type", 5, size.vocab);
    for (std::uint32_t i = 0; i < size.vocab; ++i)
        Writer::number<std::int32_t>(out.keys(), i == 0 ? 2 : i < 3 ? 3 : i < kBytesEnd ? 6 : 1);
    out.key("tokenizer.ggml.bos_token_id", std::uint32_t{1});
    out.key("tokenizer.ggml.eos_token_id", std::uint32_t{2});

    const std::uint32_t kv = size.dim / size.heads * size.kvHeads;
    out.matrix("token_embd.weight", size.vocab, size.dim);
    out.vector("output_norm.weight", size.dim);
    for (std::uint32_t i = 0; i < size.layers; ++i) {
        const Bytes name = "blk." + std::to_string(i) + '.';
        out.vector(name + "attn_norm.weight", size.dim);
        out.matrix(name + "attn_q.weight", size.dim, size.dim);
        out.matrix(name + "attn_k.weight", kv, size.dim);
        out.matrix(name + "attn_v.weight", kv, size.dim);
        out.matrix(name + "attn_output.weight", size.dim, size.dim);
        out.vector(name + "ffn_norm.weight", size.dim);
        out.matrix(name + "ffn_gate.weight", size.ffn, size.dim);
        out.matrix(name + "ffn_up.weight", size.ffn, size.dim);
        out.matrix(name + "ffn_down.weight", size.dim, size.ffn);
    }
    return out.write(path);
}

} // namespace kvscope::bench
