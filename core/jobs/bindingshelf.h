// BindingShelf: the bindings of one folder as the window lists them, kept up to date.
#pragma once

#include "core/async/lifetime.h"
#include "core/binding/bindingfolder.h"
#include "core/binding/questionlane.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <map>

namespace kvscope {

/// Every binding of every file in a BindingFolder, by name. Files are read and written on a pool's
/// thread, and read again whenever one of them changes. Sources are asked only once somebody looks
/// (trySources). UI thread.
class BindingShelf : public QObject
{
    Q_OBJECT

  public:
    struct Item
    {
        QString
            path; ///< names the item: the file's, with the binding's name where it holds several
        QString file;
        Bytes text;              ///< as it stands in the file
        QString label;           ///< the binding's name, or the file's where that can't be told
        Result<Binding> binding; ///< InvalidBinding, FileUnreadable: why it can't be used
        /// What its source said of it: it can't be reached, or lacks a column. Nothing while it was
        /// not asked.
        std::optional<Error> fault{};

        QString fileName() const;
        const QString &name() const { return label; }
    };

    explicit BindingShelf(QObject *parent = nullptr);
    /// Gives up asking sources.
    ~BindingShelf() override;

    /// Reads a folder; where it was not there it is made, with `first` in it.
    void open(const QString &folder, const std::vector<Binding> &first = {});
    void reload();
    enum class Ask : std::uint8_t {
        Unknown, ///< sources of bindings that are new or were changed
        All,     ///< the others again
    };
    /// Asks each binding's source for the columns it names, one after another, now and whenever a
    /// binding changes: see Item::fault.
    void trySources(Ask which = Ask::Unknown);

    const QString &folder() const { return m_folder; }
    /// False until the first read has come back.
    bool isLoaded() const { return m_loaded; }
    const std::vector<Item> &items() const { return m_items; }
    const Item *find(const QString &path) const;
    int validCount() const;
    /// Why the folder can't be read; nothing: it can.
    const std::optional<Error> &folderFault() const { return m_folderFault; }

    /// Writes a binding in the place of the item `path`, or into a file of its own where that is
    /// empty; the item's path comes to `done`, on this thread. FileUnwritable.
    void save(const QString &path, const Binding &binding, Callback<QString> done);
    /// Takes it out of its file, and the file away when it was the only one.
    void remove(const QString &path, Callback<QString> done);

  signals:
    void changed();

  private:
    struct Shelf
    {
        std::vector<Item> items;
        std::optional<Error> fault; // of the folder
    };
    static Shelf readShelf(const QString &folder, const std::vector<Binding> &first);
    void read(const std::vector<Binding> &first);
    void take(const QString &folder, Shelf shelf);
    /// Whether there is something new to watch.
    bool watch();
    void tryNext();
    void takeTrial(const Bytes &asked, std::optional<Error> fault);

    QString m_folder;
    std::vector<Item> m_items;
    bool m_loaded = false;
    bool m_reading = false;
    bool m_again = false; // changed while it was read
    std::optional<Error> m_folderFault;
    bool m_triesSources = false;
    bool m_trying = false;
    std::map<Bytes, std::optional<Error>> m_tried; // by path and text
    QuestionLane m_sources{
        {.atEnd = QuestionLane::AtEnd::Leave}}; // the program's end waits for none
    QFileSystemWatcher m_watcher;
    Lifetime m_lifetime;
};

} // namespace kvscope
