// GGUF files: what is broken, truncated or hostile ends in a fault that says where; what the lab
// can't run is refused by name.
#include "core/llm/model.h"
#include "tests/unit/llm/llmfixture.h"

#include <functional>

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

Expected<std::shared_ptr<const Model>> load(const std::string &bytes)
{
    const TemporaryFile file(bytes);
    return Model::load(file.path());
}

std::string put(std::string bytes, std::size_t at, std::uint64_t value, std::size_t size)
{
    std::memcpy(bytes.data() + at, &value, size);
    return bytes;
}

std::string replaced(std::string bytes, const std::string &from, const std::string &to)
{
    const std::size_t at = bytes.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return bytes.replace(at, from.size(), to);
}

/// Where the value behind a metadata key begins (past its kind).
std::size_t valueOf(const std::string &bytes, const std::string &key)
{
    return bytes.find(key) + key.size() + 4;
}

/// Where the shape of a tensor's entry begins (past its number of dimensions).
std::size_t shapeOf(const std::string &bytes, const std::string &name)
{
    std::string entry;
    GgufWriter::text(entry, name);
    return bytes.find(entry) + entry.size() + 4;
}

struct Broken
{
    const char *name;
    FaultCode code;
    const char *says; ///< somewhere in the fault
    std::function<std::string(std::string)> make;
};

const std::uint64_t kHuge = ~0ULL;

