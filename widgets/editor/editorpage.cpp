// Layout, reading and what the header and footer say. Saving is in editorpagesave.cpp.
#include "widgets/editor/editorpage.h"

#include "core/base/human.h"
#include "core/store/kvblocknote.h"
#include "widgets/base/emptystate.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/theme.h"
#include "widgets/editor/conflictpanel.h"
#include "widgets/editor/draftbar.h"
#include "widgets/editor/editorheader.h"
#include "widgets/editor/freshnesschip.h"
#include "widgets/editor/sourcepanel.h"
#include "widgets/editor/valueviews.h"
#include "widgets/models/elementtablemodel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kDraftMs = 700; // after the first of some keystrokes
constexpr std::size_t kComparedAtOnce = 1024UL * 1024;

QString text(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

} // namespace

EditorPage::EditorPage(Store *store, const Bytes &key, Drafts *drafts, QWidget *parent)
    : QWidget(parent), m_session(new EditSession(store, key, drafts, this)),
      m_header(new EditorHeader(m_session, this)), m_errors(new ErrorBar(this)),
      m_draftBar(new DraftBar(this)), m_stack(new QStackedWidget(this)),
      m_views(new ValueViews(this)), m_table(new QTableView(this)),
      m_elements(new ElementTableModel(this)), m_empty(new EmptyState(this)),
      m_conflict(new ConflictPanel(this)), m_footLeft(new QLabel(this)),
      m_footRight(new QPushButton(this))
{
    setObjectName(QStringLiteral("editorPage"));
    buildLayout();
    connectSession();
    connectViews();
    m_drafting.setSingleShot(true);
    m_drafting.setInterval(kDraftMs);
    connect(&m_drafting, &QTimer::timeout, this, &EditorPage::writeDraft);
    m_session->load();
}

EditorPage::~EditorPage()
{
    if (m_unsaved && m_drafting.isActive()) writeDraft();
}

void EditorPage::buildLayout()
{
    m_table->setObjectName(QStringLiteral("elementTable"));
    m_table->setModel(m_elements);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setFont(monoFont());
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metric::kRow);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultSectionSize(260);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_stack->addWidget(new QWidget(this)); // nothing, until the store has answered
    for (QWidget *page : {static_cast<QWidget *>(m_views), static_cast<QWidget *>(m_table),
                          static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_conflict)})
        m_stack->addWidget(page);

    auto *foot = new QWidget(this);
    foot->setFixedHeight(metric::kFoot);
    foot->setAttribute(Qt::WA_StyledBackground);
    setLook(foot, "foot");
    m_footLeft->setObjectName(QStringLiteral("footLeft"));
    setLook(m_footLeft, "muted");
    m_footLeft->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_footRight->setObjectName(QStringLiteral("footRight"));
    m_footRight->setFlat(true);
    setLook(m_footRight, "quiet");
    auto *footLayout = new QHBoxLayout(foot);
    footLayout->setContentsMargins(12, 0, 4, 0);
    footLayout->setSpacing(8);
    footLayout->addWidget(m_footLeft, 1);
    footLayout->addWidget(m_footRight);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget *row : {static_cast<QWidget *>(m_header), static_cast<QWidget *>(m_errors),
                         static_cast<QWidget *>(m_draftBar)})
        layout->addWidget(row);
    auto *beside = new QSplitter(Qt::Horizontal, this);
    beside->setChildrenCollapsible(false);
    beside->setHandleWidth(1);
    beside->addWidget(m_stack);
    beside->addWidget(new SourcePanel(m_header->freshness(), beside));
    beside->setStretchFactor(0, 3);
    beside->setStretchFactor(1, 2);
    layout->addWidget(beside, 1);
    layout->addWidget(foot);
}

