// BrowsePage: the key tree on the left, the open keys on the right.
#pragma once

#include "core/async/lifetime.h"
#include "widgets/models/keyfeed.h"

#include <QTimer>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace kvscope {

class BrowseFooter;
class BrowseHeader;
class EditorTabs;
class EmptyState;
class ErrorBar;
class FreshnessSource;
class KeyActions;
class KeyTreeView;
struct KeyMark;
class KeyTypes;
class Navigator;

/// UI thread.
class BrowsePage : public QWidget
{
    Q_OBJECT

  public:
    /// Pages are made alike; this one is only ever opened, so it has nothing to ask of `navigator`.
    explicit BrowsePage(Navigator *navigator, QWidget *parent = nullptr);
    ~BrowsePage() override;

    /// Drops everything of the store before and goes on with this one; null: none. `delimiter`
    /// stands between the levels of its keys' names; empty: the tree is a flat list.
    /// Requires: the store outlives this or setStore(nullptr) comes first.
    void setStore(Store *store, const Bytes &delimiter = ":");
    /// Opens a key in a tab, and shows it in the tree once it is there.
    void openKey(const Bytes &key);
    /// Scans again and reads the key in front again; nothing unsaved is lost.
    void refresh();
    bool hasUnsaved() const;
    /// What the last check said of each key, for the tree.
    void setMarks(std::function<std::optional<KeyMark>(BytesView key)> find);

    /// Where the source rows of open keys are asked for.
    void setFreshness(FreshnessSource *source);

    KeyFeed &feed() { return *m_feed; }

  protected:
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void layOut();
    void wireHeader();
    void wireTree();
    void wireActions();

    void showTree();
    void showInTree(const Bytes &key);
    void showState();
    void rescanWhereAllowed();
    void showFooter();
    void requestExpansion(const Bytes &path, bool expanded);
    void endSorting();
    /// What hides or goes grey hands the focus on, even out of the page, where its keys are deaf.
    bool holdsFocus() const;
    void showEmptyState();
    void nameNoKeys();
    void applyFilter(const QString &text);
    void searchServer(const QString &text);
    void askDatabases();
    void openMenu(const QPoint &at);
    void fillKeyMenu(class QMenu *menu, const Bytes &key);
    void removeSelected();
    void renameCurrent();
    std::optional<Bytes> onlyKey() const;
    bool isReadOnly() const;

    Store *m_store = nullptr;
    KeyFeed *m_feed;
    KeyTypes *m_types;
    KeyActions *m_actions;
    BrowseHeader *m_header;
    ErrorBar *m_errors;
    QStackedWidget *m_stack;
    KeyTreeView *m_tree;
    EmptyState *m_empty;
    BrowseFooter *m_footer;
    EditorTabs *m_tabs;
    QSplitter *m_splitter;
    QTimer m_autoRefresh;
    QTimer m_tick;     ///< renews rate and progress while a scan runs
    QTimer m_recount;  ///< from a change of keys until the databases are counted again
    QTimer m_slowSort; ///< from the wish to open a namespace until it is worth a word
    std::optional<Bytes> m_opening;
    bool m_hadScan = false;
    bool m_couldScan = false;
    bool m_saysFeedFailed = false; ///< the bar speaks of a scan that failed
    Lifetime m_lifetime;
};

} // namespace kvscope
