// ExperimentModel: the experiment's rows as a table.
#pragma once

#include "core/labrun/labexperiment.h"

#include <QAbstractTableModel>

namespace kvscope {

class ExperimentModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column : std::uint8_t { Policy, Format, Perplexity, Recall, Speed, Memory, kColumns };
    static constexpr int kShareRole = Qt::UserRole; ///< recall 0 … 1, for the bar

    explicit ExperimentModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setRows(std::vector<ExperimentRow> rows);
    const std::vector<ExperimentRow> &rows() const { return m_rows; }
    QByteArray toCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(const ExperimentRow &row, int column) const;

    std::vector<ExperimentRow> m_rows;
};

} // namespace kvscope
