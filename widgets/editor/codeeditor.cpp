// QScintilla set up for large JSON. Inserting lines costs most of an opening (10 MB: some 300 ms),
// so it is done in slices between events; styling runs when idle.
#include "widgets/editor/codeeditor.h"

#include "widgets/base/theme.h"
#include "widgets/editor/largetextaccess.h"

#include <Qsci/qscilexerjson.h>

#include <QEvent>

#include <algorithm>
#include <utility>

namespace kvscope {
namespace {

constexpr std::size_t kSlice = 256UL * 1024; // bytes, 3–6 ms of insertion
// From here on brackets are not matched (with the caret at one the whole text behind it is searched
// at every repaint: 170 ms in 10 MB), and changes are told before they are made.
constexpr std::size_t kLarge = 1024UL * 1024;
// Room for what will be typed: growing a full buffer of 10 MB copies it while a key is pressed.
constexpr std::size_t kTypedAtLeast = 256UL * 1024;
constexpr int kLineMargin = 0;
constexpr int kFoldMargin = 2;
constexpr int kFaultIndicator = 8;

// What QsciScintilla asks for by itself. Telling it of every slice made 10 MB take 2–4 s instead of
// 0.2.
constexpr unsigned long kNotified = QsciScintillaBase::SC_MOD_INSERTTEXT |
                                    QsciScintillaBase::SC_MOD_DELETETEXT |
                                    QsciScintillaBase::SC_MOD_CHANGEFOLD;
// Of each change that is told once it is made, QScintilla tells screen readers by its number of
// characters from the start, whether one listens or not: 20–40 ms a key in the midst of 10 MB. Of a
// large text we hear before, and read what was inserted from the text afterwards.
constexpr unsigned long kForetold = QsciScintillaBase::SC_MOD_BEFOREINSERT |
                                    QsciScintillaBase::SC_MOD_BEFOREDELETE |
                                    QsciScintillaBase::SC_MOD_CHANGEFOLD;

// Scintilla takes lengths as unsigned long and positions as long.
unsigned long wide(std::size_t n)
{
    return static_cast<unsigned long>(n);
}

} // namespace

CodeEditor::CodeEditor(QWidget *parent) : QsciScintilla(parent), m_lexer(new QsciLexerJSON(this))
{
    LargeTextAccess::install();
    setObjectName(QStringLiteral("codeEditor"));
    retranslate();
    setUtf8(true);
    setFrameShape(QFrame::NoFrame);
    setMarginType(kLineMargin, QsciScintilla::NumberMargin);
    setMarginWidth(1, 0);
    setAutoIndent(true);
    setIndentationWidth(2);
    setTabWidth(4);
    setIndentationsUseTabs(false);
    setCaretLineVisible(true);
    setWrapMode(QsciScintilla::WrapNone);
    indicatorDefine(QsciScintilla::SquiggleIndicator, kFaultIndicator);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETLAYOUTCACHE, static_cast<unsigned long>(SC_CACHE_PAGE));
    m_lexer->setFoldCompact(false);
    m_lexer->setHighlightEscapeSequences(true);
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &CodeEditor::insertSlice);
    // Undo reaches the saved text only after its last change.
    connect(this, &QsciScintilla::modificationChanged, this, [this] {
        if (!m_ours) emit edited();
    });
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this,
            [this](int position, int kind, const char *text, int length) {
                noteChange(position, kind, text, length);
            });
    connect(this, &QsciScintilla::cursorPositionChanged, this, [this] {
        if (!m_ours) emit caretMoved(caretOffset());
    });
    applyColours();
}

CodeEditor::~CodeEditor() = default;

