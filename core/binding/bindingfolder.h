// BindingFolder: the bindings that the window knows: those of its own folder, and files that were
// opened elsewhere.
#pragma once

#include "core/binding/bindingfile.h"

namespace kvscope {

/// A file, or why it can't be read.
struct ListedFile
{
    QString path;
    Result<BindingFile> file;
};

/// Blocks for small files: BindingDesk does it off the user interface's thread. Holds no state but
/// the path; several may be at work.
class BindingFolder
{
  public:
    /// By default `bindings` in the config folder (`$KVSCOPE_STATE`).
    explicit BindingFolder(QString folder = {});

    const QString &path() const { return m_folder; }

    /// The folder's files by name, then the opened ones in the order they were opened.
    std::vector<ListedFile> load() const;

    /// Remembers a file that lies elsewhere. FileUnreadable, InvalidBinding, FileUnwritable.
    Result<bool> addOpened(const QString &path) const;
    /// The file itself stays.
    Result<bool> forgetOpened(const QString &path) const;

    /// Where a new binding of that name is to lie: a file that isn't there yet.
    QString newPath(const QString &name) const;

  private:
    QString openedList() const;
    QStringList opened() const;
    Result<bool> writeOpened(const QStringList &paths) const;

    QString m_folder;
};

} // namespace kvscope
