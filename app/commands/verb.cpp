// Verb: the table, the way to a store, and the end.
#include "app/commands/verb.h"

#include "app/bench/benchcase.h"
#include "core/base/threadslice.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Verb)

  public:
    static QString scan() { return tr("prints every key once, one a line"); }
    static QString get() { return tr("prints a value, formatted or raw"); }
    static QString set()
    {
        return tr("writes a value if nobody changed it meanwhile; keeps its TTL");
    }
    static QString edit() { return tr("changes one place in a JSON value and nothing else"); }
    static QString json() { return tr("validates a JSON file and prints it byte for byte"); }
    static QString scenario() { return tr("runs a built-in workload against a store"); }
    static QString warm()
    {
        return tr("fills a store from a binding's source\n"
                  "    --order O   what comes first: key, hot:FILE (a log, a key a line), lfu (the "
                  "store's counters),\n"
                  "                column:NAME (the largest), learned:FILE (what a trace's past "
                  "foretells),\n"
                  "                benefit:FILE (that, times the cost of a miss, for each byte)");
    }
    static QString check()
    {
        return tr(
            "proves a store right against a binding's source, and repairs it if asked.\n"
            "    --max-share S   repairs nothing where a larger share differs (0.5; told only "
            "of 100 entries and more)\n"
            "    --wait N        N replicas must have taken each batch of repairs over\n"
            "    --etcd URL      an etcd keeps the lease that lets one at a time repair, "
            "instead of the store\n"
            "    --sample N      compares about N entries only, chosen by their keys\n"
            "    --primary URL   compares the store, a replica, with that one instead of the "
            "source;\n"
            "                    without --repair (a replica takes entries from its primary "
            "alone) and --resume");
    }
    static QString sync()
    {
        return tr(
            "follows a binding's source by its version column and keeps a store in step\n"
            "    --for D           ends after that time; otherwise with Ctrl+C\n"
            "    An entry whose row is gone goes at once with the trigger, else within 10 s, or "
            "three passes\n"
            "    over the binding's keys where those take longer than 4 s.\n"
            "    --print-trigger   prints a PostgreSQL trigger that tells of changes and "
            "removals at once, and does nothing else");
    }
    static QString undo() { return tr("puts back what a run changed, where nobody has since"); }
    static QString runs() { return tr("lists the runs in the journal, newest first"); }
    static QString lab() { return tr("lets a language model write on from a prompt"); }
    static QString labLogits() { return tr("prints a model's logits behind given tokens"); }
    static QString labTokens() { return tr("prints the tokens of a text"); }
    static QString labPerplexity() { return tr("measures how well a model foretells a text"); }
    static QString labWarm()
    {
        return tr("computes the KV blocks that a file's prompts begin with and keeps them in a "
                  "store\n"
                  "    --prompts FILE   paragraphs with empty lines between, or else a prompt a "
                  "line\n"
                  "    --ttl D          of blocks that are written (1h); none: they stay");
    }
    static QString labCheck()
    {
        return tr("computes every KV block of the model in a store anew and compares bit for bit\n"
                  "    --repair delete   removes what is not as it should be; undo puts it back");
    }
    static QString labReplay()
    {
        return tr(
            "plays a serving trace through a prefix cache of KV blocks\n"
            "    --blocks N         sizes, each in blocks of 512 tokens; inf: without a bound\n"
            "    --policy P         lru, fifo, lfu\n"
            "    --prefill-rate R   tokens a second, to tell hits as time (10000)");
    }
    static QString bench() { return tr("measures us beside a reference"); }
};

// Asked for later; their names are taken.
constexpr std::array kLaterVerbs{"replay", "curve", "serve"};

const Verb *verbNamed(const Bytes &name)
{
    const auto found =
        std::ranges::find_if(verbs(), [&](const Verb &verb) { return name == verb.name; });
    return found == verbs().end() ? nullptr : &*found;
}

Error unknownVerb(const Bytes &name)
{
    const QString shown = QString::fromStdString(escapeBytes(name));
    const bool later = std::ranges::find(kLaterVerbs, name) != kLaterVerbs.end();
    return Error(ErrorCode::WrongUsage, {later ? Sentences::tr("“%1” does not exist yet").arg(shown)
                                               : Sentences::tr("“%1” is not a verb").arg(shown)});
}

// A line without echo; nothing where no person sits at a terminal.
std::optional<QString> askPassword(const QString &place)
{
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0) return std::nullopt;
    std::cerr << Sentences::tr("Password for %1: ").arg(place).toStdString() << std::flush;
    termios shown{};
    ::tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    std::string line;
    std::getline(std::cin, line);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << '\n';
    return QString::fromStdString(line);
}

