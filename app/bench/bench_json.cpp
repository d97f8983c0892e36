// bench json: opening a large JSON value in the editor, to the first paint and to the last stall.
//
// Ours: a real EditorTabs on the built-in engine, from openKey() to the first painted frame that
// shows the value (its beginning, if it is large), and on until tree and text are whole; a stall is
// the time between two passes of a timer that is always due. Reference, turn about in the same run:
// the same bytes given to a bare QsciScintilla with its JSON lexer. 10 MB pretty-printed, then 1 MB
// on a single line. Goals are milliseconds. The 10 MB are then edited, saved and brought into a
// conflict: figures alone.
#include "app/bench/cases.h"
#include "app/bench/editing.h"
#include "core/store/enginestore.h"
#include "widgets/base/theme.h"
#include "widgets/editor/codeeditor.h"
#include "widgets/editor/editortabs.h"

#include <Qsci/qscilexerjson.h>

#include <QCoreApplication>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>

namespace kvscope::bench {
namespace {

constexpr double kGoalPaintMs = 350;
constexpr double kGoalStallMs = 300;
constexpr int kPairs = 7;
constexpr int kPatienceMs = 60'000;
constexpr std::size_t kPrettyBytes = 10UL * 1024 * 1024;
constexpr std::size_t kLineBytes = 1024UL * 1024;

using Instant = std::chrono::steady_clock::time_point;
double msSince(Instant start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

Bytes prettyDocument()
{
    Bytes text = "[\n";
    for (std::size_t i = 0; text.size() < kPrettyBytes; ++i) {
        const Bytes id = std::to_string(12345678901234567890ULL + i);
        text += (i ? ",\n  {\n    \"id\": " : "  {\n    \"id\": ") + id +
                ",\n    \"name\": \"user " + std::to_string(i) +
                "\",\n    \"city\": \"杭州\",\n    \"score\": 1.0,\n    \"tags\": [\n      "
                "\"vip\",\n      \"beta\"\n    ]\n  }";
    }
    return text + "\n]\n";
}

Bytes singleLine()
{
    Bytes text = "[";
    for (std::size_t i = 0; text.size() < kLineBytes; ++i)
        text += (i ? ",{\"id\":" : "{\"id\":") + std::to_string(i) +
                R"(,"name":"user","score":1.0,"tags":["vip","beta"]})";
    return text + "]";
}

// Notes the first paint of a text view once it was armed by content.
class PaintWatch : public QObject
{
  public:
    PaintWatch(QAbstractScrollArea *area, std::function<bool()> ready)
        : QObject(area), m_ready(std::move(ready))
    {
        area->viewport()->installEventFilter(this);
    }
    bool painted = false;

  protected:
    // Paints come after this filter: the next turn of the loop finds it done.
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_ready())
            QTimer::singleShot(0, this, [this] { painted = true; });
        return false;
    }

  private:
    std::function<bool()> m_ready;
};

struct Opening
{
    double paintMs = 0;
    double stallMs = 0;
    double wholeMs = 0;
};

// Runs the event loop until both conditions held once; notes when, and the longest pass.
std::optional<Opening> follow(Instant start, const std::function<bool()> &painted,
                              const std::function<bool()> &whole)
{
    Opening opening;
    bool done = false;
    QEventLoop loop;
    QTimer due;
    Instant last = start;
    QObject::connect(&due, &QTimer::timeout, &loop, [&] {
        opening.stallMs = std::max(opening.stallMs, msSince(last));
        last = std::chrono::steady_clock::now();
        if (opening.paintMs == 0 && painted()) opening.paintMs = msSince(start);
        done = opening.paintMs > 0 && whole();
        if (done || msSince(start) > kPatienceMs) loop.quit();
    });
    due.start(0);
    loop.exec();
    opening.wholeMs = msSince(start);
    return done ? std::optional(opening) : std::nullopt;
}

std::optional<Opening> openOurs(Store &store, const Bytes &key)
{
    EditorTabs tabs;
    tabs.setStore(&store);
    tabs.resize(1000, 760);
    tabs.show();
    QCoreApplication::sendPostedEvents();
    const Instant start = std::chrono::steady_clock::now();
    tabs.openKey(key, EditorTabs::OpenMode::Reuse);
    auto *editor = tabs.findChild<CodeEditor *>();
    int contents = 0; // the beginning, then the whole
    QObject::connect(&tabs, &EditorTabs::contentShown, &tabs, [&] { ++contents; });
    const PaintWatch watch(editor, [&] { return contents > 0 && editor->length() > 0; });
    return follow(
        start, [&] { return watch.painted; }, [&] { return contents > 1 && !editor->isLoading(); });
}

std::optional<Opening> openBare(const Bytes &value)
{
    QsciScintilla editor;
    QsciLexerJSON lexer;
    editor.setLexer(&lexer);
    editor.setUtf8(true);
    editor.resize(1000, 760);
    editor.show();
    QCoreApplication::sendPostedEvents();
    const QString text = QString::fromStdString(value);
    const Instant start = std::chrono::steady_clock::now();
    editor.setText(text);
    const PaintWatch watch(&editor, [] { return true; });
    editor.viewport()->update();
    const auto painted = [&] { return watch.painted; };
    return follow(start, painted, painted);
}

} // namespace

