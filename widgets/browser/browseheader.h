// BrowseHeader: database, filter, types, order and refresh, above the key tree.
#pragma once

#include "core/keyindex/keytree.h"
#include "core/store/capabilities.h"
#include "core/store/keyspace.h"

#include <QFrame>

class QActionGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace kvscope {

/// Says what the person asks for and shows what it is told; decides nothing. UI thread.
class BrowseHeader : public QFrame
{
    Q_OBJECT

  public:
    explicit BrowseHeader(QWidget *parent = nullptr);

    void setCapabilities(const std::optional<Capabilities> &capabilities);
    void setDatabases(const std::vector<DatabaseInfo> &databases, int current);
    /// The server search in force, as shown; empty: none.
    void setServerSearch(const QString &pattern, ValueType type);
    void setFilterText(const QString &text);
    QString filterText() const;
    void focusFilter();

  signals:
    void filterChanged(const QString &text);
    void serverSearchRequested(const QString &text);
    void serverSearchCleared();
    void typeChosen(kvscope::ValueType type);
    void refreshRequested();
    void autoRefreshChosen(int seconds);
    void orderChosen(kvscope::keyindex::SortOrder order);
    void newKeyRequested();
    void databaseChosen(int index);
    /// The person goes on from the filter to the tree.
    void leftDownwards();

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void addTopRow();
    void addFilterRow();
    void addSearchStrip();
    void addChips();
    QMenu *makeRefreshMenu();
    QMenu *makeOrderMenu();
    void showSearchStrip();
    void retranslate();

    QComboBox *m_databases;
    QLabel *m_title;
    QToolButton *m_order;
    QToolButton *m_new;
    QLineEdit *m_filter;
    QToolButton *m_refresh;
    QToolButton *m_autoRefresh;
    QFrame *m_strip;
    QLabel *m_searched;
    QPushButton *m_search;
    QToolButton *m_clearSearch;
    QHBoxLayout *m_chips;
    QActionGroup *m_refreshChoices = nullptr;
    QActionGroup *m_orderChoices = nullptr;
    QString m_pattern;
    ValueType m_type = ValueType::None;
    std::optional<Capabilities> m_capabilities;
    std::vector<QPushButton *> m_typeButtons;
};

} // namespace kvscope
