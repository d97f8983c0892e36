// EditorPage: one open key, from its header to its footer.
#pragma once

#include "widgets/editor/diffview.h"
#include "widgets/editor/editsession.h"
#include "widgets/editor/valuetext.h"

#include <QTime>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace kvscope {

class ConflictPanel;
class DraftBar;
class EditorHeader;
class ElementTableModel;
class EmptyState;
class ErrorBar;
class FreshnessSource;
class ValueViews;
struct ThreeTexts;

/// Reads the key when made. What the person typed is given up only by save, by their own choice, or
/// by discard(); a page that dies otherwise leaves it as a draft.
class EditorPage : public QWidget
{
    Q_OBJECT

  public:
    /// Requires: `store` and `drafts` outlive this.
    EditorPage(Store *store, const Bytes &key, Drafts *drafts, QWidget *parent = nullptr);
    ~EditorPage() override;

    /// Where a key's source row is asked for; null: nowhere. Requires: outlives this, or is a
    /// QObject that dies first.
    void setFreshness(FreshnessSource *source);

    const Bytes &key() const { return m_session->key(); }
    bool isUnsaved() const { return m_unsaved; }

    void refresh();
    void save();
    /// Gives the unsaved text up, draft included.
    void discard();
    void find();
    void findNext();

  signals:
    void unsavedChanged(bool unsaved);
    /// The value, or what stands for it, was put into the views.
    void contentShown();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    /// All that a save needs, computed off the UI thread.
    struct SavePlan
    {
        SharedBytes text;                       ///< as in the view
        std::uint64_t edits = 0;                ///< of the view by then
        SharedBytes value;                      ///< as it will be written
        ValueFormat format = ValueFormat::Text; ///< of value
        std::optional<JsonError> fault;
        std::shared_ptr<const DiffView::Content> changes;
        JsonChange change;
    };

    void buildLayout();
    void connectSession();
    void connectViews();
    void takeValue(const SharedBytes &value);
    void takeCompared(const SharedBytes &value, bool same);
    void takePreview(const Bytes &beginning);
    /// Why a value is shown: a reload gives way to what was typed while it was prepared.
    enum class Cause : std::uint8_t { Reload, Choice, Draft };
    void showValue(SharedBytes value, Cause cause);
    /// `draft` is for what is prepared, where that is the cause.
    void showPrepared(ValueText prepared, TextReplacement draft, const SharedBytes &value,
                      Cause cause);
    void sayChangedMeanwhile();
    /// Why the draft can't replace what `prepared` is for; empty where it can.
    QString draftObstacle(const ValueText &prepared) const;
    void showElements();
    void showMissing();
    void takeDraft(const Draft &draft);
    void offerDraft();
    void confirmSave(SavePlan plan);
    void openSaveDialog();
    void write(EditSession::Expect expect, ExpiryChange expiry = ExpiryChange::keep());
    enum class KeepTtl : std::uint8_t { Yes, No };
    void recreate(KeepTtl keep);
    bool isGone() const;
    void takeSaved();
    void takeConflict(SharedBytes theirs);
    void resolveOnTheirs(std::optional<TextReplacement> merged);
    void takeTheirs();
    void textEdited();
    void writeDraft();
    void setUnsaved(bool unsaved);
    void refreshFooter();
    QString valueFootText() const;
    QString savedText() const;
    void nameEmptyState();
    void refreshHeader();
    QString changeText(const JsonChange &change) const;

    EditSession *m_session;
    EditorHeader *m_header;
    ErrorBar *m_errors;
    DraftBar *m_draftBar;
    QStackedWidget *m_stack;
    ValueViews *m_views;
    QTableView *m_table;
    ElementTableModel *m_elements;
    EmptyState *m_empty;
    ConflictPanel *m_conflict;
    QLabel *m_footLeft;
    QPushButton *m_footRight;

    SavePlan m_plan;
    SharedBytes m_theirs; // of the conflict on screen; null: the key is gone
    std::shared_ptr<const ThreeTexts> m_versions;
    std::optional<Draft> m_draft; // found, not yet answered
    bool m_away = false;          // the store is not to be reached
    bool m_shown = false;         // a whole value is in the views
    bool m_partial = false;       // only its beginning is
    bool m_unsaved = false;
    bool m_planning = false;
    bool m_reloading = false; // a newer value of the store's is being prepared
    bool m_writing = false;   // a value is on its way, not a TTL
    bool m_created = false;   // that value makes the key anew
    QTime m_savedAt;          // of the last save, until the text is touched again
    QTimer m_drafting;
    Lifetime m_lifetime;
    Lifetime m_comparing;
    Lifetime m_offering;
};

} // namespace kvscope
