// BrowsePage: what the context menu offers for what is chosen.
#include "widgets/browser/browsepage.h"

#include "core/base/human.h"
#include "widgets/base/icons.h"
#include "widgets/browser/keyactions.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/browser/readonlyreason.h"
#include "widgets/editor/editortabs.h"
#include "widgets/models/keytypes.h"

#include <QMenu>

namespace kvscope {
namespace {

QAction *add(QMenu *menu, const char *objectName, const char *icon, const QString &text,
             const QKeySequence &shown = {})
{
    QAction *action = menu->addAction(strokeIcon(QLatin1StringView(icon)), text);
    action->setObjectName(QLatin1StringView(objectName));
    action->setShortcut(shown);
    action->setShortcutVisibleInContextMenu(true);
    return action;
}

} // namespace

std::optional<Bytes> BrowsePage::onlyKey() const
{
    const KeySelection &selection = m_tree->selection();
    if (selection.size() != 1) return std::nullopt;
    const std::vector<Bytes> keys = selection.keys();
    if (keys.empty()) return std::nullopt;
    return keys.front();
}

void BrowsePage::renameCurrent()
{
    const std::optional<Bytes> key = onlyKey();
    if (key && !isReadOnly()) m_actions->renameKey(*key);
}

void BrowsePage::removeSelected()
{
    if (isReadOnly()) return;
    m_actions->removeKeys(m_tree->selection().keys(), m_tree->selection().namespaces());
}

void BrowsePage::openMenu(const QPoint &at)
{
    if (!m_store) return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("keyMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const KeySelection &selection = m_tree->selection();
    const bool readOnly = isReadOnly();
    const QString reason = readOnly ? readOnlyReason(m_store->capabilities()) : QString();
    const auto changes = [&](QAction *action) {
        action->setEnabled(!readOnly);
        if (readOnly) action->setToolTip(reason);
    };
    if (const std::optional<Bytes> key = onlyKey()) {
        fillKeyMenu(menu, *key);
        menu->addSeparator();
    } else if (!selection.isEmpty()) {
        QAction *copy = add(menu, "copyKeyAction", "copy", tr("Copy names"), QKeySequence::Copy);
        connect(copy, &QAction::triggered, m_tree, &KeyTreeView::copyRequested);
    }
    if (!selection.isEmpty()) {
        const bool many = selection.size() > 1 || !selection.namespaces().empty();
        QAction *remove = add(menu, "deleteAction", "trash",
                              many ? tr("Delete keys…") : tr("Delete key…"), QKeySequence::Delete);
        connect(remove, &QAction::triggered, this, &BrowsePage::removeSelected);
        changes(remove);
        menu->addSeparator();
    }
    QAction *create = add(menu, "newKeyAction", "plus", tr("New key…"), QKeySequence::New);
    connect(create, &QAction::triggered, m_actions, &KeyActions::createKey);
    changes(create);
    QAction *refreshAll =
        add(menu, "refreshAction", "refresh", tr("Refresh"), QKeySequence(Qt::Key_F5));
    connect(refreshAll, &QAction::triggered, this, &BrowsePage::refresh);
    menu->popup(at);
}

void BrowsePage::fillKeyMenu(QMenu *menu, const Bytes &key)
{
    const std::optional<KeyKind> kind = m_types->find(key);
    const bool isString = !kind || *kind == KeyKind::String || *kind == KeyKind::Json;
    QAction *open =
        add(menu, "openTabAction", "file", tr("Open in new tab"), QKeySequence(tr("Ctrl+Return")));
    connect(open, &QAction::triggered, this,
            [this, key] { m_tabs->openKey(key, EditorTabs::OpenMode::NewTab); });
    menu->addSeparator();
    QAction *copyKey = add(menu, "copyKeyAction", "copy", tr("Copy name"), QKeySequence::Copy);
    connect(copyKey, &QAction::triggered, this, [this, key] { m_actions->copyKeys({key}); });
    QAction *copyValue = add(menu, "copyValueAction", "copy", tr("Copy value"));
    connect(copyValue, &QAction::triggered, this, [this, key] { m_actions->copyValue(key); });
    QAction *copyCommand = add(menu, "copyCommandAction", "text", tr("Copy as command"));
    connect(copyCommand, &QAction::triggered, this, [this, key] { m_actions->copyCommand(key); });
    menu->addSeparator();
    QAction *save = add(menu, "saveToFileAction", "download", tr("Save value to file…"));
    connect(save, &QAction::triggered, this, [this, key] { m_actions->saveValueToFile(key); });
    QAction *load = add(menu, "loadFromFileAction", "upload", tr("Load value from file…"));
    connect(load, &QAction::triggered, this, [this, key] { m_actions->loadValueFromFile(key); });
    for (QAction *action : {copyValue, save, load}) {
        if (isString) continue;
        action->setEnabled(false);
        action->setToolTip(tr("Only strings have one value."));
    }
    QAction *rename = add(menu, "renameAction", "rename", tr("Rename…"), QKeySequence(Qt::Key_F2));
    connect(rename, &QAction::triggered, this, [this, key] { m_actions->renameKey(key); });
    if (isReadOnly()) {
        for (QAction *action : {load, rename}) {
            action->setEnabled(false);
            action->setToolTip(readOnlyReason(m_store->capabilities()));
        }
    }
}

} // namespace kvscope