void EditorPage::connectSession()
{
    connect(m_session, &EditSession::loaded, this, &EditorPage::takeValue);
    connect(m_session, &EditSession::previewed, this, &EditorPage::takePreview);
    connect(m_session, &EditSession::elementsFound, this, &EditorPage::showElements);
    connect(m_session, &EditSession::missing, this, &EditorPage::showMissing);
    connect(m_session, &EditSession::saved, this, &EditorPage::takeSaved);
    connect(m_session, &EditSession::draftFound, this, &EditorPage::takeDraft);
    connect(m_session, &EditSession::conflicted, this, &EditorPage::takeConflict);
    connect(m_session, &EditSession::gone, this, [this] {
        if (m_writing) return takeConflict(nullptr);
        refreshHeader();
        m_errors->showError(Error(ErrorCode::KeyNotFound, {text(escapeBytes(key()))}),
                            ErrorBar::Offer::Retry);
    });
    connect(m_session, &EditSession::expiryChanged, this, [this] {
        m_errors->clear();
        refreshHeader();
    });
    connect(m_session, &EditSession::failed, this, [this](const Error &error) {
        m_writing = false;
        m_header->setSaving(false);
        m_errors->showError(error, ErrorBar::Offer::Retry);
    });
    m_errors->setHome(m_stack);
    connect(m_errors, &ErrorBar::retryRequested, this, [this] {
        m_errors->clear();
        m_session->retry();
    });
    // What this side changes elsewhere (a rename, a delete, another tab) is read again here.
    connect(m_session->store(), &Store::keysChanged, this, [this](const std::vector<Bytes> &keys) {
        const bool mine = std::find(keys.begin(), keys.end(), key()) != keys.end();
        if (mine && !m_session->isBusy()) m_session->load();
    });
    // Rights and reachability are known only once the store is ready.
    connect(m_session->store(), &Store::stateChanged, this, [this](const StoreState &state) {
        const bool ready = state.phase == StoreState::Phase::Ready;
        const bool cameBack = ready && m_away;
        m_away = !ready;
        if (!ready) return;
        refreshHeader();
        if (m_session->failedToRead())
            m_errors->clear();
        else if (!cameBack || !m_shown || m_unsaved || !isVisible())
            return;
        if (!m_session->isBusy()) m_session->load();
    });
    connect(m_elements, &ElementTableModel::failed, this,
            [this](const Error &error) { m_errors->showError(error, ErrorBar::Offer::Retry); });
    connect(m_elements, &ElementTableModel::loaded, this, &EditorPage::refreshFooter);
}

void EditorPage::connectViews()
{
    connect(m_views, &ValueViews::edited, this, &EditorPage::textEdited);
    connect(m_views, &ValueViews::judged, this, &EditorPage::refreshFooter);
    connect(m_views, &ValueViews::contentShown, this, &EditorPage::contentShown);
    connect(m_views, &ValueViews::refused, this,
            [this](const Error &error) { m_errors->showError(error); });
    connect(m_footRight, &QPushButton::clicked, m_views, &ValueViews::showFault);
    connect(m_header, &EditorHeader::saveRequested, this, &EditorPage::save);
    connect(m_header, &EditorHeader::expired, this, &EditorPage::refreshFooter);
    connect(m_header, &EditorHeader::ttlChosen, this,
            [this](std::int64_t ms) { m_session->changeExpiry(ExpiryChange::set(ms)); });
    connect(m_header, &EditorHeader::persistChosen, this,
            [this] { m_session->changeExpiry(ExpiryChange::none()); });
    connect(m_draftBar, &DraftBar::discardChosen, this, [this] {
        m_draft.reset();
        if (!m_unsaved) m_session->dropDraft();
    });
    connect(m_draftBar, &DraftBar::restoreChosen, this, [this] {
        // The draft's own base, so that a value that changed since comes out as a conflict.
        if (m_draft) showValue(m_draft->base, Cause::Draft);
    });
    connect(m_empty, &EmptyState::actionRequested, this, &EditorPage::refresh);
    connect(m_conflict, &ConflictPanel::backChosen, this,
            [this] { m_stack->setCurrentWidget(m_views); });
    connect(m_conflict, &ConflictPanel::keepMineChosen, this,
            [this] { resolveOnTheirs(std::nullopt); });
    connect(m_conflict, &ConflictPanel::mergeChosen, this,
            [this] { resolveOnTheirs(m_versions->merged); });
    connect(m_conflict, &ConflictPanel::takeTheirsChosen, this, &EditorPage::takeTheirs);
    connect(m_conflict, &ConflictPanel::overwriteChosen, this, [this] {
        m_session->setBase(m_theirs);
        m_stack->setCurrentWidget(m_views);
        write(EditSession::Expect::Base);
    });
    connect(m_conflict, &ConflictPanel::recreateChosen, this, [this] { recreate(KeepTtl::Yes); });
    connect(m_conflict, &ConflictPanel::recreateWithoutTtlChosen, this,
            [this] { recreate(KeepTtl::No); });
}

void EditorPage::setFreshness(FreshnessSource *source)
{
    m_header->freshness()->setSource(source);
}
void EditorPage::refresh()
{
    m_session->load();
}
void EditorPage::find()
{
    if (m_stack->currentWidget() == m_views) m_views->find();
}
void EditorPage::findNext()
{
    m_views->findNext();
}

