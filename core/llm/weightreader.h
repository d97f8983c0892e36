// WeightReader: tensors by name, checked, decoded and packed.
#pragma once

#include "core/llm/model.h"

#include <set>

namespace kvscope::llm {

/// First every matrix is planned (checked and counted), then memory is taken, then all are packed.
/// The first fault is kept, and from then on calls do nothing.
class WeightReader
{
  public:
    explicit WeightReader(const Gguf &gguf) : m_gguf(gguf) {}

    /// Vectors are read at once. `wanted` values.
    std::vector<float> vector(const std::string &name, std::size_t wanted);
    /// Empty where the file has none.
    std::vector<float> optionalVector(const std::string &name, std::size_t wanted);

    struct Part
    {
        std::string name;
        std::size_t rows;
    };
    /// A matrix of these parts, one below the other, filled by pack(). `out` must stay where it is.
    void plan(std::vector<Part> parts, std::size_t columns, PackedMatrix &out);
    /// OutOfMemory, or the first fault.
    Expected<HugeMemory> pack();
    /// A tensor that is used otherwise, or to no effect.
    void mark(const std::string &name) { m_used.insert(name); }
    bool has(const std::string &name) const { return m_gguf.tensor(name) != nullptr; }
    /// A tensor of the file that nobody asked for would be ignored silently: FormatUnknown.
    Expected<void> checkAllUsed() const;

  private:
    const TensorView *find(const std::string &name, const std::vector<std::uint64_t> &shape);
    void note(FaultCode code, std::vector<std::string> parameters);

    struct Planned
    {
        std::vector<Part> parts;
        std::size_t columns;
        PackedMatrix *out;
    };
    const Gguf &m_gguf;
    std::vector<Planned> m_planned;
    std::set<std::string> m_used;
    std::optional<Fault> m_fault;
};

} // namespace kvscope::llm
