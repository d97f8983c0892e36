// BrowsePage: puts header, tree, footer and tabs together and passes their wishes on.
#include "widgets/browser/browsepage.h"

#include "widgets/base/emptystate.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/theme.h"
#include "widgets/browser/browsefooter.h"
#include "widgets/browser/browseheader.h"
#include "widgets/browser/keyactions.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/editor/editortabs.h"
#include "widgets/models/keytypes.h"

#include <QKeyEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kRecountMs = 250; // a deletion tells of its keys in many batches

} // namespace

BrowsePage::BrowsePage(Navigator * /*navigator*/, QWidget *parent)
    : QWidget(parent), m_feed(new KeyFeed(this)), m_types(new KeyTypes(this)),
      m_actions(new KeyActions(m_feed, this))
{
    setObjectName(QStringLiteral("browsePage"));
    layOut();
    wireHeader();
    wireTree();
    wireActions();
    m_autoRefresh.callOnTimeout(this, [this] {
        if (m_store && !m_feed->isScanning()) m_feed->refresh();
    });
    m_tick.setInterval(200);
    m_tick.callOnTimeout(this, [this] { showFooter(); });
    m_recount.setSingleShot(true);
    m_recount.setInterval(kRecountMs);
    m_recount.callOnTimeout(this, [this] {
        if (m_store && m_store->state().phase == StoreState::Phase::Ready) askDatabases();
    });
    // Millions of keys take seconds to sort the first time: after a moment the footer says so.
    m_slowSort.setSingleShot(true);
    m_slowSort.setInterval(150);
    m_slowSort.callOnTimeout(this, [this] {
        if (!m_opening) return;
        m_footer->setSorting(keyText(*m_opening).left(60));
        showFooter();
    });
    showState();
}

BrowsePage::~BrowsePage() = default;

void BrowsePage::layOut()
{
    auto *left = new QFrame(this);
    setLook(left, "panel");
    left->setMinimumWidth(320);
    m_header = new BrowseHeader(left);
    m_errors = new ErrorBar(left);
    m_errors->setHome(this);
    m_tree = new KeyTreeView(m_types, left);
    m_empty = new EmptyState(left);
    m_stack = new QStackedWidget(left);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_empty);
    m_footer = new BrowseFooter(left);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_errors);
    column->addWidget(m_stack, 1);
    column->addWidget(m_footer);

    m_tabs = new EditorTabs(this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({340, 900});
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
}

void BrowsePage::wireHeader()
{
    connect(m_header, &BrowseHeader::filterChanged, this, &BrowsePage::applyFilter);
    connect(m_header, &BrowseHeader::serverSearchRequested, this, &BrowsePage::searchServer);
    connect(m_header, &BrowseHeader::serverSearchCleared, this, [this] {
        KeyQuery query = m_feed->query();
        query.match.clear();
        m_feed->setQuery(query);
    });
    connect(m_header, &BrowseHeader::typeChosen, this, [this](ValueType type) {
        KeyQuery query = m_feed->query();
        if (query.type == type) return;
        query.type = type;
        m_feed->setQuery(query);
    });
    connect(m_header, &BrowseHeader::refreshRequested, this, &BrowsePage::refresh);
    connect(m_header, &BrowseHeader::autoRefreshChosen, this, [this](int seconds) {
        m_autoRefresh.stop();
        if (seconds > 0) m_autoRefresh.start(seconds * 1000);
    });
    connect(m_header, &BrowseHeader::orderChosen, this,
            [this](keyindex::SortOrder order) { m_feed->index().setOrder(order); });
    connect(m_header, &BrowseHeader::newKeyRequested, m_actions, &KeyActions::createKey);
    connect(m_header, &BrowseHeader::databaseChosen, this, [this](int index) {
        if (!m_store || index == m_store->database()) return;
        m_actions->leaveDatabase();
        m_store->selectDatabase(index);
    });
    connect(m_header, &BrowseHeader::leftDownwards, this, [this] {
        using First = KeyTreeView::First;
        m_tree->enter(m_header->filterText().isEmpty() ? First::Row : First::Key);
    });
}

