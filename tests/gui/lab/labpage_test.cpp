// The Lab page: generating, looking, holding cells by hand.
#include "tests/gui/lab/labfixture.h"

#include "widgets/lab/blockmap.h"
#include "widgets/lab/cellpanel.h"
#include "widgets/lab/labcontrols.h"

#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <cmath>

namespace kvscope::test {

TEST_F(LabPageTest, CtrlFourOpensItAndTheFirstVisitIsNotEmpty)
{
    ASSERT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens + 3; }));
    EXPECT_GT(now().promptTokens, 20U);
    EXPECT_EQ(find<QPushButton>("generate")->text(), QStringLiteral("Stop"));
    EXPECT_TRUE(find<QPushButton>("modelButton")->text().endsWith(QStringLiteral(".gguf")));
    EXPECT_TRUE(text("heatText").contains(QStringLiteral("kv heads")));
}

TEST_F(LabPageTest, EscapeStopsTheExampleOfAPageThatWasJustOpened)
{
    ASSERT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens; }));
    press(Qt::Key_Escape, Qt::NoModifier);
    EXPECT_TRUE(reachesPhase(LabPhase::Stopped));
    EXPECT_LT(now().tokens.size(), now().promptTokens + 200);
}

TEST_F(LabPageTest, EscapeStopsAndReturnInThePromptStartsAnew)
{
    ASSERT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens; }));
    heatMap().setFocus();
    QTest::keyClick(&heatMap(), Qt::Key_Escape);
    ASSERT_TRUE(reachesPhase(LabPhase::Stopped));
    promptAndReturn(QStringLiteral("The ship"));
    ASSERT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens; }));
    EXPECT_LT(now().promptTokens, 10U);
}

TEST_F(LabPageTest, MemoryEqualsTheFormulaInEveryFormat)
{
    generate(m_facts, 30);
    for (const char *format : {"f32", "f16", "int8", "int4", "KIVI 2-bit"}) {
        choose("kvFormat", QString::fromLatin1(format));
        promptAndReturn(m_facts);
        ASSERT_TRUE(reachesPhase(LabPhase::Done));
        EXPECT_TRUE(eventually([&] {
            return page().decoding().memoryChart().headline().endsWith(QStringLiteral("= formula"));
        })) << format;
        const llm::ModelShape &shape = now().model->shape();
        EXPECT_EQ(now().memory.cells, now().tokens.size());
        const llm::KvType type = page().decoding().controls().plan().session.kv;
        EXPECT_EQ(now().memory.payload * 8, now().memory.cells * 2 * shape.layers * shape.kvHeads *
                                                shape.headDim * llm::kvBits(type))
            << format;
    }
}

TEST_F(LabPageTest, StepByStepDecodesOneTokenForEachPress)
{
    stopExample();
    choose("compareWith", QStringLiteral("vs nothing"));
    choose("pace", QStringLiteral("step by step"));
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Waiting));
    EXPECT_EQ(now().tokens.size(), now().promptTokens);
    for (std::size_t i = 1; i <= 3; ++i) {
        auto *step = shown<QPushButton>("step");
        ASSERT_TRUE(step);
        QTest::keyClick(m_window.get(), Qt::Key_F10);
        ASSERT_TRUE(eventually([&] { return now().tokens.size() == now().promptTokens + i; }));
    }
    EXPECT_EQ(now().phase, LabPhase::Waiting);
    choose("pace", QStringLiteral("full pace"));
    EXPECT_TRUE(reachesPhase(LabPhase::Done));
    EXPECT_TRUE(isGone("step"));
}

TEST_F(LabPageTest, AtFullPaceDecodingDoesNotWaitForTheWindow)
{
    stopExample();
    choose("compareWith", QStringLiteral("vs nothing"));
    choose("pace", QStringLiteral("full pace"));
    int snapshots = 0;
    // A window so slow that decoding, waiting for it, would show it every token.
    QObject::connect(&lab(), &Lab::snapshotTaken, m_window.get(), [&] {
        ++snapshots;
        QThread::msleep(200);
    });
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    const auto made = now().tokens.size() - now().promptTokens;
    EXPECT_GT(made, 100U);
    EXPECT_LT(snapshots, static_cast<int>(made) / 2);
}

