// Serving traces: prefixes hit as blocks of a KV cache do, and a broken line is told by its number.
#include "core/trace/prefixreplay.h"
#include "tests/unit/trace/tracefiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

namespace kvscope::trace {
namespace {

using test::TraceFiles;
using Kind = ServingFault::Kind;
using Chains = std::vector<std::vector<std::uint64_t>>;

std::string lineOf(const std::vector<std::uint64_t> &ids, std::uint64_t tokens)
{
    std::string line = R"({"timestamp": 0, "input_length": )" + std::to_string(tokens) +
                       R"(, "output_length": 7, "hash_ids": [)";
    for (const std::uint64_t id : ids) {
        if (line.back() != '[') line += ", ";
        line += std::to_string(id);
    }
    return line + "]}\n";
}

std::string traceOf(const Chains &chains)
{
    std::string text;
    for (const auto &ids : chains) text += lineOf(ids, ids.size() * 512);
    return text;
}

ServingTrace readWhole(const std::string &path)
{
    ServingFault fault;
    auto trace = readServingTrace(path, fault);
    EXPECT_TRUE(trace) << "line " << fault.line << ": " << fault.detail;
    return trace ? std::move(*trace) : ServingTrace{};
}

ServingFault faultOf(const std::string &text)
{
    TraceFiles files;
    ServingFault fault;
    EXPECT_FALSE(readServingTrace(files.write("trace", text), fault)) << text;
    return fault;
}

std::uint64_t hitsOf(const Chains &chains, PrefixPolicy policy, std::optional<std::size_t> blocks)
{
    TraceFiles files;
    const auto trace = readWhole(files.write("trace", traceOf(chains)));
    return replayPrefixes(trace, policy, blocks)->hits;
}

TEST(ServingTraces, AreReadWhateverTheOrderOfTheirMembers)
{
    TraceFiles files;
    const auto trace = readWhole(files.write(
        "trace", "{\"hash_ids\":[18446744073709551615,-2,5],\"input_length\":1100}\r\n"
                 "\n"
                 " { \"model\" : {\"a\":[1.5e3,\"]}\\\"\",null,true]} , \"input_length\" : 0 ,"
                 "\"hash_ids\" : [ ] , \"timestamp\":12.5} \n"
                 R"({"input_length":9,"input_length":512,"hash_ids":[5],"hash_ids":[-2]})"));
    EXPECT_EQ(trace.blocks, (std::vector<std::uint32_t>{0, 1, 2, 1}));
    ASSERT_EQ(trace.requests.size(), 3U);
    EXPECT_EQ(trace.requests[0].end, 3U);
    EXPECT_EQ(trace.requests[1].end, 3U);
    EXPECT_EQ(trace.requests[2].end, 4U);
    EXPECT_EQ(trace.distinct, 3U);
    EXPECT_EQ(trace.inputTokens(), 1612U);
}

TEST(ServingTraces, TellTheLineThatIsBrokenAndHow)
{
    const std::string good = lineOf({1, 2}, 700) + "\n";
    const std::vector<std::pair<std::string, Kind>> broken{
        {"nonsense", Kind::NotJson},
        {R"({"input_length":1,"hash_ids":[1]} x)", Kind::NotJson},
        {R"({"input_length":1,"hash_ids":[1]},)", Kind::NotJson},
        {R"({"input_length":1,"hash_ids":[1])", Kind::NotJson},
        {R"({"input_length":1,"hash_ids":[1],})", Kind::NotJson},
        {R"({"timestamp":01,"input_length":1,"hash_ids":[1]})", Kind::NotJson},
        {R"({"timestamp":"x,"input_length":1,"hash_ids":[1]})", Kind::NotJson},
        {R"({"input_length":1})", Kind::NoIds},
        {R"({})", Kind::NoIds},
        {R"({"hash_ids":[1]})", Kind::NoLength},
        {R"({"input_length":1,"hash_ids":[1.5]})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":[1e3]})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":["a"]})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":7})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":[1,]})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":[18446744073709551616]})", Kind::NotIds},
        {R"({"input_length":1,"hash_ids":[1,2)", Kind::NotIds},
        {R"({"input_length":-1,"hash_ids":[1]})", Kind::NotALength},
        {R"({"input_length":1.5,"hash_ids":[1]})", Kind::NotALength},
        {R"({"input_length":"1","hash_ids":[1]})", Kind::NotALength},
        {R"({"a":)" + std::string(1000, '['), Kind::NotJson},
    };
    for (const auto &[line, kind] : broken) {
        const ServingFault fault = faultOf(good + line + "\n" + good);
        EXPECT_EQ(fault.kind, kind) << line;
        EXPECT_EQ(fault.line, 3U) << line;
    }
}

