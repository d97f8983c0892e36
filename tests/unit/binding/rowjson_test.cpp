// A stored text is compared with its row as if the row's own JSON had been composed first.
#include "core/binding/jsoncompare.h"
#include "core/binding/rowmapper.h"

#include <gtest/gtest.h>

#include <random>

namespace kvscope {
namespace {

using Cell = std::pair<CellKind, Bytes>;
using Row = std::vector<Cell>; // a, b, c, d; id stands in front

constexpr std::size_t kColumns = 4;
const char *const kNames[kColumns] = {"a", "b", "c", "d"};

class Rows
{
  public:
    Rows() : m_mapper(*RowMapper::make(binding(), columns())) {}

    // What a check finds, and what composing every row would have found.
    struct Found
    {
        bool agreedAtOnce = false;
        JsonComparison byRow = JsonComparison::Different;
        JsonComparison composed = JsonComparison::Different;
    };
    Found compare(const Row &row, const Bytes &held)
    {
        RowPage page;
        page.reset(kColumns + 1);
        page.append(CellKind::Integer, "1");
        for (const Cell &cell : row) page.append(cell.first, cell.second);
        MappedBatch now;
        MappedBatch later;
        m_mapper.map(page, 0, now);
        m_mapper.map(page, 0, later, RowMapper::Compose::Later);
        EXPECT_EQ(now.size(), 1U);
        EXPECT_EQ(later.size(), 1U);
        if (now.size() != 1 || later.size() != 1) return {};
        EXPECT_TRUE(later.text(later.entries[0].value).empty());
        Found found;
        found.composed = compareJson(now.text(now.entries[0].value), held);
        found.agreedAtOnce = m_mapper.agrees(page, later.entries[0], held);
        m_mapper.compose(page, 0, later);
        EXPECT_EQ(later.text(later.entries[0].value), now.text(now.entries[0].value));
        found.byRow = found.agreedAtOnce ? JsonComparison::Same
                                         : compareJson(later.text(later.entries[0].value), held);
        if (found.byRow == JsonComparison::Same && !found.agreedAtOnce) m_mapper.learn(held);
        return found;
    }

    RowFault faultOf(const Row &row, RowMapper::Compose compose)
    {
        RowPage page;
        page.reset(kColumns + 1);
        page.append(CellKind::Integer, "1");
        for (const Cell &cell : row) page.append(cell.first, cell.second);
        MappedBatch batch;
        m_mapper.map(page, 0, batch, compose);
        return batch.faults.empty() ? RowFault::None : batch.faults[0].fault;
    }

