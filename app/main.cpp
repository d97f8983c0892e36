// Where it begins: a verb runs headless, anything else is the window.
#include "app/commands/verb.h"
#include "app/windowoptions.h"

#include <algorithm>
#include <clocale>
#include <iostream>

namespace {

using namespace kvscope;

bool has(const std::vector<Bytes> &words, const char *word)
{
    return std::ranges::find(words, word) != words.end();
}

int start(const std::vector<Bytes> &words, int &argc, char **argv)
{
    if (!words.empty() && !words.front().starts_with('-')) return runVerb(words, argc, argv);
    if (has(words, "--help") || has(words, "-h")) {
        std::cout << helpText().toStdString() << std::flush;
        return 0;
    }
    if (has(words, "--version")) {
        std::cout << "kvscope " KVSCOPE_VERSION << std::endl;
        return 0;
    }
    const Result<WindowOptions> options = parseWindowOptions(words);
    if (!options) return Output(Output::Mode::Text).fail(options.error());
    return runWindow(*options, argc, argv);
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<Bytes> words = wordsOf(argc, argv);
    hidePasswords(argc, argv);
    return start(words, argc, argv);
}
