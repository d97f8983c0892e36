// BindingFolder: *.json, and a list of paths beside them.
#include "core/binding/bindingfolder.h"

#include "core/config/paths.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace kvscope {

BindingFolder::BindingFolder(QString folder)
    : m_folder(folder.isEmpty() ? configFolder() + QStringLiteral("/bindings") : std::move(folder))
{}

QString BindingFolder::openedList() const
{
    return m_folder + QStringLiteral("/opened.list");
}

QStringList BindingFolder::opened() const
{
    QFile file(openedList());
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

std::vector<ListedFile> BindingFolder::load() const
{
    QStringList paths;
    const QDir folder(m_folder);
    for (const QString &name :
         folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        paths << folder.filePath(name);
    paths << opened();
    std::vector<ListedFile> files;
    for (const QString &path : paths) files.push_back({path, BindingFile::load(path)});
    return files;
}

Result<bool> BindingFolder::addOpened(const QString &path) const
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    if (const auto file = BindingFile::load(whole); !file) return failure(file.error());
    QStringList paths = opened();
    const bool own = QFileInfo(whole).absolutePath() == QFileInfo(m_folder).absoluteFilePath();
    if (own || paths.contains(whole)) return true;
    paths << whole;
    return writeOpened(paths);
}

Result<bool> BindingFolder::forgetOpened(const QString &path) const
{
    QStringList paths = opened();
    paths.removeAll(QFileInfo(path).absoluteFilePath());
    return writeOpened(paths);
}

Result<bool> BindingFolder::writeOpened(const QStringList &paths) const
{
    QDir().mkpath(m_folder);
    QSaveFile file(openedList());
    const QByteArray text = paths.join(QLatin1Char('\n')).toUtf8() + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return failure(ErrorCode::FileUnwritable, {openedList(), file.errorString()});
    return true;
}

QString BindingFolder::newPath(const QString &name) const
{
    QString plain = name.isEmpty() ? QStringLiteral("binding") : name;
    for (QChar &c : plain)
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('_'))
            c = QLatin1Char('-');
    QString path = m_folder + QLatin1Char('/') + plain + QStringLiteral(".json");
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = m_folder + QLatin1Char('/') + plain + QStringLiteral("-%1.json").arg(i);
    return path;
}

} // namespace kvscope