void BrowsePage::wireTree()
{
    m_tree->setRetire([this](std::shared_ptr<const keyindex::KeyTree> tree) {
        m_feed->index().retire(std::move(tree));
    });
    connect(m_feed, &KeyFeed::treeChanged, this, &BrowsePage::showTree);
    connect(m_feed, &KeyFeed::stateChanged, this, &BrowsePage::showState);
    connect(m_tree, &KeyTreeView::expansionRequested, this, &BrowsePage::requestExpansion);
    connect(m_tree, &KeyTreeView::keyActivated, this,
            [this](const Bytes &key) { m_tabs->openKey(key, EditorTabs::OpenMode::Reuse); });
    connect(m_tree, &KeyTreeView::keyActivatedInNewTab, this,
            [this](const Bytes &key) { m_tabs->openKey(key, EditorTabs::OpenMode::NewTab); });
    connect(m_tree, &KeyTreeView::renameRequested, this, &BrowsePage::renameCurrent);
    connect(m_tree, &KeyTreeView::deleteRequested, this, &BrowsePage::removeSelected);
    connect(m_tree, &KeyTreeView::copyRequested, this, [this] {
        std::vector<Bytes> paths = m_tree->selection().keys();
        for (Bytes &path : m_tree->selection().namespaces()) paths.push_back(std::move(path));
        m_actions->copyKeys(paths);
    });
    connect(m_tree, &KeyTreeView::menuRequested, this, &BrowsePage::openMenu);
    connect(m_tree, &KeyTreeView::selectionChanged, this, [this] { showFooter(); });
    // Stepping from tab to tab, or closing one, shows where the key in front stands.
    connect(m_tabs, &EditorTabs::currentKeyChanged, this, &BrowsePage::showInTree);
    connect(m_footer, &BrowseFooter::stopRequested, m_feed, &KeyFeed::stop);
    connect(m_footer, &BrowseFooter::stopRemovalRequested, m_actions, &KeyActions::stopRemoving);
    connect(m_errors, &ErrorBar::retryRequested, this, &BrowsePage::refresh);
}

void BrowsePage::wireActions()
{
    connect(m_actions, &KeyActions::failed, this,
            [this](const Error &error) { m_errors->showError(error); });
    connect(m_actions, &KeyActions::succeeded, this,
            [this](const QString &notice) { m_errors->showNotice(notice); });
    connect(m_actions, &KeyActions::removalProgressed, this,
            [this](std::size_t done, std::size_t total) {
                m_footer->setRemoval(done, total);
                showFooter();
            });
    connect(m_actions, &KeyActions::keyCreated, this, [this](const Bytes &key) {
        m_errors->clear();
        openKey(key);
    });
    connect(m_actions, &KeyActions::keyRenamed, this, [this](const Bytes &, const Bytes &to) {
        m_errors->clear();
        openKey(to);
    });
    // What is open and was not touched shows the present state; unsaved text stays.
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        const bool searched = !m_feed->query().isEverything() || !m_header->filterText().isEmpty();
        if (!searched) return m_actions->createKey();
        m_header->setFilterText(QString());
        if (!m_feed->query().isEverything()) m_feed->setQuery({});
    });
}

void BrowsePage::setStore(Store *store, const Bytes &delimiter)
{
    if (m_store) disconnect(m_store, nullptr, this, nullptr);
    m_lifetime.renew();
    m_store = store;
    m_errors->clear();
    endSorting();
    m_header->setFilterText(QString());
    m_tabs->setStore(store);
    m_actions->setStore(store);
    m_types->setStore(store);
    m_feed->setStore(store); // empties the index, so that no old key is sorted in anew
    m_feed->index().setDelimiter(delimiter);
    if (store) {
        connect(store, &Store::stateChanged, this, [this] {
            rescanWhereAllowed();
            showState();
        });
        connect(store, &Store::keysChanged, this, [this] { m_recount.start(); });
        connect(store, &Store::databaseChanged, this, [this] {
            m_errors->clear();
            m_tabs->setStore(m_store);
        });
    }
    showState();
}