TEST_F(LabPageTest, ASecondTextWithTheSameBeginningComesFromTheEngine)
{
    generate(m_facts, 8);
    // The example of the first visit begins with another sentence order: nothing in common but it.
    promptAndReturn(m_facts + QStringLiteral(" 7391."));
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    EXPECT_GE(now().prefixHits, 32U);
    EXPECT_EQ(now().tokens[0].origin, llm::Origin::FirstLevel);
    EXPECT_TRUE(text("originLegend").contains(QStringLiteral("L1 engine")));
    EXPECT_TRUE(strip().chipTip(0).contains(QStringLiteral("L1 engine")));
    EXPECT_TRUE(text("blockText").contains(QStringLiteral("shared with the prefix cache")));
    EXPECT_TRUE(find<BlockMap>("blockMap")->tip(0).contains(QStringLiteral("Shared")));
    EXPECT_TRUE(text("prefixSectionNote").startsWith(QStringLiteral("hit ")));
}

TEST_F(LabPageTest, ABlocksEntryIsOpenedInBrowseAndSaysWhatItIs)
{
    generate(m_facts, 8);
    Bytes key;
    m_factory.localEngine().scan(0, 1000, [&](BytesView found, BytesView) {
        if (found.starts_with("kv:")) key = Bytes(found);
    });
    ASSERT_FALSE(key.empty());
    m_window->navigator().open({.page = PageId::Browse, .key = key});
    ASSERT_TRUE(eventually([&] {
        const auto *foot = find<QPushButton>("footRight");
        return foot && foot->isVisible() &&
               foot->text() == QStringLiteral("KV block of 16 tokens, q8");
    }));
    EXPECT_TRUE(find("footRight")->toolTip().contains(QStringLiteral("Its checksum agrees")));
}

TEST_F(LabPageTest, BlocksExpireWhenThePersonSays)
{
    stopExample();
    choose("blockExpiry", QStringLiteral("blocks never expire"));
    EXPECT_EQ(lab().blockTtl().count(), 0);
    choose("blockExpiry", QStringLiteral("blocks expire after 10 minutes"));
    EXPECT_EQ(lab().blockTtl(), std::chrono::minutes(10));
}

TEST_F(LabPageTest, AComparisonWithTheCacheOffFindsNoDifferenceInF32)
{
    stopExample();
    choose("kvFormat", QStringLiteral("f32"));
    choose("compareWith", QStringLiteral("vs cache off"));
    choose("pace", QStringLiteral("full pace"));
    type("tokens", 24);
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    for (std::size_t i = now().promptTokens; i < now().tokens.size(); ++i) {
        EXPECT_EQ(now().tokens[i].divergence, 0.F) << i;
        EXPECT_FALSE(now().tokens[i].differs);
        EXPECT_GT(now().tokens[i].otherMicros, 0.F);
    }
    EXPECT_TRUE(text("firstDifference").startsWith(QStringLiteral("no difference from cache off")));
    EXPECT_EQ(page().decoding().speedChart().pointCount(1), 24);
}

TEST_F(LabPageTest, AWindowEvictsAndItsDivergenceFromFullIsShown)
{
    stopExample();
    choose("policy", QStringLiteral("window"));
    type("budget", 16);
    compareWithAnotherCache();
    choose("pace", QStringLiteral("full pace"));
    type("tokens", 40);
    promptAndReturn(m_facts);
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    EXPECT_EQ(now().memory.cells, 16U);
    EXPECT_TRUE(now().tokens[1].isEvicted);
    EXPECT_FALSE(now().tokens.back().isEvicted);
    EXPECT_TRUE(strip().chipTip(1).contains(QStringLiteral("evicted since")));
    EXPECT_TRUE(text("firstDifference").contains(QStringLiteral("full f32")));
    EXPECT_TRUE(text("blockText").contains(QStringLiteral("No block is shared")));
    const auto cell = [&](std::size_t index) { return now().heat.values[index]; };
    EXPECT_TRUE(std::isnan(cell(1)));
    EXPECT_FALSE(std::isnan(cell(now().heat.positions - 1)));
}

