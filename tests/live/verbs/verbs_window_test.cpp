// The binary without a verb: pictures of its window, and flags it does not understand.
#include "tests/live/verbs/verbrun.h"

#include <QFile>
#include <QSize>
#include <QTemporaryDir>
#include <QtEndian>

namespace kvscope::test {
namespace {

class WindowRun : public testing::Test
{
  protected:
    VerbRun run(const QStringList &arguments)
    {
        return verb(
            arguments, {},
            {QStringLiteral("QT_QPA_PLATFORM=offscreen"),
             QStringLiteral("KVSCOPE_STATE=") + m_folder.filePath(QStringLiteral("state"))});
    }
    QString picture() const { return m_folder.filePath(QStringLiteral("window.png")); }

    /// From the header of the PNG; nothing where it is none.
    QSize sizeOfPicture() const
    {
        QFile file(picture());
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QByteArray head = file.read(24);
        if (head.size() < 24 || !head.startsWith("\x89PNG")) return {};
        return {int(qFromBigEndian<quint32>(head.constData() + 16)),
                int(qFromBigEndian<quint32>(head.constData() + 20))};
    }

    QTemporaryDir m_folder;
};

TEST_F(WindowRun, DrawsThePageThatWasAskedForAndExits)
{
    for (const char *page : {"browse", "live"}) {
        const VerbRun drawn =
            run({QStringLiteral("--page"), QString::fromLatin1(page), QStringLiteral("--size"),
                 QStringLiteral("1010x700"), QStringLiteral("--theme"), QStringLiteral("light"),
                 QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("--screenshot"),
                 picture(), QStringLiteral("--after"), QStringLiteral("500ms")});
        EXPECT_EQ(drawn.exit, 0) << drawn.err;
        EXPECT_EQ(drawn.out, "");
        EXPECT_EQ(sizeOfPicture(), QSize(1010, 700)) << page;
        QFile::remove(picture());
    }
}

TEST_F(WindowRun, SaysWhenThePictureCannotBeWritten)
{
    const VerbRun drawn = run({QStringLiteral("--screenshot"), QStringLiteral("/no/such/x.png"),
                               QStringLiteral("--after"), QStringLiteral("0")});
    EXPECT_EQ(drawn.exit, 3);
    EXPECT_NE(drawn.err.find("/no/such/x.png"), Bytes::npos) << drawn.err;
}

TEST_F(WindowRun, RefusesWhatItsFlagsCannotBe)
{
    const std::pair<const char *, const char *> wrong[] = {
        {"--theme", "blue"}, {"--lang", "xx"},       {"--size", "large"},       {"--size", "10"},
        {"--after", "soon"}, {"--page", "nonsense"}, {"--scenario", "pinball"}, {"--open", "a\\q"}};
    for (const auto &[flag, value] : wrong) {
        const VerbRun refused = run({QString::fromLatin1(flag), QString::fromLatin1(value)});
        EXPECT_EQ(refused.exit, 2) << flag << ' ' << value;
        EXPECT_EQ(refused.out, "");
        EXPECT_NE(refused.err, "") << flag << ' ' << value;
    }
    EXPECT_EQ(run({QStringLiteral("--screenshot")}).exit, 2);
    EXPECT_EQ(run({QStringLiteral("--nonsense")}).exit, 2);
}

} // namespace
} // namespace kvscope::test