Result<Outcome> benchJson(const Context &context)
{
    applyTheme(ThemeChoice::Dark);
    engine::Engine engine{engine::Engine::Options{}};
    EngineStore store(engine, Access::ReadWrite);
    store.open();
    const int pairs = context.number(QStringLiteral("pairs"), kPairs);
    const std::pair<QString, Bytes> values[] = {{QStringLiteral("pretty_10mb"), prettyDocument()},
                                                {QStringLiteral("line_1mb"), singleLine()}};
    Outcome outcome;
    for (const auto &[name, value] : values) {
        const Bytes key = name.toStdString();
        engine.set(key, value);
        std::vector<double> paint, stall, whole, barePaint, bareStall;
        for (int pair = 0; pair < pairs; ++pair) {
            std::optional<Opening> ours, bare;
            if (pair % 2 == 0) ours = openOurs(store, key);
            bare = openBare(value);
            if (pair % 2 == 1) ours = openOurs(store, key);
            if (!ours || !bare)
                return failure(ErrorCode::SourceFailed,
                               {QStringLiteral("json"), QStringLiteral("nothing was painted")});
            paint.push_back(ours->paintMs);
            stall.push_back(ours->stallMs);
            whole.push_back(ours->wholeMs);
            barePaint.push_back(bare->paintMs);
            bareStall.push_back(bare->stallMs);
            context.progress(
                QStringLiteral(
                    "%1, pair %2 of %3: painted %4 ms (bare %5), longest stall %6 ms, whole %7 ms")
                    .arg(name)
                    .arg(pair + 1)
                    .arg(pairs)
                    .arg(ours->paintMs, 0, 'f', 0)
                    .arg(bare->paintMs, 0, 'f', 0)
                    .arg(ours->stallMs, 0, 'f', 0)
                    .arg(ours->wholeMs, 0, 'f', 0));
        }
        const double longest = *std::max_element(stall.begin(), stall.end());
        outcome.figures[name + QStringLiteral("_first_paint_ms")] = median(paint);
        outcome.figures[name + QStringLiteral("_longest_stall_ms")] = longest;
        outcome.figures[name + QStringLiteral("_whole_ms")] = median(whole);
        outcome.reference[name + QStringLiteral("_first_paint_ms")] = median(barePaint);
        outcome.reference[name + QStringLiteral("_longest_stall_ms")] =
            *std::max_element(bareStall.begin(), bareStall.end());
        outcome.ratios.push_back({name + QStringLiteral("_first_paint_ms"), median(paint),
                                  Ratio::Better::Lower, kGoalPaintMs});
        outcome.ratios.push_back({name + QStringLiteral("_longest_stall_ms"), longest,
                                  Ratio::Better::Lower, kGoalStallMs});
    }
    const auto stalls = measureEditing(store, engine, "pretty_10mb");
    if (!stalls)
        return failure(ErrorCode::SourceFailed,
                       {QStringLiteral("json"), QStringLiteral("editing came to no end")});
    outcome.figures[QStringLiteral("edit_open_longest_ms")] = stalls->openMs;
    outcome.figures[QStringLiteral("edit_typing_longest_ms")] = stalls->typingMs;
    outcome.figures[QStringLiteral("edit_saving_longest_ms")] = stalls->savingMs;
    outcome.figures[QStringLiteral("edit_answer_longest_ms")] = stalls->answerMs;
    outcome.figures[QStringLiteral("edit_conflict_longest_ms")] = stalls->conflictMs;
    outcome.figures[QStringLiteral("edit_merge_longest_ms")] = stalls->resolveMs;
    return outcome;
}

} // namespace kvscope::bench
