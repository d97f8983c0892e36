// Keys, menu and the memory of what is open.
#include "widgets/editor/jsontreeview.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/editor/jsontreedelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace kvscope {
namespace {

constexpr std::size_t kMaxRemembered = 500; // open branches kept across a changed structure
constexpr int kOpenAtFirst = 64; // members up to which the first levels open by themselves

} // namespace

JsonTreeView::JsonTreeView(QWidget *parent) : QTreeView(parent), m_model(new JsonTreeModel(this))
{
    setObjectName(QStringLiteral("jsonTree"));
    setAccessibleName(tr("Tree of the value"));
    setModel(m_model);
    setItemDelegate(new JsonTreeDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(16);
    setExpandsOnDoubleClick(false);
    setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAllColumnsShowFocus(true);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(56);
    header()->setSectionResizeMode(JsonTreeModel::NameColumn, QHeaderView::Interactive);
    header()->setSectionResizeMode(JsonTreeModel::ValueColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(JsonTreeModel::TypeColumn, QHeaderView::Fixed);
    header()->resizeSection(JsonTreeModel::NameColumn, 160);
    header()->resizeSection(JsonTreeModel::TypeColumn, 76);
}

void JsonTreeView::setDocument(std::shared_ptr<const JsonDocument> document)
{
    const bool first = !m_model->document();
    const std::vector<Bytes> open = openPointers();
    const JsonDocument::Node current = currentNode();
    const Bytes selected =
        first || current == JsonDocument::kNone ? Bytes() : m_model->document()->pointer(current);
    m_silent = true;
    bool reset = false;
    const auto watch =
        connect(m_model, &QAbstractItemModel::modelReset, this, [&reset] { reset = true; });
    m_model->setDocument(document);
    disconnect(watch);
    if (reset && document) {
        const QModelIndex root = m_model->index(0, 0);
        expand(root);
        if (first && m_model->rowCount(root) <= kOpenAtFirst) {
            for (int row = 0; row < m_model->rowCount(root); ++row) {
                const QModelIndex child = m_model->index(row, 0, root);
                if (m_model->rowCount(child) <= kOpenAtFirst) expand(child);
            }
        }
        if (first)
            header()->resizeSection(
                JsonTreeModel::NameColumn,
                std::clamp(sizeHintForColumn(JsonTreeModel::NameColumn) + 24, 96, 240));
        for (const Bytes &pointer : open) {
            if (const auto node = document->find(pointer)) expand(m_model->indexOf(*node));
        }
        if (const auto node = document->find(selected)) setCurrentIndex(m_model->indexOf(*node));
    }
    m_silent = false;
}

std::vector<Bytes> JsonTreeView::openPointers() const
{
    std::vector<Bytes> pointers;
    const JsonDocument *document = m_model->document();
    if (!document) return pointers;
    std::vector<QModelIndex> waiting{m_model->index(0, 0)};
    while (!waiting.empty() && pointers.size() < kMaxRemembered) {
        const QModelIndex index = waiting.back();
        waiting.pop_back();
        if (!isExpanded(index)) continue;
        pointers.push_back(document->pointer(m_model->nodeOf(index)));
        const int rows = std::min(m_model->rowCount(index), int(kMaxRemembered));
        for (int row = 0; row < rows; ++row) {
            const QModelIndex child = m_model->index(row, 0, index);
            if (isExpanded(child)) waiting.push_back(child);
        }
    }
    return pointers;
}

void JsonTreeView::setStale(bool stale)
{
    static_cast<JsonTreeDelegate *>(itemDelegate())->stale = stale;
    m_model->setEditable(m_editable && !stale);
    viewport()->update();
}

void JsonTreeView::setEditable(bool editable)
{
    m_editable = editable;
    m_model->setEditable(editable && !static_cast<JsonTreeDelegate *>(itemDelegate())->stale);
}

// Between the row that was left and the next one the document may be exchanged.
void JsonTreeView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTreeView::closeEditor(editor, QAbstractItemDelegate::NoHint);
    if (!isEditing()) emit editingFinished();
    if (hint != QAbstractItemDelegate::NoHint) QTreeView::closeEditor(nullptr, hint);
}

void JsonTreeView::showNode(JsonDocument::Node node)
{
    m_silent = true;
    const QModelIndex index = m_model->indexOf(node);
    for (QModelIndex up = index.parent(); up.isValid(); up = up.parent()) expand(up);
    setCurrentIndex(index);
    scrollTo(index);
    m_silent = false;
}

JsonDocument::Node JsonTreeView::currentNode() const
{
    return m_model->nodeOf(currentIndex());
}

void JsonTreeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_silent && current.isValid()) emit nodeSelected(m_model->nodeOf(current));
}

void JsonTreeView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    if (event->matches(QKeySequence::Copy)) return copyValue();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2: {
        const QModelIndex value = index.siblingAtColumn(JsonTreeModel::ValueColumn);
        const bool name = event->key() == Qt::Key_F2 && (event->modifiers() & Qt::ShiftModifier);
        if (state() == EditingState || !index.isValid()) break;
        if (name) return edit(index.siblingAtColumn(JsonTreeModel::NameColumn));
        if (value.flags() & Qt::ItemIsEditable) return edit(value);
        if (m_model->hasChildren(index))
            return setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
        return;
    }
    case Qt::Key_Insert:
        return addBeneath(index);
    case Qt::Key_Delete:
        return removeCurrent();
    default:
        break;
    }
    QTreeView::keyPressEvent(event);
}

