// JsonTreeModel: a JSON document as rows of name, value and type, edited through the document.
#pragma once

#include "core/value/jsondocument.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <optional>

namespace kvscope {

/// Shows a document it does not own alone; children are looked up when a row is opened and handed
/// out in pages of kPage, so that 10 MB and a million elements open at once. An edit does not
/// change the document: edited() carries the splice, and setDocument() brings the document that
/// came of it.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

  public:
    enum Column { NameColumn, ValueColumn, TypeColumn, ColumnCount };
    enum Role {
        TypeRole = Qt::UserRole, ///< int of JsonType
        NodeRole,                ///< quint32
        IsElementRole,           ///< bool: the name is an index
    };
    static constexpr int kPage = 1000;

    using QAbstractItemModel::QAbstractItemModel;

    /// Rows stay (and with them selection and open branches) where the structure is the same.
    /// Null empties the model.
    void setDocument(std::shared_ptr<const JsonDocument> document);
    const JsonDocument *document() const { return m_document.get(); }
    void setEditable(bool editable);
    bool isEditable() const { return m_editable; }

    JsonDocument::Node nodeOf(const QModelIndex &index) const;
    /// Hands out as many pages as it takes to reach `node`.
    QModelIndex indexOf(JsonDocument::Node node, int column = NameColumn);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A string's text stays a string; any other value is replaced by what must be JSON. Unchanged
    /// text is no edit. False, with refused(), for what can't be.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

  signals:
    void edited(const kvscope::JsonSplice &splice);
    void refused(const kvscope::Error &error);

  private:
    using Node = JsonDocument::Node;
    struct Branch
    {
        std::vector<Node> children;
        int shown = 0; // rows handed out
    };

    Branch &branchOf(Node node) const;
    int rowOf(Node node) const;
    QString valueText(Node node) const;
    QString nameText(Node node) const;
    bool sameStructure(const JsonDocument &other) const;
    void tellChanges(Node container, const Branch &branch, const JsonDocument &before);
    bool refuse(const Error &error);

    std::shared_ptr<const JsonDocument> m_document;
    mutable QHash<Node, Branch> m_branches;
    bool m_editable = false;
};

/// "object", "array", "string", …; translated.
QString jsonTypeName(JsonType type);

} // namespace kvscope
