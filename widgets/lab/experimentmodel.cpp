// ExperimentModel: texts.
#include "widgets/lab/experimentmodel.h"

#include "core/base/human.h"
#include "core/labrun/experimenttable.h"
#include "widgets/lab/labwords.h"

#include <cmath>

namespace kvscope {

void ExperimentModel::setRows(std::vector<ExperimentRow> rows)
{
    const bool isSameShape = rows.size() == m_rows.size();
    if (!isSameShape) beginResetModel();
    m_rows = std::move(rows);
    if (!isSameShape)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, kColumns - 1));
}

int ExperimentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ExperimentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QString ExperimentModel::text(const ExperimentRow &row, int column) const
{
    const auto number = [&row](double value, int decimals) {
        return !row.isMeasured || std::isnan(value) ? QStringLiteral("—")
                                                    : QString::number(value, 'f', decimals);
    };
    switch (column) {
    case Policy:
        return policyText(row.policy);
    case Format:
        return formatText(row.kv, row.rotation);
    case Perplexity:
        return number(row.perplexity, 2);
    case Recall:
        return number(row.recall, 2);
    case Speed:
        return row.isMeasured && row.tps > 0
                   ? QString::fromStdString(formatCount(std::uint64_t(std::llround(row.tps))))
                   : QStringLiteral("—");
    case Memory:
        return row.isMeasured ? QString::fromStdString(formatCount(row.bytes))
                              : QStringLiteral("—");
    }
    return {};
}

QVariant ExperimentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size())) return {};
    const ExperimentRow &row = m_rows[std::size_t(index.row())];
    if (role == Qt::DisplayRole) return text(row, index.column());
    if (role == Qt::TextAlignmentRole && index.column() > Format)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == kShareRole && index.column() == Recall && row.isMeasured) return row.recall;
    return {};
}

QVariant ExperimentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section > Format ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Policy:
        return tr("policy");
    case Format:
        return tr("KV");
    case Perplexity:
        return tr("perplexity");
    case Recall:
        return tr("fact recall");
    case Speed:
        return tr("tokens/s");
    case Memory:
        return tr("KV bytes");
    }
    return {};
}

QByteArray ExperimentModel::toCsv() const
{
    return experimentCsv(m_rows);
}

} // namespace kvscope