// Beneath a container, or beside a value.
void JsonTreeView::addBeneath(const QModelIndex &index)
{
    const JsonDocument *document = m_model->document();
    JsonDocument::Node node = m_model->nodeOf(index);
    if (!document || !m_model->isEditable() || node == JsonDocument::kNone) return;
    if (!document->isContainer(node)) node = document->parent(node);
    if (node == JsonDocument::kNone) return;
    if (document->type(node) == JsonType::Array) return appendTo(node, {});
    const Bytes container = document->pointer(node);
    TextQuestion question;
    question.objectName = QStringLiteral("addMember");
    question.title = tr("Add a member");
    question.label = tr("Name");
    question.confirmText = tr("Add");
    question.complaint = [this, container](const QString &name) {
        const JsonDocument *now = m_model->document();
        const auto object =
            now ? now->find(container) : Result<JsonDocument::Node>(JsonDocument::kNone);
        if (!object || *object == JsonDocument::kNone) return tr("The object is no longer there.");
        for (const JsonDocument::Node child : now->children(*object)) {
            if (now->key(child) == name.toStdString())
                return tr("The object has a member of this name.");
        }
        return QString();
    };
    askText(this, question, [this, container](const QString &name) {
        const auto object = m_model->document() ? m_model->document()->find(container)
                                                : Result<JsonDocument::Node>(JsonDocument::kNone);
        if (object && *object != JsonDocument::kNone) appendTo(*object, name);
    });
}

void JsonTreeView::appendTo(JsonDocument::Node container, const QString &name)
{
    const auto splice = m_model->document()->append(container, name.toStdString(), "null");
    if (splice)
        emit m_model->edited(*splice);
    else
        emit m_model->refused(splice.error());
}

void JsonTreeView::removeCurrent()
{
    const JsonDocument::Node node = currentNode();
    if (!m_model->document() || !m_model->isEditable() || node == JsonDocument::kNone ||
        node == JsonDocument::kRoot)
        return;
    const auto splice = m_model->document()->removeNode(node);
    if (splice) emit m_model->edited(*splice);
}

void JsonTreeView::copyValue()
{
    const JsonDocument::Node node = currentNode();
    if (!m_model->document() || node == JsonDocument::kNone) return;
    const BytesView text = m_model->document()->text(node);
    QApplication::clipboard()->setText(QString::fromUtf8(text.data(), qsizetype(text.size())));
}

void JsonTreeView::copyPointer()
{
    const JsonDocument::Node node = currentNode();
    if (!m_model->document() || node == JsonDocument::kNone) return;
    QApplication::clipboard()->setText(QString::fromStdString(m_model->document()->pointer(node)));
}

void JsonTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid()) return;
    setCurrentIndex(index);
    // The document may be exchanged while the menu is open.
    const QPersistentModelIndex clicked = index;
    const QPersistentModelIndex value = index.siblingAtColumn(JsonTreeModel::ValueColumn);
    const QPersistentModelIndex name = index.siblingAtColumn(JsonTreeModel::NameColumn);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("treeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const char *icon, const QString &text, const QKeySequence &keys,
                            bool enabled) {
        QAction *action = menu->addAction(strokeIcon(QString::fromLatin1(icon)), text);
        action->setShortcut(keys);
        action->setEnabled(enabled);
        return action;
    };
    const bool root = m_model->nodeOf(index) == JsonDocument::kRoot;
    connect(add("edit", tr("Edit value"), Qt::Key_F2, m_model->flags(value) & Qt::ItemIsEditable),
            &QAction::triggered, this, [this, value] {
                if (value.isValid()) edit(value);
            });
    connect(add("rename", tr("Rename member"), Qt::SHIFT | Qt::Key_F2,
                m_model->flags(name) & Qt::ItemIsEditable),
            &QAction::triggered, this, [this, name] {
                if (name.isValid()) edit(name);
            });
    connect(add("plus", tr("Add member or element"), Qt::Key_Insert, m_model->isEditable()),
            &QAction::triggered, this, [this, clicked] { addBeneath(clicked); });
    connect(add("trash", tr("Remove"), Qt::Key_Delete, m_model->isEditable() && !root),
            &QAction::triggered, this, &JsonTreeView::removeCurrent);
    menu->addSeparator();
    connect(add("copy", tr("Copy value"), QKeySequence::Copy, true), &QAction::triggered, this,
            &JsonTreeView::copyValue);
    connect(add("braces", tr("Copy pointer"), {}, true), &QAction::triggered, this,
            &JsonTreeView::copyPointer);
    menu->popup(event->globalPos());
}

void JsonTreeView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Tree of the value"));
}

void JsonTreeView::drawBranches(QPainter *painter, const QRect &rect,
                                const QModelIndex &index) const
{
    if (!m_model->hasChildren(index)) return;
    const QIcon icon = strokeIcon(isExpanded(index) ? QStringLiteral("chevron-down")
                                                    : QStringLiteral("chevron-right"));
    icon.paint(painter, QRect(rect.right() - 13, rect.center().y() - 5, 12, 12));
}

} // namespace kvscope