TEST(ServingTraces, RefuseALineThatNeverEnds)
{
    const ServingFault fault =
        faultOf(lineOf({1}, 1) + "{\"a\":\"" + std::string(ServingTrace::kLongestLine + 1, 'x'));
    EXPECT_EQ(fault.kind, Kind::LineTooLong);
    EXPECT_EQ(fault.line, 2U);
}

TEST(ServingTraces, WithoutARequestOrAFileAreRefused)
{
    EXPECT_EQ(faultOf("\n \n").kind, Kind::Empty);
    ServingFault fault;
    EXPECT_FALSE(readServingTrace("/nonexistent", fault));
    EXPECT_EQ(fault.kind, Kind::Unreadable);
    EXPECT_FALSE(fault.detail.empty());
}

TEST(PrefixReplay, HitsOnlyTheRunFromTheStartThatIsResident)
{
    // 9 breaks the chain: 2 and 3 are resident and yet of no use behind it.
    const Chains chains{{1, 2, 3}, {1, 2, 3, 4}, {9, 2, 3}, {1, 9, 3}};
    for (const PrefixPolicy policy : prefixPolicies())
        EXPECT_EQ(hitsOf(chains, policy, std::nullopt), 3U + 0U + 3U) << prefixPolicyName(policy);
}

TEST(PrefixReplay, KeepsWhatWasUsedLastUnderLruAndWhatCameLastUnderFifo)
{
    const Chains chains{{1}, {2}, {1}, {3}, {1}};
    EXPECT_EQ(hitsOf(chains, PrefixPolicy::Lru, 2), 2U);
    EXPECT_EQ(hitsOf(chains, PrefixPolicy::Fifo, 2), 1U);
}

TEST(PrefixReplay, KeepsWhatIsUsedMostUnderLfu)
{
    const Chains chains{{1}, {1}, {2}, {3}, {4}, {1}, {4}};
    EXPECT_EQ(hitsOf(chains, PrefixPolicy::Lfu, 2), 3U);
    EXPECT_EQ(hitsOf(chains, PrefixPolicy::Lru, 2), 2U);
}

TEST(PrefixReplay, ThrowsOutBetweenRequestsAlone)
{
    // 1 is still there when the request {9, 1} comes to it, so it is no newcomer and goes first.
    EXPECT_EQ(hitsOf({{1}, {2}, {9, 1}, {1}}, PrefixPolicy::Fifo, 2), 0U);
    EXPECT_EQ(hitsOf({{1}, {2}, {9, 1}, {9}}, PrefixPolicy::Fifo, 2), 1U);
    EXPECT_EQ(hitsOf({{1, 2, 3, 4}, {3}, {4}}, PrefixPolicy::Lru, 2), 2U);
}

TEST(PrefixReplay, SavesAHitsTokensButNeverTheLastOneOfAPrompt)
{
    TraceFiles files;
    const auto trace = readWhole(
        files.write("trace", lineOf({1, 2}, 600) + lineOf({1, 2}, 600) + lineOf({1, 3}, 1000)));
    const auto result = replayPrefixes(trace, PrefixPolicy::Lru, 10);
    EXPECT_EQ(result->references, 6U);
    EXPECT_EQ(result->hits, 3U);
    EXPECT_EQ(result->tokens, 2200U);
    EXPECT_EQ(result->savedTokens, 599U + 512U);
    EXPECT_DOUBLE_EQ(result->hitRatio(), 0.5);
    EXPECT_DOUBLE_EQ(result->savedShare(), 1111.0 / 2200);
}

TEST(PrefixReplay, CanBeStopped)
{
    TraceFiles files;
    const auto path = files.write("trace", traceOf({{1}, {1}}));
    const auto trace = readWhole(path);
    std::stop_source source;
    source.request_stop();
    EXPECT_FALSE(replayPrefixes(trace, PrefixPolicy::Lru, 1, source.get_token()));
    ServingFault fault;
    EXPECT_FALSE(readServingTrace(path, fault, source.get_token()));
    EXPECT_EQ(fault.kind, Kind::Stopped);
}

