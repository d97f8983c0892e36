// DifferenceModel: what a check found, as rows; bounded, filtered by class, sorted.
#pragma once

#include "core/async/lifetime.h"
#include "core/jobs/jobstate.h"
#include "widgets/jobs/comparedlines.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QHash>
#include <QItemSelection>
#include <QTimer>

namespace kvscope {

/// Rows are those of a FoundDifferences that may grow. A hundred thousand of them come in slices,
/// are sorted on the pool, and are compared when they are painted; a few hundred comparisons are
/// remembered. UI thread.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column { Key, Class, Cache, Source, Age, Action, kColumns };
    /// Whether a FoundDifferences is still written to.
    enum class Growth : std::uint8_t { Growing, Whole };
    /// What stands at the right.
    enum class Against : std::uint8_t { Source, Primary, Row };

    explicit DifferenceModel(QObject *parent = nullptr);

    /// Shows these from the first row on; null: none. Of what it shows already: takes what is new.
    void show(std::shared_ptr<const FoundDifferences> found, Growth growth);
    void setAgainst(Against against);
    /// Only rows of this class; nothing: all but transient ones, which are no verdicts.
    void setClass(std::optional<EntryClass> only);
    std::optional<EntryClass> onlyClass() const { return m_only; }
    /// By a column; -1: as they were found. Takes effect once they are whole, and a moment later.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    bool isSorted() const { return !m_sorted.empty(); }
    /// They were mended by a run: their rows say so. Of another check's: nothing.
    void markRepaired(const ChosenDifferences &mended, const QString &run);
    /// The run was undone: what it mended differs again.
    void forgetRepairs(const QString &run);

    /// Null for no row.
    const Difference *difference(const QModelIndex &index) const;
    bool isRepaired(const QModelIndex &index) const;
    /// It has a key and was not mended yet.
    bool mayRepair(const QModelIndex &index) const;
    ComparedLines lines(const QModelIndex &index) const;
    /// Those of a selection; without those that can't be repaired, where asked.
    enum class Which : std::uint8_t { All, Repairable };
    ChosenDifferences chosen(const QItemSelection &selection, Which which) const;
    ClassCounts countsOf(const ChosenDifferences &chosen) const;
    Growth growth() const { return m_growth; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    bool fits(std::size_t number) const;
    bool mayRepair(std::uint32_t number) const;
    void restart();
    void takeMore();
    void startSort();
    void takeSorted(std::vector<std::uint32_t> sorted);
    void redraw();

    std::shared_ptr<const FoundDifferences> m_found;
    Growth m_growth = Growth::Whole;
    Against m_against = Against::Source;
    std::optional<EntryClass> m_only;
    std::vector<std::uint32_t> m_rows;   // into m_found->some
    std::vector<std::uint8_t> m_kinds;   // of those that were seen: the class, kNoKey
    std::vector<bool> m_mended;          // the same
    std::vector<std::uint32_t> m_sorted; // all of them; empty: as they were found
    std::size_t m_next = 0;              // of m_sorted, or of m_found->some
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    QHash<QString, std::vector<std::uint32_t>> m_repairs; // by run
    mutable QCache<std::uint32_t, ComparedLines> m_lines{400};
    QTimer m_more;
    Lifetime m_sorting;
};

} // namespace kvscope
