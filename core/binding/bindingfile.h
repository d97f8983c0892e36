// BindingFile: a file of bindings, one object or a list of them, as a team commits it.
#pragma once

#include "core/binding/binding.h"

namespace kvscope {

/// One binding of a file, or what is wrong with it.
struct BindingItem
{
    Bytes json;   ///< as it stands in the file
    QString name; ///< as far as it can be read; empty otherwise
    Result<Binding> binding;
};

/// A value. What is not changed is written back byte for byte, also a binding that can't be read.
class BindingFile
{
  public:
    /// An empty one, to be filled and saved.
    explicit BindingFile(QString path) : m_path(std::move(path)) {}

    /// FileUnreadable; InvalidBinding where it is neither JSON nor one object or a list. A binding
    /// that is wrong is an item with its error. Blocks for one small file.
    static Result<BindingFile> load(const QString &path);
    static Result<BindingFile> parse(const QString &path, const Bytes &text);

    const QString &path() const { return m_path; }
    const std::vector<BindingItem> &items() const { return m_items; }
    /// The item of that name; items().size() where there is none.
    std::size_t indexOf(const QString &name) const;

    /// Puts the binding in the place of the one of that name, or behind the last one.
    void put(const Binding &binding);
    void remove(std::size_t index);

    /// The file's text: one object where there is one binding and the file was no list.
    Bytes text() const;
    /// Whole or not at all, and the folder is made where it isn't there. FileUnwritable. Blocks.
    Result<bool> save() const;

  private:
    void add(const Bytes &json);

    QString m_path;
    bool m_isList = false;
    std::vector<BindingItem> m_items;
};

} // namespace kvscope