  private:
    static Binding binding()
    {
        auto parsed =
            Binding::parse(R"({"name":"n","source":"sqlite:x","rows":"q","order":["id"],)"
                           R"("key":"k:{id}","value":{"type":"json","fields":["a","b","c","d"]}})");
        EXPECT_TRUE(parsed);
        return *parsed;
    }
    static std::vector<SourceColumn> columns()
    {
        std::vector<SourceColumn> made{{"id", {}, {}}};
        for (const char *name : kNames) made.push_back({name, {}, {}});
        return made;
    }
    RowMapper m_mapper;
};

const Row kRow{{CellKind::Integer, "12"},
               {CellKind::Text, "Ann"},
               {CellKind::Decimal, "1.50"},
               {CellKind::Null, {}}};
const Bytes kOther = R"({ "b": "Ann", "a": 12.0, "d": null, "c": 1.5 })";

TEST(RowJson, KnowsOurOwnSpellingAndTheOneThatOthersUseOnceItWasSeen)
{
    Rows rows;
    EXPECT_TRUE(rows.compare(kRow, R"({"a":12,"b":"Ann","c":1.50,"d":null})").agreedAtOnce);
    EXPECT_FALSE(rows.compare(kRow, kOther).agreedAtOnce);
    EXPECT_TRUE(rows.compare(kRow, kOther).agreedAtOnce);
    const Row next{{CellKind::Integer, "-7"},
                   {CellKind::Null, {}},
                   {CellKind::Boolean, "true"},
                   {CellKind::Text, "\xE4\xB8\xAD \"q\" /"}};
    EXPECT_TRUE(rows.compare(next, R"({ "b": null, "a": -7, "d": "\u4e2d \"q\" \/", "c": true })")
                    .agreedAtOnce);
    EXPECT_TRUE(rows.compare(kRow, R"({"a":12,"b":"Ann","c":1.50,"d":null})").agreedAtOnce);
}

TEST(RowJson, TellsWhatComposingTellsOfEverySpelling)
{
    struct Case
    {
        Cell cell;
        Bytes held;
        bool same;
    };
    const Bytes wide = "123456789012345678901234567890";
    const std::vector<Case> cases{
        {{CellKind::Integer, "100"}, "1e2", true},
        {{CellKind::Integer, "100"}, "100.000", true},
        {{CellKind::Integer, "100"}, "100.001", false},
        {{CellKind::Integer, "100"}, "100.", false},
        {{CellKind::Integer, "100"}, "100.0e0", true},
        {{CellKind::Integer, "100"}, "100.0e1", false},
        {{CellKind::Integer, "100"}, "1000", false},
        {{CellKind::Integer, "100"}, "10", false},
        {{CellKind::Integer, "100"}, "0100", false},
        {{CellKind::Integer, "100"}, "+100", false},
        {{CellKind::Integer, "100"}, "100-", false},
        {{CellKind::Integer, "100"}, "\"100\"", false},
        {{CellKind::Integer, "0"}, "-0", true},
        {{CellKind::Integer, "0"}, "-0.0", true},
        {{CellKind::Integer, "-5"}, "5", false},
        {{CellKind::Integer, wide}, wide + ".0", true},
        {{CellKind::Integer, wide}, wide.substr(0, 29) + "1", false},
        {{CellKind::Integer, "9007199254740993"}, "9007199254740992", false},
        {{CellKind::Decimal, "0.1"}, "1e-1", true},
        {{CellKind::Decimal, "1.0"}, "1.00", true},
        {{CellKind::Decimal, "1.0"}, "1", true},
        {{CellKind::Decimal, "1e2"}, "100", true},
        {{CellKind::Decimal, "1e2"}, "1e2.0", false},
        {{CellKind::Text, "100"}, "100", false},
        {{CellKind::Text, "100"}, "\"100\"", true},
        {{CellKind::Text, ""}, "\"\"", true},
        {{CellKind::Text, ""}, "null", false},
        {{CellKind::Text, "a"}, "\"\\u0061\"", true},
        {{CellKind::Text, "a"}, "\"\\u0061", false},
        {{CellKind::Text, "a"}, "\"ab\"", false},
        {{CellKind::Text, "a\"b\\c/\n\x01"}, "\"a\\\"b\\\\c\\/\\n\\u0001\"", true},
        {{CellKind::Text, "a\nb"}, "\"a\nb\"", false},
        {{CellKind::Text, "\xF0\x9F\x98\x80"}, "\"\\ud83d\\ude00\"", true},
        {{CellKind::Text, "\xF0\x9F\x98\x80"}, "\"\\uD83D\\uDE01\"", false},
        {{CellKind::Text, "\xF0\x9F\x98\x80"}, "\"\xF0\x9F\x98\x80\"", true},
        {{CellKind::Text, "\xEF\xBF\xBD"}, "\"\\ud83d\"", false},
        {{CellKind::Text, "x"}, "\"\\x\"", false},
        {{CellKind::Null, {}}, "null", true},
        {{CellKind::Null, {}}, "nulls", false},
        {{CellKind::Null, {}}, "0", false},
        {{CellKind::Null, {}}, "\"\"", false},
        {{CellKind::Boolean, "true"}, "true", true},
        {{CellKind::Boolean, "true"}, "false", false},
        {{CellKind::Boolean, "true"}, "1", false},
        {{CellKind::Json, "{\"x\": [1, 2]}"}, "{\"x\":[1,2]}", true},
        {{CellKind::Json, "{\"x\": [1, 2]}"}, "{ \"x\" : [1.0, 2] }", true},
        {{CellKind::Json, "{\"x\": [1, 2]}"}, "{\"x\":[2,1]}", false},
        {{CellKind::Blob, "plain"}, "\"plain\"", true},
    };
    for (const Case &c : cases) {
        Rows rows;
        rows.compare(kRow, kOther); // that order is known from here on
        const Row row{c.cell, kRow[1], kRow[2], kRow[3]};
        for (const Bytes &held : {R"({ "b": "Ann", "a": )" + c.held + R"(, "d": null, "c": 1.5 })",
                                  R"({"a":)" + c.held + R"(,"b":"Ann","c":1.50,"d":null})",
                                  R"({"b":"Ann","c":1.5,"d":null,"a":)" + c.held + "}"}) {
            const Rows::Found found = rows.compare(row, held);
            EXPECT_EQ(found.byRow, found.composed) << held;
            EXPECT_EQ(found.byRow == JsonComparison::Same, c.same) << held;
        }
    }
}

TEST(RowJson, LetsNoMemberBeMissingRepeatedOrTooMany)
{
    Rows rows;
    rows.compare(kRow, kOther);
    for (const char *held :
         {R"({ "b": "Ann", "a": 12.0, "d": null })", R"({ "b": "Ann", "a": 12.0, "c": 1.5 })",
          R"({ "b": "Ann", "a": 12.0, "d": null, "c": 1.5, "e": 1 })",
          R"({ "b": "Ann", "a": 12.0, "d": null, "c": 1.5 )",
          R"({ "b": "Ann", "a": 12.0, "d": null, "c": 1.5 } })",
          R"({ "b": "Ann", "a": 13, "d": null, "c": 1.5, "a": 12 })",
          R"({ "b": "Ann", "a": 12, "d": null, "c": 1.5, "a": 13 })", "", "{", "null", "[]"}) {
        const Rows::Found found = rows.compare(kRow, held);
        EXPECT_FALSE(found.agreedAtOnce) << held;
        EXPECT_EQ(found.byRow, found.composed) << held;
    }
}

TEST(RowJson, FindsTheFaultsThatComposingFinds)
{
    Rows rows;
    for (const Cell &bad :
         {Cell{CellKind::Text, "\xFF"}, Cell{CellKind::Text, "fine until \xC3"},
          Cell{CellKind::Decimal, "NaN"}, Cell{CellKind::Decimal, "Inf"},
          Cell{CellKind::Integer, "007"}, Cell{CellKind::Integer, "+7"},
          Cell{CellKind::Integer, ""}, Cell{CellKind::Integer, "-"}, Cell{CellKind::Integer, "-0"},
          Cell{CellKind::Integer, "-12"}, Cell{CellKind::Text, "\xC3\xA9"}}) {
        const Row row{kRow[0], kRow[1], kRow[2], bad};
        EXPECT_EQ(rows.faultOf(row, RowMapper::Compose::Later),
                  rows.faultOf(row, RowMapper::Compose::Now))
            << bad.second;
    }
}

// Rows and texts by chance, most of them nearly alike.
class Chance
{
  public:
    explicit Chance(unsigned seed) : m_random(seed) {}

