// Commands: their encoding, what we know of them, and what they cost the hit ratio.
#include "core/redis/command.h"
#include "core/redis/decoder.h"

#include <hiredis/hiredis.h>

#include <gtest/gtest.h>

#include <random>

namespace kvscope {
namespace {

using namespace std::string_literals;

Bytes byHiredis(const std::vector<BytesView> &argv)
{
    std::vector<const char *> pointers;
    std::vector<std::size_t> lengths;
    for (const BytesView argument : argv) {
        pointers.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    char *command = nullptr;
    const auto size =
        redisFormatCommandArgv(&command, int(argv.size()), pointers.data(), lengths.data());
    const Bytes wire(command, std::size_t(size));
    redisFreeCommand(command);
    return wire;
}

TEST(Batch, EncodesRunsOfLikeCommandsAsHiredisDoesEachOfThem)
{
    std::mt19937 random(1);
    const std::vector<Bytes> names{"GET", "get", "SET", "MGET"};
    Batch batch;
    Bytes expected;
    for (int i = 0; i < 3000; ++i) {
        const Bytes name =
            names[(random() % 40 == 0 ? random() : std::size_t(i / 500)) % names.size()];
        std::vector<Bytes> arguments;
        for (std::size_t a = 0; a < random() % 4; ++a) {
            Bytes argument(random() % (random() % 50 == 0 ? 100'000 : 12), '\0');
            for (char &c : argument) c = char(random());
            arguments.push_back(argument);
        }
        std::vector<BytesView> argv{name};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        batch.add(argv);
        expected += byHiredis(argv);
    }
    EXPECT_EQ(batch.size(), 3000U);
    EXPECT_TRUE(batch.wire() == expected);
}

TEST(Batch, NamesItsCommandsWithTheirSubcommands)
{
    Batch batch({"get", "a"});
    batch.add({"config", "get", "save"});
    batch.add({"Config", "Set", "save", ""});
    batch.add({"PING"});
    EXPECT_EQ(batch.name(0), "GET");
    EXPECT_EQ(batch.name(1), "CONFIG GET");
    EXPECT_EQ(batch.name(2), "CONFIG SET");
    EXPECT_EQ(batch.name(3), "PING");
    EXPECT_EQ(batch.firstWrite(), "CONFIG SET");
}

TEST(CommandTable, LetsOnlyKnownReadsPassAsReads)
{
    struct Row
    {
        std::vector<BytesView> argv;
        bool writes;
    };
    const Row rows[] = {
        {{"GET", "k"}, false},
        {{"get", "k"}, false},
        {{"SCAN", "0"}, false},
        {{"CONFIG", "GET", "*"}, false},
        {{"config", "set", "a", "b"}, true},
        {{"CONFIG"}, true},
        {{"OBJECT", "ENCODING", "k"}, false},
        {{"MEMORY", "USAGE", "k"}, false},
        {{"MEMORY", "PURGE"}, true},
        {{"CLIENT", "KILL", "x"}, true},
        {{"CLIENT", "NO-TOUCH", "on"}, false},
        {{"MULTI"}, false},
        {{"EXEC"}, false},
        {{"WATCH", "k"}, false},
        {{"SET", "k", "v"}, true},
        {{"DEL", "k"}, true},
        {{"EVAL", "return 1", "0"}, true},
        {{"EVALSHA", "0", "0"}, true},
        {{"FCALL", "f", "0"}, true},
        {{"GETEX", "k"}, true},
        {{"GETDEL", "k"}, true},
        {{"SORT", "k"}, true},
        {{"BITFIELD", "k"}, true},
        {{"GEORADIUS", "k"}, true},
        {{"FLUSHALL"}, true},
        {{"SHUTDOWN"}, true},
        {{"PUBLISH", "c", "m"}, true},
        {{"SLAVEOF", "NO", "ONE"}, true},
        {{"JSON.SET", "k", "$", "1"}, true},
        {{"NOSUCHCOMMAND"}, true},
        {{""}, true},
        {{"GETGETGETGETGETGETGETGETGETGETGETGETGETGETGETGET"}, true},
        {{BytesView("GET\0", 4), "k"}, true},
    };
    for (const Row &row : rows) {
        const BytesView first = row.argv.size() > 1 ? row.argv[1] : BytesView();
        EXPECT_EQ(commandTraits(row.argv[0], first).writes, row.writes)
            << row.argv[0] << ' ' << first;
    }
}

TEST(CommandTable, SortsCommandsIntoFamilies)
{
    EXPECT_EQ(commandFamily("get"), CommandFamily::Reads);
    EXPECT_EQ(commandFamily("HGETALL"), CommandFamily::Reads);
    EXPECT_EQ(commandFamily("object|encoding"), CommandFamily::Reads);
    EXPECT_EQ(commandFamily("set"), CommandFamily::Writes);
    EXPECT_EQ(commandFamily("zunionstore"), CommandFamily::Writes);
    EXPECT_EQ(commandFamily("scan"), CommandFamily::Scans);
    EXPECT_EQ(commandFamily("hscan"), CommandFamily::Scans);
    EXPECT_EQ(commandFamily("info"), CommandFamily::Other);
    EXPECT_EQ(commandFamily("config|get"), CommandFamily::Other);
    EXPECT_EQ(commandFamily("evalsha"), CommandFamily::Other);
    EXPECT_EQ(commandFamilyName(CommandFamily::Scans), "scans");
}

TEST(OwnLookups, AreReadOffTheRepliesByEachCommandsRule)
{
    struct Row
    {
        std::vector<BytesView> argv;
        BytesView reply;
        std::uint64_t hits;
        std::uint64_t misses;
    };
    const Row rows[] = {
        {{"GET", "k"}, "$1\r\nv\r\n", 1, 0},
        {{"GET", "k"}, "$-1\r\n", 0, 1},
        {{"GET", "k"}, "$0\r\n\r\n", 1, 0},
        {{"GET", "k"}, "-WRONGTYPE x\r\n", 1, 0},
        {{"GET", "k"}, "-NOPERM x\r\n", 0, 0},
        {{"MGET", "a", "b", "c"}, "*3\r\n$1\r\nv\r\n$-1\r\n$1\r\nw\r\n", 2, 1},
        {{"EXISTS", "a", "b", "c"}, ":2\r\n", 2, 1},
        {{"TYPE", "k"}, "+string\r\n", 1, 0},
        {{"TYPE", "k"}, "+none\r\n", 0, 1},
        {{"PTTL", "k"}, ":-1\r\n", 1, 0},
        {{"PTTL", "k"}, ":-2\r\n", 0, 1},
        {{"STRLEN", "k"}, ":0\r\n", 0, 1},
        {{"HLEN", "k"}, ":3\r\n", 1, 0},
        {{"DUMP", "k"}, "$-1\r\n", 0, 1},
        {{"OBJECT", "FREQ", "k"}, "$-1\r\n", 0, 1},
        {{"OBJECT", "FREQ", "k"}, "-ERR An LFU maxmemory policy is not selected, x\r\n", 1, 0},
        {{"OBJECT", "IDLETIME", "k"}, "-ERR An LFU maxmemory policy is selected, x\r\n", 1, 0},
        {{"OBJECT", "FREQ", "k"}, "-ERR unknown subcommand x\r\n", 0, 0},
        {{"HSCAN", "k", "0"}, "*2\r\n$1\r\n0\r\n*0\r\n", 0, 1},
        {{"HSCAN", "k", "0"}, "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n", 1, 0},
        {{"LRANGE", "k", "0", "1"}, "*2\r\n$1\r\n0\r\n$1\r\n1\r\n", 1, 0},
        {{"GETRANGE", "k", "0", "1"}, "$0\r\n\r\n", 0, 1},
        {{"SCAN", "0"}, "*2\r\n$1\r\n0\r\n*0\r\n", 0, 0},
        {{"MEMORY", "USAGE", "k"}, "$-1\r\n", 0, 0},
        {{"SET", "k", "v"}, "+OK\r\n", 0, 0},
        {{"INFO"}, "$1\r\na\r\n", 0, 0},
    };
    for (const Row &row : rows) {
        Batch batch;
        batch.add(row.argv);
        Decoder decoder;
        decoder.expect(1, 1U << 20U);
        decoder.feed(row.reply);
        ASSERT_EQ(decoder.next(), Decoder::Step::Reply);
        const Lookups lookups = lookupsOf(batch, decoder.take());
        EXPECT_EQ(lookups.hits, row.hits) << row.argv[0] << ' ' << escapeBytes(row.reply);
        EXPECT_EQ(lookups.misses, row.misses) << row.argv[0] << ' ' << escapeBytes(row.reply);
    }
}

TEST(ServerError, MeansWhatTheServerMeant)
{
    const struct
    {
        BytesView words;
        ErrorCode code;
        QStringList parameters;
    } rows[] = {
        {"NOAUTH Authentication required.",
         ErrorCode::AuthenticationRequired,
         {QStringLiteral("h:1")}},
        {"WRONGPASS invalid username-password pair", ErrorCode::AuthenticationFailed, {QString()}},
        {"ERR invalid password", ErrorCode::AuthenticationFailed, {QString()}},
        {"LOADING Redis is loading", ErrorCode::Loading, {QStringLiteral("h:1")}},
        {"READONLY You can't write", ErrorCode::ServerReadOnly, {QStringLiteral("SET")}},
        {"MOVED 3999 127.0.0.1:6381",
         ErrorCode::ClusterNode,
         {QStringLiteral("3999"), QStringLiteral("127.0.0.1:6381")}},
        {"ASK 3999 127.0.0.1:6381",
         ErrorCode::ClusterNode,
         {QStringLiteral("3999"), QStringLiteral("127.0.0.1:6381")}},
        {"WRONGTYPE Operation", ErrorCode::WrongType, {QStringLiteral("k\\x00")}},
        {"NOSCRIPT No matching", ErrorCode::ServerError, {QStringLiteral("NOSCRIPT No matching")}},
        {"OOM command not allowed. script: fa9d322fe2e662c5e3145f84c032e5019afc15de, on "
         "@user_script:37.",
         ErrorCode::OutOfMemory,
         {QStringLiteral("OOM command not allowed")}},
        {"NOPERM no",
         ErrorCode::NoPermission,
         {QStringLiteral("SET"), QStringLiteral("NOPERM no")}},
        {"ERR The user executing the script can't run this command or subcommand",
         ErrorCode::NoPermission,
         {QStringLiteral("SET"), QStringLiteral("ERR The user executing the script can't run this "
                                                "command or subcommand")}},
    };
    for (const auto &row : rows) {
        const Error error = serverError(row.words, QStringLiteral("SET"), QStringLiteral("h:1"),
                                        BytesView("k\0", 2));
        EXPECT_EQ(error.code(), row.code) << row.words;
        EXPECT_EQ(error.parameters(), row.parameters) << row.words;
    }
}

} // namespace
} // namespace kvscope
