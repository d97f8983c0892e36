// DifferenceTable: the differences of a check, what differs on coloured ground, each to be
// repaired, opened or taken along.
#pragma once

#include "core/jobs/runreport.h"
#include "widgets/jobs/differencemodel.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTableView;
class QToolButton;

namespace kvscope {

/// UI thread. Repairs nothing itself.
class DifferenceTable : public QFrame
{
    Q_OBJECT

  public:
    explicit DifferenceTable(QWidget *parent = nullptr);

    DifferenceModel &model() { return *m_model; }
    /// `emptyText` stands in the table's place while there is no row.
    void show(std::shared_ptr<const FoundDifferences> found, DifferenceModel::Growth growth,
              const QString &emptyText);
    void setClass(std::optional<EntryClass> only);
    /// Shows what would be written beside what is there: no ages, nothing to repair.
    void becomePreview();
    /// Why nothing can be repaired, as a tooltip; empty: it can.
    void setRepairObstacle(const QString &reason);
    /// Whether there is a report of a run that can be saved.
    enum class Report : std::uint8_t { None, There };
    void setReport(Report report);

  signals:
    void repairRequested(const kvscope::ChosenDifferences &chosen);
    void openRequested(const kvscope::Bytes &key);
    void exportRequested(kvscope::ReportFormat format);
    /// The rows of every class again.
    void allRequested();

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    class Delegate;
    enum class Deed : std::uint8_t { None, Open, Repair };
    enum class Copy : std::uint8_t { Keys, Rows };

    void buildTable();
    void retranslate();
    void showCounts();
    void showMenu(const QPoint &at);
    QString countsText() const;
    ChosenDifferences selected(DifferenceModel::Which which) const;
    void askRepair(const ChosenDifferences &chosen);
    void openKey(const QModelIndex &index);
    void copySelected(Copy what);

    // What the mouse and the keys do in the table, and how it is drawn; in
    // differencetableview.cpp.
    bool takeKey(const QKeyEvent &key);
    bool takeMouse(QEvent *event);
    void fitColumns();
    QRect buttonRect(const QModelIndex &index, Deed deed) const;
    Deed deedAt(const QPoint &at) const;

    DifferenceModel *m_model;
    QTableView *m_table;
    QLabel *m_title;
    QLabel *m_counts;
    QLabel *m_empty;
    QPushButton *m_all;
    QToolButton *m_export;
    QPushButton *m_repair;
    std::shared_ptr<const FoundDifferences> m_found;
    QString m_emptyText;
    QString m_obstacle;
    bool m_isPreview = false;
    bool m_isCopying = false;
    int m_hovered = -1; // the row whose button the mouse is over
    Deed m_hoveredDeed = Deed::None;
    Lifetime m_lifetime;
};

} // namespace kvscope
