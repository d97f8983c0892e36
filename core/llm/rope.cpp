// Rope: tables and turning.
#include "core/llm/rope.h"

#include <algorithm>
#include <cmath>

namespace kvscope::llm {

Rope::Rope(const ModelShape &shape) : m_half(shape.ropeDims / 2), m_layout(shape.ropeLayout)
{
    for (std::size_t i = 0; i < m_half; ++i) {
        const double exponent = -2.0 * static_cast<double>(i) / static_cast<double>(shape.ropeDims);
        double frequency = std::pow(shape.ropeBase, exponent) / shape.ropeScale;
        if (!shape.ropeFactors.empty()) frequency /= static_cast<double>(shape.ropeFactors[i]);
        m_frequencies.push_back(frequency);
    }
}

void Rope::extend(std::size_t positions)
{
    if (positions <= m_rows) return;
    const std::size_t rows =
        std::max<std::size_t>(positions, std::max<std::size_t>(256, m_rows * 2));
    m_cos.resize(rows * m_half);
    m_sin.resize(rows * m_half);
    for (std::size_t p = m_rows; p < rows; ++p)
        for (std::size_t i = 0; i < m_half; ++i) {
            const double angle = static_cast<double>(p) * m_frequencies[i];
            m_cos[p * m_half + i] = static_cast<float>(std::cos(angle));
            m_sin[p * m_half + i] = static_cast<float>(std::sin(angle));
        }
    m_rows = rows;
}

void Rope::turn(float *head, std::size_t position) const
{
    const float *c = m_cos.data() + position * m_half;
    const float *s = m_sin.data() + position * m_half;
    const std::size_t apart = m_layout == RopeLayout::Halves ? m_half : 1;
    const std::size_t next = m_layout == RopeLayout::Halves ? 1 : 2;
    for (std::size_t i = 0; i < m_half; ++i) {
        float &x = head[i * next];
        float &y = head[i * next + apart];
        const float turned = x * c[i] - y * s[i];
        y = x * s[i] + y * c[i];
        x = turned;
    }
}

void Rope::turnBlock(float *keys, const std::int32_t (&positions)[16]) const
{
    const std::size_t apart = m_layout == RopeLayout::Halves ? m_half : 1;
    const std::size_t next = m_layout == RopeLayout::Halves ? 1 : 2;
    for (std::size_t t = 0; t < 16; ++t) {
        const std::size_t row = static_cast<std::size_t>(positions[t]) * m_half;
        for (std::size_t i = 0; i < m_half; ++i) {
            float &x = keys[i * next * 16 + t];
            float &y = keys[(i * next + apart) * 16 + t];
            const float turned = x * m_cos[row + i] - y * m_sin[row + i];
            y = x * m_sin[row + i] + y * m_cos[row + i];
            x = turned;
        }
    }
}

} // namespace kvscope::llm