TEST_F(LabPageTest, AClickedCellShowsItsVectorsAndWhoLooksAtIt)
{
    choose("kvFormat", QStringLiteral("int4"));
    generate(m_other, 20);
    const QRect where = heatMap().cellRect({3, 5});
    QTest::mouseClick(&heatMap(), Qt::LeftButton, {}, where.center());
    auto *panel = shown<CellPanel>("cellPanel");
    ASSERT_TRUE(panel);
    ASSERT_TRUE(eventually([&] { return now().cell && now().cell->index == 3; }));
    EXPECT_EQ(now().cell->row, 5U);
    EXPECT_EQ(find<VectorBars>("cellKey")->size(), now().model->shape().headDim);
    EXPECT_GT(now().cell->keyError, 0.F) << "int4 rounds";
    EXPECT_LT(now().cell->keyError, 0.5F);
    EXPECT_TRUE(text("cellKeyText").contains(QStringLiteral("quantisation error")));
    EXPECT_TRUE(text("cellLookers").startsWith(QStringLiteral("Who attends to it most")));
    click(find("closeCell"));
    EXPECT_TRUE(isGone("cellPanel"));
}

TEST_F(LabPageTest, EvictedByHandACellIsGoneAndDecodingGoesOn)
{
    generate(m_facts, 10);
    heatMap().setFocus();
    QTest::keyClick(&heatMap(), Qt::Key_Home);
    QTest::keyClick(&heatMap(), Qt::Key_Right);
    QTest::keyClick(&heatMap(), Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return now().cell && now().cell->index == 1; }));
    const std::size_t cells = now().memory.cells;
    click(shown("evictCell"));
    ASSERT_TRUE(eventually([&] { return now().memory.cells + 1 == cells; }));
    EXPECT_TRUE(now().tokens[1].isEvicted);
    EXPECT_FALSE(now().cell->isLive);
    const std::size_t before = now().tokens.size();
    trigger("cacheMenu", "goOn");
    ASSERT_TRUE(eventually([&] { return now().tokens.size() > before; }));
    EXPECT_TRUE(now().tokens[1].isEvicted);
}

TEST_F(LabPageTest, APinnedCellOutlivesTheWindow)
{
    stopExample();
    choose("policy", QStringLiteral("window"));
    type("budget", 32);
    choose("pace", QStringLiteral("step by step"));
    type("tokens", 100);
    promptAndReturn(QStringLiteral("The code of Anna's key is 7391."));
    ASSERT_TRUE(reachesPhase(LabPhase::Waiting));
    ASSERT_FALSE(now().tokens[2].isEvicted);
    heatMap().setFocus();
    QTest::keyClick(&heatMap(), Qt::Key_Home);
    QTest::keyClick(&heatMap(), Qt::Key_Right);
    QTest::keyClick(&heatMap(), Qt::Key_Right);
    QTest::keyClick(&heatMap(), Qt::Key_P);
    ASSERT_TRUE(eventually([&] { return now().heat.held.size() > 2 && now().heat.held[2] == 1; }));
    choose("pace", QStringLiteral("full pace"));
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    ASSERT_GT(now().tokens.size(), 60U);
    EXPECT_TRUE(now().tokens[1].isEvicted);
    EXPECT_FALSE(now().tokens[2].isEvicted);
    EXPECT_TRUE(heatMap().tip({2, 0}).contains(QStringLiteral("pinned by hand")));
}

