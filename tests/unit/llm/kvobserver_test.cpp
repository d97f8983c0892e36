// KvObserver: who looks on sees what was computed, not what was kept of it.
#include "core/llm/kvcodec.h"
#include "tests/unit/llm/llmfixture.h"

using namespace kvscope;
using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct Notes final : KvObserver
{
    struct Note
    {
        std::int32_t index;
        std::size_t layer;
        std::vector<float> keys, values;
    };
    explicit Notes(std::size_t size) : width(size) {}
    void written(const Cell &cell, std::size_t layer, const float *keys,
                 const float *values) override
    {
        notes.push_back({cell.index, layer, {keys, keys + width}, {values, values + width}});
    }
    std::size_t width;
    std::vector<Note> notes;
};

} // namespace

TEST(KvObserver, IsToldEveryKeyAndValueOfEveryLayerAsItWasComputed)
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    const auto model = loadModel(random.write());
    ASSERT_TRUE(model);
    const auto tokens = randomTokens(21, random.vocab);
    KvCache cache = makeCache(model->shape());
    Notes notes(2 * 32);
    cache.setObserver(&notes);
    Decoder decoder(model, {});
    (void)logitsOf(decoder, cache, tokens, 5);
    ASSERT_EQ(notes.notes.size(), 21 * model->shape().layers);
    std::vector<float> keys(16 * 32), values(16 * 32);
    for (const Notes::Note &note : notes.notes) {
        const auto block = static_cast<std::size_t>(note.index) / 16;
        const auto slot = static_cast<std::size_t>(note.index) % 16;
        decodeBlock(cache.layout(), kernels(),
                    cache.table()[block].block.data() + cache.layout().head(note.layer, 1),
                    keys.data(), values.data());
        for (std::size_t d = 0; d < 32; ++d) {
            ASSERT_EQ(note.keys[32 + d], keys[d * 16 + slot]);
            ASSERT_EQ(note.values[32 + d], values[slot * 32 + d]);
        }
    }
}
