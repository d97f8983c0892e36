// A tab bar over a stack of pages; the tab's data is its page.
#include "widgets/editor/editortabs.h"

#include "core/store/store.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/emptystate.h"
#include "widgets/base/theme.h"
#include "widgets/editor/editorpage.h"
#include "widgets/editor/tablabels.h"

#include <QMouseEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace kvscope {
namespace {

constexpr qsizetype kNameCharacters = 2000; // of a key, in tooltips and for labels
constexpr int kTabChrome = 60;              // px beside a label: padding, dot and close button
constexpr int kNarrowest = 72;              // px of a label; where that is too much, tabs scroll
constexpr int kWidest = 260;

QString nameOf(const EditorPage &page)
{
    return QString::fromStdString(escapeBytes(BytesView(page.key()).substr(0, kNameCharacters)));
}

} // namespace

EditorTabs::EditorTabs(QWidget *parent)
    : QWidget(parent), m_drafts(std::make_unique<Drafts>()), m_bar(new QTabBar(this)),
      m_stack(new QStackedWidget(this)), m_empty(new EmptyState(this))
{
    setObjectName(QStringLiteral("editorTabs"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(this, "panel");
    m_bar->setObjectName(QStringLiteral("editorTabBar"));
    m_bar->setDocumentMode(true);
    m_bar->setExpanding(false);
    m_bar->setMovable(true);
    m_bar->setTabsClosable(true);
    m_bar->setElideMode(Qt::ElideNone); // the labels are made to fit
    m_bar->setUsesScrollButtons(true);
    m_bar->setFont(monoFont());
    m_bar->installEventFilter(this);
    retranslate();
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    m_bar->hide();

    connect(m_bar, &QTabBar::currentChanged, this, &EditorTabs::showCurrent);
    connect(m_bar, &QTabBar::tabCloseRequested, this, &EditorTabs::closeTab);
    const auto shortcut = [this](const QKeySequence &keys, auto action) {
        auto *made = new QShortcut(keys, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, action);
    };
    shortcut(QKeySequence::Save, &EditorTabs::saveCurrent);
    // From the keys as well: a click on a tab leaves the focus there.
    const auto everywhere = [this](const QList<QKeySequence> &keys, const auto &action) {
        auto *made = new QShortcut(parentWidget() ? parentWidget() : this);
        made->setKeys(keys);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, action);
        connect(made, &QShortcut::activatedAmbiguously, this, action);
    };
    everywhere({Qt::CTRL | Qt::Key_W}, [this] { closeCurrent(); });
    everywhere({Qt::CTRL | Qt::Key_Tab}, [this] { step(1); });
    // Which of the two a keyboard sends hangs on the platform.
    everywhere({Qt::CTRL | Qt::SHIFT | Qt::Key_Tab, Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab,
                Qt::CTRL | Qt::Key_Backtab},
               [this] { step(-1); });
    for (const QKeySequence &keys :
         {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}) {
        shortcut(keys, [this] {
            if (EditorPage *page = currentPage()) page->find();
        });
    }
    shortcut(Qt::Key_F3, [this] {
        if (EditorPage *page = currentPage()) page->findNext();
    });
}

void EditorTabs::retranslate()
{
    m_bar->setAccessibleName(tr("Open keys"));
    m_empty->setContent(QStringLiteral("key"), tr("No key is open"),
                        tr("Pick a key in the tree to see its value. A middle click opens it in a "
                           "tab of its own."));
    labelTabs();
}

void EditorTabs::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

EditorTabs::~EditorTabs()
{
    // Pages write their last drafts; they must go before the drafts do.
    closeAll();
}

void EditorTabs::setStore(Store *store)
{
    if (m_store) disconnect(m_store, nullptr, this, nullptr);
    closeAll();
    m_store = store;
    // A key means another value in another database: its page must not write there.
    if (m_store) connect(m_store, &Store::databaseChanged, this, &EditorTabs::closeAll);
}

void EditorTabs::setFreshness(FreshnessSource *source)
{
    m_freshness = source;
    for (int i = 0; i < m_bar->count(); ++i)
        if (EditorPage *page = pageAt(i)) page->setFreshness(source);
}

void EditorTabs::closeAll()
{
    while (m_bar->count() > 0) delete takeTab(m_bar->count() - 1);
}

void EditorTabs::openKey(const Bytes &key, OpenMode mode)
{
    if (!m_store) return;
    if (const int open = indexOf(key); open >= 0) return m_bar->setCurrentIndex(open);
    auto *page = new EditorPage(m_store, key, m_drafts.get(), m_stack);
    page->setFreshness(m_freshness);
    connect(page, &EditorPage::unsavedChanged, this, &EditorTabs::labelTabs);
    connect(page, &EditorPage::contentShown, this, &EditorTabs::contentShown);
    m_stack->addWidget(page);
    const EditorPage *front = currentPage();
    if (mode == OpenMode::Reuse && front && !front->isUnsaved()) {
        const int index = m_bar->currentIndex();
        EditorPage *old = pageAt(index);
        m_bar->setTabData(index, QVariant::fromValue<QWidget *>(page));
        labelTabs();
        m_stack->removeWidget(old);
        old->deleteLater();
        showCurrent();
        return;
    }
    const int at = m_bar->currentIndex() + 1;
    const bool first = m_bar->count() == 0;
    m_bar->insertTab(at, QString());
    m_bar->setTabData(at, QVariant::fromValue<QWidget *>(page));
    labelTabs();
    m_bar->setCurrentIndex(at);
    if (first) showCurrent(); // the first tab became current before it had its page
}

// What tells a key from the others depends on the others.
void EditorTabs::labelTabs()
{
    const int count = m_bar->count();
    QStringList names;
    for (int i = 0; i < count; ++i) {
        const EditorPage *page = pageAt(i);
        names << (page ? nameOf(*page) : QString());
    }
    const int room = m_bar->width() / std::max(count, 1) - kTabChrome;
    const QStringList labels =
        tabLabels(names, m_bar->fontMetrics(), std::clamp(room, kNarrowest, kWidest));
    for (int i = 0; i < count; ++i) {
        const EditorPage *page = pageAt(i);
        if (!page) continue;
        QString label = labels[i];
        label.replace(QLatin1Char('&'), QStringLiteral("&&"));
        if (page->isUnsaved()) label += QStringLiteral(" ●");
        if (m_bar->tabText(i) != label) m_bar->setTabText(i, label);
        m_bar->setTabToolTip(i, page->isUnsaved() ? tr("%1 (not saved)").arg(names[i]) : names[i]);
        m_bar->setAccessibleTabName(i, m_bar->tabToolTip(i));
    }
    const bool unsaved = hasUnsaved();
    if (unsaved != m_unsaved) emit unsavedChanged(m_unsaved = unsaved);
}

void EditorTabs::showCurrent()
{
    EditorPage *page = currentPage();
    m_bar->setVisible(m_bar->count() > 0);
    m_stack->setCurrentWidget(page ? static_cast<QWidget *>(page) : m_empty);
    if (m_bar->count() == 0 || page) emit currentKeyChanged(currentKey());
}

void EditorTabs::closeTab(int index)
{
    EditorPage *page = pageAt(index);
    if (!page) return;
    if (!page->isUnsaved()) return takeTab(index)->deleteLater();
    m_bar->setCurrentIndex(index);
    Question question;
    question.objectName = QStringLiteral("closeUnsaved");
    question.title = tr("Close without saving?");
    question.text = tr("The text of %1 has not been saved.")
                        .arg(QString::fromStdString(escapeBytes(page->key())).left(200));
    question.confirmText = tr("Discard and close");
    question.destructive = true;
    askConfirmation(page, question, [this, page](bool discard) {
        if (!discard) return;
        page->discard();
        for (int i = 0; i < m_bar->count(); ++i) {
            if (pageAt(i) == page) return takeTab(i)->deleteLater();
        }
    });
}

EditorPage *EditorTabs::takeTab(int index)
{
    EditorPage *page = pageAt(index);
    page->disconnect(this);
    page->hide();
    m_stack->removeWidget(page);
    m_bar->setTabData(index, {});
    m_bar->removeTab(index);
    showCurrent();
    labelTabs();
    return page;
}

void EditorTabs::step(int by)
{
    const int count = m_bar->count();
    if (count > 1) m_bar->setCurrentIndex((m_bar->currentIndex() + by + count) % count);
}

void EditorTabs::refreshCurrent()
{
    if (EditorPage *page = currentPage()) page->refresh();
}

void EditorTabs::saveCurrent()
{
    if (EditorPage *page = currentPage()) page->save();
}

void EditorTabs::closeCurrent()
{
    closeTab(m_bar->currentIndex());
}

Bytes EditorTabs::currentKey() const
{
    const EditorPage *page = currentPage();
    return page ? page->key() : Bytes();
}

bool EditorTabs::hasUnsaved() const
{
    for (int i = 0; i < m_bar->count(); ++i) {
        if (const EditorPage *page = pageAt(i); page && page->isUnsaved()) return true;
    }
    return false;
}

EditorPage *EditorTabs::pageAt(int index) const
{
    return qobject_cast<EditorPage *>(m_bar->tabData(index).value<QWidget *>());
}

EditorPage *EditorTabs::currentPage() const
{
    return pageAt(m_bar->currentIndex());
}

int EditorTabs::indexOf(const Bytes &key) const
{
    for (int i = 0; i < m_bar->count(); ++i) {
        if (const EditorPage *page = pageAt(i); page && page->key() == key) return i;
    }
    return -1;
}

bool EditorTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_bar && event->type() == QEvent::Resize) labelTabs();
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::MiddleButton)
            closeTab(m_bar->tabAt(mouse->position().toPoint()));
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace kvscope
