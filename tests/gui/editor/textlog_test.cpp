// The log of changes and the text in the view are the same text, whatever was done to it.
#include "tests/gui/editor/editorfixture.h"
#include "widgets/editor/tablabels.h"

#include <random>

namespace kvscope::test {
namespace {

SharedBytes shared(Bytes bytes)
{
    return std::make_shared<const Bytes>(std::move(bytes));
}

TEST(TextLog, KeepsWhatASnapshotHeldWhileTypingGoesOn)
{
    TextLog log;
    log.reset(shared("abc"));
    log.note(3, 0, "d");
    log.note(4, 0, "e");
    const TextSnapshot before = log.snapshot();
    log.note(5, 0, "f");
    log.note(5, 1, {});
    log.note(3, 2, {});
    EXPECT_EQ(*before.join(), "abcde");
    EXPECT_EQ(*log.snapshot().join(), "abc");
    log.adopt(before, shared("abcde"));
    EXPECT_EQ(*log.snapshot().join(), "abc");
}

TEST(TextLog, IgnoresASnapshotOfAnotherText)
{
    TextLog log;
    log.reset(shared("one"));
    log.note(0, 1, "O");
    const TextSnapshot old = log.snapshot();
    log.reset(shared("two"));
    log.adopt(old, old.join());
    EXPECT_EQ(*log.snapshot().join(), "two");
}

TEST(TextLog, NothingIsCopiedWhereNothingWasChanged)
{
    TextLog log;
    const SharedBytes text = shared("text");
    log.reset(text);
    EXPECT_EQ(log.snapshot().join(), text);
}

TEST(TextLog, AReplacementMakesTheOtherText)
{
    const Bytes texts[] = {"",           "a",         "a\nb\nc\n", "a\nx\nc\n",
                           "z\na\nb\nc", "a\r\nb\rc", "c\nb\na\n"};
    for (const Bytes &from : texts) {
        for (const Bytes &to : texts) {
            Bytes text = from;
            for (const JsonSplice &splice : replacementOf(from, shared(to)).splices)
                text = splice.appliedTo(text);
            EXPECT_EQ(text, to) << from;
        }
    }
}

TEST_F(EditorTest, TheLogFollowsTheTextThroughTypingPastingUndoAndRedo)
{
    put("k", "{\n  \"a\": \"张三\",\n  \"b\": [1, 2, 3]\n}");
    open("k");
    std::mt19937 random(7);
    const auto pick = [&](std::size_t n) { return std::size_t(random() % n); };
    const char *const typed[] = {"x", "\"", "5", " ", "{"};
    for (int step = 0; step < 600; ++step) {
        switch (pick(9)) {
        case 0:
            editor()->undo();
            break;
        case 1:
            editor()->redo();
            break;
        case 2:
            QTest::keyClick(editor(), Qt::Key_Backspace);
            break;
        case 3:
            QTest::keyClick(editor(), Qt::Key_Return);
            break;
        case 4:
            editor()->SendScintilla(QsciScintillaBase::SCI_GOTOPOS,
                                    static_cast<unsigned long>(editor()->SendScintilla(
                                        QsciScintillaBase::SCI_POSITIONBEFORE,
                                        static_cast<unsigned long>(pick(editor()->length() + 1)))));
            break;
        case 5:
            editor()->insert(QStringLiteral("李四\n🂡"));
            break;
        case 6:
            editor()->adopt(editor()->snapshot(), editor()->snapshot().join());
            break;
        default:
            QTest::keyClicks(editor(), QString::fromLatin1(typed[pick(5)]));
        }
        ASSERT_EQ(*editor()->snapshot().join(), editor()->bytes()) << step;
    }
    page()->discard();
}

TEST(TabLabels, ShowWhatDiffersWhereThereIsNoRoomForAll)
{
    const QFontMetrics metrics(monoFont());
    const int ten = metrics.horizontalAdvance(QLatin1Char('x')) * 12;
    const QStringList names{QStringLiteral("production:user:1001:profile"),
                            QStringLiteral("production:user:1002:profile"),
                            QStringLiteral("short")};
    const QStringList labels = tabLabels(names, metrics, ten);
    EXPECT_TRUE(labels[0].contains(QStringLiteral("1001"))) << labels[0].toStdString();
    EXPECT_TRUE(labels[1].contains(QStringLiteral("1002"))) << labels[1].toStdString();
    EXPECT_EQ(labels[2], QStringLiteral("short"));
    for (const QString &label : labels) EXPECT_LE(metrics.horizontalAdvance(label), ten);
    EXPECT_EQ(tabLabels(names, metrics, 4000), names);
}

} // namespace
} // namespace kvscope::test
