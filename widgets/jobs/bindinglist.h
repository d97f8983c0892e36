// BindingList: the binding files of a folder, with what is wrong with those that can't be used.
#pragma once

#include "core/jobs/bindingshelf.h"

#include <QAbstractListModel>
#include <QFrame>
#include <QHash>

class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace kvscope {

class BindingListModel : public QAbstractListModel
{
    Q_OBJECT

  public:
    enum Role {
        PathRole = Qt::UserRole,
        KeyRole,
        RowsRole,
        ProblemRole, ///< what is wrong with it; empty: nothing
        RemedyRole,
        UsableRole, ///< whether jobs can be tried all the same
        RunningRole
    };

    using QAbstractListModel::QAbstractListModel;

    /// Takes a copy of what the rows show.
    void setItems(const std::vector<BindingShelf::Item> &items);
    /// Rows of the source as the last run counted them, by binding name.
    void setRowCounts(const QHash<QString, std::int64_t> &counts);
    void setRunning(const QStringList &bindingNames);
    QModelIndex indexOf(const QString &path) const;
    /// The first that can be used, else the first.
    QModelIndex firstUsable() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

  private:
    struct Row
    {
        QString path, name, key, problem, remedy;
        bool usable = false;
    };
    static QString problemOf(const Error &error);
    static QString remedyOf(const Error &error, const QString &file);
    std::vector<Row> m_rows;
    QHash<QString, std::int64_t> m_counts;
    QStringList m_running;
};

/// UI thread.
class BindingList : public QFrame
{
    Q_OBJECT

  public:
    explicit BindingList(QWidget *parent = nullptr);

    BindingListModel &model() { return *m_model; }
    /// Shows what the folder holds now; the chosen file stays chosen.
    void show(const BindingShelf &folder);
    void choose(const QString &path);
    QString chosen() const;

  signals:
    void bindingChosen(const QString &path);
    void newRequested();
    void folderRequested();
    void editRequested(const QString &path);

  protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

  private:
    void retranslate();
    void showFooter();

    BindingListModel *m_model;
    QLabel *m_title;
    QPushButton *m_new;
    QListView *m_view;
    QLabel *m_footer;
    QToolButton *m_folder;
    QString m_path;
    int m_valid = 0;
    int m_all = 0;
    std::optional<Error> m_fault; // of the folder
};

} // namespace kvscope