void CodeEditor::load(SharedBytes text, Language language)
{
    m_slices.stop();
    m_ours = true;
    adoptConventions(*text);
    setLexer(language == Language::Json ? m_lexer : nullptr);
    setFolding(language == Language::Json ? QsciScintilla::PlainFoldStyle
                                          : QsciScintilla::NoFoldStyle,
               kFoldMargin);
    applyColours();
    const auto lines = std::count(text->begin(), text->end(), '\n') + 1;
    const bool wasLarge = std::exchange(m_large, text->size() > kLarge);
    if (wasLarge != m_large) LargeTextAccess::renew(this);
    setBraceMatching(m_large ? QsciScintilla::NoBraceMatch : QsciScintilla::SloppyBraceMatch);
    setMarginWidth(kLineMargin, QString(int(std::to_string(lines).size()) + 2, QLatin1Char('9')));
    setReadOnly(false);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_SETMODEVENTMASK, 0UL);
    SendScintilla(SCI_CLEARALL);
    SendScintilla(SCI_ALLOCATE, wide(text->size() + kTypedAtLeast), 0L);
    SendScintilla(SCI_SETIDLESTYLING, static_cast<unsigned long>(SC_IDLESTYLING_ALL));
    m_log.reset(text);
    m_foreseen.reset();
    m_untold = false;
    m_pending = std::move(text);
    m_inserted = 0;
    m_next.reset();
    m_ours = false;
    insertSlice();
    if (isLoading()) m_slices.start();
}

void CodeEditor::insertSlice()
{
    const std::size_t count = std::min(kSlice, m_pending->size() - m_inserted);
    m_ours = true;
    setReadOnly(false);
    SendScintilla(SCI_APPENDTEXT, wide(count), m_pending->data() + m_inserted);
    setReadOnly(true);
    m_ours = false;
    m_inserted += count;
    if (m_inserted == m_pending->size()) finishLoading();
}

void CodeEditor::finishLoading()
{
    m_slices.stop();
    m_pending.reset();
    m_inserted = 0;
    m_ours = true; // reaching the saved state by loading is no edit
    SendScintilla(SCI_SETUNDOCOLLECTION, 1UL);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    SendScintilla(SCI_SETMODEVENTMASK, m_large ? kForetold : kNotified);
    markSaved();
    setReadOnly(false);
    if (m_next) replaceAll(*std::exchange(m_next, std::nullopt));
    setReadOnly(m_locked);
    emit loadFinished();
}

// New lines and indentation follow the text's own.
void CodeEditor::adoptConventions(BytesView text)
{
    const std::size_t lineBreak = text.find_first_of("\r\n");
    const bool windows = lineBreak != BytesView::npos && text.substr(lineBreak, 2) == "\r\n";
    setEolMode(windows ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
    const std::size_t indent = text.find("\n\t");
    setIndentationsUseTabs(indent != BytesView::npos && indent < 4096);
}

void CodeEditor::replaceAll(TextReplacement replacement)
{
    if (isLoading()) {
        m_next = std::move(replacement);
        return;
    }
    if (isReadOnly() || replacement.splices.empty()) return;
    m_ours = true;
    m_replacing = true;
    SendScintilla(SCI_SETMODEVENTMASK, static_cast<unsigned long>(SC_MOD_CHANGEFOLD));
    styleWhatIsSeen();
    SendScintilla(SCI_BEGINUNDOACTION);
    for (const JsonSplice &splice : replacement.splices) replaceRange(splice);
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_SETMODEVENTMASK, m_large ? kForetold : kNotified);
    m_foreseen.reset();
    m_log.reset(std::move(replacement.text));
    m_replacing = false;
    m_ours = false;
    emit edited();
}

// Scintilla tells of every change, undone and redone ones as well.
void CodeEditor::noteChange(int position, int kind, const char *text, int length)
{
    const auto offset = std::size_t(position);
    if (kind & (SC_MOD_BEFOREINSERT | SC_MOD_BEFOREDELETE))
        return foresee(offset, kind, std::size_t(length));
    if (!(kind & (SC_MOD_INSERTTEXT | SC_MOD_DELETETEXT)) || m_replacing) return;
    styleWhatIsSeen();
    if (kind & SC_MOD_INSERTTEXT) m_log.note(offset, 0, BytesView(text, std::size_t(length)));
    if (kind & SC_MOD_DELETETEXT) m_log.note(offset, std::size_t(length), {});
    // Not by textChanged(), which comes before this.
    if (!m_ours) emit edited();
}

void CodeEditor::foresee(std::size_t offset, int kind, std::size_t length)
{
    noteForeseen(); // the change before this one has been made by now
    styleWhatIsSeen();
    if (kind & SC_MOD_BEFOREINSERT)
        m_foreseen = {offset, length};
    else
        m_log.note(offset, length, {});
    if (m_ours || std::exchange(m_untold, true)) return;
    QMetaObject::invokeMethod(this, &CodeEditor::tell, Qt::QueuedConnection);
}