void EditorPage::takeValue(const SharedBytes &value)
{
    m_partial = false;
    m_comparing.renew();
    if (!m_shown && !m_unsaved) return showValue(value, Cause::Reload);
    const SharedBytes base = m_session->sharedBase();
    if (value->size() != base->size()) return takeCompared(value, false);
    if (value->size() <= kComparedAtOnce) return takeCompared(value, *value == *base);
    runOffThread(
        m_comparing, [value, base] { return *value == *base; },
        [this, value, base](bool same) {
            // Saved meanwhile: what was written is read again.
            if (base == m_session->sharedBase()) takeCompared(value, same);
        });
}

void EditorPage::takeCompared(const SharedBytes &value, bool same)
{
    if (!same && !m_unsaved) return showValue(value, Cause::Reload);
    if (!same)
        sayChangedMeanwhile();
    else if (!m_unsaved && std::exchange(m_reloading, false))
        m_lifetime.renew(); // it changed back
    refreshHeader();
}

void EditorPage::sayChangedMeanwhile()
{
    m_errors->showNotice(tr("The store's value changed meanwhile; your text is kept. "
                            "Save compares the three versions."));
}

void EditorPage::takePreview(const Bytes &beginning)
{
    if (m_shown) return;
    m_partial = true;
    m_stack->setCurrentWidget(m_views);
    m_views->setEditable(false);
    m_views->show(prepareBeginning(beginning), std::make_shared<const Bytes>(beginning));
    const std::string whole = formatBytes(std::uint64_t(m_session->entry().size));
    if (m_session->entry().size > EditSession::kEditableLimit)
        m_errors->showNotice(
            tr("Only the beginning of %1 is shown: values over %2 can't be edited here.")
                .arg(text(whole), text(formatBytes(EditSession::kEditableLimit))));
    refreshHeader();
}

// `value` becomes the base when it is shown and not before, so that a save compares with what the
// person saw.
void EditorPage::showValue(SharedBytes value, Cause cause)
{
    m_lifetime.renew();
    m_planning = false;
    m_reloading = cause == Cause::Reload;
    struct Prepared
    {
        ValueText text;
        TextReplacement draft;
    };
    runOffThread(
        m_lifetime,
        [value, draft = cause == Cause::Draft ? m_draft->text : nullptr] {
            Prepared prepared{prepareValue(value), {}};
            const bool binary = prepared.text.format == ValueFormat::Binary;
            if (draft)
                prepared.draft = replacementOf(binary ? *value : *prepared.text.display, draft);
            return prepared;
        },
        [this, value, cause](Prepared prepared) {
            m_reloading = false;
            showPrepared(std::move(prepared.text), std::move(prepared.draft), value, cause);
        });
}

void EditorPage::showPrepared(ValueText prepared, TextReplacement draft, const SharedBytes &value,
                              Cause cause)
{
    if (cause == Cause::Reload && m_shown && (m_unsaved || m_views->isEditingCell())) {
        sayChangedMeanwhile();
        return refreshHeader();
    }
    if (cause == Cause::Draft) {
        const QString obstacle = draftObstacle(prepared);
        if (!obstacle.isEmpty()) m_errors->showNotice(obstacle);
        if (!m_draft || !obstacle.isEmpty()) return offerDraft();
    }
    const bool laidOut = prepared.laidOut;
    const bool tooLong = prepared.tooLong;
    SharedBytes before = m_session->sharedBase();
    m_session->setBase(value);
    dropOffThread(std::move(before));
    m_shown = true;
    m_partial = false;
    if (cause != Cause::Choice) m_savedAt = {};
    m_views->setRawSource([value, laidOut, tooLong](SharedBytes now) {
        if (tooLong) return value;
        return laidOut ? std::make_shared<const Bytes>(rebaseJson(*value, *now)) : now;
    });
    m_views->setEditable(!m_session->isReadOnly());
    m_stack->setCurrentWidget(m_views);
    m_views->show(std::move(prepared), value);
    if (cause == Cause::Draft) {
        m_draft.reset();
        m_views->replaceText(std::move(draft));
        textEdited(); // a large text is still on its way into the view, and is the person's already
    } else {
        setUnsaved(false);
    }
    if (tooLong)
        m_errors->showNotice(tr("A line is too long to be edited as text; it is shown in pieces."));
    refreshHeader();
    offerDraft();
}

