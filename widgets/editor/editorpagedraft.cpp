// EditorPage: what was typed and not saved, kept on disk and offered again.
#include "widgets/base/errorbar.h"
#include "widgets/editor/draftbar.h"
#include "widgets/editor/editorpage.h"
#include "widgets/editor/valueviews.h"

namespace kvscope {

void EditorPage::writeDraft()
{
    m_drafting.stop();
    if (m_unsaved) m_session->keepDraft(m_views->snapshot());
}

void EditorPage::takeDraft(const Draft &draft)
{
    m_draft = draft;
    const bool missing = !m_session->entry().exists();
    if (m_shown || missing) offerDraft();
}

// A draft is offered with what it would change; one that changes nothing goes.
void EditorPage::offerDraft()
{
    if (!m_draft || m_unsaved) return;
    struct Offer
    {
        bool same = false;
        JsonChange change;
        std::shared_ptr<const DiffView::Content> changes;
    };
    const bool binary = m_shown && m_views->shown().format == ValueFormat::Binary;
    const SharedBytes shown = m_shown ? m_views->base() : m_draft->base;
    m_offering.renew();
    runOffThread(
        m_offering,
        [shown, mine = m_draft->text, binary] {
            Offer offer;
            offer.same = *shown == *mine;
            if (offer.same) return offer;
            offer.change = countChanges(*shown, *mine);
            offer.changes = binary || sniffFormat(*mine) == ValueFormat::Binary
                                ? compareDumps(*shown, *mine)
                                : DiffView::compare(shown, mine);
            return offer;
        },
        [this, wasShown = m_shown](const Offer &offer) {
            if (!m_draft || m_unsaved) return;
            if (offer.same && wasShown) {
                m_draft.reset();
                return m_session->dropDraft();
            }
            m_draftBar->offer(m_draft->writtenMs, changeText(offer.change), offer.changes);
        });
}

QString EditorPage::draftObstacle(const ValueText &prepared) const
{
    if (m_session->isReadOnly()) return m_session->readOnlyReason();
    if (prepared.tooLong) return tr("A line is too long to be edited as text; the draft is kept.");
    return {};
}

} // namespace kvscope
