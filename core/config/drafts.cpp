// A draft's file: a line that names the format, then each part behind its length.
#include "core/config/drafts.h"

#include "core/config/paths.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace kvscope {
namespace {

constexpr quint32 kMagic = 0x4B564431; // "KVD1"

QByteArray asArray(const Bytes &bytes)
{
    return QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size()));
}

void writeFile(const QString &path, const Draft &draft)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << kMagic << draft.id.store << qint32(draft.id.database) << asArray(draft.id.key)
           << asArray(*draft.base) << asArray(*draft.text) << qint64(draft.writtenMs);
    file.commit();
}

std::optional<Draft> readFile(const QString &path, const DraftId &id)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    qint32 database = 0;
    qint64 writtenMs = 0;
    QString store;
    QByteArray key, base, text;
    stream >> magic >> store >> database >> key >> base >> text >> writtenMs;
    if (stream.status() != QDataStream::Ok || magic != kMagic) return std::nullopt;
    if (store != id.store || database != id.database || key != asArray(id.key)) return std::nullopt;
    return Draft{id, std::make_shared<const Bytes>(base.toStdString()),
                 std::make_shared<const Bytes>(text.toStdString()), writtenMs};
}

} // namespace

Drafts::Drafts(QString folder)
    : m_folder(folder.isEmpty() ? stateFolder() + QStringLiteral("/drafts") : std::move(folder)),
      m_thread([this] { work(); })
{}

Drafts::~Drafts()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
}

void Drafts::write(DraftId id, SharedBytes base, std::function<SharedBytes()> text)
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const QString path = pathOf(id);
    post(path, [folder = m_folder, path, now, id = std::move(id), base = std::move(base),
                text = std::move(text)] {
        if (!QDir(folder).exists()) {
            QDir().mkpath(folder);
            QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        writeFile(path, {id, base, text(), now});
    });
}

void Drafts::remove(const DraftId &id)
{
    const QString path = pathOf(id);
    post(path, [path] { QFile::remove(path); });
}

void Drafts::find(const DraftId &id, std::function<void(std::optional<Draft>)> found)
{
    const QString path = pathOf(id);
    {
        const std::lock_guard lock(m_mutex);
        m_lookups.emplace_back(path,
                               [path, id, found = std::move(found)] { found(readFile(path, id)); });
    }
    m_wake.notify_one();
}

void Drafts::post(const QString &path, Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_changes[path] = std::move(task);
    }
    m_wake.notify_one();
}

// A lookup sees every change asked for before it: changes are done first.
void Drafts::work()
{
    while (true) {
        std::map<QString, Task> changes;
        std::vector<std::pair<QString, Task>> lookups;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock,
                        [this] { return m_ending || !m_changes.empty() || !m_lookups.empty(); });
            if (m_changes.empty() && m_lookups.empty()) return;
            changes.swap(m_changes);
            lookups.swap(m_lookups);
        }
        for (const auto &[path, change] : changes) change();
        for (const auto &[path, lookup] : lookups) lookup();
    }
}

QString Drafts::pathOf(const DraftId &id) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(id.store.toUtf8());
    hash.addData(QByteArray(1, '\0') + QByteArray::number(id.database) + QByteArray(1, '\0'));
    hash.addData(asArray(id.key));
    return m_folder + QLatin1Char('/') + QString::fromLatin1(hash.result().toHex()) +
           QStringLiteral(".draft");
}

} // namespace kvscope
