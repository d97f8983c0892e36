// Verb: one headless command, its grammar, and what it has at hand while it runs.
#pragma once

#include "app/commandline.h"
#include "app/commands/await.h"
#include "app/commands/output.h"
#include "core/store/storefactory.h"

namespace kvscope {

/// What a running verb may use. Main thread; a QCoreApplication exists.
struct VerbContext
{
    Arguments arguments;
    std::span<const Bytes> words; ///< as given, the verb first
    Output &output;
    Interrupt &interrupt;
    StoreFactory &stores;

    /// Connected and ready, or why not. Asks for a password where the server wants one, the URL and
    /// KVSCOPE_PASSWORD have none, and a person sits at a terminal.
    Result<std::unique_ptr<Store>> openStore(const QString &url, Access access);
    /// The positional word as a URL.
    QString url(std::size_t index) const;
    /// The positional word as a key (contract, Escapes); WrongUsage for a stray backslash.
    Result<Bytes> key(std::size_t index) const;
};

struct Verb
{
    const char *name;
    const char *synopsis; ///< behind the name
    QString (*summary)(); ///< one sentence, translated
    std::vector<OptionRule> options;
    std::size_t leastWords; ///< positional
    std::size_t mostWords;
    int (*run)(VerbContext &context); ///< the process' exit code
};

int runScan(VerbContext &context);
int runGet(VerbContext &context);
int runSet(VerbContext &context);
int runEdit(VerbContext &context);
int runJson(VerbContext &context);
int runScenario(VerbContext &context);
int runWarm(VerbContext &context);
int runCheck(VerbContext &context);
int runSync(VerbContext &context);
int runUndo(VerbContext &context);
int runRuns(VerbContext &context);
int runLab(VerbContext &context);
int runLabLogits(VerbContext &context);
int runLabTokens(VerbContext &context);
int runLabPerplexity(VerbContext &context);
int runLabWarm(VerbContext &context);
int runLabCheck(VerbContext &context);
int runLabReplay(VerbContext &context);
int runBench(VerbContext &context);

/// All verbs there are, in the order of the contract.
const std::vector<Verb> &verbs();

/// The text of `kvscope --help`, or of `kvscope VERB --help`.
QString helpText();
QString helpText(const Verb &verb);

/// Carries out `words` (the verb first) and returns the process' exit code.
int runVerb(const std::vector<Bytes> &words, int &argc, char **argv);

/// A whole file, or standard input for `-`. FileUnreadable.
Result<Bytes> readFile(const Bytes &path);

} // namespace kvscope
