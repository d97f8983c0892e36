// Model: which tensors make it.
#include "core/llm/model.h"

#include "core/base/hash.h"
#include "core/llm/dequantise.h"
#include "core/llm/weightreader.h"

#include <algorithm>

namespace kvscope::llm {
namespace {

/// All of a small file; of a large one the directory and a sample from each tensor.
std::uint64_t fingerprintOf(const Gguf &gguf)
{
    constexpr std::size_t kWhole = 64U << 20U;
    constexpr std::size_t kSample = 4096;
    std::uint64_t hash = 0;
    const auto mix = [&](std::span<const std::byte> bytes) {
        hash = hashBytes({reinterpret_cast<const char *>(bytes.data()), bytes.size()}, hash);
    };
    for (const TensorView &tensor : gguf.tensors()) {
        hash = hashBytes(tensor.name, hash);
        for (const std::uint64_t side : tensor.shape) hash = hash * 0x9E3779B97F4A7C15ULL + side;
        hash += tensor.type;
        if (gguf.fileBytes().size() <= kWhole) {
            mix(tensor.bytes);
            continue;
        }
        const std::size_t size = std::min(kSample, tensor.bytes.size());
        mix(tensor.bytes.first(size));
        mix(tensor.bytes.last(size));
        mix(tensor.bytes.subspan((tensor.bytes.size() - size) / 2, size));
    }
    return hash;
}

} // namespace

Expected<std::shared_ptr<const Model>> Model::load(const std::string &path)
{
    Expected<Gguf> gguf = Gguf::open(path);
    if (!gguf) return tl::unexpected<Fault>(gguf.error());
    std::shared_ptr<Model> model(new Model(std::move(*gguf)));
    if (Expected<void> ok = model->read(); !ok) return tl::unexpected<Fault>(ok.error());
    return model;
}

Expected<void> Model::read()
{
    Expected<ModelShape> shape = ModelShape::from(m_gguf);
    if (!shape) return tl::unexpected<Fault>(shape.error());
    m_shape = std::move(*shape);
    Expected<std::unique_ptr<Tokenizer>> tokenizer = Tokenizer::from(m_gguf);
    if (!tokenizer) return tl::unexpected<Fault>(tokenizer.error());
    m_tokenizer = std::move(*tokenizer);

    const ModelShape &s = m_shape;
    if (m_tokenizer->size() > s.vocab)
        return fault(FaultCode::TensorShapeWrong, {"token_embd.weight", std::to_string(s.vocab),
                                                   std::to_string(m_tokenizer->size())});
    const std::size_t query = s.heads * s.headDim;
    const std::size_t kv = s.kvHeads * s.headDim;
    WeightReader reader(m_gguf);
    reader.mark("rope_freqs.weight"); // modelshape.cpp reads it
    m_outputNorm = reader.vector("output_norm.weight", s.dim);
    m_layers.resize(s.layers);
    for (std::size_t i = 0; i < s.layers; ++i) {
        LayerWeights &layer = m_layers[i];
        const std::string name = "blk." + std::to_string(i) + '.';
        layer.attentionNorm = reader.vector(name + "attn_norm.weight", s.dim);
        layer.ffnNorm = reader.vector(name + "ffn_norm.weight", s.dim);
        layer.queryNorm = reader.optionalVector(name + "attn_q_norm.weight", s.headDim);
        layer.keyNorm = reader.optionalVector(name + "attn_k_norm.weight", s.headDim);
        if (reader.has(name + "attn_q.bias")) {
            layer.qkvBias = reader.vector(name + "attn_q.bias", query);
            for (const char *part : {"attn_k.bias", "attn_v.bias"})
                std::ranges::copy(reader.vector(name + part, kv),
                                  std::back_inserter(layer.qkvBias));
        }
        reader.plan({{name + "attn_q.weight", query},
                     {name + "attn_k.weight", kv},
                     {name + "attn_v.weight", kv}},
                    s.dim, layer.qkv);
        reader.plan({{name + "attn_output.weight", s.dim}}, query, layer.output);
        reader.plan({{name + "ffn_gate.weight", s.ffn}, {name + "ffn_up.weight", s.ffn}}, s.dim,
                    layer.gateUp);
        reader.plan({{name + "ffn_down.weight", s.dim}}, s.ffn, layer.down);
    }
    // Tied: without a matrix of its own the head is the embedding table.
    const char *head = reader.has("output.weight") ? "output.weight" : "token_embd.weight";
    reader.plan({{head, s.vocab}}, s.dim, m_head);
    PackedMatrix checked; // its shape and type; rows are read from the file as they are needed
    WeightReader embedding(m_gguf);
    embedding.plan({{"token_embd.weight", s.vocab}}, s.dim, checked);
    if (checked.rows == 0) return tl::unexpected<Fault>(embedding.pack().error());
    reader.mark("token_embd.weight");
    m_embedding = m_gguf.tensor("token_embd.weight");
    if (Expected<HugeMemory> memory = reader.pack(); memory)
        m_memory = std::move(*memory);
    else
        return tl::unexpected<Fault>(memory.error());
    if (Expected<void> ok = reader.checkAllUsed(); !ok) return ok;
    for (const TensorView &tensor : m_gguf.tensors()) {
        std::uint64_t count = 1;
        for (const std::uint64_t side : tensor.shape) count *= side;
        m_parameters += static_cast<std::size_t>(count);
    }
    m_fingerprint = fingerprintOf(m_gguf);
    return {};
}

void Model::embed(TokenId token, float *out) const
{
    const std::size_t stride = m_embedding->bytes.size() / m_shape.vocab;
    dequantise(static_cast<TensorType>(m_embedding->type),
               m_embedding->bytes.subspan(token * stride, stride), {out, m_shape.dim});
}

std::size_t Model::bytesPerToken() const
{
    return m_memory.size();
}

std::span<const float> Model::packed() const
{
    return {reinterpret_cast<const float *>(m_memory.data()), m_memory.size() / sizeof(float)};
}

} // namespace kvscope::llm
