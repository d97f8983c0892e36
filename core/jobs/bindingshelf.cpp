// BindingShelf: reading on the pool, watching on this thread.
#include "core/jobs/bindingshelf.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>

namespace kvscope {
namespace {

const QLatin1Char kSeparator('#');

QString pathOf(const BindingFile &file, const BindingItem &item)
{
    if (file.items().size() == 1) return file.path();
    return file.path() + kSeparator + item.name;
}

std::vector<BindingShelf::Item> readFolder(const QString &folder)
{
    std::vector<BindingShelf::Item> items;
    for (const ListedFile &listed : BindingFolder(folder).load()) {
        const QString name = QFileInfo(listed.path).completeBaseName();
        if (!listed.file) {
            items.push_back({listed.path, listed.path, {}, name, failure(listed.file.error())});
            continue;
        }
        for (const BindingItem &item : listed.file->items()) {
            BindingShelf::Item shown{pathOf(*listed.file, item), listed.path, item.json,
                                     item.name.isEmpty() ? name : item.name, item.binding};
            if (shown.binding) shown.binding->folder = QFileInfo(listed.path).absolutePath();
            items.push_back(std::move(shown));
        }
    }
    std::sort(items.begin(), items.end(), [](const auto &a, const auto &b) {
        return QString::localeAwareCompare(a.label, b.label) < 0;
    });
    return items;
}

Result<QString> writeBinding(const QString &folder, const BindingShelf::Item *old,
                             const Binding &binding)
{
    BindingFile file(old ? old->file : BindingFolder(folder).newPath(binding.name));
    if (old) {
        auto loaded = BindingFile::load(old->file);
        if (loaded) {
            file = std::move(*loaded);
            // Under another name it would stand beside the old one.
            const std::size_t at = file.indexOf(old->label);
            const bool only = file.items().size() == 1;
            if (only)
                file.remove(0);
            else if (at < file.items().size() && old->label != binding.name)
                file.remove(at);
        }
    }
    file.put(binding);
    if (const auto saved = file.save(); !saved) return failure(saved.error());
    return pathOf(file, file.items()[file.indexOf(binding.name)]);
}

Result<QString> removeBinding(const BindingShelf::Item &item)
{
    auto file = BindingFile::load(item.file);
    if (file && file->items().size() > 1) {
        file->remove(file->indexOf(item.label));
        if (const auto saved = file->save(); !saved) return failure(saved.error());
        return item.path;
    }
    QFile whole(item.file);
    if (whole.remove()) return item.path;
    return failure(ErrorCode::FileUnwritable, {item.file, whole.errorString()});
}

} // namespace

QString BindingShelf::Item::fileName() const
{
    return QFileInfo(file).fileName();
}

BindingShelf::BindingShelf(QObject *parent) : QObject(parent)
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &BindingShelf::reload);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &BindingShelf::reload);
}

void BindingShelf::open(const QString &folder, const std::vector<Binding> &first)
{
    m_folder = folder;
    m_items.clear();
    m_loaded = false;
    m_again = false;
    m_lifetime.renew();
    read(first);
}

void BindingShelf::reload()
{
    if (m_folder.isEmpty()) return;
    if (m_reading)
        m_again = true;
    else
        read({});
}

void BindingShelf::read(const std::vector<Binding> &first)
{
    m_reading = true;
    const auto done = m_lifetime.guard(
        [this, folder = m_folder](std::vector<Item> items) { take(folder, std::move(items)); });
    QThreadPool::globalInstance()->start([folder = m_folder, first, done] {
        if (!QFileInfo::exists(folder)) {
            QDir().mkpath(folder);
            for (const Binding &binding : first) (void)writeBinding(folder, nullptr, binding);
        }
        done(readFolder(folder));
    });
}

void BindingShelf::take(const QString &folder, std::vector<Item> items)
{
    m_reading = false;
    if (folder != m_folder) return;
    m_items = std::move(items);
    m_loaded = true;
    watch();
    emit changed();
    if (std::exchange(m_again, false)) reload();
}

void BindingShelf::watch()
{
    QStringList wanted{m_folder};
    for (const Item &item : m_items)
        if (!wanted.contains(item.file)) wanted << item.file;
    const QStringList had = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const QString &path : had)
        if (!wanted.contains(path)) gone << path;
    if (!gone.isEmpty()) m_watcher.removePaths(gone);
    // A file that was replaced is watched no more: it is added again.
    QStringList added;
    for (const QString &path : wanted)
        if (!had.contains(path) && QFileInfo::exists(path)) added << path;
    if (!added.isEmpty()) m_watcher.addPaths(added);
}

const BindingShelf::Item *BindingShelf::find(const QString &path) const
{
    for (const Item &item : m_items)
        if (item.path == path) return &item;
    return nullptr;
}

int BindingShelf::validCount() const
{
    return static_cast<int>(std::count_if(
        m_items.begin(), m_items.end(), [](const Item &item) { return item.binding.has_value(); }));
}

void BindingShelf::save(const QString &path, const Binding &binding, Callback<QString> done)
{
    const auto answer = m_lifetime.guard([this, done = std::move(done)](Result<QString> written) {
        if (written) reload();
        done(std::move(written));
    });
    const Item *found = find(path);
    QThreadPool::globalInstance()->start(
        [folder = m_folder, old = found ? std::optional(*found) : std::nullopt, binding, answer] {
            answer(writeBinding(folder, old ? &*old : nullptr, binding));
        });
}

void BindingShelf::remove(const QString &path, Callback<QString> done)
{
    const Item *found = find(path);
    if (!found) return;
    const auto answer = m_lifetime.guard([this, done = std::move(done)](Result<QString> removed) {
        if (removed) reload();
        done(std::move(removed));
    });
    QThreadPool::globalInstance()->start([item = *found, answer] { answer(removeBinding(item)); });
}

} // namespace kvscope
