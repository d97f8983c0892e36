// CommandLine: options by rules, the window's flags, and passwords out of sight.
#include "app/commandline.h"

#include "core/base/human.h"
#include "core/scenario/scenariorunner.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cstring>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::CommandLine)
};

QString shown(BytesView word)
{
    return QString::fromStdString(escapeBytes(word));
}

tl::unexpected<Error> wrong(const QString &what)
{
    return failure(ErrorCode::WrongUsage, {what});
}

constexpr std::array<OptionRule, 10> kWindowRules{{{"connect"},
                                                   {"read-only", 0},
                                                   {"page"},
                                                   {"open"},
                                                   {"scenario"},
                                                   {"theme"},
                                                   {"lang"},
                                                   {"size"},
                                                   {"screenshot"},
                                                   {"after"}}};

// Qt's own options have one dash; those that take a value take the next word with them.
constexpr std::array<BytesView, 9> kQtOptionsWithValue{
    "-platform",   "-platformpluginpath", "-platformtheme",   "-plugin", "-style",
    "-stylesheet", "-qwindowtitle",       "-qwindowgeometry", "-display"};
constexpr std::array<BytesView, 2> kQtOptions{"-reverse", "-nograb"};

std::vector<Bytes> withoutQtOptions(std::span<const Bytes> words)
{
    std::vector<Bytes> rest;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::ranges::find(kQtOptions, BytesView(words[i])) != kQtOptions.end()) continue;
        if (std::ranges::find(kQtOptionsWithValue, BytesView(words[i])) !=
            kQtOptionsWithValue.end())
            ++i;
        else
            rest.push_back(words[i]);
    }
    return rest;
}

Result<QString> oneOf(const Arguments &arguments, const char *name, const QStringList &allowed)
{
    const auto value = arguments.value(name);
    if (!value) return QString();
    const QString text = shown(*value);
    if (allowed.contains(text)) return text;
    return wrong(Sentences::tr("--%1 is one of %2, not “%3”")
                     .arg(QString::fromLatin1(name), allowed.join(QStringLiteral(", ")), text));
}

Result<QSize> sizeOf(const Arguments &arguments)
{
    const auto value = arguments.value("size");
    if (!value) return QSize();
    static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$"));
    const auto match = form.match(shown(*value));
    if (!match.hasMatch()) return wrong(Sentences::tr("--size is WIDTHxHEIGHT, as in 1440x900"));
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

QString textOf(const Arguments &arguments, const char *name)
{
    return QString::fromStdString(arguments.value(name).value_or(Bytes()));
}

// Where the password of the URL in `word` lies; empty where there is none.
std::pair<std::size_t, std::size_t> passwordIn(BytesView word)
{
    const auto scheme = word.find("://");
    if (scheme == BytesView::npos) return {};
    const auto begin = scheme + 3;
    const auto authority = word.substr(begin, word.find_first_of("/?#", begin) - begin);
    // A password with a slash in it is wrong, but must not be shown either: look for the last @
    // then.
    auto at = authority.rfind('@');
    if (at == BytesView::npos && !authority.empty()) at = word.substr(begin).rfind('@');
    if (at == BytesView::npos) return {};
    const auto colon = word.substr(begin, at).find(':');
    if (colon == BytesView::npos) return {};
    return {begin + colon + 1, at - colon - 1};
}

} // namespace

Result<Arguments> Arguments::parse(std::span<const Bytes> words, std::span<const OptionRule> rules)
{
    Arguments arguments;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Bytes &word = words[i];
        if (optionsEnded || word.size() < 2 || word[0] != '-') {
            arguments.m_positional.push_back(word);
            continue;
        }
        if (word == "--") {
            optionsEnded = true;
            continue;
        }
        const auto equals = word.find('=');
        const Bytes name = word.substr(0, equals);
        const auto rule = std::ranges::find_if(
            rules, [&](const OptionRule &r) { return "--" + Bytes(r.name) == name; });
        if (rule == rules.end())
            return wrong(Sentences::tr("there is no option %1 here").arg(shown(name)));
        std::vector<Bytes> &values = arguments.m_options[rule->name];
        int missing = rule->values;
        if (equals != Bytes::npos) {
            if (missing == 0) return wrong(Sentences::tr("%1 takes no value").arg(shown(name)));
            values.push_back(word.substr(equals + 1));
            --missing;
        }
        for (; missing > 0; --missing) {
            if (++i >= words.size())
                return wrong(Sentences::tr("%1 needs a value").arg(shown(name)));
            values.push_back(words[i]);
        }
    }
    return arguments;
}

std::optional<Bytes> Arguments::value(const std::string &name) const
{
    const auto found = m_options.find(name);
    if (found == m_options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::vector<Bytes> Arguments::values(const std::string &name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::vector<Bytes>() : found->second;
}

std::vector<Bytes> wordsOf(int argc, char **argv)
{
    std::vector<Bytes> words;
    for (int i = 1; i < argc; ++i) words.emplace_back(argv[i]);
    return words;
}

// The words lie one behind the other in the memory that /proc/PID/cmdline shows. One star stands
// for the password and the rest moves up, so that not even its length stays.
void hidePasswords(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        const BytesView word(argv[i]);
        const auto [offset, length] = passwordIn(word);
        if (length == 0) continue;
        char *const password = argv[i] + offset;
        const std::size_t behind = word.size() - offset - length;
        password[0] = '*';
        std::memmove(password + 1, password + length, behind);
        std::memset(password + 1 + behind, 0, length - 1);
    }
}

Result<WindowOptions> parseWindowOptions(std::span<const Bytes> words)
{
    const Result<Arguments> parsed = Arguments::parse(withoutQtOptions(words), kWindowRules);
    if (!parsed) return failure(parsed.error());
    const Arguments &arguments = *parsed;
    if (!arguments.positional().empty())
        return wrong(
            Sentences::tr("“%1” is not a verb").arg(shown(arguments.positional().front())));

    WindowOptions options;
    options.connectUrl = textOf(arguments, "connect");
    options.password = qEnvironmentVariable("KVSCOPE_PASSWORD");
    options.access = arguments.has("read-only") ? Access::ReadOnly : Access::ReadWrite;
    options.screenshotPath = textOf(arguments, "screenshot");

    const auto page = oneOf(arguments, "page",
                            {QStringLiteral("browse"), QStringLiteral("live"),
                             QStringLiteral("jobs"), QStringLiteral("lab")});
    const auto scenario = oneOf(arguments, "scenario", scenarioNames());
    const auto theme =
        oneOf(arguments, "theme",
              {QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")});
    const auto language = oneOf(arguments, "lang", {QStringLiteral("en"), QStringLiteral("zh_CN")});
    for (const auto *choice : {&page, &scenario, &theme, &language})
        if (!*choice) return failure(choice->error());
    options.page = *page;
    options.scenario = *scenario;
    options.theme = *theme;
    options.language = *language;

    const auto size = sizeOf(arguments);
    if (!size) return failure(size.error());
    options.size = *size;

    if (const auto key = arguments.value("open")) {
        options.openKey = unescapeBytes(*key);
        if (!options.openKey)
            return wrong(
                Sentences::tr("a \\ in a key is written \\\\ and other bytes as \\xHH: “%1”")
                    .arg(QString::fromStdString(*key)));
    }
    if (const auto after = arguments.value("after")) {
        const auto ms = parseDuration(*after);
        if (!ms || *ms < 0) return wrong(Sentences::tr("--after is a time such as 3 or 500ms"));
        options.screenshotAfterSeconds = static_cast<double>(*ms) / 1000.0;
    }
    return options;
}

} // namespace kvscope
