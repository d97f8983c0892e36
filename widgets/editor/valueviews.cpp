// Keeping the views in step. What is small is judged at once, what is large on the pool after a
// pause.
#include "widgets/editor/valueviews.h"

#include "widgets/base/theme.h"
#include "widgets/editor/codeeditor.h"
#include "widgets/editor/diffview.h"
#include "widgets/editor/findbar.h"
#include "widgets/editor/hexview.h"
#include "widgets/editor/jsontreeview.h"

#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace kvscope {
namespace {

constexpr std::size_t kJudgedAtOnce =
    32UL * 1024; // bytes; parsing and counting them takes under 2 ms
constexpr std::size_t kLarge = 1024UL * 1024;
constexpr int kPauseMs = 150;
constexpr int kLongPauseMs = 400;
constexpr int kWide = 620; // px from which tree and text stand side by side

} // namespace

ValueViews::ValueViews(QWidget *parent)
    : QWidget(parent), m_buttons(new QButtonGroup(this)), m_path(new QLabel(this)),
      m_stack(new QStackedWidget(this)), m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_tree(new JsonTreeView(this)), m_hex(new HexView(this)), m_diff(new DiffView(this)),
      m_bar(new QWidget(this))
{
    auto *textPane = new QWidget(this);
    m_editor = new CodeEditor(textPane);
    m_find = new FindBar(m_editor, textPane);
    auto *paneLayout = new QVBoxLayout(textPane);
    paneLayout->setContentsMargins(0, 0, 0, 0);
    paneLayout->setSpacing(0);
    paneLayout->addWidget(m_find);
    paneLayout->addWidget(m_editor, 1);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(textPane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setHandleWidth(1);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_hex);
    m_stack->addWidget(m_diff);
    buildBar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);

    m_judging.setSingleShot(true);
    connect(&m_judging, &QTimer::timeout, this, &ValueViews::judge);
    connect(m_editor, &CodeEditor::edited, this, &ValueViews::textEdited);
    connect(m_editor, &CodeEditor::caretMoved, this, &ValueViews::caretMoved);
    connect(m_tree, &JsonTreeView::nodeSelected, this, &ValueViews::nodeSelected);
    connect(m_tree->jsonModel(), &JsonTreeModel::edited, this, &ValueViews::treeEdited);
    connect(m_tree->jsonModel(), &JsonTreeModel::refused, this, &ValueViews::refused);
    connect(m_tree, &JsonTreeView::editingFinished, this, [this] {
        if (std::exchange(m_verdictWaits, false)) judge();
    });
    connect(m_editor, &CodeEditor::loadFinished, this, &ValueViews::refreshTreeRights);
    connect(m_hex, &HexView::edited, this, &ValueViews::textEdited);
    connect(m_hex, &HexView::caretMoved, this,
            [this](std::size_t offset) { m_path->setText(tr("byte %1").arg(offset)); });
}

void ValueViews::buildBar()
{
    setLook(m_bar, "bar");
    m_bar->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    const std::pair<View, const char *> views[] = {{View::Tree, "viewTree"},
                                                   {View::Text, "viewText"},
                                                   {View::Raw, "viewRaw"},
                                                   {View::Diff, "viewDiff"}};
    for (const auto &[view, name] : views) {
        auto *button = new QPushButton(m_bar);
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        setLook(button, "segment");
        m_buttons->addButton(button, int(view));
        layout->addWidget(button);
    }
    nameViews();
    m_path->setObjectName(QStringLiteral("pathLabel"));
    m_path->setTextFormat(Qt::PlainText);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_path->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setLook(m_path, "muted");
    layout->addWidget(m_path, 1);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { setView(View(id)); });
    // Made after the views, but Tab goes the way the eye goes.
    QWidget *before = m_buttons->button(int(View::Diff));
    for (QWidget *view : {static_cast<QWidget *>(m_tree), static_cast<QWidget *>(m_editor),
                          static_cast<QWidget *>(m_hex), static_cast<QWidget *>(m_diff)}) {
        setTabOrder(before, view);
        before = view;
    }
    // In a text that is edited Tab writes a tab.
    for (const QKeySequence &keys :
         {QKeySequence(Qt::Key_F6), QKeySequence(Qt::SHIFT | Qt::Key_F6)}) {
        auto *leave = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        const bool backward = keys[0].keyboardModifiers() & Qt::ShiftModifier;
        connect(leave, &QShortcut::activated, this, [this, backward] {
            if (!m_editor->hasFocus() && m_editor->isVisible())
                m_editor->setFocus();
            else if (backward)
                focusPreviousChild();
            else
                focusNextChild();
        });
    }
}

void ValueViews::nameViews()
{
    m_buttons->button(int(View::Tree))->setText(tr("Tree"));
    m_buttons->button(int(View::Text))->setText(tr("Text"));
    m_buttons->button(int(View::Raw))->setText(tr("Raw"));
    m_buttons->button(int(View::Diff))->setText(tr("Diff"));
}

void ValueViews::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    nameViews();
    if (!isBinary()) caretMoved(m_editor->caretOffset());
}

