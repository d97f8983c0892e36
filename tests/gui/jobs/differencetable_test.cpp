// The table of differences: long ones stay quick, in any order, and can be taken along.
#include "tests/support/await.h"
#include "widgets/jobs/classcards.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobcharts.h"
#include "widgets/jobs/lagchart.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

Difference differenceOf(EntryClass what, const Bytes &key, std::int64_t ageMs)
{
    Difference one;
    one.what = what;
    one.key = key;
    one.cache = {.there = true, .bytes = "1", .isHash = false, .fields = {}};
    one.ageMs = ageMs;
    return one;
}

class DifferenceTableTest : public testing::Test
{
  protected:
    void show(int rows)
    {
        for (int i = 0; i < rows; ++i)
            m_found->add(differenceOf(i % 4 == 0 ? EntryClass::Orphan : EntryClass::Stale,
                                      "key:" + std::to_string(i * 7 % rows), i));
        m_table.resize(900, 400);
        m_table.QWidget::show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_table));
        m_table.show(m_found, DifferenceModel::Growth::Whole, {});
    }
    DifferenceModel &model() { return m_table.model(); }
    bool holds(int rows)
    {
        return eventually([&] { return model().rowCount() == rows; });
    }
    Bytes keyAt(int row) { return model().difference(model().index(row, 0))->key; }
    QTableView *view() const
    {
        return m_table.findChild<QTableView *>(QStringLiteral("differenceTable"));
    }

    std::shared_ptr<FoundDifferences> m_found = std::make_shared<FoundDifferences>();
    DifferenceTable m_table;
};

