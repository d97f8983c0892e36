// KV blocks in a store: warmed ahead of time, computed anew and compared, deleted and put back.
#include "core/jobs/undojob.h"
#include "core/labrun/blockcheckjob.h"
#include "core/labrun/blockwarmjob.h"
#include "core/store/enginestore.h"
#include "tests/unit/llm/modelwriter.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

const Bytes kPrompts = "You are the keeper of the lighthouse on the northern rock.\n"
                       "Answer every question about ships, fog and lamps.\n"
                       "\n"
                       "You are the keeper of the lighthouse on the northern rock.\n"
                       "Answer every question about birds.\n"
                       "\n"
                       "short\n";

struct BlockJobsTest : testing::Test
{
    llm::test::TemporaryFile file{llm::test::RandomModel{}.write()};
    std::shared_ptr<const llm::Model> model;
    engine::Engine engine{{.memoryBytes = 64U << 20U, .shards = 1}};
    EngineStore store{engine, Access::ReadWrite};
    QTemporaryDir folder;
    JobControl control;
    std::function<void(const Difference &)> onDifference; ///< as soon as it is told

    void SetUp() override
    {
        auto loaded = llm::Model::load(file.path());
        ASSERT_TRUE(loaded);
        model = *loaded;
        store.open();
    }
    BlockWarmReport warm(llm::KvFormat format = {}, std::int64_t ttlMs = 60'000)
    {
        BlockWarmJob job(store, control,
                         {.model = {.model = model},
                          .prompts = promptsIn(kPrompts),
                          .format = format,
                          .ttlMs = ttlMs},
                         {});
        const auto error = job.run();
        EXPECT_FALSE(error);
        EXPECT_EQ(static_cast<std::int64_t>(job.written().size()), job.report().written);
        return job.report();
    }
    struct Checked
    {
        BlockCheckReport report;
        std::vector<Difference> found;
        QString run;
    };
    Checked check(BlockCheckOptions options = {})
    {
        auto journal = Journal::open(folder.path());
        EXPECT_TRUE(journal);
        RunRecord record;
        record.kind = QStringLiteral("kv-check");
        const auto begun = journal->begin(record);
        EXPECT_TRUE(begun);
        Checked checked;
        checked.run = begun->id;
        options.model.model = model;
        BlockCheckJob job(store, *journal, control, begun->id, std::move(options),
                          {.difference = [&](const Difference &one) {
                              checked.found.push_back(one);
                              if (onDifference) onDifference(one);
                          }});
        const auto error = job.run();
        EXPECT_FALSE(error);
        checked.report = job.report();
        return checked;
    }
    std::vector<llm::BlockId> chain(std::size_t prompt, llm::KvFormat format = {})
    {
        const auto tokens =
            model->tokenizer().encodePrompt(promptsIn(kPrompts)[prompt], llm::SpecialTokens::Parse);
        return llm::blockChain(model->fingerprint(), llm::KvLayout(model->shape(), format), tokens);
    }
    Bytes held(const Bytes &key) const { return Bytes(engine.peek(key).value()); }
    /// Another bit in the block, and the checksum that goes with it.
    void spoil(const llm::BlockId &id)
    {
        Bytes record = held(id.key);
        auto *block = reinterpret_cast<std::byte *>(record.data()) + llm::kRecordHeaderBytes;
        block[100] ^= std::byte{1};
        engine.set(id.key, llm::blockRecord(id, block));
    }
};

TEST(PromptFile, IsParagraphsOrElseLines)
{
    EXPECT_EQ(promptsIn("one\ntwo\r\nthree"), (std::vector<Bytes>{"one", "two", "three"}));
    EXPECT_EQ(promptsIn("one\nstill one\n\n  \ntwo\n"),
              (std::vector<Bytes>{"one\nstill one", "two"}));
    EXPECT_TRUE(promptsIn(" \n\n").empty());
}

TEST_F(BlockJobsTest, AWarmUpKeepsEveryWholeBlockOnceAndWithItsTtl)
{
    const BlockWarmReport first = warm();
    std::set<Bytes> keys;
    for (const std::size_t prompt : {0U, 1U})
        for (const llm::BlockId &id : chain(prompt)) keys.insert(id.key);
    EXPECT_EQ(first.prompts, 3);
    EXPECT_EQ(first.tooShort, 1);
    EXPECT_EQ(first.written, static_cast<std::int64_t>(keys.size()));
    EXPECT_EQ(first.blocks, first.written + first.kept);
    EXPECT_GT(first.kept, 0) << "the second prompt's beginning is the first one's";
    EXPECT_EQ(engine.size(), keys.size());
    for (const Bytes &key : keys) {
        const auto info = engine.info(key);
        ASSERT_TRUE(info) << key;
        EXPECT_GT(info->expiresAtMs, Clock::system().wallMs() + 30'000);
    }
    const BlockWarmReport again = warm();
    EXPECT_EQ(again.written, 0);
    EXPECT_EQ(again.kept, again.blocks);
    EXPECT_EQ(again.computedTokens, 0);
}

TEST_F(BlockJobsTest, WhatWasWarmedIsFoundByASession)
{
    warm({.type = llm::KvType::Q8});
    const auto blocks = chain(0, {.type = llm::KvType::Q8});
    std::vector<Bytes> records;
    for (const llm::BlockId &id : blocks) records.push_back(held(id.key));
    llm::CarriedBlocks carried;
    EXPECT_EQ(carried.bring(blocks, records), blocks.size());
}

TEST_F(BlockJobsTest, ACheckOfUntouchedBlocksFindsThemEqualInEveryFormat)
{
    for (const llm::KvFormat format :
         {llm::KvFormat{}, llm::KvFormat{.type = llm::KvType::F16},
          llm::KvFormat{.type = llm::KvType::Q4, .rotation = llm::Rotation::Hadamard},
          llm::KvFormat{.type = llm::KvType::Kivi2}}) {
        engine.clear();
        warm(format);
        const Checked checked = check();
        EXPECT_GT(checked.report.counts[EntryClass::Match], 0) << format.name();
        EXPECT_EQ(checked.report.counts.wrong(), 0) << format.name();
        EXPECT_EQ(static_cast<std::size_t>(checked.report.counts.total()), engine.size());
    }
}

TEST_F(BlockJobsTest, EveryKindOfDamageHasItsClass)
{
    warm();
    const auto first = chain(0);
    const auto second = chain(1);
    ASSERT_GT(first.size(), 5U);
    spoil(first[1]);
    Bytes torn = held(first[2].key);
    torn[llm::kRecordHeaderBytes + 40] = static_cast<char>(torn[llm::kRecordHeaderBytes + 40] ^ 4);
    engine.set(first[2].key, torn);
    engine.set(first[3].key, held(first[4].key));
    engine.set("kv:0000000000000007:00", "of another model");
    engine.erase(second[second.size() - 2].key);
    const Checked checked = check();
    const auto classOf = [&](const Bytes &key) {
        for (const Difference &one : checked.found)
            if (one.key == key) return one.what;
        return EntryClass::Match;
    };
    EXPECT_EQ(classOf(first[0].key), EntryClass::Match);
    EXPECT_EQ(classOf(first[1].key), EntryClass::Diverged);
    EXPECT_EQ(classOf(first[2].key), EntryClass::Corrupt);
    EXPECT_EQ(classOf(first[3].key), EntryClass::Corrupt);
    EXPECT_EQ(classOf(first[4].key), EntryClass::Orphan) << "its beginning can't be read";
    EXPECT_EQ(classOf(second.back().key), EntryClass::Orphan);
    EXPECT_EQ(checked.report.ofOthers, 1);
    for (const Difference &one : checked.found) {
        if (one.key != first[1].key) continue;
        EXPECT_NE(one.remark.find("1 of "), Bytes::npos) << one.remark;
        EXPECT_NE(one.cache.bytes, one.source.bytes);
    }
}

TEST_F(BlockJobsTest, WhatDiffersIsDeletedOnceMoreComparedAndCanBePutBack)
{
    warm();
    const auto blocks = chain(0);
    spoil(blocks[1]);
    const Bytes spoilt = held(blocks[1].key);
    const std::size_t before = engine.size();
    // Only what was named is compared; what agrees is left alone though it was named.
    const Checked checked = check(
        {.repair = BlockCheckOptions::Repair::Delete, .only = {blocks[0].key, blocks[1].key}});
    EXPECT_EQ(checked.report.counts.total(), 2);
    EXPECT_EQ(checked.report.deleted, 1);
    EXPECT_EQ(engine.size(), before - 1);
    EXPECT_FALSE(engine.peek(blocks[1].key));

    auto journal = Journal::open(folder.path());
    ASSERT_TRUE(journal);
    UndoJob undo(store, *journal, control, checked.run, {});
    EXPECT_FALSE(undo.run());
    EXPECT_EQ(undo.report().restored, 1);
    EXPECT_EQ(held(blocks[1].key), spoilt);
}

TEST_F(BlockJobsTest, ABlockThatWasWrittenSinceItWasJudgedIsKept)
{
    warm();
    const auto blocks = chain(0);
    const Bytes whole = held(blocks[1].key);
    spoil(blocks[1]);
    // Somebody puts it right as soon as it is told of: before anything is deleted.
    onDifference = [&](const Difference &one) { engine.set(one.key, whole); };
    const Checked checked =
        check({.repair = BlockCheckOptions::Repair::Delete, .only = {blocks[1].key}});
    EXPECT_EQ(checked.found.size(), 1U);
    EXPECT_EQ(checked.report.deleted, 0);
    EXPECT_EQ(held(blocks[1].key), whole);
}

TEST_F(BlockJobsTest, ACancelledJobEndsAndSaysSo)
{
    warm();
    control.cancel();
    BlockWarmJob job(store, control, {.model = {.model = model}, .prompts = promptsIn(kPrompts)},
                     {});
    const auto error = job.run();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace kvscope
