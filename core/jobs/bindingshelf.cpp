// BindingShelf: reading on the pool, watching on this thread.
#include "core/jobs/bindingshelf.h"

#include "core/binding/bindingpreview.h"
#include "core/jobs/jobspec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::BindingShelf)
};

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
        const int order = QString::localeAwareCompare(a.label, b.label);
        return order != 0 ? order < 0 : a.path < b.path;
    });
    return items;
}

// The same answer as long as neither the file nor its place changes.
Bytes askedBy(const BindingShelf::Item &item)
{
    return item.path.toStdString() + '\n' + item.text;
}

// The demo's database is made by the first job that reads it.
bool waitsForDemo(const Binding &binding)
{
    const QString file = demoDatabaseFile();
    return binding.source == QStringLiteral("sqlite:") + file && !QFileInfo::exists(file);
}

std::optional<Error> faultOf(const QString &folder)
{
    const QFileInfo info(folder);
    const auto fault = [&folder](const QString &reason) {
        return Error(ErrorCode::FileUnreadable, {folder, reason});
    };
    if (!info.exists()) return fault(Words::tr("there is no such folder, and it can't be made"));
    if (!info.isDir()) return fault(Words::tr("it is not a folder"));
    if (!info.isReadable() || !info.isExecutable())
        return fault(Words::tr("its permissions do not let this user read it"));
    return std::nullopt;
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

BindingShelf::~BindingShelf() = default;

void BindingShelf::open(const QString &folder, const std::vector<Binding> &first)
{
    m_trying = false;
    m_folder = folder;
    m_items.clear();
    m_folderFault.reset();
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
    // Before it is read, so that nothing is missed that changes meanwhile.
    (void)watch();
    const auto done = m_lifetime.guard(
        [this, folder = m_folder](Shelf shelf) { take(folder, std::move(shelf)); });
    QThreadPool::globalInstance()->start(
        [folder = m_folder, first, done] { done(readShelf(folder, first)); });
}

BindingShelf::Shelf BindingShelf::readShelf(const QString &folder,
                                            const std::vector<Binding> &first)
{
    if (!QFileInfo::exists(folder)) {
        QDir().mkpath(folder);
        for (const Binding &binding : first) (void)writeBinding(folder, nullptr, binding);
    }
    if (auto fault = faultOf(folder)) return {{}, std::move(fault)};
    return {readFolder(folder), std::nullopt};
}

void BindingShelf::take(const QString &folder, Shelf shelf)
{
    m_reading = false;
    if (folder != m_folder) return;
    m_items = std::move(shelf.items);
    m_folderFault = std::move(shelf.fault);
    for (Item &item : m_items)
        if (const auto known = m_tried.find(askedBy(item)); known != m_tried.end())
            item.fault = known->second;
    m_loaded = true;
    // A file is known, and so watched, only once it was read: it may have changed since.
    if (watch()) m_again = true;
    emit changed();
    if (std::exchange(m_again, false)) reload();
    tryNext();
}

void BindingShelf::trySources(Ask which)
{
    m_triesSources = true;
    if (which == Ask::All) m_tried.clear();
    tryNext();
}

void BindingShelf::tryNext()
{
    if (!m_triesSources || m_trying || !m_loaded) return;
    const auto next = std::find_if(m_items.begin(), m_items.end(), [this](const Item &item) {
        return item.binding && !m_tried.contains(askedBy(item)) && !waitsForDemo(*item.binding);
    });
    if (next == m_items.end()) return;
    m_trying = true;
    const auto done = m_lifetime.guard([this, asked = askedBy(*next)](const Result<bool> &tried) {
        takeTrial(asked, tried ? std::nullopt : std::optional(tried.error()));
    });
    // Not on the pool: a source that does not answer would hold up the end of the program.
    m_sources.ask<bool>(0, QuestionLane::Keep::No, done,
                        [binding = *next->binding](const std::stop_token &stop) {
                            return tryBinding(binding, stop);
                        });
}

void BindingShelf::takeTrial(const Bytes &asked, std::optional<Error> fault)
{
    m_trying = false;
    m_tried.insert_or_assign(asked, fault);
    bool news = false;
    for (Item &item : m_items) {
        if (askedBy(item) != asked || item.fault == fault) continue;
        item.fault = fault;
        news = true;
    }
    if (news) emit changed();
    tryNext();
}

bool BindingShelf::watch()
{
    QStringList wanted{m_folder};
    for (const Item &item : m_items)
        if (!wanted.contains(item.file)) wanted << item.file;
    wanted.removeAll(QString());
    const QStringList had = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const QString &path : had)
        if (!wanted.contains(path)) gone << path;
    if (!gone.isEmpty()) m_watcher.removePaths(gone);
    // A file that was replaced is watched no more: it is added again.
    QStringList added;
    for (const QString &path : wanted)
        if (!had.contains(path) && QFileInfo::exists(path)) added << path;
    return !added.isEmpty() && m_watcher.addPaths(added).size() < added.size();
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