    unsigned below(unsigned limit) { return m_random() % limit; }

    Cell cell()
    {
        static const std::vector<Bytes> integers{
            "0", "-0", "7", "-12", "100", "9007199254740993", "123456789012345678901234567890"};
        static const std::vector<Bytes> decimals{"0.1", "100.0", "1e2", "-0.0", "12.50"};
        static const std::vector<Bytes> texts{"",
                                              "a",
                                              "Ann",
                                              "100",
                                              "\"",
                                              "\\",
                                              "a\nb",
                                              "\xC3\xA9",
                                              "\xF0\x9F\x98\x80",
                                              "null",
                                              "a longer text, plain"};
        static const std::vector<Bytes> jsons{"{\"x\": 1}", "[1, 2]", "\"s\"", "3", "null"};
        switch (below(7)) {
        case 0:
            return {CellKind::Null, {}};
        case 1:
            return {CellKind::Boolean, below(2) == 0 ? "true" : "false"};
        case 2:
            return {CellKind::Decimal, decimals[below(unsigned(decimals.size()))]};
        case 3:
            return {CellKind::Json, jsons[below(unsigned(jsons.size()))]};
        case 4:
            return {CellKind::Text, texts[below(unsigned(texts.size()))]};
        default:
            return {CellKind::Integer, integers[below(unsigned(integers.size()))]};
        }
    }

    Bytes spelt(const Cell &cell)
    {
        Bytes out;
        RowPage::Cell kind{0, 0, cell.first};
        switch (cell.first) {
        case CellKind::Integer:
            if (below(3) == 0) return cell.second + ".0";
            if (below(4) == 0) return cell.second + "e0";
            return cell.second;
        case CellKind::Decimal:
            return below(3) == 0 ? "10" : cell.second;
        case CellKind::Text:
            if (below(3) != 0) break;
            for (const char c : cell.second) {
                constexpr char kHex[] = "0123456789abcdef";
                const auto byte = static_cast<unsigned char>(c);
                if (byte >= 0x80)
                    out += c;
                else
                    ((out += "\\u00") += kHex[byte >> 4U]) += kHex[byte & 15U];
            }
            return '"' + out + '"';
        default:
            break;
        }
        appendJsonValue(out, kind, cell.second);
        return out;
    }

    Bytes text(const Row &row)
    {
        static const std::vector<Bytes> spaces{"", "", " ", "\n"};
        std::vector<std::size_t> order{0, 1, 2, 3};
        const unsigned turned = below(3);
        std::rotate(order.begin(), order.begin() + turned, order.end());
        const Bytes &space = spaces[below(4)];
        Bytes out = "{" + space;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const Cell &shown = below(12) == 0 ? cell() : row[order[i]];
            out += Bytes(i > 0 ? "," : "") + space + '"' + kNames[order[i]] + "\":" + space +
                   spelt(shown);
        }
        out += space + "}";
        if (below(10) == 0) out[below(unsigned(out.size()))] = "\"{}:,0e.\\x"[below(10)];
        if (below(20) == 0) out.resize(below(unsigned(out.size())));
        return out;
    }

  private:
    std::mt19937 m_random;
};

TEST(RowJson, NeverDiffersFromComposingWhateverRowAndTextMeet)
{
    int agreed = 0;
    int same = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        Chance chance(seed);
        Rows rows;
        for (int i = 0; i < 200; ++i) {
            Row row;
            for (std::size_t c = 0; c < kColumns; ++c) row.push_back(chance.cell());
            const Bytes held = chance.text(row);
            const Rows::Found found = rows.compare(row, held);
            ASSERT_EQ(found.byRow, found.composed) << "seed " << seed << ": " << held;
            agreed += found.agreedAtOnce ? 1 : 0;
            same += found.byRow == JsonComparison::Same ? 1 : 0;
        }
    }
    EXPECT_GT(agreed, 1'000);
    EXPECT_GT(same, agreed);
}

} // namespace
} // namespace kvscope
