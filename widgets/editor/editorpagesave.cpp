// EditorPage, the second half: drafts, saving, and what follows when the store moved on.
#include "widgets/editor/editorpage.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/editor/conflictpanel.h"
#include "widgets/editor/draftbar.h"
#include "widgets/editor/editorheader.h"
#include "widgets/editor/savedialog.h"
#include "widgets/editor/valueviews.h"

#include <QPushButton>
#include <QStackedWidget>

namespace kvscope {

void EditorPage::textEdited()
{
    if (!m_shown) return;
    const bool modified = m_views->isModified();
    setUnsaved(modified);
    if (modified) {
        if (!m_drafting.isActive()) m_drafting.start();
    } else {
        m_drafting.stop();
        m_session->dropDraft();
    }
}

void EditorPage::writeDraft()
{
    m_drafting.stop();
    if (m_unsaved) m_session->keepDraft(m_views->text());
}

void EditorPage::discard()
{
    m_drafting.stop();
    m_session->dropDraft();
    setUnsaved(false);
}

void EditorPage::takeDraft(const Draft &draft)
{
    m_draft = draft;
    const bool missing = !m_session->entry().exists();
    if (m_shown || missing) offerDraft();
}

void EditorPage::offerDraft()
{
    if (!m_draft || m_unsaved) return;
    if (m_shown && m_draft->text == m_views->text()) {
        m_draft.reset();
        return m_session->dropDraft();
    }
    m_draftBar->offer(m_draft->writtenMs);
    disconnect(m_draftBar, nullptr, this, nullptr);
    connect(m_draftBar, &DraftBar::discardChosen, this, [this] {
        m_draft.reset();
        if (!m_unsaved) m_session->dropDraft();
    });
    connect(m_draftBar, &DraftBar::restoreChosen, this, [this] {
        // The draft's own base, so that a value that changed since comes out as a conflict.
        if (m_draft) showValue(std::make_shared<const Bytes>(m_draft->base), Cause::Draft);
    });
}

QString EditorPage::draftObstacle(const ValueText &prepared) const
{
    if (m_session->isReadOnly()) return m_session->readOnlyReason();
    if (prepared.tooLong) return tr("A line is too long to be edited as text; the draft is kept.");
    return {};
}

void EditorPage::save()
{
    if (m_session->isReadOnly()) return m_errors->showNotice(m_session->readOnlyReason());
    m_views->finishEditing();
    if (!m_unsaved || m_planning || m_session->isBusy() || m_stack->currentWidget() != m_views)
        return;
    m_planning = true;
    const ValueText &shown = m_views->shown();
    runOffThread(
        m_lifetime,
        [now = std::make_shared<const Bytes>(m_views->text()), before = m_views->base(),
         base = m_session->sharedBase(), laidOut = shown.laidOut, format = shown.format] {
            SavePlan plan;
            const JudgedText judged = judgeText(*now, *before, format);
            plan.text = now;
            plan.value = laidOut ? std::make_shared<const Bytes>(rebaseJson(*base, *now)) : now;
            plan.fault = judged.fault;
            plan.change = judged.change;
            const bool binary = format == ValueFormat::Binary;
            plan.changes = binary ? DiffView::compare(hexDump(*before), hexDump(*now))
                                  : DiffView::compare(*before, *now);
            return plan;
        },
        [this](SavePlan plan) {
            m_planning = false;
            confirmSave(std::move(plan));
        });
}

void EditorPage::confirmSave(SavePlan plan)
{
    m_plan = std::move(plan);
    if (!m_plan.fault) return openSaveDialog();
    Question question;
    question.objectName = QStringLiteral("saveAsText");
    question.title = tr("This is not valid JSON");
    question.text = tr("Line %1, column %2: %3. Readers that expect JSON will fail on it. "
                       "Save it as plain text nevertheless?")
                        .arg(m_plan.fault->line)
                        .arg(m_plan.fault->column)
                        .arg(m_plan.fault->reason());
    question.confirmText = tr("Save as plain text");
    question.destructive = true;
    askConfirmation(this, question, [this](bool confirmed) {
        if (confirmed)
            openSaveDialog();
        else
            m_views->showFault();
    });
}

void EditorPage::openSaveDialog()
{
    const QString how =
        m_session->ttlMs() ? tr("compare-and-set, TTL kept") : tr("compare-and-set, no TTL");
    auto *dialog = new SaveDialog(key(), m_plan.changes,
                                  changeText(m_plan.change) + QStringLiteral(" · ") + how, this);
    connect(dialog, &QDialog::accepted, this, [this] { write(EditSession::Expect::Base); });
    dialog->open();
}

void EditorPage::write(EditSession::Expect expect)
{
    m_writing = true;
    m_errors->clear();
    m_header->setSaving(true);
    m_session->save(m_plan.value, expect);
}

void EditorPage::takeSaved()
{
    m_writing = false;
    m_header->setSaving(false);
    m_errors->clear();
    m_draft.reset();
    m_draftBar->hide();
    m_views->markSaved(m_plan.text);
    setUnsaved(m_views->isModified());
    if (m_unsaved)
        writeDraft(); // typed on while it was written
    else
        m_drafting.stop();
    const bool otherKind = sniffFormat(m_session->base()) != m_views->shown().format;
    if (!m_unsaved && otherKind) showValue(m_session->sharedBase(), Cause::Choice);
    refreshHeader();
}

void EditorPage::takeConflict(SharedBytes theirs)
{
    m_writing = false;
    m_header->setSaving(false);
    m_theirs = std::move(theirs);
    const ValueText &shown = m_views->shown();
    runOffThread(
        m_lifetime,
        [before = m_views->base(), mine = m_views->text(), theirs = m_theirs,
         laidOut = shown.laidOut, shownBinary = shown.format == ValueFormat::Binary] {
            const Bytes &base = *before;
            const Bytes now = theirs ? *theirs : Bytes();
            const bool binary = shownBinary || sniffFormat(now) == ValueFormat::Binary;
            if (binary) {
                auto dumps =
                    std::make_shared<ThreeTexts>(hexDump(base), hexDump(now), hexDump(mine));
                dumps->mergeable = false;
                return std::shared_ptr<const ThreeTexts>(std::move(dumps));
            }
            const auto document =
                laidOut
                    ? JsonDocument::parse(now)
                    : tl::expected<JsonDocument, JsonError>(tl::unexpected<JsonError>(JsonError{}));
            return std::shared_ptr<const ThreeTexts>(
                std::make_shared<ThreeTexts>(base, document ? layOutJson(*document) : now, mine));
        },
        [this](std::shared_ptr<const ThreeTexts> versions) {
            m_versions = std::move(versions);
            if (m_theirs)
                m_conflict->showChanged(m_versions);
            else
                m_conflict->showGone(m_versions);
            m_stack->setCurrentWidget(m_conflict);
        });
}

// Goes on editing with their bytes as the base, so that the next save is compared with them.
void EditorPage::resolveOnTheirs(std::optional<Bytes> merged)
{
    m_session->setBase(m_theirs);
    m_stack->setCurrentWidget(m_views);
    const bool text = m_views->shown().format != ValueFormat::Binary;
    m_views->setBase(text && m_versions->mergeable
                         ? std::make_shared<const Bytes>(m_versions->theirs)
                         : m_theirs);
    if (merged) m_views->replaceText(std::move(*merged));
    writeDraft();
    refreshHeader();
}

void EditorPage::takeTheirs()
{
    discard();
    showValue(m_theirs, Cause::Choice);
}

} // namespace kvscope
