// EditorPage: saving, and what follows when the store moved on.
#include "widgets/editor/editorpage.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/editor/conflictpanel.h"
#include "widgets/editor/draftbar.h"
#include "widgets/editor/editorheader.h"
#include "widgets/editor/savedialog.h"
#include "widgets/editor/ttlpopup.h"
#include "widgets/editor/valueviews.h"

#include <QPushButton>
#include <QStackedWidget>

namespace kvscope {

void EditorPage::textEdited()
{
    if (!m_shown) return;
    m_savedAt = {};
    const bool modified = m_views->isModified();
    setUnsaved(modified);
    if (modified) {
        if (!m_drafting.isActive()) m_drafting.start();
    } else {
        m_drafting.stop();
        m_session->dropDraft();
    }
}

void EditorPage::discard()
{
    m_drafting.stop();
    m_session->dropDraft();
    setUnsaved(false);
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
        [snapshot = m_views->snapshot(), edits = m_views->editCount(), before = m_views->base(),
         base = m_session->sharedBase(), laidOut = shown.laidOut, format = shown.format] {
            SavePlan plan;
            const SharedBytes now = snapshot.join();
            const JudgedText judged = judgeText(now, *before, format);
            plan.text = now;
            plan.edits = edits;
            plan.value = laidOut ? std::make_shared<const Bytes>(rebaseJson(*base, *now)) : now;
            plan.format = sniffFormat(*plan.value);
            plan.fault = judged.fault;
            plan.change = judged.change;
            plan.changes = format == ValueFormat::Binary ? compareDumps(*before, *now)
                                                         : DiffView::compare(before, now);
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
        isGone() ? tr("the key is gone: nothing is written before you choose to create it again")
        : m_session->ttlMs() ? tr("compare-and-set, TTL kept")
                             : tr("compare-and-set, no TTL");
    auto *dialog = new SaveDialog(key(), m_plan.changes,
                                  changeText(m_plan.change) + QStringLiteral(" · ") + how, this);
    connect(dialog, &QDialog::accepted, this, [this] { write(EditSession::Expect::Base); });
    dialog->open();
}

// Deleted, evicted or expired since it was read, as far as is known without asking.
bool EditorPage::isGone() const
{
    return !m_session->entry().exists() || m_session->ttlMs().value_or(1) <= 0;
}

void EditorPage::write(EditSession::Expect expect, ExpiryChange expiry)
{
    m_writing = true;
    m_created = expect == EditSession::Expect::Absent;
    m_errors->clear();
    m_header->setSaving(true);
    m_session->save(m_plan.value, expect, expiry);
}

void EditorPage::recreate(KeepTtl keep)
{
    const std::int64_t left = m_session->formerTtlMs().value_or(0);
    const bool promised = keep == KeepTtl::Yes && m_conflict->offersTtl();
    if (promised && left <= 0)
        return m_conflict->showGone(m_versions, left); // over by now: ask anew
    m_stack->setCurrentWidget(m_views);
    write(EditSession::Expect::Absent, promised ? ExpiryChange::set(left) : ExpiryChange::none());
}

void EditorPage::takeSaved()
{
    m_writing = false;
    m_header->setSaving(false);
    m_errors->clear();
    m_draft.reset();
    m_draftBar->hide();
    m_savedAt = QTime::currentTime();
    m_views->markSaved(m_plan.text, m_plan.edits);
    setUnsaved(m_views->isModified());
    if (m_unsaved)
        writeDraft(); // typed on while it was written
    else
        m_drafting.stop();
    const bool otherKind = m_plan.format != m_views->shown().format;
    dropOffThread(std::exchange(m_plan, {}));
    if (!m_unsaved && otherKind) showValue(m_session->sharedBase(), Cause::Choice);
    refreshHeader();
}

QString EditorPage::savedText() const
{
    const QString time = m_savedAt.toString(QStringLiteral("HH:mm:ss"));
    const auto ttl = m_session->ttlMs();
    const QString done = m_created ? tr("Created at %1").arg(time) : tr("Saved at %1").arg(time);
    const QString expiry = !ttl        ? tr("no TTL")
                           : m_created ? tr("TTL %1").arg(shortTtl(*ttl))
                                       : tr("TTL kept");
    return done + QStringLiteral(" · ") + expiry;
}

void EditorPage::takeConflict(SharedBytes theirs)
{
    m_writing = false;
    m_header->setSaving(false);
    m_theirs = std::move(theirs);
    refreshHeader();
    const ValueText &shown = m_views->shown();
    runOffThread(
        m_lifetime,
        [base = m_views->base(), snapshot = m_views->snapshot(), theirs = m_theirs,
         laidOut = shown.laidOut, shownBinary = shown.format == ValueFormat::Binary] {
            const SharedBytes now = theirs ? theirs : std::make_shared<const Bytes>();
            const SharedBytes mine = snapshot.join();
            const auto dumped = [](const SharedBytes &bytes) {
                return std::make_shared<const Bytes>(hexDump(*bytes));
            };
            using Kind = ThreeTexts::Kind;
            if (shownBinary || sniffFormat(*now) == ValueFormat::Binary)
                return std::make_shared<const ThreeTexts>(Kind::Dumps, dumped(base), dumped(now),
                                                          dumped(mine));
            SharedBytes shownTheirs = now;
            if (laidOut) {
                if (const auto document = JsonDocument::parse(now))
                    shownTheirs = std::make_shared<const Bytes>(layOutJson(*document));
            }
            return std::make_shared<const ThreeTexts>(Kind::Values, base, shownTheirs, mine);
        },
        [this](std::shared_ptr<const ThreeTexts> versions) {
            m_versions = std::move(versions);
            if (m_theirs)
                m_conflict->showChanged(m_versions);
            else
                m_conflict->showGone(m_versions, m_session->formerTtlMs());
            m_stack->setCurrentWidget(m_conflict);
        });
}

// Goes on editing with their bytes as the base, so that the next save is compared with them.
void EditorPage::resolveOnTheirs(std::optional<TextReplacement> merged)
{
    m_session->setBase(m_theirs);
    m_stack->setCurrentWidget(m_views);
    const bool asText = m_views->shown().format != ValueFormat::Binary && !m_versions->isDump();
    m_views->setBase(asText ? m_versions->theirs : m_theirs);
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