void BrowsePage::openKey(const Bytes &key)
{
    m_tabs->openKey(key, EditorTabs::OpenMode::Reuse);
    m_tree->reveal({keyindex::TreeRow::Kind::Key, key});
}

void BrowsePage::showInTree(const Bytes &key)
{
    const KeySelection &selection = m_tree->selection();
    if (key.empty() || (selection.size() == 1 && selection.keys() == std::vector{key})) return;
    m_tree->reveal({keyindex::TreeRow::Kind::Key, key});
}

void BrowsePage::refresh()
{
    if (!m_store) return;
    // What could not be read or written may be allowed by now.
    const Capabilities can = m_store->capabilities();
    const bool hindered = can.readOnlyReason || !can.scan;
    if (hindered || m_store->state().phase != StoreState::Phase::Ready) m_store->open();
    m_errors->clear();
    m_types->forgetAll();
    m_feed->refresh();
    m_tabs->refreshCurrent();
}

// A scan that was refused is made up for when the right to it comes.
void BrowsePage::rescanWhereAllowed()
{
    const bool ready = m_store->state().phase == StoreState::Phase::Ready;
    const bool can = ready && m_store->capabilities().scan;
    const bool given = can && !m_couldScan;
    if (ready) m_couldScan = can;
    if (given && m_feed->error() && !m_feed->isScanning()) m_feed->refresh();
}

void BrowsePage::setMarks(std::function<std::optional<KeyMark>(BytesView key)> find)
{
    m_tree->setMarks(std::move(find));
}

void BrowsePage::setFreshness(FreshnessSource *source)
{
    m_tabs->setFreshness(source);
}

bool BrowsePage::hasUnsaved() const
{
    return m_tabs->hasUnsaved();
}

bool BrowsePage::isReadOnly() const
{
    return !m_store || m_store->capabilities().readOnly;
}

void BrowsePage::applyFilter(const QString &text)
{
    // Escapes name bytes that can't be typed; a text that is not well-formed in them is taken as it
    // is.
    const std::string typed = text.toStdString();
    m_feed->index().setFilter(unescapeBytes(typed).value_or(typed));
}

void BrowsePage::searchServer(const QString &text)
{
    const std::string typed = text.toStdString();
    const bool isPattern = typed.find_first_of("*?[") != std::string::npos;
    KeyQuery query = m_feed->query();
    query.match = isPattern ? typed : '*' + escapeGlob(unescapeBytes(typed).value_or(typed)) + '*';
    m_header->setFilterText(QString());
    m_feed->setQuery(query);
}

void BrowsePage::requestExpansion(const Bytes &path, bool expanded)
{
    endSorting();
    if (expanded) {
        m_opening = path;
        m_slowSort.start();
    }
    m_feed->index().setExpanded(path, expanded);
}

void BrowsePage::endSorting()
{
    m_opening.reset();
    m_slowSort.stop();
    m_footer->setSorting(QString());
}

void BrowsePage::showFooter()
{
    m_footer->showState(*m_feed, m_tree->selection().size());
}

void BrowsePage::showTree()
{
    m_tree->setTree(m_feed->tree());
    if (m_opening) {
        const keyindex::KeyTree &tree = m_tree->tree();
        const auto row = tree.rowOf(keyindex::TreeRow::Kind::Namespace, *m_opening);
        if (!row || tree.row(*row).expanded) endSorting();
    }
    showFooter();
    showEmptyState();
}

bool BrowsePage::holdsFocus() const
{
    const QWidget *focus = window()->focusWidget();
    return focus && (focus == this || isAncestorOf(focus));
}

