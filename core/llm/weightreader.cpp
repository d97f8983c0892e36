// WeightReader: checks, then packing.
#include "core/llm/weightreader.h"

#include "core/llm/dequantise.h"

#include <algorithm>

namespace kvscope::llm {
namespace {

std::string shapeText(const std::vector<std::uint64_t> &shape)
{
    std::string text;
    for (const std::uint64_t side : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(side);
    return text;
}

} // namespace

void WeightReader::note(FaultCode code, std::vector<std::string> parameters)
{
    if (!m_fault) m_fault = Fault{code, std::move(parameters)};
}

const TensorView *WeightReader::find(const std::string &name,
                                     const std::vector<std::uint64_t> &shape)
{
    const TensorView *tensor = m_gguf.tensor(name);
    if (tensor == nullptr) {
        note(FaultCode::TensorMissing, {name});
        return nullptr;
    }
    mark(name);
    if (!tensorUnit(tensor->type)) {
        note(FaultCode::TensorTypeUnknown, {name, tensorTypeName(tensor->type)});
        return nullptr;
    }
    if (tensor->shape != shape) {
        note(FaultCode::TensorShapeWrong, {name, shapeText(tensor->shape), shapeText(shape)});
        return nullptr;
    }
    return tensor;
}

std::vector<float> WeightReader::vector(const std::string &name, std::size_t wanted)
{
    const TensorView *tensor = find(name, {wanted});
    if (tensor == nullptr) return {};
    std::vector<float> out(wanted);
    dequantise(static_cast<TensorType>(tensor->type), tensor->bytes, out);
    return out;
}

std::vector<float> WeightReader::optionalVector(const std::string &name, std::size_t wanted)
{
    return has(name) ? vector(name, wanted) : std::vector<float>();
}

void WeightReader::plan(std::vector<Part> parts, std::size_t columns, PackedMatrix &out)
{
    out.columns = columns;
    for (const Part &part : parts) {
        if (find(part.name, {columns, part.rows}) == nullptr) return;
        out.rows += part.rows;
    }
    m_planned.push_back({std::move(parts), columns, &out});
}

Expected<HugeMemory> WeightReader::pack()
{
    if (m_fault) return tl::unexpected<Fault>(*m_fault);
    std::size_t total = 0;
    for (const Planned &planned : m_planned) total += planned.out->bytes();
    HugeMemory memory(total);
    if (memory.size() == 0) return fault(FaultCode::OutOfMemory, {std::to_string(total)});
    auto *at = reinterpret_cast<float *>(memory.data());
    std::vector<float> row;
    for (const Planned &planned : m_planned) {
        planned.out->panels = at;
        row.resize(planned.columns);
        std::size_t r = 0;
        for (const Part &part : planned.parts) {
            const TensorView *tensor = m_gguf.tensor(part.name);
            const std::size_t stride = tensor->bytes.size() / part.rows;
            for (std::size_t i = 0; i < part.rows; ++i, ++r) {
                dequantise(static_cast<TensorType>(tensor->type),
                           tensor->bytes.subspan(i * stride, stride), row);
                float *to = at + r / kPanelRows * kPanelRows * planned.columns + r % kPanelRows;
                for (std::size_t k = 0; k < planned.columns; ++k) to[k * kPanelRows] = row[k];
            }
        }
        at += planned.out->bytes() / sizeof(float);
    }
    return memory;
}

Expected<void> WeightReader::checkAllUsed() const
{
    for (const TensorView &tensor : m_gguf.tensors())
        if (!m_used.contains(tensor.name))
            return fault(FaultCode::FormatUnknown,
                         {"tensor " + tensor.name, tensorTypeName(tensor.type)});
    return {};
}

} // namespace kvscope::llm
