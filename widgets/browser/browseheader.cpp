// BrowseHeader: its rows, menus and chips.
#include "widgets/browser/browseheader.h"

#include "core/base/human.h"
#include "core/store/entry.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/browser/readonlyreason.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace kvscope {
namespace {

using keyindex::SortOrder;

constexpr ValueType kTypes[] = {ValueType::None,  ValueType::String, ValueType::Hash,
                                ValueType::List,  ValueType::Set,    ValueType::SortedSet,
                                ValueType::Stream};

QToolButton *iconButton(QWidget *parent, const char *objectName, const char *icon)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QLatin1StringView(objectName));
    button->setIcon(strokeIcon(QLatin1StringView(icon)));
    button->setIconSize(QSize(16, 16));
    setLook(button, "framed");
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

BrowseHeader::BrowseHeader(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("browseHeader"));
    setLook(this, "bar");
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->setSpacing(8);
    addTopRow();
    addFilterRow();
    addSearchStrip();
    addChips();
    retranslate();
    setCapabilities(std::nullopt);
    showSearchStrip();
}

void BrowseHeader::addTopRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_title = new QLabel(this);
    setLook(m_title, "title");
    m_databases = new QComboBox(this);
    m_databases->setObjectName(QStringLiteral("databaseBox"));
    m_databases->installEventFilter(this);
    m_databases->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_databases->setMinimumContentsLength(14);
    m_databases->setMaxVisibleItems(16);
    connect(m_databases, &QComboBox::activated, this,
            [this](int item) { emit databaseChosen(m_databases->itemData(item).toInt()); });
    m_order = iconButton(this, "orderButton", "sort");
    m_order->setPopupMode(QToolButton::InstantPopup);
    m_order->setMenu(makeOrderMenu());
    m_new = iconButton(this, "newKeyButton", "plus");
    connect(m_new, &QToolButton::clicked, this, &BrowseHeader::newKeyRequested);
    row->addWidget(m_title);
    row->addWidget(m_databases, 1);
    row->addStretch(0);
    row->addWidget(m_order);
    row->addWidget(m_new);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void BrowseHeader::addFilterRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("keyFilter"));
    setLook(m_filter, "mono");
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(1024);
    m_filter->addAction(strokeIcon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        showSearchStrip();
        emit filterChanged(text);
    });
    m_refresh = iconButton(this, "refreshButton", "refresh");
    connect(m_refresh, &QToolButton::clicked, this, &BrowseHeader::refreshRequested);
    row->addWidget(m_filter, 1);
    m_autoRefresh = iconButton(this, "autoRefreshButton", "clock");
    m_autoRefresh->setPopupMode(QToolButton::InstantPopup);
    m_autoRefresh->setMenu(makeRefreshMenu());
    row->addWidget(m_refresh);
    row->addWidget(m_autoRefresh);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void BrowseHeader::addSearchStrip()
{
    m_strip = new QFrame(this);
    auto *row = new QHBoxLayout(m_strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_search = new QPushButton(m_strip);
    m_search->setObjectName(QStringLiteral("serverSearchButton"));
    m_search->setIcon(strokeIcon(QStringLiteral("search")));
    m_search->setFocusPolicy(Qt::TabFocus);
    setLook(m_search, "quiet");
    connect(m_search, &QPushButton::clicked, this,
            [this] { emit serverSearchRequested(m_filter->text()); });
    m_searched = new QLabel(m_strip);
    m_searched->setObjectName(QStringLiteral("serverSearchLabel"));
    m_searched->setTextFormat(Qt::PlainText);
    setLook(m_searched, "chipAccent");
    m_clearSearch = new QToolButton(m_strip);
    m_clearSearch->setObjectName(QStringLiteral("clearServerSearch"));
    m_clearSearch->setIcon(strokeIcon(QStringLiteral("close")));
    m_clearSearch->setIconSize(QSize(12, 12));
    connect(m_clearSearch, &QToolButton::clicked, this, &BrowseHeader::serverSearchCleared);
    row->addWidget(m_search);
    row->addWidget(m_searched);
    row->addWidget(m_clearSearch);
    row->addStretch(1);
    layout()->addWidget(m_strip);
}

void BrowseHeader::addChips()
{
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(4);
    for (const ValueType type : kTypes) {
        auto *chip = new QPushButton(this);
        chip->setObjectName(QStringLiteral("typeChip_") + (type == ValueType::None
                                                               ? QStringLiteral("all")
                                                               : valueTypeName(type)));
        chip->setCheckable(true);
        chip->setChecked(type == ValueType::None);
        chip->setAutoExclusive(true);
        setLook(chip, "chip");
        connect(chip, &QPushButton::clicked, this, [this, type] { emit typeChosen(type); });
        m_chips->addWidget(chip);
        m_typeButtons.push_back(chip);
    }
    m_chips->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->addLayout(m_chips);
}

QMenu *BrowseHeader::makeRefreshMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("refreshMenu"));
    m_refreshChoices = new QActionGroup(menu);
    for (const int seconds : {0, 5, 30, 60}) {
        QAction *choice = menu->addAction(QString());
        choice->setObjectName(QStringLiteral("autoRefresh%1").arg(seconds));
        choice->setData(seconds);
        choice->setCheckable(true);
        choice->setChecked(seconds == 0);
        m_refreshChoices->addAction(choice);
    }
    connect(m_refreshChoices, &QActionGroup::triggered, this,
            [this](QAction *choice) { emit autoRefreshChosen(choice->data().toInt()); });
    return menu;
}

