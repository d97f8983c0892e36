// Translations: every text a person sees exists in 简体中文, under the name the program looks for.
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

#include <set>

namespace kvscope {
namespace {

struct Text
{
    QString context;
    QString source;
    QString translation; // of a plural: its only form
    bool finished = true;
};

QString sourceFolder()
{
    return qEnvironmentVariable("KVSCOPE_SOURCE_DIR", QStringLiteral("."));
}

QString chineseFile()
{
    return sourceFolder() + QStringLiteral("/resources/i18n/kvscope_zh_CN.ts");
}

std::vector<Text> textsOf(const QString &path)
{
    std::vector<Text> texts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return texts;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const QStringView name = xml.name();
        if (name == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (name == QLatin1String("source")) {
            texts.push_back({context, xml.readElementText(), {}});
        } else if (name == QLatin1String("translation") && !texts.empty()) {
            texts.back().finished = xml.attributes().value(QLatin1String("type")).isEmpty();
            texts.back().translation =
                xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    EXPECT_FALSE(xml.hasError()) << qPrintable(xml.errorString());
    return texts;
}

std::set<QString> placesIn(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("%(L?\\d+|n)"));
    std::set<QString> places;
    for (const QRegularExpressionMatch &match : place.globalMatch(text))
        places.insert(match.captured());
    return places;
}

TEST(Translations, GiveEveryTextInChineseWithItsPlaceholders)
{
    const std::vector<Text> texts = textsOf(chineseFile());
    ASSERT_GT(texts.size(), 1000U);
    for (const Text &text : texts) {
        EXPECT_TRUE(text.finished && !text.translation.isEmpty()) << qPrintable(text.source);
        EXPECT_EQ(placesIn(text.source), placesIn(text.translation)) << qPrintable(text.source);
    }
}

// lupdate loses a namespace behind some constructs; what it then collects is never found.
TEST(Translations, StandUnderTheNamesThatTheProgramLooksFor)
{
    for (const Text &text : textsOf(chineseFile()))
        EXPECT_TRUE(text.context.startsWith(QLatin1String("kvscope::")))
            << qPrintable(text.context + QStringLiteral(": ") + text.source);
}

TEST(Translations, LackNothingThatTheSourcesSay)
{
    const QString lupdate =
        QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (!QFile::exists(lupdate)) GTEST_SKIP() << "no lupdate here (qt6-l10n-tools)";
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("zh_CN.ts"));
    ASSERT_TRUE(QFile::copy(chineseFile(), copy));
    QProcess collect;
    collect.setWorkingDirectory(sourceFolder());
    collect.start(lupdate, {QStringLiteral("-silent"), QStringLiteral("-I"), sourceFolder(),
                            QStringLiteral("app"), QStringLiteral("core"),
                            QStringLiteral("widgets"), QStringLiteral("-ts"), copy});
    ASSERT_TRUE(collect.waitForFinished(120'000));
    ASSERT_EQ(collect.exitCode(), 0);
    for (const Text &text : textsOf(copy))
        EXPECT_TRUE(text.finished || !text.translation.isEmpty()) << qPrintable(text.source);
}

} // namespace
} // namespace kvscope
