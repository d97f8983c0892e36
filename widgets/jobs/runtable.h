// RunTable: the runs of this store, each with what can be done about it.
#pragma once

#include "widgets/jobs/runmodel.h"

#include <QFrame>

class QLabel;
class QTableView;

namespace kvscope {

/// UI thread. Enter does the first deed of a row, the menu key shows all.
class RunTable : public QFrame
{
    Q_OBJECT

  public:
    explicit RunTable(QWidget *parent = nullptr);

    RunModel &model() { return *m_model; }
    /// Why nothing can be undone or resumed, as a tooltip; empty: it can.
    void setWriteObstacle(const QString &reason);

  signals:
    void deedRequested(kvscope::RunModel::Deed deed, const QString &run);

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    class Delegate;
    struct Button
    {
        RunModel::Deed deed;
        QRect rect;
    };

    void retranslate();
    int actionWidth() const;
    void fitColumns();
    std::vector<Button> buttons(const QModelIndex &index) const;
    bool isAllowed(RunModel::Deed deed) const;
    void request(RunModel::Deed deed, const QModelIndex &index);
    void showMenu(const QPoint &at);

    RunModel *m_model;
    QTableView *m_table;
    QLabel *m_title;
    QLabel *m_empty;
    QString m_obstacle;
    QRect m_hovered; // the button under the mouse
};

} // namespace kvscope
