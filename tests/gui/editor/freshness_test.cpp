// The freshness chip and the source panel, with a source that says what a test wants.
#include "tests/gui/editor/editorfixture.h"
#include "widgets/editor/freshnesschip.h"

#include <QTableWidget>

namespace kvscope::test {
namespace {

class ScriptedSource : public FreshnessSource
{
  public:
    Way way = Way::Live;
    KeyFreshness next;
    std::vector<Clock::Instant> asked;

    Way wayOf(BytesView key) const override { return key == "other" ? Way::None : way; }
    KeyFreshness remembered(BytesView) const override
    {
        KeyFreshness known;
        known.text = QStringLiteral("stale · 4 m ago");
        return known;
    }
    void ask(const Bytes &, Callback<KeyFreshness> done) override
    {
        asked.push_back(Clock::system().now());
        done(next);
    }
};

class FreshnessTest : public EditorTest
{
  protected:
    void SetUp() override
    {
        EditorTest::SetUp();
        source.next.text = QStringLiteral("fresh ✓");
        source.next.bindingName = QStringLiteral("people");
        source.next.row = {{"name", "张三"}, {"age", std::nullopt}};
        source.next.cache = source.next.source = R"({"age":30})";
        tabs->setFreshness(&source);
        put("person", kPerson);
        put("other", "1");
    }
    FreshnessChip *chip() { return child<FreshnessChip>("freshnessChip"); }
    bool says(const char *text)
    {
        return eventually([&] { return chip()->text() == QString::fromUtf8(text); });
    }

    ScriptedSource source;
};

TEST_F(FreshnessTest, AKeyThatNoBindingMakesHasNoChip)
{
    open("other");
    EXPECT_FALSE(chip()->isVisible());
    EXPECT_TRUE(source.asked.empty());
}

TEST_F(FreshnessTest, AnOpenKeyIsAskedAndSaysSo)
{
    open("person");
    ASSERT_TRUE(says("fresh ✓"));
    EXPECT_TRUE(chip()->isVisible());
}

TEST_F(FreshnessTest, HoweverOftenAKeyChangesItIsAskedOnceASecondAtMost)
{
    open("person");
    ASSERT_TRUE(says("fresh ✓"));
    ASSERT_TRUE(eventually([&] {
        chip()->noteChange();
        return source.asked.size() == 3;
    }));
    for (std::size_t i = 1; i < source.asked.size(); ++i)
        EXPECT_GE(source.asked[i] - source.asked[i - 1], std::chrono::milliseconds(990));
}

TEST_F(FreshnessTest, ItIsAskedAgainAfterASave)
{
    open("person");
    ASSERT_TRUE(says("fresh ✓"));
    source.next.text = QStringLiteral("stale");
    typeBehind("\"age\": 3", "1");
    save();
    EXPECT_TRUE(says("stale"));
}

TEST_F(FreshnessTest, WhereOnlyChecksMayAskItTellsWhatTheLastOneSaid)
{
    source.way = FreshnessSource::Way::Remembered;
    open("person");
    ASSERT_TRUE(says("stale · 4 m ago"));
    chip()->noteChange();
    QTest::mouseClick(chip(), Qt::LeftButton);
    ASSERT_NE(waitFor<QWidget>("sourcePanel"), nullptr);
    EXPECT_TRUE(source.asked.empty());
}

TEST_F(FreshnessTest, ADearLookWaitsForAClick)
{
    source.way = FreshnessSource::Way::OnRequest;
    open("person");
    ASSERT_TRUE(says("stale · 4 m ago"));
    EXPECT_TRUE(source.asked.empty());
    QTest::mouseClick(chip(), Qt::LeftButton);
    EXPECT_TRUE(says("fresh ✓"));
    EXPECT_EQ(source.asked.size(), 1U);
}

TEST_F(FreshnessTest, OneClickShowsTheRowBesideTheValueAndAnotherHidesIt)
{
    source.next.text = QStringLiteral("stale");
    source.next.source = R"({"age":31})";
    open("person");
    ASSERT_TRUE(says("stale"));
    QTest::mouseClick(chip(), Qt::LeftButton);
    ASSERT_NE(waitFor<QWidget>("sourcePanel"), nullptr);
    EXPECT_TRUE(editor()->isVisible());
    auto *row = child<QTableWidget>("sourceRow");
    ASSERT_EQ(row->rowCount(), 2);
    EXPECT_EQ(row->item(0, 0)->text(), QStringLiteral("name"));
    EXPECT_EQ(row->item(0, 1)->text(), QStringLiteral("张三"));
    EXPECT_EQ(row->item(1, 1)->text(), QStringLiteral("NULL"));
    EXPECT_TRUE(eventually([&] { return child<QWidget>("sourceDiff")->isVisible(); }));
    QTest::mouseClick(chip(), Qt::LeftButton);
    EXPECT_FALSE(child<QWidget>("sourcePanel")->isVisible());
}

TEST_F(FreshnessTest, ASourceThatCanNotBeReachedIsNoVerdict)
{
    class Broken : public ScriptedSource
    {
        void ask(const Bytes &, Callback<KeyFreshness> done) override
        {
            done(failure(ErrorCode::FileUnreadable, {QStringLiteral("people.db"), QString()}));
        }
    } broken;
    tabs->setFreshness(&broken);
    open("person");
    ASSERT_TRUE(says("source not reached"));
    EXPECT_TRUE(chip()->toolTip().contains(QStringLiteral("people.db")));
    tabs->setFreshness(nullptr);
    EXPECT_FALSE(chip()->isVisible());
}

} // namespace
} // namespace kvscope::test
