// LabFixture: the Lab page in the real window, with the model that the project ships.
#pragma once

#include "tests/gui/window/windowfixture.h"
#include "widgets/lab/decodeview.h"
#include "widgets/lab/heatmap.h"
#include "widgets/lab/labchart.h"
#include "widgets/lab/labpage.h"
#include "widgets/lab/tokenstrip.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QSpinBox>

namespace kvscope::test {

class LabPageTest : public WindowTest
{
  protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        if (shippedModelPath().isEmpty()) GTEST_SKIP() << "no model in resources/model";
        m_window->openProfile({.url = QStringLiteral("engine:?memory=64mb")});
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
        press(Qt::Key_4);
        ASSERT_TRUE(shown<LabPage>("labPage"));
    }

    Lab &lab() const { return *m_window->findChild<Lab *>(); }
    LabPage &page() const { return *find<LabPage>("labPage"); }
    TokenStrip &strip() const { return *find<TokenStrip>("tokenStrip"); }
    HeatMap &heatMap() const { return *find<HeatMap>("heatMap"); }
    const LabSnapshot &now() const { return *lab().snapshot(); }
    bool reachesPhase(LabPhase phase) const
    {
        return eventually([&] { return now().phase == phase; }, 60'000);
    }

    /// By the arrow keys, as a person would.
    void choose(const char *name, const QString &text)
    {
        auto *box = shown<QComboBox>(name);
        ASSERT_TRUE(box) << name;
        ASSERT_GE(box->findText(text), 0) << text.toStdString();
        box->setFocus();
        while (box->currentText() != text)
            QTest::keyClick(box,
                            box->findText(text) > box->currentIndex() ? Qt::Key_Down : Qt::Key_Up);
    }
    void type(const char *name, int number)
    {
        auto *box = shown<QSpinBox>(name);
        ASSERT_TRUE(box) << name;
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QString::number(number));
        QTest::keyClick(box, Qt::Key_Tab);
    }
    /// The example that runs on the first visit, out of the way.
    void stopExample()
    {
        ASSERT_TRUE(eventually([&] { return now().tokens.size() > now().promptTokens; }));
        click(find("generate"));
        ASSERT_TRUE(reachesPhase(LabPhase::Stopped));
    }
    void promptAndReturn(const QString &text)
    {
        auto *prompt = shown<QLineEdit>("prompt");
        ASSERT_TRUE(prompt);
        prompt->setFocus();
        prompt->selectAll();
        QTest::keyClicks(prompt, text);
        const std::uint64_t before = now().run;
        QTest::keyClick(prompt, Qt::Key_Return);
        ASSERT_TRUE(eventually([&] { return now().run > before; }));
    }
    /// Stops the example and runs `text` to its end at full pace.
    void generate(const QString &text, int tokens)
    {
        stopExample();
        choose("pace", QStringLiteral("full pace"));
        type("tokens", tokens);
        promptAndReturn(text);
        ASSERT_TRUE(reachesPhase(LabPhase::Done));
    }
    void trigger(const char *button, const char *action)
    {
        QMenu *menu = shown<QPushButton>(button)->menu();
        emit menu->aboutToShow();
        auto *found = menu->findChild<QAction *>(QString::fromLatin1(action));
        ASSERT_TRUE(found && found->isVisible()) << action;
        found->trigger();
    }
    void answerFileDialog(const QString &path)
    {
        auto *dialog = shown<QFileDialog>("fileDialog");
        ASSERT_TRUE(dialog);
        emit dialog->fileSelected(path);
        dialog->close();
        ASSERT_TRUE(isGone("fileDialog"));
    }
    /// Of a label, or of anything that shows a text.
    QString text(const char *label) const { return find(label)->property("text").toString(); }
    /// The comparison is with another cache; its fields are there then.
    void compareWithAnotherCache()
    {
        choose("compareWith", QStringLiteral("vs another cache"));
        ASSERT_TRUE(shown("otherPolicy"));
    }
    void startChat()
    {
        stopExample();
        choose("compareWith", QStringLiteral("vs nothing"));
        choose("pace", QStringLiteral("full pace"));
        click(find("chatMode"));
        ASSERT_EQ(text("generate"), QStringLiteral("Send"));
    }
    /// One turn, to the end of the answer.
    void say(const QString &words)
    {
        auto *prompt = shown<QLineEdit>("turn");
        ASSERT_TRUE(prompt);
        const std::uint64_t run = now().run;
        const std::size_t turns = now().turns;
        prompt->setFocus();
        QTest::keyClicks(prompt, words);
        QTest::keyClick(prompt, Qt::Key_Return);
        ASSERT_TRUE(eventually([&] { return now().turns > turns || now().run > run; }));
        ASSERT_TRUE(reachesPhase(LabPhase::Done));
        EXPECT_TRUE(prompt->text().isEmpty());
    }
    std::vector<llm::TokenId> ids() const
    {
        std::vector<llm::TokenId> out;
        for (const LabToken &token : now().tokens) out.push_back(token.id);
        return out;
    }
    QString wholeText() const
    {
        Bytes bytes;
        for (const LabToken &token : now().tokens) bytes += token.text;
        return QString::fromStdString(bytes);
    }
    QString notice() const
    {
        for (const auto *label : page().findChildren<QLabel *>(QStringLiteral("errorText")))
            if (label->isVisible()) return label->text();
        return {};
    }

    const QString m_facts = QStringLiteral(
        "The code of Anna's key is 7391. The code of Henry's box is 2846. The ship sailed at dawn "
        "and the captain said to his men that the wind was fair. The code of Anna's key is");
    /// Nothing of it is in the prefix cache.
    const QString m_other =
        QStringLiteral("In the morning the old man went down to the sea and looked at the boats "
                       "that lay there, and he thought of the day when he was young.");
};

} // namespace kvscope::test