// The rules once more, without lists: the victim is the least by (count, last use, arrival).
std::uint64_t hitsBySearch(const Chains &chains, PrefixPolicy policy, std::size_t most)
{
    struct Stay
    {
        std::uint64_t count, used, came;
    };
    std::map<std::uint64_t, Stay> stays;
    std::uint64_t now = 0;
    std::uint64_t hits = 0;
    for (const auto &ids : chains) {
        for (std::size_t i = 0; i < ids.size() && stays.contains(ids[i]); ++i) ++hits;
        for (const std::uint64_t id : ids) {
            ++now;
            Stay &stay = stays.try_emplace(id, Stay{0, now, now}).first->second;
            ++stay.count;
            stay.used = now;
        }
        while (stays.size() > most) {
            const auto worth = [&](const auto &entry) {
                const Stay &stay = entry.second;
                return policy == PrefixPolicy::Fifo  ? std::pair(std::uint64_t{0}, stay.came)
                       : policy == PrefixPolicy::Lru ? std::pair(std::uint64_t{0}, stay.used)
                                                     : std::pair(stay.count, stay.used);
            };
            stays.erase(std::ranges::min_element(stays, {},
                                                 [&](const auto &entry) { return worth(entry); }));
        }
    }
    return hits;
}

TEST(PrefixReplay, AgreesWithAPlainSearchForTheVictimOnAnyTrace)
{
    std::mt19937 random(7);
    for (int round = 0; round < 40; ++round) {
        Chains chains;
        for (int request = 0; request < 120; ++request) {
            std::vector<std::uint64_t> ids;
            std::uint64_t id = random() % 3;
            for (std::uint32_t left = random() % 7; left > 0; --left) {
                ids.push_back(id);
                id = id * 3 + 1 + random() % 3; // a node's children in a tree of prefixes
            }
            chains.push_back(std::move(ids));
        }
        for (const PrefixPolicy policy : prefixPolicies())
            for (const std::size_t most : {1U, 4U, 20U, 100U})
                ASSERT_EQ(hitsOf(chains, policy, most), hitsBySearch(chains, policy, most))
                    << prefixPolicyName(policy) << ", " << most << " blocks, round " << round;
    }
}

TEST(PrefixReplay, FindsThePublishedRatiosOfMooncakesConversations)
{
    const char *source = std::getenv("KVSCOPE_SOURCE_DIR");
    const std::string path = std::string(source != nullptr ? source : ".") +
                             "/../shared/traces/mooncake_conversation.jsonl.zst";
    if (!std::filesystem::exists(path))
        GTEST_SKIP() << "the shared trace mooncake_conversation is not beside this checkout";
    ServingFault fault;
    const auto trace = readServingTrace(path, fault);
    if (!trace && fault.kind == Kind::NeedsZstd) GTEST_SKIP() << "this build can't unpack zstd";
    ASSERT_TRUE(trace) << "line " << fault.line << ": " << fault.detail;
    EXPECT_EQ(trace->requests.size(), 12'031U);
    EXPECT_EQ(trace->blocks.size(), 288'500U);
    EXPECT_EQ(trace->distinct, 182'790U);
    const std::map<std::size_t, std::vector<double>> percent{
        {1'000, {4.4, 4.3, 4.8}},
        {10'000, {21.1, 18.1, 13.1}},
        {30'000, {32.6, 29.3, 27.6}},
        {50'000, {35.5, 33.4, 34.4}},
    };
    for (const auto &[blocks, expected] : percent)
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const PrefixPolicy policy = prefixPolicies()[i];
            const double ratio = replayPrefixes(*trace, policy, blocks)->hitRatio();
            EXPECT_EQ(std::round(ratio * 1000), std::round(expected[i] * 10))
                << prefixPolicyName(policy) << ", " << blocks << " blocks";
        }
    for (const PrefixPolicy policy : prefixPolicies())
        EXPECT_EQ(std::round(replayPrefixes(*trace, policy, std::nullopt)->hitRatio() * 1000), 366);
}

} // namespace
} // namespace kvscope::trace