TEST_F(LabPageTest, TheHeatMapShowsMassNormAgeAndError)
{
    choose("kvFormat", QStringLiteral("int4"));
    generate(m_other, 12);
    const auto values = [&](HeatKind kind) {
        click(find(QStringLiteral("heat%1").arg(int(kind)).toLatin1().constData()));
        EXPECT_TRUE(eventually([&] { return now().heat.kind == kind; }));
        return now().heat.values;
    };
    const std::vector<float> age = values(HeatKind::Age);
    EXPECT_EQ(age[0], float(now().tokens.size()));
    EXPECT_EQ(age[now().tokens.size() - 1], 1.F);
    for (const float norm : values(HeatKind::Norm)) EXPECT_GT(norm, 0.F);
    for (const float error : values(HeatKind::Error)) {
        EXPECT_GT(error, 0.F);
        EXPECT_LT(error, 0.5F);
    }
    double mass = 0;
    for (const float share : values(HeatKind::Mass)) mass += static_cast<double>(share);
    // Each row is a mean of distributions; the first few queries have not faded in quite.
    EXPECT_NEAR(mass / static_cast<double>(now().heat.rows), 1, 0.02);
}

TEST_F(LabPageTest, TheHeatMapsPixelsAndPlacesAgree)
{
    generate(m_facts, 12);
    const HeatMap &map = heatMap();
    for (const int index : {0, 7, int(now().heat.positions) - 1})
        for (const int row : {0, 4, int(now().heat.rows) - 1}) {
            const auto place = map.placeAt(map.cellRect({index, row}).center());
            ASSERT_TRUE(place);
            EXPECT_EQ(place->index, index);
            EXPECT_EQ(place->row, row);
        }
    EXPECT_FALSE(map.placeAt({-1, 5}));
}

TEST_F(LabPageTest, ChipsAreWalkedByArrowKeysAndReturnLooksInside)
{
    generate(m_facts, 6);
    strip().setFocus();
    QTest::keyClick(&strip(), Qt::Key_Home);
    QTest::keyClick(&strip(), Qt::Key_Right);
    QTest::keyClick(&strip(), Qt::Key_Right);
    EXPECT_EQ(strip().current(), 2);
    QTest::keyClick(&strip(), Qt::Key_Return);
    EXPECT_TRUE(eventually([&] { return now().cell && now().cell->index == 2; }));
    const int last = int(now().tokens.size()) - 1;
    EXPECT_TRUE(strip().chipTip(last).contains(QStringLiteral("Probability")));
    EXPECT_TRUE(strip().chipTip(last).contains(QStringLiteral("Decoded in")));
}

TEST_F(LabPageTest, ASavedCacheIsRestoredVerifiedAndContinued)
{
    generate(m_facts, 20);
    const std::vector<LabToken> before = now().tokens;
    const QString path = m_state.filePath(QStringLiteral("talk.kvcache"));
    trigger("cacheMenu", "saveCache");
    answerFileDialog(path);
    ASSERT_TRUE(eventually([&] { return notice().contains(QStringLiteral("Saved")); }));
    trigger("cacheMenu", "goOn");
    ASSERT_TRUE(eventually([&] { return now().tokens.size() == before.size() + 100; }));
    std::vector<llm::TokenId> goneOn;
    for (const LabToken &token : now().tokens) goneOn.push_back(token.id);

    promptAndReturn(QStringLiteral("Something else"));
    ASSERT_TRUE(reachesPhase(LabPhase::Done));
    trigger("cacheMenu", "restoreCache");
    answerFileDialog(path);
    ASSERT_TRUE(eventually([&] { return notice().contains(QStringLiteral("Restored")); }));
    ASSERT_EQ(now().tokens.size(), before.size());
    trigger("cacheMenu", "verifyCache");
    ASSERT_TRUE(eventually([&] { return notice().contains(QStringLiteral("Verified")); }))
        << notice().toStdString();
    trigger("cacheMenu", "goOn");
    ASSERT_TRUE(eventually([&] { return now().tokens.size() == goneOn.size(); }));
    for (std::size_t i = 0; i < goneOn.size(); ++i) ASSERT_EQ(now().tokens[i].id, goneOn[i]) << i;
}

