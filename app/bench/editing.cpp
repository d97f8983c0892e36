// A timer that is always due notes the time between two passes of the loop; keys and clicks are
// sent to the widgets as events, each within its own pass.
#include "app/bench/editing.h"

#include "widgets/editor/codeeditor.h"
#include "widgets/editor/editortabs.h"
#include "widgets/editor/jsontreeview.h"

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QPushButton>
#include <QTimer>

namespace kvscope::bench {
namespace {

constexpr int kPatienceMs = 30'000;
constexpr int kLetters = 12;
constexpr int kBetweenMs = 120;
constexpr int kAfterMs = 1500; // drafts and verdicts come after pauses

class Loop
{
  public:
    /// Runs until `done`; the longest pass in ms, or nothing when patience ended.
    std::optional<double> until(const std::function<bool()> &done)
    {
        double longest = 0;
        bool reached = false;
        QEventLoop loop;
        QTimer due;
        QElapsedTimer all, pass;
        all.start();
        pass.start();
        QObject::connect(&due, &QTimer::timeout, &loop, [&] {
            longest = std::max(longest, double(pass.nsecsElapsed()) / 1e6);
            reached = done();
            if (reached || all.elapsed() > kPatienceMs) loop.quit();
            pass.start();
        });
        due.start(0);
        loop.exec();
        if (!reached) return std::nullopt;
        return longest;
    }
    /// `action` belongs to the first pass.
    std::optional<double> after(const std::function<void()> &action,
                                const std::function<bool()> &done)
    {
        bool acted = false;
        QTimer::singleShot(0, qApp, [&] {
            action();
            acted = true;
        });
        return until([&] { return acted && done(); });
    }
};

QWidget *visibleNamed(const char *name)
{
    for (QWidget *widget : QApplication::allWidgets())
        if (widget->objectName() == QLatin1String(name) && widget->isVisible()) return widget;
    return nullptr;
}

void press(QWidget *widget, int key, const QString &text = {},
           Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QKeyEvent event(QEvent::KeyPress, key, modifiers, text);
    QCoreApplication::sendEvent(widget, &event);
}

void click(const char *dialog, const char *button)
{
    auto *window = visibleNamed(dialog);
    if (auto *found = window ? window->findChild<QPushButton *>(QLatin1String(button)) : nullptr)
        found->click();
}

} // namespace

std::optional<EditingStalls> measureEditing(Store &store, engine::Engine &engine, const Bytes &key)
{
    EditorTabs tabs;
    tabs.setStore(&store);
    tabs.resize(1000, 760);
    tabs.show();
    Loop loop;
    EditingStalls stalls;
    int contents = 0;
    QObject::connect(&tabs, &EditorTabs::contentShown, &tabs, [&] { ++contents; });
    const auto editor = [&] { return tabs.findChild<CodeEditor *>(); };
    const auto open =
        loop.after([&] { tabs.openKey(key, EditorTabs::OpenMode::Reuse); },
                   [&] {
                       return contents > 1 && !editor()->isLoading() &&
                              tabs.findChild<JsonTreeView *>()->jsonModel()->isEditable();
                   });
    if (!open) return std::nullopt;
    stalls.openMs = *open;

    const auto type = [&]() -> std::optional<double> {
        const std::size_t at = editor()->length() / 2;
        editor()->SendScintilla(QsciScintillaBase::SCI_GOTOPOS,
                                static_cast<unsigned long>(editor()->SendScintilla(
                                    QsciScintillaBase::SCI_GETLINEENDPOSITION,
                                    editor()->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION,
                                                            static_cast<unsigned long>(at)))));
        int typed = 0;
        QElapsedTimer since;
        since.start();
        return loop.until([&] {
            if (typed == kLetters) return since.elapsed() > kAfterMs;
            if (since.elapsed() < kBetweenMs) return false;
            since.start();
            QTimer::singleShot(0, editor(),
                               [&] { press(editor(), Qt::Key_Space, QStringLiteral(" ")); });
            ++typed;
            return false;
        });
    };
    const auto save = [&] {
        return loop.after([&] { tabs.saveCurrent(); },
                          [] { return visibleNamed("saveDialog") != nullptr; });
    };
    const auto typing = type();
    const auto saving = typing ? save() : std::nullopt;
    if (!saving) return std::nullopt;
    stalls.typingMs = *typing;
    stalls.savingMs = *saving;
    QElapsedTimer since;
    const auto answer = loop.after([] { click("saveDialog", "confirmButton"); },
                                   [&] {
                                       if (!tabs.hasUnsaved() && !since.isValid()) since.start();
                                       return since.isValid() && since.elapsed() > kAfterMs;
                                   });
    if (!answer) return std::nullopt;
    stalls.answerMs = *answer;

    if (!type()) return std::nullopt;
    Bytes theirs(engine.peek(key).value());
    theirs.insert(theirs.size() - 2, "  ");
    engine.set(key, theirs, {}, {engine::Expiry::Kind::Keep});
    if (!save()) return std::nullopt;
    const auto conflict = loop.after([] { click("saveDialog", "confirmButton"); },
                                     [] { return visibleNamed("conflictPanel") != nullptr; });
    if (!conflict) return std::nullopt;
    stalls.conflictMs = *conflict;
    since.invalidate();
    const auto resolve = loop.after([] { click("conflictPanel", "mergeBoth"); },
                                    [&] {
                                        if (!since.isValid()) since.start();
                                        return since.elapsed() > kAfterMs;
                                    });
    if (!resolve) return std::nullopt;
    stalls.resolveMs = *resolve;
    tabs.setStore(nullptr);
    return stalls;
}

} // namespace kvscope::bench
