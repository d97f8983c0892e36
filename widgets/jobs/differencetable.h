// DifferenceTable: the differences of a check, what differs on coloured ground, each to be
// repaired.
#pragma once

#include "widgets/jobs/differencemodel.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTableView;

namespace kvscope {

/// UI thread. Repairs nothing itself.
class DifferenceTable : public QFrame
{
    Q_OBJECT

  public:
    explicit DifferenceTable(QWidget *parent = nullptr);

    DifferenceModel &model() { return *m_model; }
    /// `emptyText` stands in the table's place while there is no row.
    void show(std::shared_ptr<const FoundDifferences> found, const QString &emptyText);
    void grow();
    void setClass(std::optional<EntryClass> only);
    /// Shows what would be written beside what is there: no ages, nothing to repair.
    void becomePreview();
    /// Why nothing can be repaired, as a tooltip; empty: it can.
    void setRepairObstacle(const QString &reason);

  signals:
    void repairRequested(const std::vector<kvscope::Bytes> &keys);
    void openRequested(const kvscope::Bytes &key);

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    class Delegate;

    void retranslate();
    void showCounts();
    void showMenu(const QPoint &at);
    void fitColumns();
    QRect buttonRect(const QModelIndex &index) const;
    bool mayRepair(const QModelIndex &index) const;
    std::vector<Bytes> selectedKeys() const;
    void askRepair(std::vector<Bytes> keys);

    DifferenceModel *m_model;
    QTableView *m_table;
    QLabel *m_title;
    QLabel *m_counts;
    QLabel *m_empty;
    QPushButton *m_repair;
    std::shared_ptr<const FoundDifferences> m_found;
    QString m_emptyText;
    QString m_obstacle;
    bool m_isPreview = false;
    int m_hovered = -1; // the row whose button the mouse is over
};

} // namespace kvscope