TEST_F(LabPageTest, AFileThatIsNoModelIsRefusedInWordsAndTheOldOneStays)
{
    stopExample();
    QFile file(m_state.filePath(QStringLiteral("not.gguf")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("this is not a model");
    file.close();
    const std::uint64_t run = now().run;
    click(find("modelButton"));
    answerFileDialog(file.fileName());
    ASSERT_TRUE(eventually([&] { return notice().contains(QStringLiteral("not a GGUF file")); }));
    EXPECT_TRUE(lab().hasModel());
    promptAndReturn(QStringLiteral("The ship"));
    EXPECT_EQ(now().run, run + 1) << "the text that was there was begun anew";
    EXPECT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens; }));
}

TEST_F(LabPageTest, TablesAndPicturesOfTheFiguresAreWritten)
{
    generate(m_facts, 10);
    const QString tokens = m_state.filePath(QStringLiteral("tokens.csv"));
    trigger("labExport", "exportTokens");
    answerFileDialog(tokens);
    ASSERT_TRUE(eventually([&] { return notice().contains(tokens); }));
    const QByteArray csv = fileText(tokens);
    EXPECT_TRUE(csv.startsWith("index,id,text,origin,"));
    EXPECT_EQ(csv.count('\n'), qsizetype(now().tokens.size()) + 1);
    const QString run = m_state.filePath(QStringLiteral("generation.json"));
    trigger("labExport", "exportRun");
    answerFileDialog(run);
    ASSERT_TRUE(eventually([&] { return notice().contains(run); }));
    const QJsonObject json = QJsonDocument::fromJson(fileText(run)).object();
    EXPECT_EQ(json.value(QStringLiteral("tokens")).toArray().size(),
              qsizetype(now().tokens.size()));
    EXPECT_EQ(json.value(QStringLiteral("kv_payload_bytes")),
              json.value(QStringLiteral("kv_bytes_formula")));
    EXPECT_EQ(json.value(QStringLiteral("comparison")).toObject().value(QStringLiteral("cache")),
              QStringLiteral("off"));
    for (const char *figure :
         {"exportTokensPicture", "exportDivergencePicture", "exportSpeedPicture",
          "exportMemoryPicture", "exportBlocksPicture"}) {
        const QString path = m_state.filePath(QString::fromLatin1(figure));
        trigger("labExport", figure);
        answerFileDialog(path);
        ASSERT_TRUE(eventually([&] { return notice().contains(path); })) << figure;
        EXPECT_FALSE(QImage(path).isNull()) << figure;
    }
    const QString blocks = m_state.filePath(QStringLiteral("blocks.csv"));
    trigger("labExport", "exportBlocks");
    answerFileDialog(blocks);
    ASSERT_TRUE(eventually([&] { return notice().contains(blocks); }));
    EXPECT_EQ(fileText(blocks).count('\n'), qsizetype(now().blocks.size()) + 1);
    const QString heat = m_state.filePath(QStringLiteral("heat.csv"));
    trigger("labExport", "exportHeat");
    answerFileDialog(heat);
    ASSERT_TRUE(eventually([&] { return notice().contains(heat); }));
    EXPECT_EQ(fileText(heat).count('\n'), qsizetype(now().heat.rows) + 1);
    const QString picture = m_state.filePath(QStringLiteral("heat.png"));
    trigger("labExport", "exportHeatPicture");
    answerFileDialog(picture);
    ASSERT_TRUE(eventually([&] { return notice().contains(picture); }));
    EXPECT_EQ(QImage(picture).width(), heatMap().width());
}

TEST_F(LabPageTest, TheSinkMeterSaysWhatWasMeasured)
{
    generate(m_facts, 40);
    ASSERT_FALSE(std::isnan(now().sinkMass));
    EXPECT_TRUE(text("sinkMeter").startsWith(QStringLiteral("Position 0 gets ")));
    EXPECT_EQ(text("sinkMeter").contains(QStringLiteral("hardly a sink")), now().sinkMass < 0.05F);
}

} // namespace kvscope::test