TEST_F(DifferenceTableTest, ManyRowsComeInTurnsOfTheEventLoop)
{
    show(35'000);
    EXPECT_LT(model().rowCount(), 35'000);
    EXPECT_TRUE(holds(35'000));
    m_table.setClass(EntryClass::Orphan);
    EXPECT_LT(model().rowCount(), 8'750);
    EXPECT_TRUE(holds(8'750));
}

TEST_F(DifferenceTableTest, SortsByAColumnAndBackAlsoWhatIsFiltered)
{
    show(12'000);
    ASSERT_TRUE(holds(12'000));
    view()->sortByColumn(DifferenceModel::Age, Qt::DescendingOrder);
    ASSERT_TRUE(eventually([&] { return model().isSorted() && model().rowCount() == 12'000; }));
    EXPECT_EQ(model().difference(model().index(0, 0))->ageMs, 11'999);
    m_table.setClass(EntryClass::Orphan);
    ASSERT_TRUE(holds(3'000));
    EXPECT_EQ(model().difference(model().index(0, 0))->ageMs, 11'996);
    m_table.setClass({});
    view()->sortByColumn(DifferenceModel::Key, Qt::AscendingOrder);
    ASSERT_TRUE(eventually([&] { return model().rowCount() == 12'000 && keyAt(0) == "key:0"; }));
    EXPECT_EQ(keyAt(1), "key:1");
    EXPECT_EQ(keyAt(2), "key:10") << "as bytes";
    view()->sortByColumn(-1, Qt::AscendingOrder);
    ASSERT_TRUE(eventually([&] { return model().rowCount() == 12'000 && keyAt(1) == "key:7"; }));
}

TEST_F(DifferenceTableTest, CopiesKeysAsTheVerbsTakeThem)
{
    m_found->add(differenceOf(EntryClass::Stale, Bytes("a\xff\\b"), 1));
    show(3);
    ASSERT_TRUE(holds(4));
    view()->selectAll();
    QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(eventually([] {
        return QGuiApplication::clipboard()->text() ==
               QStringLiteral("a\\xFF\\\\b\nkey:0\nkey:1\nkey:2\n");
    })) << QGuiApplication::clipboard()->text().toStdString();
}

TEST_F(DifferenceTableTest, OffersToRepairWhatIsChosenAndNotMendedYet)
{
    show(20);
    ASSERT_TRUE(holds(20));
    ChosenDifferences asked;
    QObject::connect(&m_table, &DifferenceTable::repairRequested, &m_table,
                     [&asked](const ChosenDifferences &chosen) { asked = chosen; });
    view()->selectAll();
    auto *button = m_table.findChild<QPushButton *>(QStringLiteral("repairSelected"));
    EXPECT_EQ(button->text(), QStringLiteral("Repair 20 selected"));
    model().markRepaired({m_found, {0, 1, 2}}, QStringLiteral("7"));
    EXPECT_EQ(button->text(), QStringLiteral("Repair 17 selected"));
    QTest::keyClick(view(), Qt::Key_Return);
    EXPECT_EQ(asked.which.size(), 17U);
    EXPECT_EQ(asked.keys().front(), m_found->some[3].key);
    EXPECT_EQ(model().countsOf(asked)[EntryClass::Orphan], 4);
    model().forgetRepairs(QStringLiteral("7"));
    EXPECT_EQ(button->text(), QStringLiteral("Repair 20 selected"));
}

TEST_F(DifferenceTableTest, TensOfThousandsAreAddedWithoutMovingThoseBefore)
{
    m_found->add(differenceOf(EntryClass::Stale, "first", 1));
    const Difference *first = m_found->some.data();
    for (int i = 0; i < 70'000; ++i) m_found->add(differenceOf(EntryClass::Orphan, "k", 1));
    EXPECT_EQ(m_found->some.data(), first);
    m_found->forgetSome();
    EXPECT_TRUE(m_found->some.empty());
    EXPECT_EQ(m_found->counts[EntryClass::Orphan], 70'000) << "they stay counted";
}

TEST(ClassCardsTest, ClaimNoTimeForACheckThatNotedNoSchedule)
{
    ClassCards cards;
    ClassCounts counts;
    counts[EntryClass::Match] = 10;
    const QJsonObject result{{QStringLiteral("counts"), QJsonObject()},
                             {QStringLiteral("compared"), 10},
                             {QStringLiteral("nines_low"), 0.6}};
    const auto *nines = cards.findChild<ClassCard *>(QStringLiteral("card_nines"));
    cards.show(counts, nullptr, result, std::nullopt);
    EXPECT_FALSE(nines->accessibleName().contains(QStringLiteral("at once")));
    cards.show(counts, nullptr, result, 0.0);
    EXPECT_TRUE(nines->accessibleName().contains(QStringLiteral("at once")));
    cards.show(counts, nullptr, result, 11.0);
    EXPECT_TRUE(nines->accessibleName().contains(QStringLiteral("within 11 s")));
}

TEST(RateChartTest, TellsWhatThePingBesideTheJobTakesAndWhyItIsSlowed)
{
    RateChart chart;
    const auto *probe = chart.findChild<QLabel *>(QStringLiteral("probeFigure"));
    RateHistory rates;
    for (int i = 0; i < 5; ++i) rates.add({i * 100, 1'000.0});
    chart.show(QStringLiteral("Check"), {}, {}, QStringLiteral("needs 1 MB"), rates, {});
    EXPECT_TRUE(probe->isHidden());
    const auto *reason = chart.findChild<QLabel *>(QStringLiteral("slowReason"));
    EXPECT_EQ(reason->text(), QStringLiteral("needs 1 MB"));
    for (int i = 5; i < 9; ++i) rates.add({i * 100, 1'000.0, true, 4'200});
    chart.show(QStringLiteral("Check"), {}, {}, {}, rates,
               Slowdown{QStringLiteral("the store answers others slowly"), 500, 900});
    EXPECT_FALSE(probe->isHidden());
    EXPECT_EQ(probe->text(), QStringLiteral("probe p99 4.2 ms"));
    EXPECT_TRUE(reason->text().contains(QStringLiteral("the store answers others slowly")));
    chart.show(QStringLiteral("Repair"), {}, {}, {}, RateHistory(), {}, RateChart::Going::Ended);
    const auto *note = chart.findChild<QLabel *>(QStringLiteral("rateNote"));
    EXPECT_TRUE(note->text().contains(QStringLiteral("ended before"))) << "none will come any more";
    chart.show(QStringLiteral("Check"), {}, {}, {}, rates,
               Slowdown{QStringLiteral("the store answers others slowly"), 500, 900});
    EXPECT_EQ(chart.accessibleName(), QStringLiteral("Check"));
    EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("probe p99 4.2 ms")));
    EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("answers others slowly")));
}

TEST(LagChartTest, SaysItsFiguresToThoseWhoSeeNoCurve)
{
    LagChart chart;
    JobState job;
    job.kind = QStringLiteral("sync");
    chart.show(job, std::chrono::seconds(1));
    EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("Nothing changed")));
    for (int i = 1; i < 5; ++i) {
        JobProgress now;
        now.lagP50Ms = 40;
        now.lagP99Ms = 1'500;
        job.take(now, i * 1'000);
    }
    chart.show(job, std::chrono::seconds(1));
    EXPECT_EQ(chart.accessibleName(), QStringLiteral("Lag"));
    EXPECT_EQ(chart.accessibleDescription(), QStringLiteral("p50 40 ms · p99 1.5 s · stated 1 s"));
}

TEST(AgeChartTest, SaysItsBarsToThoseWhoSeeNone)
{
    AgeChart chart;
    AgeHistogram ages;
    ages.add(3'000);
    ages.add(4'000);
    ages.add(40LL * 24 * 3'600'000);
    chart.show(ages, {});
    EXPECT_EQ(chart.accessibleDescription(), QStringLiteral("2 s to 5 s: 2; 7 d and more: 1"));
}

} // namespace
} // namespace kvscope::test
