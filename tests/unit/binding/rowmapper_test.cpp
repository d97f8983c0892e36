// Rows become keys and values, or say why they don't.
#include "core/binding/rowmapper.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

Binding binding(const Bytes &value, const Bytes &more = {})
{
    auto parsed = Binding::parse("{\"name\":\"n\",\"source\":\"sqlite:x\",\"rows\":\"q\",\"order\":"
                                 "[\"id\"],\"key\":\"k:{id}\",\"value\":" +
                                 value + more + "}");
    EXPECT_TRUE(parsed);
    return *parsed;
}

const Bytes kJson = "{\"type\":\"json\",\"fields\":[\"v\"]}";
const Bytes kHash = "{\"type\":\"hash\",\"fields\":[\"v\",\"id\"]}";

struct Mapped
{
    Bytes key;
    Bytes value;
    RowFault fault = RowFault::None;
};

Mapped map(const Binding &bound, CellKind idKind, BytesView id, CellKind kind, BytesView text,
           LineFault line = LineFault::None)
{
    auto mapper = RowMapper::make(bound, {{"id", {}, {}}, {"v", {}, {}}});
    EXPECT_TRUE(mapper);
    RowPage page;
    page.reset(2);
    page.append(idKind, id);
    page.append(kind, text);
    if (line != LineFault::None) page.markLast(line);
    MappedBatch batch;
    mapper->map(page, 0, batch);
    EXPECT_EQ(batch.size() + batch.faults.size(), 1U);
    if (!batch.faults.empty()) return {{}, {}, batch.faults[0].fault};
    Mapped made{Bytes(batch.keys[0]), Bytes(batch.text(batch.entries[0].value)), RowFault::None};
    for (std::uint32_t f = 0; f < batch.entries[0].fieldCount; ++f)
        made.value += Bytes(batch.text(batch.fields[f])) + '|';
    return made;
}

TEST(RowMapper, WritesNumbersWithTheirOwnDigitsAndJsonCompact)
{
    struct Case
    {
        CellKind kind;
        BytesView text;
        BytesView json;
    };
    const Case cases[] = {
        {CellKind::Integer, "9007199254740993", "9007199254740993"},
        {CellKind::Decimal, "1.10", "1.10"},
        {CellKind::Decimal, "1e+300", "1e+300"},
        {CellKind::Null, "", "null"},
        {CellKind::Boolean, "true", "true"},
        {CellKind::Text, "a\"\\\n\x01\xC3\xA9/", "\"a\\\"\\\\\\n\\u0001\xC3\xA9/\""},
        {CellKind::Json, "{ \"a b\" : [ 1.0,\n\"\\\" \" ] }", "{\"a b\":[1.0,\"\\\" \"]}"},
        {CellKind::Blob, "plain", "\"plain\""},
    };
    for (const Case &c : cases)
        EXPECT_EQ(map(binding(kJson), CellKind::Integer, "7", c.kind, c.text).value,
                  "{\"v\":" + Bytes(c.json) + "}");
}

TEST(RowMapper, ReportsRowsThatNoEntryCanBeMadeOf)
{
    const auto fault = [](CellKind idKind, CellKind kind, BytesView text,
                          LineFault line = LineFault::None) {
        return map(binding(kJson), idKind, "7", kind, text, line).fault;
    };
    EXPECT_EQ(fault(CellKind::Null, CellKind::Text, "x"), RowFault::NullInKey);
    EXPECT_EQ(fault(CellKind::Integer, CellKind::Text, "\xE9"), RowFault::NotUtf8);
    EXPECT_EQ(fault(CellKind::Integer, CellKind::Blob, "\xFF"), RowFault::NotUtf8);
    EXPECT_EQ(fault(CellKind::Integer, CellKind::Decimal, "NaN"), RowFault::NotANumber);
    EXPECT_EQ(fault(CellKind::Null, CellKind::Null, "", LineFault::NotJson), RowFault::BrokenJson);
    EXPECT_EQ(fault(CellKind::Null, CellKind::Null, "", LineFault::FieldCount),
              RowFault::FieldCount);
    EXPECT_EQ(map(binding("{\"type\":\"string\",\"column\":\"v\"}"), CellKind::Integer, "7",
                  CellKind::Null, "")
                  .fault,
              RowFault::NullValue);
    EXPECT_EQ(map(binding("{\"type\":\"json\",\"fields\":[\"id\"]}",
                          ",\"version\":\"v\",\"version_field\":\"_v\""),
                  CellKind::Integer, "7", CellKind::Null, "")
                  .fault,
              RowFault::NullVersion);
}

