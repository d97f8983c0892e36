// The journal hands out what it kept in portions that fit into memory; looks at suspects do the
// same.
#include "core/jobs/suspects.h"
#include "core/store/enginestore.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

TEST(Journal, HandsOutFewChangesAtOnceWhereTheyAreLarge)
{
    QTemporaryDir folder;
    auto journal = Journal::open(folder.path());
    ASSERT_TRUE(journal);
    const auto run = journal->begin({});
    ASSERT_TRUE(run);
    std::vector<ChangeRecord> kept(4);
    for (ChangeRecord &change : kept) {
        change.key = "k";
        change.before.kind = BulkImage::Kind::String;
        change.before.payload = Bytes(20U << 20U, 'x');
    }
    kept[2].place = ChangeRecord::Place::Joined;
    ASSERT_TRUE(journal->keep(run->id, kept));
    const auto first = journal->changes(run->id, 0, 500);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->size(), 3U); // the third is joined to the second
    const auto rest = journal->changes(run->id, first->back().number, 500);
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->size(), 1U);
}

TEST(SuspectLooker, LooksAtFewAtOnceWhereTheyAreLarge)
{
    engine::Engine engine{{}};
    EngineStore store(engine, Access::ReadWrite);
    store.open();
    SqliteFile file(usersTable(3) + "UPDATE users SET name = CAST(zeroblob(8000000) AS TEXT);");
    const Binding binding =
        usersBinding(file.url(), {}, "{\"type\":\"string\",\"column\":\"name\"}");
    auto rows = BoundRows::open(binding, {}, {});
    ASSERT_TRUE(rows);
    const EntryVerdict verdict(binding);
    SuspectLooker looker(store, binding, verdict, *rows);
    EXPECT_LT(looker.atOnce(), SuspectLooker::kMostAtOnce);
    std::vector<Suspect> suspects(3);
    for (std::size_t i = 0; i < suspects.size(); ++i) {
        suspects[i].key = "user:" + std::to_string(i + 1);
        suspects[i].row = {{CellKind::Integer, std::to_string(i + 1)}};
    }
    Look look;
    ASSERT_FALSE(looker.look(suspects, look));
    EXPECT_EQ(suspects[0].what, EntryClass::Missing);
    EXPECT_LE(looker.atOnce(), 2U);
    file.run("UPDATE users SET name = 'short';");
    ASSERT_FALSE(looker.look(suspects, look));
    EXPECT_EQ(looker.atOnce(), SuspectLooker::kMostAtOnce);
}

} // namespace
} // namespace kvscope