const Broken kBroken[] = {
    {"Empty", FaultCode::FileUnreadable, "", [](const std::string &) { return std::string(); }},
    {"OtherMagic", FaultCode::NotAModelFile, "GGML",
     [](std::string b) { return b.replace(0, 4, "GGML"); }},
    {"FutureVersion", FaultCode::FormatUnknown, "GGUF version",
     [](std::string b) { return put(b, 4, 4, 4); }},
    {"FirstVersion", FaultCode::FormatUnknown, "GGUF version",
     [](std::string b) { return put(b, 4, 1, 4); }},
    {"HugeTensorCount", FaultCode::FileBroken, "more tensors",
     [](std::string b) { return put(b, 8, kHuge, 8); }},
    {"HugeKeyCount", FaultCode::FileBroken, "more keys",
     [](std::string b) { return put(b, 16, kHuge, 8); }},
    {"HugeKeyLength", FaultCode::FileBroken, "ends too early",
     [](std::string b) { return put(b, 24, kHuge, 8); }},
    {"UnknownValueKind", FaultCode::FileBroken, "unknown kind",
     [](std::string b) { return put(b, valueOf(b, "general.architecture") - 4, 77, 4); }},
    {"HugeArray", FaultCode::FileBroken, "longer than the file",
     [](std::string b) { return put(b, valueOf(b, "tokenizer.ggml.scores") + 4, kHuge / 8, 8); }},
    {"ArrayOfArrays", FaultCode::FileBroken, "unknown kind",
     [](std::string b) { return put(b, valueOf(b, "tokenizer.ggml.scores"), 9, 4); }},
    {"ManyDimensions", FaultCode::FileBroken, "dimensions",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight") - 4, 1000, 4); }},
    {"ZeroDimension", FaultCode::FileBroken, "dimension is 0",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight"), 0, 8); }},
    {"OverflowingShape", FaultCode::FileBroken, "token_embd.weight",
     [](std::string b) {
         return put(put(b, shapeOf(b, "token_embd.weight"), 1ULL << 62U, 8),
                    shapeOf(b, "token_embd.weight") + 8, 8, 8);
     }},
    {"DataBeyondTheEnd", FaultCode::FileBroken, "beyond the file's end",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight") + 12, 1ULL << 40U, 8); }},
    {"WrappingOffset", FaultCode::FileBroken, "beyond the file's end",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight") + 12, kHuge - 31, 8); }},
    {"OddOffset", FaultCode::FileBroken, "not aligned",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight") + 12, 3, 8); }},
    {"UnknownTensorType", FaultCode::TensorTypeUnknown, "blk.0.attn_q.weight, Q5_K",
     [](std::string b) { return put(b, shapeOf(b, "blk.0.attn_q.weight") + 16, 13, 4); }},
    {"UnnamedTensorType", FaultCode::TensorTypeUnknown, "output_norm.weight, type 999",
     [](std::string b) { return put(b, shapeOf(b, "output_norm.weight") + 8, 999, 4); }},
    {"WrongShape", FaultCode::TensorShapeWrong, "blk.1.ffn_up.weight, 32 x 192, 64 x 96",
     [](std::string b) {
         return put(put(b, shapeOf(b, "blk.1.ffn_up.weight"), 32, 8),
                    shapeOf(b, "blk.1.ffn_up.weight") + 8, 192, 8);
     }},
    {"TensorMissing", FaultCode::TensorMissing, "blk.1.ffn_up.weight",
     [](std::string b) { return replaced(b, "blk.1.ffn_up.weight", "blk.1.ffn_UP.weight"); }},
    {"TensorNobodyKnows", FaultCode::TensorMissing, "output_norm.weight",
     [](std::string b) { return replaced(b, "output_norm.weight", "output_norm.weighT"); }},
    {"TensorTwice", FaultCode::FileBroken, "twice",
     [](std::string b) { return replaced(b, "blk.1.ffn_up.weight", "blk.0.ffn_up.weight"); }},
    {"KeyTwice", FaultCode::FileBroken, "twice",
     [](std::string b) {
         return replaced(b, "tokenizer.ggml.eos_token_id", "tokenizer.ggml.bos_token_id");
     }},
    {"OtherArchitecture", FaultCode::FormatUnknown, "mamba",
     [](std::string b) { return replaced(b, "llama", "mamba"); }},
    {"OtherTokenizer", FaultCode::FormatUnknown, "tokenizer",
     [](std::string b) {
         const std::size_t at = valueOf(b, "tokenizer.ggml.model");
         return b.replace(at + 8, 5, "other");
     }},
    {"NoLayers", FaultCode::KeyInvalid, "llama.block_count",
     [](std::string b) { return put(b, valueOf(b, "llama.block_count"), 0, 4); }},
    {"HugeLayers", FaultCode::KeyInvalid, "llama.block_count",
     [](std::string b) { return put(b, valueOf(b, "llama.block_count"), 1U << 31U, 4); }},
    {"UnevenHeads", FaultCode::KeyInvalid, "head_count_kv",
     [](std::string b) { return put(b, valueOf(b, "llama.attention.head_count_kv"), 3, 4); }},
    {"MoreHeadsThanDimensions", FaultCode::KeyInvalid, "head_count",
     [](std::string b) { return put(b, valueOf(b, "llama.attention.head_count"), 1U << 20U, 4); }},
    {"BeginningBeyondTheVocabulary", FaultCode::KeyInvalid, "bos_token_id",
     [](std::string b) { return put(b, valueOf(b, "tokenizer.ggml.bos_token_id"), 320, 4); }},
    {"UnknownTokenKind", FaultCode::KeyInvalid, "token_type",
     [](std::string b) { return put(b, valueOf(b, "tokenizer.ggml.token_type") + 12, 99, 4); }},
};

class BrokenGguf : public testing::TestWithParam<Broken>
{};

} // namespace

INSTANTIATE_TEST_SUITE_P(Files, BrokenGguf, testing::ValuesIn(kBroken),
                         [](const auto &instance) { return std::string(instance.param.name); });

TEST_P(BrokenGguf, IsRefusedWithTheReason)
{
    RandomModel random;
    const auto model = load(GetParam().make(random.write()));
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, GetParam().code) << describe(model.error());
    EXPECT_NE(describe(model.error()).find(GetParam().says), std::string::npos)
        << describe(model.error());
}

TEST(Gguf, ATensorThatWouldBeIgnoredIsRefusedByName)
{
    RandomModel random;
    GgufWriter extra;
    std::string bytes = random.write();
    // One more entry behind the others, pointing at the start of the data.
    std::string entry;
    GgufWriter::text(entry, "blk.0.attn_output.bias");
    GgufWriter::number<std::uint32_t>(entry, 1);
    GgufWriter::number<std::uint64_t>(entry, 64);
    GgufWriter::number<std::uint32_t>(entry, 0);
    GgufWriter::number<std::uint64_t>(entry, 0);
    const std::size_t first =
        shapeOf(bytes, "token_embd.weight") - 12 - std::strlen("token_embd.weight");
    std::uint64_t count = 0;
    std::memcpy(&count, bytes.data() + 8, 8);
    bytes = put(bytes, 8, count + 1, 8);
    bytes.insert(first, entry + std::string(32 - entry.size() % 32, '\0').substr(0, 0));
    bytes += std::string(64, '\0'); // the data moved down by less than one alignment
    const auto model = load(bytes);
    ASSERT_FALSE(model);
    EXPECT_NE(describe(model.error()).find("blk.0.attn_output.bias"), std::string::npos)
        << describe(model.error());
}

TEST(Gguf, AFileCutAnywhereIsRefused)
{
    RandomModel random{.layers = 1, .dim = 32, .heads = 2, .kvHeads = 1, .headDim = 16, .ffn = 32};
    const std::string bytes = random.write();
    const TemporaryFile file(bytes);
    ASSERT_TRUE(Model::load(file.path()));
    const std::size_t directory = bytes.find("blk.0.ffn_down.weight") + 64;
    for (std::size_t size = 1; size + 32 < bytes.size(); size += size < directory ? 17 : 997) {
        file.write(bytes.substr(0, size));
        EXPECT_FALSE(Model::load(file.path())) << size;
    }
}

TEST(Gguf, NoFlippedByteInTheDirectoryEndsInAnythingButAModelOrAFault)
{
    RandomModel random{.layers = 1, .dim = 32, .heads = 2, .kvHeads = 1, .headDim = 16, .ffn = 32};
    const std::string bytes = random.write();
    const std::size_t directory = bytes.find("blk.0.ffn_down.weight") + 64;
    const TemporaryFile file;
    std::mt19937_64 dice(11);
    int faults = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string damaged = bytes;
        for (int flips = 0; flips < 3; ++flips)
            damaged[dice() % directory] = static_cast<char>(dice());
        file.write(damaged);
        const auto model = Model::load(file.path());
        faults += model ? 0 : 1;
    }
    EXPECT_GT(faults, 100);
}

TEST(Gguf, ReadsTheSecondVersionToo)
{
    RandomModel random;
    EXPECT_TRUE(load(put(random.write(), 4, 2, 4)));
}

TEST(Gguf, AFolderOrAMissingFileIsUnreadable)
{
    for (const char *path : {"/tmp", "/nonexistent/model.gguf"}) {
        const auto model = Model::load(path);
        ASSERT_FALSE(model);
        EXPECT_EQ(model.error().code, FaultCode::FileUnreadable);
        EXPECT_EQ(model.error().parameters.front(), path);
    }
}