TEST(RowMapper, LeavesNullOutOfHashesAndStoresTheVersion)
{
    EXPECT_EQ(map(binding(kHash), CellKind::Integer, "7", CellKind::Text, "x").value, "v|x|id|7|");
    EXPECT_EQ(map(binding(kHash), CellKind::Integer, "7", CellKind::Null, "").value, "id|7|");
    const Bytes versioned = ",\"version\":\"v\",\"version_field\":\"_v\"";
    EXPECT_EQ(map(binding(kHash, versioned), CellKind::Integer, "7", CellKind::Text, "9").value,
              "v|9|id|7|_v|9|");
    const Binding json = binding("{\"type\":\"json\",\"fields\":[\"id\"]}", versioned);
    const Mapped made = map(json, CellKind::Integer, "7", CellKind::Integer, "9");
    EXPECT_EQ(made.value, "{\"id\":7,\"_v\":9}");
    EXPECT_EQ(storedVersion(json, made.value), "9");
    EXPECT_EQ(json.companionKey("k:7"), "k:7:_v");
}

TEST(RowMapper, ReadsKeysBackToRowsUnlessTheyCanNotBeOurs)
{
    auto mapper = RowMapper::make(binding(kJson), {{"id", {}, CellKind::Integer}, {"v", {}, {}}});
    ASSERT_TRUE(mapper);
    const auto fields = mapper->fieldsOf("k:42");
    ASSERT_TRUE(fields);
    EXPECT_EQ(*fields, (FieldTuple{{CellKind::Integer, "42"}}));
    EXPECT_FALSE(mapper->fieldsOf("k:abc"));
    EXPECT_FALSE(mapper->fieldsOf("k:42:extra"));
    EXPECT_FALSE(mapper->fieldsOf("other:42"));
}

TEST(RowMapper, AsksForKeysByTheKindThatTheirRowsHave)
{
    const auto fieldsAfter = [](CellKind kind, BytesView seen, BytesView key) {
        auto mapper = RowMapper::make(binding(kJson), {{"id", {}, {}}, {"v", {}, {}}});
        EXPECT_TRUE(mapper);
        RowPage page;
        page.reset(2);
        page.append(kind, seen);
        page.append(CellKind::Text, "x");
        MappedBatch batch;
        mapper->map(page, 0, batch);
        return mapper->fieldsOf(key).value_or(FieldTuple());
    };
    EXPECT_EQ(fieldsAfter(CellKind::Integer, "7", "k:42"), (FieldTuple{{CellKind::Integer, "42"}}));
    // Text that looks like a number loses its zeros as one.
    EXPECT_EQ(fieldsAfter(CellKind::Text, "007", "k:042"), (FieldTuple{{CellKind::Text, "042"}}));
    EXPECT_EQ(fieldsAfter(CellKind::Integer, "7", "k:042"), (FieldTuple{{CellKind::Text, "042"}}));
    EXPECT_EQ(otherKindsOf({{CellKind::Integer, "42"}, {CellKind::Text, "a"}}),
              (FieldTuple{{CellKind::Text, "42"}, {CellKind::Text, "a"}}));
    EXPECT_EQ(otherKindsOf({{CellKind::Text, "-42"}}), (FieldTuple{{CellKind::Integer, "-42"}}));
    EXPECT_FALSE(otherKindsOf({{CellKind::Text, "042"}, {CellKind::Text, "-0"}}));
}

} // namespace
} // namespace kvscope