void BrowsePage::showState()
{
    const bool held = holdsFocus();
    const bool ready = m_store && m_store->state().phase == StoreState::Phase::Ready;
    m_header->setCapabilities(ready ? std::optional<Capabilities>(m_store->capabilities())
                                    : std::nullopt);
    m_header->setServerSearch(keyText(m_feed->query().match), m_feed->query().type);
    if (m_feed->error())
        m_errors->showError(*m_feed->error(), ErrorBar::Offer::Retry);
    else if (m_saysFeedFailed)
        m_errors->clear();
    m_saysFeedFailed = m_feed->error().has_value();
    const bool scanning = m_feed->isScanning();
    if (scanning) {
        m_tick.start();
    } else {
        m_tick.stop();
    }
    if (ready && scanning != m_hadScan) askDatabases();
    m_hadScan = scanning;
    showFooter();
    showEmptyState();
    if (held && !holdsFocus()) setFocus();
}

void BrowsePage::askDatabases()
{
    m_store->keySpace().databases(
        m_lifetime.guard([this](const Result<std::vector<DatabaseInfo>> &databases) {
            if (databases) {
                m_header->setDatabases(*databases, m_store->database());
            } else {
                m_header->setDatabases({}, m_store->database());
            }
        }));
}

void BrowsePage::showEmptyState()
{
    const keyindex::IndexFigures &figures = m_feed->tree()->figures();
    const bool rows = m_feed->tree()->rowCount() != 0;
    if (rows || m_feed->isScanning() || figures.passRunning) {
        m_stack->setCurrentWidget(m_tree);
        if (window()->focusWidget() == this) m_tree->setFocus();
        return;
    }
    const bool held = holdsFocus();
    const StoreState state = m_store ? m_store->state() : StoreState();
    if (state.phase == StoreState::Phase::Connecting && state.error) {
        m_empty->setContent(QStringLiteral("database"), tr("The server is loading its data set"),
                            tr("The keys appear as soon as it has finished."));
    } else if (state.phase == StoreState::Phase::Connecting) {
        m_empty->setContent(QStringLiteral("database"), tr("Connecting…"),
                            tr("The keys appear as soon as the server answers."));
    } else if (state.phase != StoreState::Phase::Ready) {
        m_empty->setContent(QStringLiteral("database"), tr("Not connected"),
                            tr("Choose a store at the top left to see its keys."));
    } else if (m_feed->error()) {
        m_empty->setContent(
            QStringLiteral("warning"), tr("The keys could not be read"),
            tr("The reason stands above. A key whose name you know can still be opened."));
    } else if (figures.filtered && figures.keys != 0) {
        m_empty->setContent(QStringLiteral("filter"), tr("No loaded key matches"),
                            tr("Enter searches on the server, Esc clears the filter."),
                            tr("Clear the filter"));
    } else if (!m_feed->query().isEverything()) {
        m_empty->setContent(QStringLiteral("search"), tr("The server found no such key"),
                            tr("Another pattern or type may find some."), tr("Show all keys"));
    } else {
        nameNoKeys();
    }
    m_stack->setCurrentWidget(m_empty);
    if (held && !holdsFocus()) setFocus();
}

// Offers only what can be done here.
void BrowsePage::nameNoKeys()
{
    const Capabilities can = m_store->capabilities();
    QString remedy;
    if (!can.readOnly)
        remedy = can.databases ? tr("Create one, or choose another database.")
                               : tr("Create the first one.");
    else if (can.mode == QLatin1String("cluster"))
        remedy = tr("This node holds none; another node of its cluster may.");
    else if (can.databases)
        remedy = tr("None can be created on this connection. Another database may hold some.");
    else
        remedy = tr("None can be created on this connection.");
    m_empty->setContent(QStringLiteral("key"), tr("No keys here yet"), remedy,
                        can.readOnly ? QString() : tr("New key"));
}

// Not by a focus proxy: Tab would meet the page behind the open keys, and lead back to the tree.
void BrowsePage::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_stack->currentWidget() == m_tree) m_tree->setFocus(event->reason());
}

void BrowsePage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find)) {
        m_header->focusFilter();
    } else if (event->matches(QKeySequence::New)) {
        if (!isReadOnly()) m_actions->createKey();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void BrowsePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) showState();
}

} // namespace kvscope