void CodeEditor::noteForeseen()
{
    const std::optional<Range> range = std::exchange(m_foreseen, std::nullopt);
    if (!range) return;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): Scintilla's messages answer with integers
    const auto *text = reinterpret_cast<const char *>(
        SendScintilla(SCI_GETRANGEPOINTER, wide(range->offset), static_cast<long>(range->length)));
    if (text) m_log.note(range->offset, 0, BytesView(text, range->length));
}

void CodeEditor::tell()
{
    noteForeseen();
    if (std::exchange(m_untold, false)) emit edited();
}

// All behind a change is styled anew, 20 ms at a time: of a large text only what is in sight.
void CodeEditor::styleWhatIsSeen()
{
    if (length() > kLarge)
        SendScintilla(SCI_SETIDLESTYLING, static_cast<unsigned long>(SC_IDLESTYLING_TOVISIBLE));
}

TextSnapshot CodeEditor::snapshot()
{
    tell();
    if (!m_next) return m_log.snapshot();
    TextLog next;
    next.reset(m_next->text);
    return next.snapshot();
}

Bytes CodeEditor::bytes() const
{
    if (isLoading()) return m_next ? *m_next->text : *m_pending;
    const std::size_t size = length();
    // The pointer is to Scintilla's own buffer: valid until the next call that changes it.
    // NOLINTNEXTLINE(performance-no-int-to-ptr): its messages answer with integers
    const auto *text = reinterpret_cast<const char *>(SendScintilla(SCI_GETCHARACTERPOINTER));
    return text ? Bytes(text, size) : Bytes();
}

std::size_t CodeEditor::length() const
{
    if (isLoading()) return m_next ? m_next->text->size() : m_pending->size();
    return static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH));
}

void CodeEditor::markSaved()
{
    m_ours = true;
    SendScintilla(SCI_SETSAVEPOINT);
    m_ours = false;
}

void CodeEditor::apply(const JsonSplice &splice)
{
    if (isLoading() || isReadOnly()) return;
    SendScintilla(SCI_BEGINUNDOACTION);
    replaceRange(splice);
    SendScintilla(SCI_ENDUNDOACTION);
    tell();
}

void CodeEditor::replaceRange(const JsonSplice &splice)
{
    SendScintilla(SCI_SETTARGETRANGE, wide(splice.offset),
                  static_cast<long>(splice.offset + splice.removed));
    SendScintilla(SCI_REPLACETARGET, wide(splice.inserted.size()), splice.inserted.data());
}

std::size_t CodeEditor::caretOffset() const
{
    return static_cast<std::size_t>(SendScintilla(SCI_GETCURRENTPOS));
}

int CodeEditor::caretLine() const
{
    return int(SendScintilla(SCI_LINEFROMPOSITION, wide(caretOffset()))) + 1;
}

void CodeEditor::reveal(std::size_t begin, std::size_t end)
{
    if (end > static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH))) return;
    m_ours = true;
    const long line = SendScintilla(SCI_LINEFROMPOSITION, wide(begin));
    SendScintilla(SCI_ENSUREVISIBLEENFORCEPOLICY, static_cast<unsigned long>(line));
    // A container is marked by its first line alone: half a screen of selection tells nothing.
    const auto lineEnd = static_cast<std::size_t>(
        SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line)));
    SendScintilla(SCI_SETSEL, wide(std::min(end, lineEnd)), static_cast<long>(begin));
    SendScintilla(SCI_SCROLLCARET);
    m_ours = false;
}

void CodeEditor::markFault(std::size_t offset)
{
    clearFault();
    const std::size_t size = length();
    const std::size_t begin = offset < size ? offset : size - std::min<std::size_t>(size, 1);
    const auto end = static_cast<std::size_t>(SendScintilla(SCI_POSITIONAFTER, wide(begin)));
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kFaultIndicator));
    SendScintilla(SCI_INDICATORFILLRANGE, wide(begin),
                  static_cast<long>(std::max(end, begin + 1) - begin));
}

void CodeEditor::clearFault()
{
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kFaultIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
}

