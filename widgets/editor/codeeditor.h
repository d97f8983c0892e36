// CodeEditor: the text of a value in QScintilla, as bytes, coloured from the theme.
#pragma once

#include "widgets/editor/textlog.h"

#include <Qsci/qsciscintilla.h>

#include <QTimer>

#include <optional>

class QsciLexerJSON;

namespace kvscope {

/// Holds well-formed UTF-8 without NUL. A large text is inserted in slices between other events,
/// the first slice at once; until loadFinished() it can't be edited. Offsets are bytes.
class CodeEditor : public QsciScintilla
{
    Q_OBJECT

  public:
    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    enum class Language : std::uint8_t { Plain, Json };
    void load(SharedBytes text, Language language);
    /// Replaces the whole text as one step that can be undone, once what is loading is whole;
    /// bytes() and snapshot() have it at once. Requires: made for the text that is here, or
    /// loading.
    void replaceAll(TextReplacement replacement);
    bool isLoading() const { return m_pending != nullptr; }
    /// What QScintilla does in time with the whole text is left out.
    bool isLarge() const { return m_large; }

    /// A copy, whole also while loading.
    Bytes bytes() const;
    /// The same without copying.
    TextSnapshot snapshot();
    void adopt(const TextSnapshot &snapshot, SharedBytes joined)
    {
        m_log.adopt(snapshot, std::move(joined));
    }
    std::size_t length() const;
    /// Of a change to a large text edited() tells in the next turn of the event loop, or here.
    void tell();
    /// What is there now is what is saved.
    void markSaved();
    /// Differs from what was loaded or saved, or is about to.
    bool isChanged() const { return isLoading() ? m_next.has_value() : isModified(); }

    /// One step that can be undone. Requires: the text the splice was made for.
    void apply(const JsonSplice &splice);

    std::size_t caretOffset() const;
    int caretLine() const; ///< from 1
    /// Moves the caret to `begin`, scrolls there and marks begin…end. Emits no caretMoved().
    void reveal(std::size_t begin, std::size_t end);
    /// Underlines the place of a fault.
    void markFault(std::size_t offset);
    void clearFault();
    /// Refusal to be edited for a reason of the page, on top of loading.
    void setLocked(bool locked);

    /// Selects the next match, any case; false if there is none.
    enum class Direction : std::uint8_t { Forward, Backward };
    bool findText(const QString &text, Direction direction);

  signals:
    /// By typing, undo or apply(); not by load().
    void edited();
    void caretMoved(std::size_t offset);
    void loadFinished();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void insertSlice();
    void finishLoading();
    void applyColours();
    void adoptConventions(BytesView text);
    void noteChange(int position, int kind, const char *text, int length);
    void foresee(std::size_t offset, int kind, std::size_t length);
    void noteForeseen();
    void styleWhatIsSeen();
    void replaceRange(const JsonSplice &splice);
    void retranslate();

    QsciLexerJSON *m_lexer;
    QTimer m_slices;
    SharedBytes m_pending; // the whole text while it is being inserted, else null
    std::size_t m_inserted = 0;
    std::optional<TextReplacement> m_next; // takes the place of what is being inserted
    TextLog m_log;                         // the text here, but for m_next
    struct Range
    {
        std::size_t offset, length;
    };
    std::optional<Range> m_foreseen; // an insertion the log does not have yet
    bool m_untold = false;           // a change that edited() has not told
    bool m_large = false;
    bool m_ours = false;      // the change or move under way is not the person's
    bool m_replacing = false; // the log gets the whole text behind these changes
    bool m_locked = false;
};

} // namespace kvscope