constexpr auto kLoadingPatience = std::chrono::seconds(60);

// Waits until the store is ready, has given up or has loaded its data set for too long. Empty:
// ready.
std::optional<Error> settle(Store &store, Interrupt &interrupt)
{
    QEventLoop loop;
    std::optional<Error> trouble;
    QTimer patience;
    patience.setSingleShot(true);
    QObject::connect(&patience, &QTimer::timeout, &loop, [&] {
        trouble = store.state().error.value_or(Error(ErrorCode::Cancelled));
        loop.quit();
    });
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, &QEventLoop::quit);
    QObject::connect(&store, &Store::stateChanged, &loop, [&](const StoreState &state) {
        if (state.phase == StoreState::Phase::Ready) loop.quit();
        if (state.phase == StoreState::Phase::Connecting && state.error && !patience.isActive())
            patience.start(kLoadingPatience);
        if (state.phase != StoreState::Phase::Failed && state.phase != StoreState::Phase::Waiting)
            return;
        trouble = state.error.value_or(Error(ErrorCode::Cancelled));
        loop.quit();
    });
    store.open();
    if (store.state().phase != StoreState::Phase::Ready && !trouble && !interrupt.raised())
        loop.exec();
    if (interrupt.raised()) return Error(ErrorCode::Cancelled);
    return trouble;
}

// The options that every verb takes.
struct Wishes
{
    bool help = false;
    bool version = false;
    bool json = false;
};

std::vector<OptionRule> rulesOf(const Verb &verb)
{
    std::vector<OptionRule> rules = verb.options;
    for (const char *name : {"help", "version", "json"}) rules.push_back({name, 0});
    return rules;
}

// A word that is another option's value wishes for nothing. Where the words can't be sorted (a
// mistake, a bench case's own options) they are taken as they stand.
Wishes wishesOf(const std::vector<Bytes> &words)
{
    const Verb *verb = verbNamed(words.front());
    if (verb != nullptr && Bytes("bench") != verb->name) {
        const auto parsed =
            Arguments::parse(std::span(words.begin() + 1, words.end()), rulesOf(*verb));
        if (parsed) return {parsed->has("help"), parsed->has("version"), parsed->has("json")};
    }
    const auto end = std::ranges::find(words, "--");
    const auto stands = [&](const char *word) {
        return std::find(words.begin(), end, word) != end;
    };
    return {stands("--help"), stands("--version"), stands("--json")};
}

int run(const std::vector<Bytes> &words, Output &output)
{
    const Verb *verb = verbNamed(words.front());
    if (verb == nullptr) return output.fail(unknownVerb(words.front()));
    const std::span<const Bytes> rest(words.begin() + 1, words.end());
    // A bench case has options of its own, which only the case knows.
    Result<Arguments> arguments =
        Bytes("bench") == verb->name ? Arguments() : Arguments::parse(rest, rulesOf(*verb));
    if (!arguments) return output.fail(arguments.error());
    if (Bytes("bench") != verb->name && (arguments->positional().size() < verb->leastWords ||
                                         arguments->positional().size() > verb->mostWords))
        return output.fail(
            Error(ErrorCode::WrongUsage,
                  {Sentences::tr("kvscope %1 %2")
                       .arg(QString::fromLatin1(verb->name), QString::fromUtf8(verb->synopsis))}));
    Interrupt interrupt;
    StoreFactory stores;
    VerbContext context{std::move(*arguments), words, output, interrupt, stores};
    return verb->run(context);
}

} // namespace

