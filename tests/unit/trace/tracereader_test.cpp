// Traces: every format is read for what it is, and what is broken is told with its place.
#include "core/trace/tracereader.h"
#include "tests/unit/trace/tracefiles.h"

#include <gtest/gtest.h>

namespace kvscope::trace {
namespace {

using test::TraceFiles;

std::string record(std::uint32_t time, std::uint64_t key, std::uint32_t size)
{
    std::string bytes;
    for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(time >> (8 * i));
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(key >> (8 * i));
    for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(size >> (8 * i));
    return bytes + std::string(8, '\xFF');
}

TEST(Traces, ReadAKeyALineWithItsEscapes)
{
    TraceFiles files;
    const auto path = files.write("log", "user:1\r\n\nback\\\\slash\nbin\\x00\\xff\nuser:1");
    std::optional<TraceError> error;
    const auto requests = readTrace(path, error);
    ASSERT_FALSE(error);
    ASSERT_EQ(requests.size(), 4U);
    EXPECT_EQ(requests[0].key, "user:1");
    EXPECT_EQ(requests[1].key, "back\\slash");
    EXPECT_EQ(requests[2].key, std::string("bin\0\xFF", 5));
    EXPECT_EQ(requests[3].key, "user:1");
}

TEST(Traces, TellTheLineOfAStrayBackslash)
{
    TraceFiles files;
    std::optional<TraceError> error;
    EXPECT_TRUE(readTrace(files.write("log", "a\nb\nc\\d\n"), error).empty());
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, TraceError::Kind::NotATrace);
    EXPECT_EQ(error->line, 3U);
}

TEST(Traces, ReadCsvByTheNamesInItsHeader)
{
    TraceFiles files;
    const auto path = files.write("log.csv", "time,op,key,size,cost\n"
                                             "10.5,get,user:1,100,2.5\n"
                                             "11,SET,user:2,100,\n"
                                             "12,get,\"a,\"\"b\"\"\",7,\n");
    TraceReader reader;
    ASSERT_TRUE(reader.open(path));
    EXPECT_EQ(reader.format(), TraceFormat::Csv);
    const auto first = reader.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->key, "user:1");
    EXPECT_EQ(first->seconds, 10);
    EXPECT_EQ(first->bytes, 100U);
    EXPECT_EQ(first->cost, 2.5);
    const auto second = reader.next(); // the write is passed over
    ASSERT_TRUE(second);
    EXPECT_EQ(second->key, "a,\"b\"");
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.error());
}

TEST(Traces, ReadOracleGeneralRecords)
{
    TraceFiles files;
    const auto path = files.write("trace", record(5, 0x1122334455667788ULL, 300) + record(6, 1, 0));
    TraceReader reader;
    ASSERT_TRUE(reader.open(path));
    EXPECT_EQ(reader.format(), TraceFormat::OracleGeneral);
    const auto first = reader.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->key, std::to_string(0x1122334455667788ULL));
    EXPECT_EQ(first->seconds, 5);
    EXPECT_EQ(first->bytes, 300U);
    EXPECT_EQ(reader.next()->key, "1");
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.error());
}

TEST(Traces, NoticeThatTheLastRecordIsCutOff)
{
    TraceFiles files;
    std::optional<TraceError> error;
    EXPECT_TRUE(
        readTrace(files.write("cut", record(1, 1, 1) + record(2, 2, 2).substr(0, 20)), error)
            .empty());
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, TraceError::Kind::Truncated);
    EXPECT_EQ(error->line, 2U);
}

TEST(Traces, SayWhatCanNotBeOpened)
{
    std::optional<TraceError> error;
    EXPECT_TRUE(readTrace("/nowhere/at/all", error).empty());
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, TraceError::Kind::Unreadable);
    EXPECT_FALSE(error->detail.empty());
}

TEST(Traces, HoldMoreThanOnePiece)
{
    TraceFiles files;
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "key:" + std::to_string(i) + '\n';
    ASSERT_GT(text.size(), 3 * TraceFile::kPiece);
    std::optional<TraceError> error;
    const auto requests = readTrace(files.write("long", text), error);
    ASSERT_EQ(requests.size(), 100'000U);
    for (int i = 0; i < 100'000; i += 997)
        EXPECT_EQ(requests[static_cast<std::size_t>(i)].key, "key:" + std::to_string(i));
}

#ifdef KVSCOPE_ZSTD
TEST(Traces, UnpackZstd)
{
    TraceFiles files;
    // `zstd` of "user:1\nuser:2\n", a raw block.
    const std::string packed("\x28\xB5\x2F\xFD\x04\x58\x71\x00\x00user:1\nuser:2\n\x6D\x12\xB2\x50",
                             27);
    std::optional<TraceError> error;
    const auto requests = readTrace(files.write("log.zst", packed), error);
    ASSERT_FALSE(error) << error->detail;
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[1].key, "user:2");
    EXPECT_TRUE(readTrace(files.write("cut.zst", packed.substr(0, 15)), error).empty());
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, TraceError::Kind::Truncated);
}

TEST(Traces, MatchTheReferenceOfTheSharedOnes)
{
    const auto paths = test::sharedTraces();
    if (paths.empty()) GTEST_SKIP() << "../shared/traces is absent";
    for (const auto &path : paths) {
        if (path.find("arc_OLTP") == std::string::npos) continue;
        std::optional<TraceError> error;
        EXPECT_EQ(readTrace(path, error).size(), 914'145U);
        EXPECT_FALSE(error);
    }
}
#endif

} // namespace
} // namespace kvscope::trace