void CodeEditor::setLocked(bool locked)
{
    m_locked = locked;
    if (!isLoading()) setReadOnly(locked);
}

bool CodeEditor::findText(const QString &text, Direction direction)
{
    if (text.isEmpty()) return false;
    const bool forward = direction == Direction::Forward;
    int line = 0;
    int column = 0;
    int toLine = 0;
    int toColumn = 0;
    getSelection(&line, &column, &toLine, &toColumn);
    const bool selected = line >= 0;
    if (forward && selected) {
        line = toLine;
        column = toColumn;
    }
    if (!selected) getCursorPosition(&line, &column);
    return findFirst(text, false, false, false, true, forward, line, column, true);
}

void CodeEditor::applyColours()
{
    const ThemeTokens &t = theme();
    // QScintilla reads a font's point size alone, and ours come in pixels.
    QFont font = monoFont();
    font.setPointSizeF(font.pixelSize() * 72.0 / logicalDpiY());
    const std::pair<int, QColor> styles[] = {{QsciLexerJSON::Property, t.jsonKey},
                                             {QsciLexerJSON::String, t.jsonString},
                                             {QsciLexerJSON::Number, t.jsonNumber},
                                             {QsciLexerJSON::Keyword, t.purple},
                                             {QsciLexerJSON::EscapeSequence, t.jsonNumber},
                                             {QsciLexerJSON::Operator, t.muted},
                                             {QsciLexerJSON::UnclosedString, t.bad},
                                             {QsciLexerJSON::Error, t.bad},
                                             {QsciLexerJSON::IRI, t.jsonString},
                                             {QsciLexerJSON::IRICompact, t.jsonString},
                                             {QsciLexerJSON::KeywordLD, t.jsonKey},
                                             {QsciLexerJSON::CommentLine, t.bad},
                                             {QsciLexerJSON::CommentBlock, t.bad},
                                             {QsciLexerJSON::Default, t.text}};
    m_lexer->setDefaultPaper(t.panel);
    m_lexer->setDefaultColor(t.text);
    m_lexer->setDefaultFont(font);
    m_lexer->setPaper(t.panel);
    m_lexer->setFont(font);
    for (const auto &[style, colour] : styles) m_lexer->setColor(colour, style);
    setFont(font);
    setColor(t.text);
    setPaper(t.panel);
    setMarginsFont(font);
    setMarginsBackgroundColor(t.panel);
    setMarginsForegroundColor(t.faint);
    setFoldMarginColors(t.panel, t.panel);
    setCaretForegroundColor(t.accent);
    setCaretLineBackgroundColor(t.raised);
    setSelectionBackgroundColor(t.onSelection);
    resetSelectionForegroundColor();
    setMatchedBraceForegroundColor(t.accent);
    setMatchedBraceBackgroundColor(t.onSelection);
    setUnmatchedBraceForegroundColor(t.bad);
    setUnmatchedBraceBackgroundColor(t.panel);
    setIndicatorForegroundColor(t.bad, kFaultIndicator);
    // Quiet arrows in place of boxes.
    for (unsigned long marker = SC_MARKNUM_FOLDEREND; marker <= SC_MARKNUM_FOLDEROPEN; ++marker) {
        SendScintilla(SCI_MARKERDEFINE, marker, static_cast<long>(SC_MARK_EMPTY));
        SendScintilla(SCI_MARKERSETFORE, marker, t.faint);
        SendScintilla(SCI_MARKERSETBACK, marker, t.faint);
    }
    for (const unsigned long open : {SC_MARKNUM_FOLDEROPEN, SC_MARKNUM_FOLDEROPENMID})
        SendScintilla(SCI_MARKERDEFINE, open, static_cast<long>(SC_MARK_ARROWDOWN));
    for (const unsigned long closed : {SC_MARKNUM_FOLDER, SC_MARKNUM_FOLDEREND})
        SendScintilla(SCI_MARKERDEFINE, closed, static_cast<long>(SC_MARK_ARROW));
    SendScintilla(SCI_SETEXTRAASCENT, 2UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
}

void CodeEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColours();
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CodeEditor::retranslate()
{
    setAccessibleName(tr("Text of the value"));
}

} // namespace kvscope