const std::vector<Verb> &verbs()
{
    static const std::vector<Verb> all{
        {"scan",
         "URL [--match GLOB] [--type T] [--count N]",
         Sentences::scan,
         {{"match"}, {"type"}, {"count"}},
         1,
         1,
         runScan},
        {"get",
         "URL KEY [--raw] [--format auto|json|hex]",
         Sentences::get,
         {{"raw", 0}, {"format"}},
         2,
         2,
         runGet},
        {"set",
         "URL KEY (--value V | --file F) [--ttl D] [--create]",
         Sentences::set,
         {{"value"}, {"file"}, {"ttl"}, {"create", 0}},
         2,
         2,
         runSet},
        {"edit",
         "URL KEY --path POINTER --to JSON [--show-diff]",
         Sentences::edit,
         {{"path"}, {"to"}, {"show-diff", 0}},
         2,
         2,
         runEdit},
        {"json", "FILE [--set POINTER JSON]", Sentences::json, {{"set", 2}}, 1, 1, runJson},
        {"scenario",
         "NAME [--store URL] [--for D] [--rate N] [--seed N]",
         Sentences::scenario,
         {{"store"}, {"for"}, {"rate"}, {"seed"}},
         1,
         1,
         runScenario},
        {"warm",
         "BINDING --store URL [--source URL] [--rate N] [--order O] [--dry-run] [--resume RUN]",
         Sentences::warm,
         {{"store"}, {"source"}, {"rate"}, {"order"}, {"dry-run", 0}, {"resume"}},
         1,
         1,
         runWarm},
        {"check",
         "BINDING --store URL [--source URL] [--recheck D[,D…]] [--repair none|delete|refill]\n"
         "          [--max-share S] [--wait N] [--etcd URL] [--sample N] [--rate N] [--resume "
         "RUN]\n"
         "          [--primary URL]",
         Sentences::check,
         {{"store"},
          {"source"},
          {"recheck"},
          {"repair"},
          {"max-share"},
          {"wait"},
          {"etcd"},
          {"primary"},
          {"sample"},
          {"rate"},
          {"resume"}},
         1,
         1,
         runCheck},
        {"sync",
         "BINDING --store URL [--source URL] [--for D] [--print-trigger]",
         Sentences::sync,
         {{"store"}, {"source"}, {"for"}, {"print-trigger", 0}},
         1,
         1,
         runSync},
        {"undo", "RUN --store URL", Sentences::undo, {{"store"}}, 1, 1, runUndo},
        {"runs", "", Sentences::runs, {}, 0, 0, runRuns},
        {"lab",
         "[--model FILE] --prompt TEXT [--tokens N] [--cache full|off|window:N|sinks:S+N|h2o:N|\n"
         "          snapkv:N|keynorm:N|random:N] [--kv f32|f16|q8|q4|kivi2] [--rotate]\n"
         "          [--prefix-store URL] [--threads N] [--seed N] [--temp T] [--top-k K] [--top-p "
         "P]",
         Sentences::lab,
         {{"model"},
          {"prompt"},
          {"tokens"},
          {"cache"},
          {"kv"},
          {"rotate", 0},
          {"prefix-store"},
          {"threads"},
          {"seed"},
          {"temp"},
          {"top-k"},
          {"top-p"}},
         0,
         0,
         runLab},
        {"lab-logits",
         "--model FILE --tokens 1,2,3 [--kv TYPE] [--rotate] [--cache POLICY] [--threads N]\n"
         "          [--out FILE]",
         Sentences::labLogits,
         {{"model"}, {"tokens"}, {"kv"}, {"rotate", 0}, {"cache"}, {"threads"}, {"seed"}, {"out"}},
         0,
         0,
         runLabLogits},
        {"lab-tokens",
         "--model FILE --text TEXT",
         Sentences::labTokens,
         {{"model"}, {"text"}},
         0,
         0,
         runLabTokens},
        {"lab-perplexity",
         "--model FILE --text FILE [--context N] [--cache POLICY] [--kv TYPE] [--rotate]\n"
         "          [--threads N]",
         Sentences::labPerplexity,
         {{"model"},
          {"text"},
          {"context"},
          {"cache"},
          {"kv"},
          {"rotate", 0},
          {"threads"},
          {"seed"}},
         0,
         0,
         runLabPerplexity},
        {"lab-warm",
         "--prompts FILE --prefix-store URL [--model FILE] [--kv TYPE] [--rotate] [--ttl D]",
         Sentences::labWarm,
         {{"prompts"}, {"prefix-store"}, {"model"}, {"kv"}, {"rotate", 0}, {"ttl"}},
         0,
         0,
         runLabWarm},
        {"lab-check",
         "--prefix-store URL [--model FILE] [--repair none|delete]",
         Sentences::labCheck,
         {{"prefix-store"}, {"model"}, {"repair"}},
         0,
         0,
         runLabCheck},
        {"lab-replay",
         "FILE --blocks N[,N…] --policy P[,P…] [--prefill-rate R]",
         Sentences::labReplay,
         {{"blocks"}, {"policy"}, {"prefill-rate"}},
         1,
         1,
         runLabReplay},
        {"bench", "CASE [ARGS] | list", Sentences::bench, {}, 1, 64, runBench},
    };
    return all;
}