QMenu *BrowseHeader::makeOrderMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("orderMenu"));
    m_orderChoices = new QActionGroup(menu);
    for (const SortOrder order :
         {SortOrder::NameAscending, SortOrder::NameDescending, SortOrder::MostKeys}) {
        QAction *choice = menu->addAction(QString());
        choice->setData(static_cast<int>(order));
        choice->setCheckable(true);
        choice->setChecked(order == SortOrder::NameAscending);
        m_orderChoices->addAction(choice);
    }
    connect(m_orderChoices, &QActionGroup::triggered, this, [this](QAction *choice) {
        emit orderChosen(static_cast<SortOrder>(choice->data().toInt()));
    });
    return menu;
}

void BrowseHeader::retranslate()
{
    m_title->setText(tr("Keys"));
    m_databases->setAccessibleName(tr("Database"));
    m_databases->setToolTip(tr("Database"));
    m_order->setAccessibleName(tr("Order"));
    m_order->setToolTip(tr("Order of the tree"));
    m_filter->setAccessibleName(tr("Filter keys"));
    m_filter->setPlaceholderText(tr("Filter keys"));
    m_filter->setToolTip(tr("Filter the loaded keys as you type; * and ? make a pattern. "
                            "Enter searches on the server. (Ctrl+F)"));
    m_refresh->setAccessibleName(tr("Refresh"));
    m_refresh->setToolTip(tr("Refresh (F5)"));
    m_autoRefresh->setAccessibleName(tr("Automatic refresh"));
    m_autoRefresh->setToolTip(tr("Automatic refresh"));
    m_clearSearch->setAccessibleName(tr("Show all keys"));
    m_clearSearch->setToolTip(tr("Show all keys"));
    const QString refresh[] = {tr("No automatic refresh"), tr("Every 5 seconds"),
                               tr("Every 30 seconds"), tr("Every minute")};
    const QString order[] = {tr("Name, A to Z"), tr("Name, Z to A"), tr("Most keys first")};
    for (int i = 0; i < 4; ++i) m_refreshChoices->actions()[i]->setText(refresh[i]);
    for (int i = 0; i < 3; ++i) m_orderChoices->actions()[i]->setText(order[i]);
    for (std::size_t i = 0; i < m_typeButtons.size(); ++i) {
        const bool all = kTypes[i] == ValueType::None;
        const QString name = valueTypeName(kTypes[i]);
        m_typeButtons[i]->setText(all ? tr("all") : name);
        m_typeButtons[i]->setToolTip(
            all ? tr("Keys of every type")
                : tr("Only keys of type %1, found by the server").arg(name));
    }
    setCapabilities(m_capabilities);
    showSearchStrip();
}

