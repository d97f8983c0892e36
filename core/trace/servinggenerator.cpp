// servingGenerator: chains of numbers.
#include "core/trace/servinggenerator.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace kvscope::trace {
namespace {

class Generator
{
  public:
    explicit Generator(const ServingShape &shape) : m_shape(shape), m_dice(shape.seed)
    {
        for (std::size_t i = 0; i < shape.prompts; ++i) {
            m_prompts.push_back(fresh(from1To(shape.mostPromptBlocks)));
            m_weights.push_back(1 / static_cast<double>(i + 1));
        }
    }

    ServingTrace make()
    {
        std::discrete_distribution<std::size_t> prompt(m_weights.begin(), m_weights.end());
        std::uniform_real_distribution<double> share(0, 1);
        for (std::size_t i = 0; i < m_shape.requests; ++i) {
            if (m_open.empty() || share(m_dice) >= m_shape.continues) {
                if (m_open.size() >= m_shape.openConversations)
                    m_open.erase(m_open.begin()); // the oldest leaves
                m_open.push_back(m_prompts[prompt(m_dice)]);
            } else {
                std::rotate(m_open.begin() + static_cast<std::ptrdiff_t>(m_dice() % m_open.size()),
                            m_open.end() - 1, m_open.end());
            }
            std::vector<std::uint32_t> &conversation = m_open.back();
            const auto turn = fresh(from1To(m_shape.mostTurnBlocks));
            conversation.insert(conversation.end(), turn.begin(), turn.end());
            ask(conversation);
            if (conversation.size() >= m_shape.mostBlocks) m_open.pop_back();
        }
        m_trace.distinct = m_next;
        return std::move(m_trace);
    }

  private:
    std::size_t from1To(std::size_t most) { return 1 + static_cast<std::size_t>(m_dice() % most); }
    std::vector<std::uint32_t> fresh(std::size_t count)
    {
        std::vector<std::uint32_t> blocks(count);
        for (std::uint32_t &block : blocks) block = m_next++;
        return blocks;
    }
    void ask(const std::vector<std::uint32_t> &blocks)
    {
        m_trace.blocks.insert(m_trace.blocks.end(), blocks.begin(), blocks.end());
        // The last block is rarely full.
        const std::uint64_t rest = 1 + m_dice() % ServingTrace::kBlockTokens;
        m_trace.requests.push_back(
            {m_trace.blocks.size(), (blocks.size() - 1) * ServingTrace::kBlockTokens + rest});
    }

    const ServingShape &m_shape;
    std::mt19937_64 m_dice;
    std::vector<std::vector<std::uint32_t>> m_prompts;
    std::vector<double> m_weights;
    std::vector<std::vector<std::uint32_t>> m_open;
    std::uint32_t m_next = 0;
    ServingTrace m_trace;
};

} // namespace

ServingTrace makeServingTrace(const ServingShape &shape)
{
    return Generator(shape).make();
}

} // namespace kvscope::trace
