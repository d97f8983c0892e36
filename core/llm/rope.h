// Rope: rotary position embedding (Su et al. 2021).
//
// Dimensions are turned in pairs; pair i of a head at position p by the angle p · base^(−2i/dims),
// divided by the file's factors where it has some. Scores then depend on the distance of two
// positions alone. Angles are made in double and kept as float cosines and sines, a row for each
// position, so that a key turned when it is written and one turned when it is read get the same
// bits.
#pragma once

#include "core/llm/modelshape.h"

namespace kvscope::llm {

class Rope
{
  public:
    explicit Rope(const ModelShape &shape);

    /// Makes rows for positions below `positions`. Not while another thread reads.
    void extend(std::size_t positions);
    /// Turns one head's vector. Requires: a row for `position`.
    void turn(float *head, std::size_t position) const;
    /// Turns a block of keys [head_dim][16], each token by its own position.
    void turnBlock(float *keys, const std::int32_t (&positions)[16]) const;

  private:
    std::size_t m_half; // pairs in a head
    RopeLayout m_layout;
    std::vector<double> m_frequencies;
    std::vector<float> m_cos; // [position][pair]
    std::vector<float> m_sin;
    std::size_t m_rows = 0;
};

} // namespace kvscope::llm
