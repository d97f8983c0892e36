// ValueViews: one value as tree, text, bytes and diff, all of them in step.
#pragma once

#include "widgets/editor/textlog.h"
#include "widgets/editor/valuetext.h"

#include <QTimer>
#include <QWidget>

class QButtonGroup;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace kvscope {

class CodeEditor;
class DiffView;
class FindBar;
class HexView;
class JsonTreeView;

/// The text is the one truth (bytes, for what is not text); the tree shows the last text that was
/// JSON and edits through it. What is typed is judged off the UI thread once it is large.
class ValueViews : public QWidget
{
    Q_OBJECT

  public:
    explicit ValueViews(QWidget *parent = nullptr);

    enum class View : std::uint8_t { Tree, Text, Raw, Diff };

    /// Shows a value anew; nothing is modified then.
    void show(ValueText text, SharedBytes value);
    /// Against what changes are counted and shown, from now on.
    void setBase(SharedBytes display);
    const SharedBytes &base() const { return m_base; }
    /// What the text was at `edits` is saved.
    void markSaved(SharedBytes display, std::uint64_t edits);
    /// As one step that can be undone. Requires: made for the text that is shown.
    void replaceText(TextReplacement replacement);
    void setEditable(bool editable);

    /// The text as it stands in the view; for binary values the bytes. Nothing is copied.
    TextSnapshot snapshot();
    bool isModified() const;
    /// Takes what stands in a line editor of the tree that is still open.
    void finishEditing();
    /// A line editor of the tree is open.
    bool isEditingCell() const;
    /// Rises with every edit.
    std::uint64_t editCount() const { return m_edits; }
    const ValueText &shown() const { return m_shown; }
    const std::optional<JsonError> &fault() const { return m_judged.fault; }
    const JsonChange &change() const { return m_judged.change; }

    View view() const { return m_view; }
    void setView(View view);
    void find();
    void findNext();
    /// The caret goes to the fault.
    void showFault();
    /// Where the value's own bytes are needed for the Raw view: text to value.
    void setRawSource(std::function<SharedBytes(SharedBytes)> source)
    {
        m_rawSource = std::move(source);
    }

  signals:
    void edited();
    /// fault() and change() are those of the text now.
    void judged();
    void refused(const kvscope::Error &error);
    /// The first slice of a value is on the screen's way.
    void contentShown();

  protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void buildBar();
    void nameViews();
    void arrange();
    void textEdited();
    void judge();
    void adopt(const TextSnapshot &snapshot, const SharedBytes &joined);
    void takeJudged(JudgedText judged, std::uint64_t edits);
    void showVerdict();
    void markViewsSaved();
    void treeEdited(const JsonSplice &splice);
    void refreshTreeRights();
    void caretMoved(std::size_t offset);
    void nodeSelected(JsonDocument::Node node);
    void showPath(JsonDocument::Node node);
    void fillRaw();
    void fillDiff();
    bool isBinary() const { return m_shown.format == ValueFormat::Binary; }

    QButtonGroup *m_buttons;
    QLabel *m_path;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    JsonTreeView *m_tree;
    CodeEditor *m_editor;
    FindBar *m_find;
    HexView *m_hex;
    DiffView *m_diff;
    QWidget *m_bar;

    ValueText m_shown;
    SharedBytes m_base = std::make_shared<const Bytes>(); // display
    JudgedText m_judged;
    std::function<SharedBytes(SharedBytes)> m_rawSource;
    View m_view = View::Text;
    bool m_editable = false;
    std::uint64_t m_edits = 0;
    std::uint64_t m_judgedEdits = 0;
    bool m_verdictWaits = false;   // until the tree's line editor has closed
    bool m_revealAfter = false;    // the edit being judged came from the tree
    bool m_savedMeanwhile = false; // saved while it was edited: it may be the saved text again
    QTimer m_judging;
    Lifetime m_lifetime;
};

} // namespace kvscope