void EditorPage::showElements()
{
    if (m_unsaved) {
        m_errors->showError(Error(ErrorCode::WrongType, {text(escapeBytes(key()))}));
        return refreshHeader();
    }
    m_shown = false;
    m_elements->load(m_session->store(), key(), m_session->entry().type);
    if (m_session->entry().type == ValueType::List) m_table->setColumnWidth(0, 90);
    m_stack->setCurrentWidget(m_table);
    refreshHeader();
    emit contentShown();
}

void EditorPage::showMissing()
{
    if (m_unsaved) {
        m_errors->showNotice(tr("The key was deleted or expired meanwhile; your text is kept. "
                                "Save offers to create it again."));
        return refreshHeader();
    }
    m_shown = false;
    nameEmptyState();
    m_stack->setCurrentWidget(m_empty);
    refreshHeader();
    offerDraft();
    emit contentShown();
}

void EditorPage::nameEmptyState()
{
    m_empty->setContent(QStringLiteral("key"), tr("This key does not exist"),
                        tr("It may have expired or been deleted since it was listed."),
                        tr("Look again"));
}

void EditorPage::refreshHeader()
{
    const bool isString = m_session->entry().type == ValueType::String;
    m_header->refresh(isString && (m_shown || m_partial) ? formatName(m_views->shown().format)
                                                         : QString());
    if (m_shown) m_views->setEditable(!m_session->isReadOnly());
    refreshFooter();
}

QString EditorPage::changeText(const JsonChange &change) const
{
    if (m_views->shown().format == ValueFormat::Binary) return tr("Bytes changed");
    return tr("%n change(s)", nullptr, change.changes) + QStringLiteral(", ") +
           tr("%n byte(s)", nullptr, int(change.bytes));
}

QString EditorPage::valueFootText() const
{
    if (QString reason = m_session->readOnlyReason(); !reason.isEmpty()) return reason;
    if (m_unsaved) {
        const QString how = isGone() ? tr("the key is gone; Save offers to create it again")
                            : m_session->ttlMs() ? tr("saves with compare-and-set, TTL kept")
                                                 : tr("saves with compare-and-set, no TTL");
        return changeText(m_views->change()) + QStringLiteral(" · ") + how;
    }
    if (m_partial) return tr("Reading the rest…");
    if (m_savedAt.isValid()) return savedText();
    if (isGone()) return tr("The key is gone; what is shown is what it held");
    if (m_views->shown().laidOut) return tr("Laid out for reading; saving keeps its own spacing");
    return tr("No changes");
}

void EditorPage::refreshFooter()
{
    const ThemeTokens &t = theme();
    QString left;
    QString right;
    QString about; // the right side in full
    bool bad = false;
    if (m_stack->currentWidget() == m_table) {
        const std::int64_t total = m_elements->total();
        const std::string rows = formatCount(std::uint64_t(m_elements->rowCount()));
        left =
            total >= 0
                ? tr("%1 of %2 elements").arg(text(rows), text(formatCount(std::uint64_t(total))))
                : tr("%1 elements").arg(text(rows));
        right = tr("Read-only table");
    } else if (m_shown || m_partial) {
        const ValueFormat format = m_views->shown().format;
        const auto &fault = m_views->fault();
        left = valueFootText();
        bad = fault.has_value() && !m_partial;
        if (bad)
            right = tr("Line %1, column %2: %3")
                        .arg(fault->line)
                        .arg(fault->column)
                        .arg(fault->reason());
        else if (format == ValueFormat::Json && !m_partial)
            right = tr("Valid JSON · UTF-8");
        else
            right = format == ValueFormat::Binary ? tr("Binary") : tr("UTF-8");
        const auto block = format == ValueFormat::Binary && m_shown ? kvBlockNote(m_session->base())
                                                                    : std::nullopt;
        if (block) right = block->summary;
        if (block) about = block->detail;
    }
    m_footLeft->setText(left);
    m_footLeft->setToolTip(left);
    m_footRight->setText(right);
    m_footRight->setEnabled(bad);
    m_footRight->setToolTip(bad ? tr("Go to the fault") : about);
    m_footRight->setStyleSheet(QStringLiteral("QPushButton { color: %1; padding: 2px 8px; }")
                                   .arg((bad ? t.bad : t.muted).name()));
}

void EditorPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    refreshFooter();
    if (m_stack->currentWidget() == m_empty) nameEmptyState();
}

void EditorPage::setUnsaved(bool unsaved)
{
    m_header->setDirty(unsaved);
    if (m_unsaved == unsaved) return;
    m_unsaved = unsaved;
    emit unsavedChanged(unsaved);
}

} // namespace kvscope