QString helpText()
{
    QString text = Sentences::tr(
        "kvscope shows a cache from the inside. Without a verb it opens its window:\n\n");
    text += QStringLiteral(
        "  kvscope [--connect URL] [--read-only] [--page browse|live|jobs|lab] [--open KEY]\n"
        "          [--scenario search|chatbot|recommend] [--theme light|dark|system] [--lang "
        "en|zh_CN]\n"
        "          [--size WxH] [--screenshot FILE.png --after SECONDS]\n\n");
    text += Sentences::tr("With a verb it needs no display:\n\n");
    for (const Verb &verb : verbs()) {
        const QString line =
            QString::fromLatin1(verb.name) + u' ' + QString::fromUtf8(verb.synopsis);
        text += QStringLiteral("  kvscope %1\n      %2\n").arg(line.trimmed(), verb.summary());
    }
    text += Sentences::tr(
        "\nEvery verb takes --json (one JSON object per line), --help and --version.\n"
        "Stores: engine:[?memory=256mb&policy=lru]  redis://[user[:password]@]host[:port][/db]\n"
        "        rediss://… (?ca=&cert=&key=&sni=)  redis+unix:///path?db=0\n"
        "A password may also stand in KVSCOPE_PASSWORD.\n"
        "Keys: \\ is written \\\\, bytes that are not printable UTF-8 \\xHH.\n"
        "Exit: 0 done · 1 done, and something is not as it should be · 2 wrong usage ·\n"
        "      3 unreachable, refused or unreadable · 4 interrupted\n");
    return text;
}

QString helpText(const Verb &verb)
{
    return QStringLiteral("kvscope %1 %2\n    %3\n")
        .arg(QString::fromLatin1(verb.name), QString::fromUtf8(verb.synopsis), verb.summary());
}

int runVerb(const std::vector<Bytes> &words, int &argc, char **argv)
{
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error like a full disk
    const Wishes wishes = wishesOf(words);
    Output output(wishes.json ? Output::Mode::Json : Output::Mode::Text);
    if (wishes.version && !wishes.help) {
        std::cout << "kvscope " KVSCOPE_VERSION << std::endl;
        return static_cast<int>(Exit::Done);
    }
    if (wishes.help) {
        const Verb *verb = verbNamed(words.front());
        if (verb == nullptr) return output.fail(unknownVerb(words.front()));
        std::cout << helpText(*verb).toStdString() << std::flush;
        return static_cast<int>(Exit::Done);
    }
    if (words.front() == "bench" && words.size() > 1) {
        const auto wanted = std::ranges::find_if(
            bench::cases(), [&](const bench::Case &c) { return words[1] == c.name; });
        if (wanted != bench::cases().end() && wanted->needsWindow) {
            if (qEnvironmentVariableIsEmpty("DISPLAY") &&
                qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
                qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
                qputenv("QT_QPA_PLATFORM", "offscreen");
            const QApplication application(argc, argv);
            takeShortTurns(); // as the window's thread does
            return run(words, output);
        }
    }
    const QCoreApplication application(argc, argv);
    return run(words, output);
}

Result<std::unique_ptr<Store>> VerbContext::openStore(const QString &url, Access access)
{
    QString password = qEnvironmentVariable("KVSCOPE_PASSWORD");
    while (true) {
        Result<std::unique_ptr<Store>> store = stores.make(url, access, password);
        if (!store) return store;
        const std::optional<Error> trouble = settle(**store, interrupt);
        if (!trouble) return store;
        if (trouble->code() != ErrorCode::AuthenticationRequired || !password.isEmpty())
            return failure(*trouble);
        const std::optional<QString> typed = askPassword((*store)->name());
        if (!typed || typed->isEmpty()) return failure(*trouble);
        password = *typed;
    }
}

QString VerbContext::url(std::size_t index) const
{
    return QString::fromStdString(arguments.positional()[index]);
}

Result<Bytes> VerbContext::key(std::size_t index) const
{
    const Bytes &word = arguments.positional()[index];
    if (auto key = unescapeBytes(word)) return std::move(*key);
    return failure(ErrorCode::WrongUsage,
                   {Sentences::tr("a \\ in a key is written \\\\ and other bytes as \\xHH: “%1”")
                        .arg(QString::fromStdString(word))});
}

Result<Bytes> readFile(const Bytes &path)
{
    QFile file;
    bool opened = false;
    if (path == "-") {
        opened = file.open(stdin, QIODevice::ReadOnly);
    } else {
        file.setFileName(QFile::decodeName(QByteArray::fromStdString(path)));
        opened = file.open(QIODevice::ReadOnly);
    }
    if (!opened)
        return failure(ErrorCode::FileUnreadable,
                       {QString::fromStdString(path), file.errorString()});
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(ErrorCode::FileUnreadable,
                       {QString::fromStdString(path), file.errorString()});
    return bytes.toStdString();
}

} // namespace kvscope
