// KeyActions: creating, renaming, copying and files. Deleting is in keyremoval.cpp.
#include "widgets/browser/keyactions.h"

#include "core/base/human.h"
#include "widgets/base/dialogs.h"
#include "widgets/browser/createkeydialog.h"
#include "widgets/models/keycommand.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSaveFile>
#include <QThreadPool>

namespace kvscope {
namespace {

QString shown(const Bytes &value)
{
    return isValidUtf8(value) ? QString::fromUtf8(value) : keyText(value);
}

QString size(std::size_t bytes)
{
    return QString::fromStdString(formatBytes(bytes));
}

// A name for a file that any system takes.
QString fileNameFor(const Bytes &key)
{
    QString name = keyText(key).left(80);
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != u'-' && c != u'_' && c != u'.') c = u'_';
    }
    return name.isEmpty() ? QStringLiteral("value") : name;
}

Result<Bytes> contentOf(const QString &path, std::int64_t limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::FileUnreadable, {path, file.errorString()});
    }
    if (file.size() > limit) {
        return failure(ErrorCode::TooLarge, {QString::number(file.size()), QString::number(limit)});
    }
    return file.readAll().toStdString();
}

Result<std::size_t> writeContent(const QString &path, const Bytes &value)
{
    QSaveFile file(path);
    const auto length = static_cast<qint64>(value.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(value.data(), length) != length ||
        !file.commit()) {
        return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
    }
    return value.size();
}

} // namespace

KeyActions::KeyActions(KeyFeed *feed, QWidget *window)
    : QObject(window), m_feed(feed), m_window(window)
{}

void KeyActions::setStore(Store *store)
{
    if (m_store) disconnect(m_store, nullptr, this, nullptr);
    m_store = store;
    m_databasesAwaited = 0;
    letGo();
    if (!store) return;
    connect(store, &Store::databaseChanged, this, [this] {
        m_databasesAwaited = std::max(m_databasesAwaited - 1, 0);
        letGo();
    });
}

// The same names may stand for other keys there. Once SELECT is on its way it is too late: what is
// sent after it acts on the other database already.
void KeyActions::leaveDatabase()
{
    ++m_databasesAwaited;
    letGo();
}

void KeyActions::letGo()
{
    m_lifetime.renew();
    ++m_timesLetGo;
    m_stopRemoving = true;
    emit removalProgressed(0, 0);
}

void KeyActions::createKey()
{
    if (!mayAct()) return;
    auto *dialog = new CreateKeyDialog(m_window);
    const int database = m_store->database(); // the one that was in sight
    connect(dialog, &CreateKeyDialog::confirmed, this, [this, database](const NewKey &made) {
        if (!mayAct()) return;
        WriteRequest request;
        request.database = database;
        request.key = made.key;
        request.value = made.value;
        request.expected = ExpectedValue::absent();
        request.expiry = made.ttlMs ? ExpiryChange::set(*made.ttlMs) : ExpiryChange::none();
        write(std::move(request), [this, key = made.key] {
            m_feed->index().add(key);
            emit keyCreated(key);
        });
    });
    dialog->open();
}

void KeyActions::write(WriteRequest request, std::function<void()> applied)
{
    const Bytes key = request.key;
    const bool mustBeAbsent = request.expected.kind == ExpectedValue::Kind::Absent;
    m_store->writer().write(
        {std::move(request)},
        m_lifetime.guard([this, key, mustBeAbsent, applied = std::move(applied)](
                             const Result<std::vector<Result<WriteOutcome>>> &outcomes) {
            if (!outcomes) return emit failed(outcomes.error());
            const Result<WriteOutcome> &outcome = outcomes->front();
            if (!outcome) return emit failed(outcome.error());
            switch (outcome->status) {
            case WriteOutcome::Status::Applied:
                return applied();
            case WriteOutcome::Status::Conflict:
                return emit failed(Error(mustBeAbsent ? ErrorCode::KeyExists : ErrorCode::Conflict,
                                         {keyText(key)}));
            case WriteOutcome::Status::Missing:
                return emit failed(Error(ErrorCode::KeyNotFound, {keyText(key)}));
            }
        }));
}

void KeyActions::renameKey(const Bytes &key)
{
    if (!mayAct()) return;
    TextQuestion question;
    question.objectName = QStringLiteral("renameKey");
    question.title = tr("Rename key");
    question.label = tr("New name. Bytes that can't be typed are written \\xHH, a backslash \\\\.");
    question.initial = keyText(key);
    question.confirmText = tr("Rename");
    question.complaint = [key](const QString &text) -> QString {
        const std::optional<Bytes> name = unescapeBytes(text.toStdString());
        if (!name) return tr("A backslash stands alone: write \\\\ or \\xHH.");
        if (*name == key) return tr("That is its name already.");
        return {};
    };
    askText(m_window, question, m_lifetime.guard([this, key](const QString &text) {
        if (!mayAct()) return;
        const std::optional<Bytes> name = unescapeBytes(text.toStdString());
        if (!name) return;
        m_store->writer().rename(
            key, *name, m_lifetime.guard([this, key, to = *name](const Result<bool> &done) {
                if (!done) return emit failed(done.error());
                m_feed->index().remove({key});
                m_feed->index().add(to);
                emit keyRenamed(key, to);
            }));
    }));
}

