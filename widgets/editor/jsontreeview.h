// JsonTreeView: a document as a tree that is walked and edited by keyboard.
#pragma once

#include "widgets/models/jsontreemodel.h"

#include <QTreeView>

namespace kvscope {

/// F2 or Enter edits the value, Insert adds, Delete removes (undone in the text), Ctrl+C copies the
/// value. The context menu has the same and the pointer.
class JsonTreeView : public QTreeView
{
    Q_OBJECT

  public:
    explicit JsonTreeView(QWidget *parent = nullptr);

    JsonTreeModel *jsonModel() const { return m_model; }
    /// Keeps what is open and selected across a changed structure, by pointers.
    void setDocument(std::shared_ptr<const JsonDocument> document);
    /// Greys the tree: it shows the last text that was valid.
    void setStale(bool stale);
    void setEditable(bool editable);
    bool isEditing() const { return state() == EditingState; }
    /// Selects without nodeSelected().
    void showNode(JsonDocument::Node node);
    JsonDocument::Node currentNode() const;

  signals:
    void nodeSelected(kvscope::JsonDocument::Node node);
    /// The line editor of a row has gone; the next one, if any, is not open yet.
    void editingFinished();

  protected slots:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;

  protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;

  private:
    void addBeneath(const QModelIndex &index);
    void appendTo(JsonDocument::Node container, const QString &name);
    void removeCurrent();
    void copyValue();
    void copyPointer();
    std::vector<Bytes> openPointers() const;

    JsonTreeModel *m_model;
    bool m_silent = false;
    bool m_editable = false; // but for a stale tree
};

} // namespace kvscope
