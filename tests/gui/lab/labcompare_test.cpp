// The Lab page, side by side: the same generation twice, and where the two part.
#include "tests/gui/lab/labfixture.h"

#include "widgets/lab/divergencecurve.h"
#include "widgets/lab/labcontrols.h"

#include <QDoubleSpinBox>

#include <cmath>

namespace kvscope::test {

struct LabCompareTest : LabPageTest
{
    TokenStrip &beside() const { return *find<TokenStrip>("otherStrip"); }
    const DivergenceCurve &curve() const { return *find<DivergenceCurve>("divergenceCurve"); }
    /// A window of sixteen cells against all of them in f32.
    void generateWithAndWithoutAWindow()
    {
        stopExample();
        choose("policy", QStringLiteral("window"));
        type("budget", 16);
        compareWithAnotherCache();
        choose("pace", QStringLiteral("full pace"));
        type("tokens", 40);
        promptAndReturn(m_facts);
        ASSERT_TRUE(reachesPhase(LabPhase::Done));
    }
};

TEST_F(LabCompareTest, TwoTextsStandBesideEachOtherAndPartAtTheMarkedToken)
{
    generateWithAndWithoutAWindow();
    ASSERT_TRUE(beside().isVisible());
    EXPECT_EQ(text("textCaption"), QStringLiteral("window 16 int8"));
    EXPECT_EQ(text("otherCaption"), QStringLiteral("full f32"));
    ASSERT_TRUE(now().firstDifference);
    const std::size_t first = *now().firstDifference;
    ASSERT_GE(first, now().promptTokens);
    ASSERT_GT(now().otherTokens.size(), first);
    for (std::size_t i = 0; i < first; ++i)
        ASSERT_EQ(now().tokens[i].id, now().otherTokens[i].id) << i;
    EXPECT_NE(now().tokens[first].id, now().otherTokens[first].id);
    EXPECT_EQ(now().tokens[first].otherText, now().otherTokens[first].text);
    EXPECT_TRUE(beside().chipTip(int(first)).contains(QStringLiteral("goes its own way")));
    EXPECT_TRUE(strip().chipTip(int(first)).contains(QStringLiteral("would have chosen")));
    EXPECT_TRUE(
        text("firstDifference")
            .contains(QStringLiteral("first difference from full f32 at token %1").arg(first)));
}

TEST_F(LabCompareTest, TheDivergenceIsReadTokenByTokenByTheArrowKeys)
{
    generateWithAndWithoutAWindow();
    auto *line = shown<DivergenceCurve>("divergenceCurve");
    ASSERT_TRUE(line);
    line->setFocus(Qt::TabFocusReason);
    const int first = int(now().promptTokens);
    const int last = int(now().tokens.size()) - 1;
    EXPECT_EQ(line->accessibleDescription(), line->tip(last));
    EXPECT_FALSE(line->tip(last).isEmpty());
    QTest::keyClick(line, Qt::Key_Left);
    EXPECT_EQ(line->accessibleDescription(), line->tip(last - 1));
    QTest::keyClick(line, Qt::Key_Home);
    EXPECT_EQ(line->accessibleDescription(), line->tip(first));
    QTest::keyClick(line, Qt::Key_Left);
    EXPECT_EQ(line->accessibleDescription(), line->tip(first)) << "there is nothing before it";
    QTest::keyClick(line, Qt::Key_Right);
    EXPECT_EQ(line->accessibleDescription(), line->tip(first + 1));
    ASSERT_TRUE(now().firstDifference);
    QTest::keyClick(line, Qt::Key_D);
    EXPECT_TRUE(line->accessibleDescription().contains(QStringLiteral("would have chosen")));
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_TRUE(
        eventually([&] { return now().cell && now().cell->index == int(*now().firstDifference); }));
}

TEST_F(LabCompareTest, TheSecondTextIsWhatTheOtherCacheWritesAlone)
{
    generateWithAndWithoutAWindow();
    std::vector<llm::TokenId> beside;
    for (const LabToken &token : now().otherTokens) beside.push_back(token.id);
    choose("policy", QStringLiteral("full"));
    choose("kvFormat", QStringLiteral("f32"));
    choose("compareWith", QStringLiteral("vs nothing"));
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    EXPECT_EQ(ids(), beside);
    EXPECT_TRUE(isGone("otherStrip")) << "without a comparison one text takes the room";
}

TEST_F(LabCompareTest, TheComparisonHasPolicyBudgetAndFormatOfItsOwn)
{
    stopExample();
    compareWithAnotherCache();
    choose("otherPolicy", QStringLiteral("H2O"));
    type("otherBudget", 24);
    choose("otherFormat", QStringLiteral("int4"));
    find("otherRotate")->setFocus();
    QTest::keyClick(find("otherRotate"), Qt::Key_Space);
    choose("pace", QStringLiteral("full pace"));
    type("tokens", 8);
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    EXPECT_EQ(text("otherCaption"), QStringLiteral("H2O 24 int4 rotated"));
    EXPECT_EQ(now().plan->other->policy.budget, 24U);
    EXPECT_EQ(now().memory.cells, now().tokens.size()) << "the first cache is full still";
    EXPECT_TRUE(now().otherTokens[2].isEvicted || now().otherTokens[3].isEvicted);
}

TEST_F(LabCompareTest, TheCurveHasEveryTokensDivergenceAndTellsIt)
{
    generateWithAndWithoutAWindow();
    ASSERT_TRUE(curve().isVisible());
    double highest = 1e9;
    for (std::size_t i = now().promptTokens; i < now().tokens.size(); ++i) {
        const QPointF place = curve().placeOf(int(i));
        EXPECT_EQ(curve().tokenAt(place.toPoint()), int(i));
        EXPECT_FALSE(std::isnan(now().tokens[i].divergence));
        highest = std::min(highest, place.y());
    }
    EXPECT_LT(highest, curve().height() / 2.0) << "sixteen cells are far from all of them";
    EXPECT_TRUE(curve().tip(int(now().promptTokens)).contains(QStringLiteral("KL")));
    EXPECT_TRUE(curve().tip(0).isEmpty()) << "the prompt was chosen by nobody";
}

TEST_F(LabCompareTest, TheSameSeedChoosesTheSameTokensAndAnotherOthers)
{
    stopExample();
    choose("compareWith", QStringLiteral("vs nothing"));
    choose("pace", QStringLiteral("full pace"));
    type("tokens", 30);
    click(find("choosing"));
    ASSERT_TRUE(shown("choosingPopup"));
    auto *temperature = find<QDoubleSpinBox>("temperature");
    temperature->setFocus();
    temperature->selectAll();
    QTest::keyClicks(temperature, QStringLiteral("0.9"));
    QTest::keyClick(temperature, Qt::Key_Tab);
    type("seed", 7);
    QTest::keyClick(find("seed"), Qt::Key_Return);
    ASSERT_TRUE(isGone("choosingPopup"));
    EXPECT_EQ(text("choosing"), QStringLiteral("T 0.9"));
    const auto generated = [&](int seed) {
        find<QSpinBox>("seed")->setValue(seed);
        promptAndReturn(m_other);
        EXPECT_TRUE(reachesPhase(LabPhase::Done));
        return ids();
    };
    const auto first = generated(7);
    EXPECT_EQ(generated(7), first);
    EXPECT_NE(generated(8), first);
}

TEST_F(LabCompareTest, AnotherLanguageChangesNoChoiceAndNoText)
{
    stopExample();
    choose("policy", QStringLiteral("sinks + window"));
    type("budget", 48);
    choose("kvFormat", QStringLiteral("int4"));
    compareWithAnotherCache();
    choose("otherPolicy", QStringLiteral("SnapKV"));
    type("otherBudget", 80);
    type("tokens", 33);
    find<QSpinBox>("seed")->setValue(5);
    find<QDoubleSpinBox>("temperature")->setValue(0.5);
    find<QLineEdit>("prompt")->setText(QStringLiteral("The ship"));
    click(find("heat2"));
    const LabPage *before = &page();
    click(find("languageButton"));
    ASSERT_TRUE(eventually([&] { return find<LabPage>("labPage") && &page() != before; }));
    ASSERT_TRUE(shown<LabPage>("labPage"));
    const LabPlan plan = page().decoding().controls().plan();
    EXPECT_EQ(plan.session.policy.text(), "sinks:4+44");
    EXPECT_EQ(plan.session.kv, llm::KvType::Q4);
    ASSERT_TRUE(plan.other);
    EXPECT_EQ(plan.other->policy.text(), "snapkv:80");
    EXPECT_EQ(plan.tokens, 33U);
    EXPECT_EQ(plan.session.sampler.seed, 5U);
    EXPECT_EQ(plan.session.sampler.temperature, 0.5);
    EXPECT_EQ(plan.prompt, "The ship");
    EXPECT_TRUE(find<QPushButton>("heat2")->isChecked());
    EXPECT_FALSE(now().tokens.empty()) << "what was generated stays";
}

TEST_F(LabCompareTest, NothingIsCutInASmallWindowInEitherLanguage)
{
    stopExample();
    compareWithAnotherCache();
    choose("otherPolicy", QStringLiteral("window"));
    choose("otherFormat", QStringLiteral("int4"));
    choose("policy", QStringLiteral("sinks + window"));
    m_window->resize(1024, 700);
    for (const char *language : {"en", "zh_CN"}) {
        if (QString::fromLatin1(language) != kvscope::language()) click(find("languageButton"));
        ASSERT_TRUE(shown<LabPage>("labPage"));
        QTest::qWait(50);
        const QWidget &view = page().decoding();
        ASSERT_EQ(m_window->size(), QSize(1024, 700)) << "its content does not push it apart";
        for (const char *name : {"prompt",
                                 "generate",
                                 "policy",
                                 "budget",
                                 "kvFormat",
                                 "rotate",
                                 "compareWith",
                                 "otherPolicy",
                                 "otherBudget",
                                 "otherFormat",
                                 "otherRotate",
                                 "pace",
                                 "tokens",
                                 "choosing",
                                 "tokenStrip",
                                 "otherStrip",
                                 "divergenceCurve",
                                 "heatMap",
                                 "sinkMeter",
                                 "speedChartPlot",
                                 "speedChartNote",
                                 "labMemoryChartPlot",
                                 "labMemoryChartNote"}) {
            const QWidget *widget = find(name);
            ASSERT_TRUE(widget && widget->isVisible()) << name << ' ' << language;
            const QRect place(widget->mapTo(&view, QPoint()), widget->size());
            EXPECT_TRUE(view.rect().contains(place)) << name << ' ' << language;
            const int least = widget->minimumHeight() > 0 ? widget->minimumHeight()
                                                          : widget->minimumSizeHint().height();
            EXPECT_GE(widget->height(), least) << name << ' ' << language;
            EXPECT_GE(widget->parentWidget()->height(), widget->geometry().bottom() + 1)
                << name << ' ' << language;
        }
        for (const char *chart : {"speedChart", "labMemoryChart"}) {
            const QString name = QString::fromLatin1(chart);
            const auto *plot = find((name + QStringLiteral("Plot")).toLatin1().constData());
            const auto *note = find((name + QStringLiteral("Note")).toLatin1().constData());
            EXPECT_LE(plot->geometry().bottom(), note->geometry().top()) << chart;
            EXPECT_TRUE(note->toolTip().isEmpty()) << "its text is whole: " << chart;
        }
    }
}

TEST_F(LabCompareTest, AMessageInASmallWindowLetsNoTextLieOverACurve)
{
    generateWithAndWithoutAWindow();
    m_window->resize(1024, 700);
    page().saveTable(LabPage::Figure::Tokens, m_state.filePath(QStringLiteral("tokens.csv")));
    ASSERT_TRUE(eventually([&] { return notice().contains(QStringLiteral("Saved")); }));
    choose("pace", QStringLiteral("step by step")); // the widest: fields take a row more
    QTest::qWait(0);
    for (const char *chart : {"speedChart", "labMemoryChart"}) {
        const QString name = QString::fromLatin1(chart);
        const auto *plot = find((name + QStringLiteral("Plot")).toLatin1().constData());
        const auto *note = find((name + QStringLiteral("Note")).toLatin1().constData());
        EXPECT_FALSE(note->isVisible() && plot->geometry().intersects(note->geometry())) << chart;
        EXPECT_GE(find(chart)->height(), plot->geometry().bottom() + 1) << chart;
    }
}

TEST_F(LabCompareTest, ThePopupHasRoomForWhatItSaysOfTheContextsEnd)
{
    stopExample();
    click(find("choosing"));
    auto *box = shown<QComboBox>("atEnd");
    ASSERT_TRUE(box);
    for (const char *way : {"stop", "drop the oldest half"}) {
        box->setCurrentIndex(box->findText(QString::fromLatin1(way)));
        const auto *hint = find<QLabel>("atEndHint");
        EXPECT_TRUE(eventually([&] {
            return hint->height() >= hint->heightForWidth(hint->width());
        })) << way;
    }
    box->window()->close();
}

} // namespace kvscope::test
