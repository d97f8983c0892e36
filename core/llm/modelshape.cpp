// ModelShape: out of a file's metadata.
#include "core/llm/modelshape.h"

#include "core/llm/dequantise.h"

#include <algorithm>
#include <cmath>

namespace kvscope::llm {
namespace {

// Beyond every model there is; keeps products far from overflow.
constexpr std::uint64_t kMostLayers = 1024;
constexpr std::uint64_t kMostDim = 1U << 20U;

class Keys
{
  public:
    Keys(const Gguf &gguf, std::string architecture)
        : m_gguf(gguf), m_prefix(std::move(architecture) + '.')
    {}

    std::size_t need(const std::string &key, std::uint64_t most)
    {
        const std::optional<std::uint64_t> value = m_gguf.count(m_prefix + key);
        if (!value) {
            note(FaultCode::KeyMissing, {m_prefix + key});
            return 0;
        }
        return checked(key, *value, most);
    }
    std::size_t want(const std::string &key, std::size_t fallback, std::uint64_t most)
    {
        const std::optional<std::uint64_t> value = m_gguf.count(m_prefix + key);
        return value ? checked(key, *value, most) : fallback;
    }
    double number(const std::string &key, double fallback)
    {
        const double value = m_gguf.number(m_prefix + key).value_or(fallback);
        if (!(value > 0) || !std::isfinite(value))
            note(FaultCode::KeyInvalid, {m_prefix + key, std::to_string(value)});
        return value;
    }
    void refuse(const std::string &key, std::string value)
    {
        note(FaultCode::FormatUnknown, {m_prefix + key, std::move(value)});
    }
    const std::string &prefix() const { return m_prefix; }
    const std::optional<Fault> &fault() const { return m_fault; }
    void note(FaultCode code, std::vector<std::string> parameters)
    {
        if (!m_fault) m_fault = Fault{code, std::move(parameters)};
    }

  private:
    std::size_t checked(const std::string &key, std::uint64_t value, std::uint64_t most)
    {
        if (value == 0 || value > most)
            note(FaultCode::KeyInvalid, {m_prefix + key, std::to_string(value)});
        return static_cast<std::size_t>(std::min(value, most));
    }

    const Gguf &m_gguf;
    std::string m_prefix;
    std::optional<Fault> m_fault;
};

void readRope(const Gguf &gguf, Keys &keys, ModelShape &shape)
{
    shape.ropeDims = keys.want("rope.dimension_count", shape.headDim, kMostDim);
    if (shape.ropeDims > shape.headDim || shape.ropeDims % 2 != 0)
        keys.note(FaultCode::KeyInvalid,
                  {keys.prefix() + "rope.dimension_count", std::to_string(shape.ropeDims)});
    shape.ropeBase = keys.number("rope.freq_base", 10'000);
    const auto scaling = gguf.text(keys.prefix() + "rope.scaling.type");
    if (scaling == "linear") {
        shape.ropeScale = keys.number("rope.scaling.factor", 1);
    } else if (scaling && *scaling != "none") {
        keys.refuse("rope.scaling.type", std::string(*scaling));
    } else if (!scaling && gguf.number(keys.prefix() + "rope.scale_linear").value_or(1) != 1) {
        shape.ropeScale = keys.number("rope.scale_linear", 1);
    }
    if (const TensorView *factors = gguf.tensor("rope_freqs.weight")) {
        if (factors->type != static_cast<std::uint32_t>(TensorType::F32)) {
            keys.note(FaultCode::TensorTypeUnknown, {factors->name, tensorTypeName(factors->type)});
            return;
        }
        if (factors->shape.size() != 1 || factors->shape[0] != shape.ropeDims / 2) {
            keys.note(FaultCode::TensorShapeWrong,
                      {factors->name, std::to_string(factors->shape[0]),
                       std::to_string(shape.ropeDims / 2)});
            return;
        }
        shape.ropeFactors.resize(shape.ropeDims / 2);
        dequantise(TensorType::F32, factors->bytes, shape.ropeFactors);
    }
}

} // namespace

Expected<ModelShape> ModelShape::from(const Gguf &gguf)
{
    const auto architecture = gguf.text("general.architecture");
    if (!architecture) return llm::fault(FaultCode::KeyMissing, {"general.architecture"});
    ModelShape shape;
    shape.architecture = std::string(*architecture);
    shape.name = std::string(gguf.text("general.name").value_or(*architecture));
    if (shape.architecture == "qwen2" || shape.architecture == "qwen3")
        shape.ropeLayout = RopeLayout::Halves;
    else if (shape.architecture != "llama")
        return llm::fault(FaultCode::FormatUnknown, {"architecture", shape.architecture});

    Keys keys(gguf, shape.architecture);
    shape.layers = keys.need("block_count", kMostLayers);
    shape.dim = keys.need("embedding_length", kMostDim);
    shape.ffn = keys.need("feed_forward_length", kMostDim);
    shape.heads = keys.need("attention.head_count", kMostDim);
    shape.kvHeads = keys.want("attention.head_count_kv", shape.heads, kMostDim);
    shape.context = keys.need("context_length", 1U << 28U);
    shape.normEpsilon = static_cast<float>(keys.number("attention.layer_norm_rms_epsilon", 1e-5));
    if (keys.fault()) return tl::unexpected<Fault>(*keys.fault());
    if (shape.heads % shape.kvHeads != 0)
        return llm::fault(FaultCode::KeyInvalid, {keys.prefix() + "attention.head_count_kv",
                                                  std::to_string(shape.kvHeads)});
    shape.headDim = keys.want("attention.key_length", shape.dim / shape.heads, 4096);
    if (shape.headDim == 0)
        return llm::fault(FaultCode::KeyInvalid,
                          {keys.prefix() + "attention.head_count", std::to_string(shape.heads)});
    if (keys.want("attention.value_length", shape.headDim, 4096) != shape.headDim)
        keys.refuse("attention.value_length", "other than key_length");
    if (const auto experts = gguf.count(keys.prefix() + "expert_count"); experts.value_or(0) != 0)
        keys.refuse("expert_count", std::to_string(*experts));
    if (const auto window = gguf.count(keys.prefix() + "attention.sliding_window");
        window.value_or(0) != 0)
        shape.context = std::min(shape.context, static_cast<std::size_t>(*window));
    readRope(gguf, keys, shape);

    const TensorView *embedding = gguf.tensor("token_embd.weight");
    if (embedding == nullptr) return llm::fault(FaultCode::TensorMissing, {"token_embd.weight"});
    if (embedding->shape.size() != 2 || embedding->shape[1] > (1U << 24U))
        return llm::fault(
            FaultCode::TensorShapeWrong,
            {"token_embd.weight", std::to_string(embedding->shape.size()) + " dimensions", "2"});
    shape.vocab = static_cast<std::size_t>(embedding->shape[1]);
    if (keys.fault()) return tl::unexpected<Fault>(*keys.fault());
    return shape;
}

} // namespace kvscope::llm
