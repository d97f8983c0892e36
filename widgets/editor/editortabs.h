// EditorTabs: the keys that are open, one tab each.
#pragma once

#include "core/base/bytes.h"
#include "core/config/drafts.h"
#include "widgets/models/keyfreshness.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QTabBar;

namespace kvscope {

class EditorPage;
class EmptyState;
class Store;

/// Ctrl+W and a middle click close a tab (asking when its text is unsaved), Ctrl+Tab goes round.
/// A dot marks unsaved text. Signals and slots on the UI thread.
class EditorTabs : public QWidget
{
    Q_OBJECT

  public:
    explicit EditorTabs(QWidget *parent = nullptr);
    ~EditorTabs() override;

    /// Closes every tab (their unsaved text stays in drafts) and goes on with `store`, which may be
    /// null. Requires: the store outlives this, or setStore(nullptr) comes first.
    void setStore(Store *store);

    /// Where the keys' source rows are asked for; null: nowhere. Requires: a QObject that outlives
    /// this or dies first.
    void setFreshness(FreshnessSource *source);

    enum class OpenMode : std::uint8_t {
        Reuse,  ///< in the tab in front, unless that holds unsaved text
        NewTab, ///< beside the others
    };
    /// A key that is open already comes to the front.
    void openKey(const Bytes &key, OpenMode mode);

    /// Reads the key in front again; unsaved text stays.
    void refreshCurrent();
    void saveCurrent();
    /// Asks first when its text is unsaved.
    void closeCurrent();

    /// Empty when nothing is open.
    Bytes currentKey() const;
    bool hasUnsaved() const;

  signals:
    void currentKeyChanged(const kvscope::Bytes &key);
    void unsavedChanged(bool unsaved);
    /// A value (or what stands for it) is in the page, about to be painted.
    void contentShown();

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    EditorPage *pageAt(int index) const;
    EditorPage *currentPage() const;
    int indexOf(const Bytes &key) const;
    void closeAll();
    void retranslate();
    void step(int by);
    void closeTab(int index);
    EditorPage *takeTab(int index);
    void labelTabs();
    void showCurrent();

    Store *m_store = nullptr;
    std::unique_ptr<Drafts> m_drafts;
    QPointer<FreshnessSource> m_freshness;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    bool m_unsaved = false;
};

} // namespace kvscope
