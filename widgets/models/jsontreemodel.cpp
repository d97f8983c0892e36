// Rows from nodes: the internal id of an index is its node.
#include "widgets/models/jsontreemodel.h"

#include "core/base/human.h"

#include <algorithm>
#include <utility>

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 1000; // of a value in a row; the text view has the rest

// Cut at a character's border, line breaks made visible.
QString oneLine(BytesView bytes)
{
    const bool cut = bytes.size() > kShownBytes;
    std::size_t length = std::min(bytes.size(), kShownBytes);
    while (cut && length > 0 && (static_cast<unsigned char>(bytes[length]) & 0xC0U) == 0x80U)
        --length;
    QString text = QString::fromUtf8(bytes.data(), qsizetype(length));
    text.replace(QLatin1Char('\n'), QChar(0x23CE)).remove(QLatin1Char('\r'));
    return cut ? text + QChar(0x2026) : text;
}

QString fromBytes(const Bytes &bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

} // namespace

QString jsonTypeName(JsonType type)
{
    switch (type) {
    case JsonType::Null:
        return JsonTreeModel::tr("null");
    case JsonType::Boolean:
        return JsonTreeModel::tr("boolean");
    case JsonType::Number:
        return JsonTreeModel::tr("number");
    case JsonType::String:
        return JsonTreeModel::tr("string");
    case JsonType::Array:
        return JsonTreeModel::tr("array");
    case JsonType::Object:
        return JsonTreeModel::tr("object");
    }
    return {};
}

void JsonTreeModel::setDocument(std::shared_ptr<const JsonDocument> document)
{
    if (m_document && document && sameStructure(*document)) {
        const std::shared_ptr<const JsonDocument> before = std::exchange(m_document, document);
        emit dataChanged(index(0, 0), index(0, ColumnCount - 1));
        for (auto branch = m_branches.cbegin(); branch != m_branches.cend(); ++branch)
            tellChanges(branch.key(), *branch, *before);
        return;
    }
    beginResetModel();
    m_document = std::move(document);
    m_branches.clear();
    endResetModel();
}

// Views look for every row they are told of: of thousands only those that changed are told.
void JsonTreeModel::tellChanges(Node container, const Branch &branch, const JsonDocument &before)
{
    const auto differs = [&](int row) {
        const Node node = branch.children[std::size_t(row)];
        return before.keyText(node) != m_document->keyText(node) ||
               (!before.isContainer(node) && before.text(node) != m_document->text(node));
    };
    int first = 0;
    int last = branch.shown - 1;
    while (first <= last && !differs(first)) ++first;
    while (last > first && !differs(last)) --last;
    if (first > last) return;
    const QModelIndex parent = createIndex(rowOf(container), 0, container);
    emit dataChanged(index(first, 0, parent), index(last, ColumnCount - 1, parent));
}

// Same tree of containers: then every node number means the same place as before.
bool JsonTreeModel::sameStructure(const JsonDocument &other) const
{
    if (m_document->nodeCount() != other.nodeCount()) return false;
    for (Node node = 0; node < other.nodeCount(); ++node) {
        if (m_document->parent(node) != other.parent(node)) return false;
        if (m_document->isContainer(node) != other.isContainer(node)) return false;
    }
    return true;
}

void JsonTreeModel::setEditable(bool editable)
{
    m_editable = editable;
}

JsonDocument::Node JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node>(index.internalId()) : JsonDocument::kNone;
}

JsonTreeModel::Branch &JsonTreeModel::branchOf(Node node) const
{
    auto found = m_branches.find(node);
    if (found == m_branches.end()) {
        Branch branch{m_document->children(node), 0};
        branch.shown = std::min(int(branch.children.size()), kPage);
        found = m_branches.insert(node, branch);
    }
    return *found;
}

int JsonTreeModel::rowOf(Node node) const
{
    if (node == JsonDocument::kRoot) return 0;
    const std::vector<Node> &siblings = branchOf(m_document->parent(node)).children;
    return int(std::lower_bound(siblings.begin(), siblings.end(), node) - siblings.begin());
}

