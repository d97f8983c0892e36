// FieldValues: what the fields of a page hold, to be put into the same page built anew.
#pragma once

#include <QHash>
#include <QString>
#include <QVariant>

class QWidget;

namespace kvscope {

/// Of every named combo box (its index), number field, line of text, check box, checkable button
/// and table (its row) below a widget. No texts of the interface are in it, so it outlives a change
/// of language.
class FieldValues
{
  public:
    static FieldValues of(const QWidget &page);
    /// As if a person had entered them: what depends on a field follows.
    void putInto(const QWidget &page) const;

  private:
    QHash<QString, QVariant> m_values; ///< by object name
};

} // namespace kvscope