void BrowseHeader::setCapabilities(const std::optional<Capabilities> &capabilities)
{
    m_capabilities = capabilities;
    setEnabled(capabilities.has_value());
    const bool databases = capabilities && capabilities->databases;
    m_databases->setVisible(databases);
    m_title->setVisible(!databases);
    const bool readOnly = capabilities && capabilities->readOnly;
    m_new->setEnabled(capabilities && !readOnly);
    m_new->setAccessibleName(tr("New key"));
    m_new->setToolTip(readOnly ? readOnlyReason(*capabilities) : tr("New key (Ctrl+N)"));
    const bool scan = capabilities && capabilities->scan;
    m_refresh->setEnabled(scan);
    m_autoRefresh->setEnabled(scan);
}

void BrowseHeader::setDatabases(const std::vector<DatabaseInfo> &databases, int current)
{
    QStringList names;
    std::vector<int> indices;
    for (const DatabaseInfo &database : databases) {
        const auto keys = static_cast<std::uint64_t>(std::max<std::int64_t>(database.keys, 0));
        names
            << tr("db %1 · %2").arg(database.index).arg(QString::fromStdString(formatCount(keys)));
        indices.push_back(database.index);
    }
    bool sameRows = indices.size() == static_cast<std::size_t>(m_databases->count());
    for (std::size_t i = 0; sameRows && i < indices.size(); ++i)
        sameRows = m_databases->itemData(static_cast<int>(i)).toInt() == indices[i];
    // In place where only counts changed: the list may be open.
    if (!sameRows) m_databases->clear();
    for (int i = 0; i < names.size(); ++i) {
        if (sameRows)
            m_databases->setItemText(i, names[i]);
        else
            m_databases->addItem(names[i], indices[static_cast<std::size_t>(i)]);
    }
    int item = m_databases->findData(current);
    if (item < 0) {
        m_databases->addItem(tr("db %1").arg(current), current);
        item = m_databases->count() - 1;
    }
    m_databases->setCurrentIndex(item);
}

void BrowseHeader::setServerSearch(const QString &pattern, ValueType type)
{
    m_pattern = pattern;
    m_type = type;
    for (std::size_t i = 0; i < m_typeButtons.size(); ++i) {
        m_typeButtons[i]->setChecked(kTypes[i] == type);
    }
    showSearchStrip();
}

// Either offers to ask the server for what is typed, or says what it was asked for.
void BrowseHeader::showSearchStrip()
{
    const QString typed = m_filter->text();
    const bool offers = !typed.isEmpty();
    m_search->setVisible(offers);
    m_search->setText(tr("Search the server (Enter)"));
    m_search->setToolTip(tr("Scan the server for keys that match “%1”").arg(typed));
    const bool searched = !m_pattern.isEmpty() && !offers;
    m_searched->setVisible(searched);
    m_clearSearch->setVisible(searched);
    m_searched->setText(tr("on the server: %1").arg(m_pattern));
    m_strip->setVisible(offers || searched);
}

void BrowseHeader::setFilterText(const QString &text)
{
    m_filter->setText(text);
}

QString BrowseHeader::filterText() const
{
    return m_filter->text();
}

void BrowseHeader::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool BrowseHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_databases && event->type() == QEvent::KeyPress) {
        // A box without a field takes any character, Ctrl's too, for the beginning of an item.
        const auto *press = static_cast<QKeyEvent *>(event);
        if (!press->matches(QKeySequence::Find) && !press->matches(QKeySequence::New)) return false;
        event->ignore();
        return true;
    }
    if (watched != m_filter || event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(watched, event);
    }
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_filter->text().isEmpty()) emit serverSearchRequested(m_filter->text());
        return true;
    case Qt::Key_Down:
        emit leftDownwards();
        return true;
    case Qt::Key_Escape:
        if (m_filter->text().isEmpty()) return false;
        m_filter->clear();
        return true;
    default:
        return false;
    }
}

void BrowseHeader::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace kvscope