void ValueViews::show(ValueText text, SharedBytes value)
{
    m_lifetime.renew();
    m_judging.stop();
    dropOffThread(std::tuple(std::move(m_judged), m_shown.display, m_base));
    const bool sameKind = m_shown.format == text.format && m_edits > 0 && !m_shown.partial;
    m_shown = std::move(text);
    m_judged = {m_shown.display, m_shown.document, m_shown.fault, {}, true};
    ++m_edits;
    m_judgedEdits = m_edits;
    m_verdictWaits = false;
    m_revealAfter = false;
    m_savedMeanwhile = false;
    m_base = isBinary() ? value : m_shown.display;
    m_path->clear();
    m_editor->clearFault();
    setEditable(m_editable);
    m_tree->setStale(false);
    m_tree->setDocument(m_shown.document);
    if (isBinary()) {
        m_editor->load(std::make_shared<const Bytes>(), CodeEditor::Language::Plain);
        m_hex->load(value, std::move(m_shown.binary));
    } else {
        m_editor->load(m_shown.display, m_shown.format == ValueFormat::Json
                                            ? CodeEditor::Language::Json
                                            : CodeEditor::Language::Plain);
        if (m_shown.fault && !m_shown.tooLong) m_editor->markFault(m_shown.fault->offset);
    }
    const bool hasTree = m_shown.document != nullptr;
    m_buttons->button(int(View::Tree))->setVisible(hasTree);
    m_buttons->button(int(View::Text))->setVisible(!isBinary());
    const View preferred = isBinary() ? View::Raw : hasTree ? View::Tree : View::Text;
    const bool keep = sameKind && m_view != View::Diff && (hasTree || m_view != View::Tree);
    setView(keep ? m_view : preferred);
    emit judged();
    emit contentShown();
}

void ValueViews::setBase(SharedBytes display)
{
    m_base = std::move(display);
    judge();
}

void ValueViews::markSaved(SharedBytes display, std::uint64_t edits)
{
    m_base = std::move(display);
    if (edits == m_edits)
        markViewsSaved();
    else
        m_savedMeanwhile = true;
    judge();
}

void ValueViews::markViewsSaved()
{
    m_editor->markSaved();
    m_hex->markSaved();
}

void ValueViews::replaceText(TextReplacement replacement)
{
    if (isBinary()) return m_hex->replaceAll(replacement);
    m_editor->replaceAll(std::move(replacement));
}

void ValueViews::setEditable(bool editable)
{
    m_editable = editable;
    m_editor->setLocked(!editable || m_shown.tooLong || m_shown.partial);
    refreshTreeRights();
    m_hex->setEditable(editable && isBinary() && !m_shown.partial);
}

// A splice fits only the text it was made for: the tree takes none while another text is being
// judged, or is still on its way into the text view.
void ValueViews::refreshTreeRights()
{
    m_tree->setEditable(m_editable && m_judgedEdits == m_edits && !m_editor->isLoading());
}

TextSnapshot ValueViews::snapshot()
{
    return isBinary() ? m_hex->snapshot() : m_editor->snapshot();
}

void ValueViews::adopt(const TextSnapshot &snapshot, const SharedBytes &joined)
{
    if (isBinary())
        m_hex->adopt(snapshot, joined);
    else
        m_editor->adopt(snapshot, joined);
}

bool ValueViews::isModified() const
{
    return isBinary() ? m_hex->isModified() : m_editor->isChanged();
}

void ValueViews::finishEditing()
{
    QWidget *focus = QApplication::focusWidget();
    if (focus != m_tree && m_tree->isAncestorOf(focus)) m_tree->setFocus();
}

bool ValueViews::isEditingCell() const
{
    return m_tree->isEditing();
}

void ValueViews::setView(View view)
{
    m_view = view;
    m_buttons->button(int(view))->setChecked(true);
    arrange();
    if (view == View::Raw) fillRaw();
    if (view == View::Diff) fillDiff();
}

void ValueViews::arrange()
{
    const bool tree = m_view == View::Tree;
    m_tree->setVisible(tree);
    m_editor->parentWidget()->setVisible(m_view == View::Text || (tree && width() >= kWide));
    QWidget *page = m_splitter;
    if (m_view == View::Raw) page = m_hex;
    if (m_view == View::Diff) page = m_diff;
    m_stack->setCurrentWidget(page);
}

void ValueViews::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ValueViews::textEdited()
{
    ++m_edits;
    refreshTreeRights();
    emit edited();
    const std::size_t size = isBinary() ? m_hex->bytes().size() : m_editor->length();
    if (size <= kJudgedAtOnce)
        judge();
    else
        m_judging.start(size > kLarge ? kLongPauseMs : kPauseMs);
}

