// DifferenceModel: what a check found, as rows; bounded, and filtered by class.
#pragma once

#include "core/jobs/jobstate.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QHash>

namespace kvscope {

/// Two values on one line each, cut so that what differs is in sight, with the stretches that do.
struct ComparedLines
{
    struct Range
    {
        int begin = 0;
        int length = 0;
    };
    QString cache;
    QString source;
    std::vector<Range> cacheChanged;
    std::vector<Range> sourceChanged;
};

/// Rows are those of a FoundDifferences that grows. Comparing happens when a row is painted, a few
/// hundred are remembered. UI thread.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column { Key, Class, Cache, Source, Age, Action, kColumns };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows these from the first row on; null: none.
    void show(std::shared_ptr<const FoundDifferences> found);
    /// Columns speak of what is there now and what would be written.
    void setPreview() { m_preview = true; }
    /// The one it shows has grown.
    void grow();
    /// Only rows of this class; nothing: all but transient ones, which are no verdicts.
    void setClass(std::optional<EntryClass> only);
    std::optional<EntryClass> onlyClass() const { return m_only; }
    /// That key was mended by a run: its row says so.
    void markRepaired(const Bytes &key, const QString &run);
    /// The run was undone: what it mended differs again.
    void forgetRepairs(const QString &run);

    /// Null for no row.
    const Difference *difference(const QModelIndex &index) const;
    bool isRepaired(const QModelIndex &index) const;
    ComparedLines lines(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    bool fits(const Difference &difference) const;
    void redraw();

    std::shared_ptr<const FoundDifferences> m_found;
    std::optional<EntryClass> m_only;
    bool m_preview = false;
    std::vector<std::uint32_t> m_rows;     // into m_found->some
    std::size_t m_seen = 0;                // of them
    QHash<QByteArray, QString> m_repaired; // by which run
    mutable QCache<std::uint32_t, ComparedLines> m_lines{400};
};

/// Requires nothing of the values; long ones are cut to about `most` characters.
ComparedLines compareLines(const ShownValue &cache, const ShownValue &source, int most);

} // namespace kvscope