void KeyActions::copyKeys(const std::vector<Bytes> &keys)
{
    QStringList names;
    for (const Bytes &key : keys) names << keyText(key);
    if (!names.isEmpty()) QGuiApplication::clipboard()->setText(names.join(u'\n'));
}

void KeyActions::copyValue(const Bytes &key)
{
    if (!mayAct()) return;
    m_store->reader().readWhole(
        key, kMostCopied, m_lifetime.guard([this](const Result<Entry> &entry) {
            if (!entry) return emit failed(entry.error());
            if (entry->refused) return emit failed(*entry->refused);
            if (!entry->exists())
                return emit failed(Error(ErrorCode::KeyNotFound, {keyText(entry->key)}));
            QGuiApplication::clipboard()->setText(shown(entry->value));
            emit succeeded(tr("Copied a value of %1.").arg(size(entry->value.size())));
        }));
}

void KeyActions::copyCommand(const Bytes &key)
{
    if (!mayAct()) return;
    KeyCommand::build(*m_store, key, this, m_lifetime.guard([this](const Result<Bytes> &text) {
        if (!text) return emit failed(text.error());
        QGuiApplication::clipboard()->setText(QString::fromUtf8(*text));
        emit succeeded(tr("Copied the command that makes the key."));
    }));
}

void KeyActions::saveValueToFile(const Bytes &key)
{
    if (!mayAct()) return;
    askSaveFile(m_window, tr("Save value to file"), fileNameFor(key), tr("All files (*)"),
                [this, key, life = QPointer<KeyActions>(this)](const QString &path) {
                    if (!life || !mayAct()) return;
                    m_store->reader().readWhole(
                        key, kMostInFile,
                        m_lifetime.guard([this, path](const Result<Entry> &entry) {
                            if (!entry) return emit failed(entry.error());
                            if (entry->refused) return emit failed(*entry->refused);
                            writeFile(path, entry->value);
                        }));
                });
}

// Half a gigabyte takes a disk seconds: not here.
void KeyActions::writeFile(const QString &path, const Bytes &value)
{
    auto done = m_lifetime.guard([this, path](const Result<std::size_t> &written) {
        if (!written) return emit failed(written.error());
        emit succeeded(tr("Wrote %1 to %2.").arg(size(*written), path));
    });
    QThreadPool::globalInstance()->start([path, value, done] { done(writeContent(path, value)); });
}

void KeyActions::readFile(const QString &path, std::function<void(Bytes)> read)
{
    auto done = m_lifetime.guard([this, read = std::move(read)](Result<Bytes> content) {
        if (!content) return emit failed(content.error());
        read(std::move(*content));
    });
    QThreadPool::globalInstance()->start([path, done] { done(contentOf(path, kMostInFile)); });
}

void KeyActions::loadValueFromFile(const Bytes &key)
{
    if (!mayAct()) return;
    askOpenFile(
        m_window, tr("Load value from file"), tr("All files (*)"),
        [this, key, life = QPointer<KeyActions>(this)](const QString &path) {
            if (!life || !mayAct()) return;
            readFile(path, [this, key](const Bytes &content) {
                m_store->reader().readWhole(
                    key, kMostInFile,
                    m_lifetime.guard([this, key, content](const Result<Entry> &entry) {
                        if (!entry) return emit failed(entry.error());
                        if (entry->refused) return emit failed(*entry->refused);
                        Question question;
                        question.objectName = QStringLiteral("confirmLoad");
                        question.title = tr("Replace the value?");
                        question.text =
                            tr("%1 holds %2 and gets %3 from the file. Its expiry stays.")
                                .arg(keyText(key), size(entry->value.size()), size(content.size()));
                        question.confirmText = tr("Replace");
                        askConfirmation(
                            m_window, question,
                            m_lifetime.guard([this, key, content, before = entry->value](bool yes) {
                                if (!yes || !mayAct()) return;
                                WriteRequest request;
                                request.database = m_store->database();
                                request.key = key;
                                request.value = content;
                                request.expected = ExpectedValue::exactly(before);
                                write(std::move(request), [this, content] {
                                    emit succeeded(
                                        tr("Loaded a value of %1.").arg(size(content.size())));
                                });
                            }));
                    }));
            });
        });
}

} // namespace kvscope