void ValueViews::judge()
{
    m_judging.stop();
    const std::uint64_t edits = m_edits;
    const ValueFormat format = m_shown.format;
    TextSnapshot now = snapshot();
    const std::size_t size = isBinary() ? m_hex->bytes().size() : m_editor->length();
    if (size + m_base->size() <= 2 * kJudgedAtOnce) {
        JudgedText judged = judgeText(now.join(), *m_base, format);
        adopt(now, judged.text);
        return takeJudged(std::move(judged), edits);
    }
    runOffThread(
        m_lifetime,
        [now, before = m_base, format] { return judgeText(now.join(), *before, format); },
        [this, now, before = m_base, edits](JudgedText judged) {
            adopt(now, judged.text);
            if (before == m_base) takeJudged(std::move(judged), edits);
        });
}

void ValueViews::takeJudged(JudgedText judgedText, std::uint64_t edits)
{
    if (edits != m_edits) return; // typed on meanwhile: the next verdict is on its way
    // Rows must not change under an open line editor: what is typed there would be lost.
    if (m_tree->isEditing() && m_shown.format == ValueFormat::Json) {
        m_verdictWaits = true;
        return;
    }
    const JudgedText old = std::exchange(m_judged, std::move(judgedText));
    m_judgedEdits = edits;
    refreshTreeRights();
    if (m_shown.format == ValueFormat::Json) showVerdict();
    if (m_view == View::Diff) fillDiff();
    if (std::exchange(m_savedMeanwhile, false) && m_judged.same) {
        markViewsSaved();
        emit edited();
    }
    if (old.text && old.text->size() > kLarge) dropOffThread(old);
    emit judged();
}

void ValueViews::showVerdict()
{
    m_tree->setStale(!m_judged.document);
    if (!m_judged.document) {
        if (m_judged.fault) m_editor->markFault(m_judged.fault->offset);
        return;
    }
    m_tree->setDocument(m_judged.document);
    m_buttons->button(int(View::Tree))->setVisible(true);
    m_editor->clearFault();
    // The text view marks the whole of what was edited in the tree, not what is left of the mark.
    if (std::exchange(m_revealAfter, false) && m_tree->currentNode() != JsonDocument::kNone)
        nodeSelected(m_tree->currentNode());
    else
        caretMoved(m_editor->caretOffset());
}

void ValueViews::treeEdited(const JsonSplice &splice)
{
    // A splice is made for the text that was judged; for any other it would hit the wrong bytes.
    m_editor->tell();
    if (m_judgedEdits != m_edits || !m_judged.document) return;
    m_revealAfter = true;
    m_editor->apply(splice);
    if (m_judging.isActive()) judge(); // no keystroke follows; the tree waits for it
}

void ValueViews::caretMoved(std::size_t offset)
{
    if (m_judgedEdits != m_edits || !m_judged.document || m_editor->isLoading()) return;
    const JsonDocument::Node node = m_judged.document->nodeAt(offset);
    if (node != m_tree->currentNode() && !m_tree->isEditing()) m_tree->showNode(node);
    showPath(node);
}

void ValueViews::nodeSelected(JsonDocument::Node node)
{
    m_editor->tell();
    if (m_judgedEdits != m_edits || !m_judged.document) return;
    const JsonDocument &document = *m_judged.document;
    const BytesView name = document.keyText(node);
    const std::size_t begin =
        name.empty() ? document.begin(node) : std::size_t(name.data() - document.bytes().data());
    m_editor->reveal(begin, document.end(node));
    showPath(node);
}

void ValueViews::showPath(JsonDocument::Node node)
{
    const JsonDocument &document = *m_judged.document;
    const Bytes pointer = document.pointer(node);
    const QString path =
        pointer.empty() ? tr("whole value") : QString::fromStdString(escapeBytes(pointer));
    const QString text = tr("%1 · %2 · line %3")
                             .arg(path, jsonTypeName(document.type(node)))
                             .arg(m_editor->caretLine());
    m_path->setToolTip(text);
    m_path->setText(m_path->fontMetrics().elidedText(text, Qt::ElideLeft, m_path->width()));
}

void ValueViews::fillRaw()
{
    if (isBinary()) return;
    runOffThread(
        m_lifetime,
        [now = snapshot(), source = m_rawSource] {
            const SharedBytes text = now.join();
            return source ? source(text) : text;
        },
        [this](SharedBytes value) {
            if (!isBinary()) m_hex->load(std::move(value));
        });
}

void ValueViews::fillDiff()
{
    runOffThread(
        m_lifetime,
        [before = m_base, now = snapshot(), binary = isBinary()] {
            return binary ? compareDumps(*before, *now.join())
                          : DiffView::compare(before, now.join());
        },
        [this](std::shared_ptr<const DiffView::Content> content) {
            m_diff->show(std::move(content));
        });
}

void ValueViews::find()
{
    if (isBinary()) return;
    if (m_view != View::Tree || width() < kWide) setView(View::Text);
    m_find->begin();
}

void ValueViews::findNext()
{
    if (!isBinary()) m_find->findNext();
}

void ValueViews::showFault()
{
    if (!m_judged.fault || isBinary()) return;
    if (m_view != View::Tree || width() < kWide) setView(View::Text);
    m_editor->reveal(m_judged.fault->offset, m_judged.fault->offset);
    m_editor->setFocus();
}

} // namespace kvscope
