// The rules that links can't enforce: which room may include what, no cycles, no file grown too
// long.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Source
{
    std::string path; // relative to the root
    std::vector<std::string> includes;
    std::size_t lines = 0;
};

fs::path root()
{
    const char *folder = std::getenv("KVSCOPE_SOURCE_DIR");
    return folder ? fs::path(folder) : fs::current_path();
}

bool startsWith(const std::string &text, const std::string &prefix)
{
    return text.rfind(prefix, 0) == 0;
}

const std::map<std::string, Source> &sources()
{
    static const std::map<std::string, Source> all = [] {
        std::map<std::string, Source> found;
        const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
        for (const char *top : {"app", "core", "widgets", "tests"}) {
            for (const auto &file : fs::recursive_directory_iterator(root() / top)) {
                const std::string extension = file.path().extension().string();
                if (extension != ".h" && extension != ".cpp") continue;
                Source source;
                source.path = fs::relative(file.path(), root()).generic_string();
                std::ifstream stream(file.path());
                for (std::string line; std::getline(stream, line); ++source.lines) {
                    std::smatch match;
                    if (std::regex_search(line, match, include))
                        source.includes.push_back(match[1]);
                }
                found[source.path] = source;
            }
        }
        return found;
    }();
    return all;
}

bool isQt(const std::string &include)
{
    return std::regex_match(include, std::regex(R"((Qt\w*/)?Q\w+(\.h)?|Qsci/.*|qcustomplot\.h)"));
}

// Headers of QtWidgets that a core room or a model could reach by mistake: they compile with
// QtCore's flags alone.
bool isQtWidgets(const std::string &include)
{
    static const std::regex pattern(
        R"((QtWidgets/.*|Qsci/.*|qcustomplot\.h|Q(Widget|Application|Dialog|Label|Menu|Action|PushButton|ToolButton|LineEdit|MessageBox|FileDialog|Style\w*|AbstractScrollArea|TreeView|TableView|ListView|MainWindow|Layout|BoxLayout|GridLayout|Frame|StyledItemDelegate)))");
    return std::regex_match(include, pattern);
}

template<class Rule>
std::string violations(Rule rule)
{
    std::string text;
    for (const auto &[path, source] : sources())
        for (const std::string &include : source.includes)
            if (rule(path, include)) text += path + " includes " + include + "\n";
    return text;
}

TEST(Architecture, CoreNeverIncludesWidgetsOrTheApplication)
{
    EXPECT_EQ(violations([](const std::string &path, const std::string &include) {
                  return startsWith(path, "core/") &&
                         (startsWith(include, "widgets/") || startsWith(include, "app/") ||
                          startsWith(include, "tests/") || isQtWidgets(include));
              }),
              "");
}

TEST(Architecture, WidgetsNeverIncludeTheApplicationOrTests)
{
    EXPECT_EQ(violations([](const std::string &path, const std::string &include) {
                  return startsWith(path, "widgets/") &&
                         (startsWith(include, "app/") || startsWith(include, "tests/"));
              }),
              "");
}

TEST(Architecture, ThePlainRoomsNeverIncludeQtOrARoomThatDoes)
{
    EXPECT_EQ(violations([](const std::string &path, const std::string &include) {
                  const auto plain = [](const std::string &p) {
                      return startsWith(p, "core/base/") || startsWith(p, "core/engine/") ||
                             startsWith(p, "core/keyindex/") || startsWith(p, "core/trace/") ||
                             startsWith(p, "core/llm/");
                  };
                  return plain(path) &&
                         (isQt(include) || (startsWith(include, "core/") && !plain(include)));
              }),
              "");
}

TEST(Architecture, ModelsNeverIncludeQtWidgets)
{
    EXPECT_EQ(violations([](const std::string &path, const std::string &include) {
                  return startsWith(path, "widgets/models/") && isQtWidgets(include);
              }),
              "");
}

// Only the store room knows how a store is made of sockets or of the engine. An endpoint is an
// address that a form fills in, not a way to the server.
TEST(Architecture, NothingAboveTheStoreSeamsReachesBelowThem)
{
    EXPECT_EQ(
        violations([](const std::string &path, const std::string &include) {
            const bool above = startsWith(path, "widgets/") || startsWith(path, "core/metrics/") ||
                               startsWith(path, "core/scenario/");
            return above && include != "core/redis/endpoint.h" &&
                   (startsWith(include, "core/redis/") || startsWith(include, "core/engine/"));
        }),
        "");
}

TEST(Architecture, HasNoIncludeCycle)
{
    enum class Mark { Open, Done };
    std::map<std::string, Mark> marks;
    std::string cycle;
    std::function<void(const std::string &)> visit = [&](const std::string &path) {
        const auto found = sources().find(path);
        if (found == sources().end()) return;
        marks[path] = Mark::Open;
        for (const std::string &include : found->second.includes) {
            const auto mark = marks.find(include);
            if (mark == marks.end())
                visit(include);
            else if (mark->second == Mark::Open)
                cycle += path + " -> " + include + "\n";
        }
        marks[path] = Mark::Done;
    };
    for (const auto &[path, source] : sources())
        if (!marks.count(path)) visit(path);
    EXPECT_EQ(cycle, "");
}

TEST(Architecture, HasNoFileOverFiveHundredLines)
{
    std::string tooLong;
    for (const auto &[path, source] : sources())
        if (source.lines > 500) tooLong += path + ": " + std::to_string(source.lines) + "\n";
    EXPECT_EQ(tooLong, "");
}

TEST(Architecture, EveryFileSaysInItsFirstLineWhatItIs)
{
    std::string silent;
    for (const auto &[path, source] : sources()) {
        std::ifstream stream(root() / path);
        std::string line;
        std::getline(stream, line);
        if (!startsWith(line, "// ")) silent += path + "\n";
    }
    EXPECT_EQ(silent, "");
}

TEST(Architecture, TheTreeIsThereToBeRead)
{
    EXPECT_GT(sources().size(), 50U) << root();
}

} // namespace