QModelIndex JsonTreeModel::indexOf(Node node, int column)
{
    if (!m_document || node >= m_document->nodeCount()) return {};
    if (node == JsonDocument::kRoot) return index(0, column);
    const QModelIndex container = indexOf(m_document->parent(node));
    const int row = rowOf(node);
    while (row >= branchOf(m_document->parent(node)).shown) fetchMore(container);
    return index(row, column, container);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) return {};
    if (!parent.isValid()) return createIndex(0, column, JsonDocument::kRoot);
    return createIndex(row, column, branchOf(nodeOf(parent)).children[std::size_t(row)]);
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const Node node = nodeOf(child);
    if (!m_document || node == JsonDocument::kNone || node == JsonDocument::kRoot) return {};
    const Node container = m_document->parent(node);
    return createIndex(rowOf(container), 0, container);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!m_document || parent.column() > 0) return 0;
    if (!parent.isValid()) return 1;
    const Node node = nodeOf(parent);
    return m_document->isContainer(node) ? branchOf(node).shown : 0;
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (!m_document || parent.column() > 0) return false;
    return !parent.isValid() || m_document->firstChild(nodeOf(parent)) != JsonDocument::kNone;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    if (!m_document || !parent.isValid() || parent.column() > 0 ||
        !m_document->isContainer(nodeOf(parent)))
        return false;
    const Branch &branch = branchOf(nodeOf(parent));
    return branch.shown < int(branch.children.size());
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) return;
    const Node node = nodeOf(parent);
    const int first = branchOf(node).shown;
    const int more = std::min(kPage, int(branchOf(node).children.size()) - first);
    beginInsertRows(parent, first, first + more - 1);
    branchOf(node).shown = first + more; // looked up anew: views may have opened other branches
    endInsertRows();
}

QString JsonTreeModel::nameText(Node node) const
{
    if (node == JsonDocument::kRoot)
        return m_document->type(node) == JsonType::Array    ? QStringLiteral("[ ]")
               : m_document->type(node) == JsonType::Object ? QStringLiteral("{ }")
                                                            : QString();
    return m_document->isMember(node) ? oneLine(m_document->key(node))
                                      : QString::number(rowOf(node));
}

QString JsonTreeModel::valueText(Node node) const
{
    switch (m_document->type(node)) {
    case JsonType::Object:
        return tr("%n member(s)", nullptr, int(branchOf(node).children.size()));
    case JsonType::Array:
        return tr("%n element(s)", nullptr, int(branchOf(node).children.size()));
    case JsonType::String:
        return QLatin1Char('"') + oneLine(m_document->scalar(node)) + QLatin1Char('"');
    default:
        return oneLine(m_document->text(node));
    }
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    const Node node = nodeOf(index);
    if (!m_document || node == JsonDocument::kNone) return {};
    switch (role) {
    case TypeRole:
        return int(m_document->type(node));
    case NodeRole:
        return node;
    case IsElementRole:
        return node != JsonDocument::kRoot && !m_document->isMember(node);
    case Qt::EditRole:
        if (index.column() == NameColumn) return fromBytes(m_document->key(node));
        if (index.column() == ValueColumn && !m_document->isContainer(node))
            return fromBytes(m_document->scalar(node));
        return {};
    case Qt::DisplayRole:
        if (index.column() == NameColumn) return nameText(node);
        return index.column() == ValueColumn ? valueText(node)
                                             : jsonTypeName(m_document->type(node));
    case Qt::AccessibleTextRole:
        return nameText(node) + QStringLiteral(": ") + valueText(node);
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    case TypeColumn:
        return tr("Type");
    default:
        return {};
    }
}

Qt::ItemFlags JsonTreeModel::flags(const QModelIndex &index) const
{
    const Node node = nodeOf(index);
    if (!m_document || node == JsonDocument::kNone) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    if (!m_editable) return flags;
    const bool name = index.column() == NameColumn && m_document->isMember(node);
    const bool value = index.column() == ValueColumn && !m_document->isContainer(node);
    return name || value ? flags | Qt::ItemIsEditable : flags;
}

bool JsonTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
    const QString text = value.toString();
    if (text == data(index, Qt::EditRole).toString()) return true;
    const Node node = nodeOf(index);
    const Bytes typed = text.toStdString();
    Result<JsonSplice> splice = index.column() == NameColumn ? m_document->renameNode(node, typed)
                                : m_document->type(node) == JsonType::String
                                    ? m_document->replaceNode(node, quoteJson(typed))
                                    : m_document->replaceNode(node, typed);
    if (!splice) return refuse(splice.error());
    emit edited(*splice);
    return true;
}

bool JsonTreeModel::refuse(const Error &error)
{
    emit refused(error);
    return false;
}

} // namespace kvscope
