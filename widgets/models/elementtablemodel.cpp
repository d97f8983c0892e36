// Pages appended as they come; bytes shown escaped.
#include "widgets/models/elementtablemodel.h"

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 1000; // of an element in a cell

QString shown(BytesView bytes)
{
    const QString text = QString::fromStdString(escapeBytes(bytes.substr(0, kShownBytes)));
    return bytes.size() > kShownBytes ? text + QChar(0x2026) : text;
}

// A stream's fields and values after its id, in one cell.
QString shownFields(const std::vector<Bytes> &row)
{
    QStringList pairs;
    for (std::size_t i = 1; i + 1 < row.size() && pairs.size() < 32; i += 2)
        pairs << shown(row[i]) + QStringLiteral(": ") + shown(row[i + 1]);
    return pairs.join(QStringLiteral(" · "));
}

} // namespace

void ElementTableModel::load(Store *store, const Bytes &key, ValueType type)
{
    m_lifetime.renew();
    beginResetModel();
    m_store = store;
    m_key = key;
    m_type = type;
    m_rows.clear();
    m_cursor.clear();
    m_total = -1;
    m_complete = false;
    m_waiting = false;
    endResetModel();
    fetchMore({});
}

void ElementTableModel::clear()
{
    m_lifetime.renew();
    beginResetModel();
    m_store = nullptr;
    m_rows.clear();
    m_complete = true;
    m_waiting = false;
    endResetModel();
}

void ElementTableModel::retry()
{
    fetchMore({});
}

Bytes ElementTableModel::bytes(const QModelIndex &index) const
{
    const std::vector<Bytes> &row = m_rows[std::size_t(index.row())];
    if (m_type == ValueType::Stream && index.column() == 1) return shownFields(row).toStdString();
    const auto at = std::size_t(m_type == ValueType::List ? index.column() - 1 : index.column());
    if (m_type == ValueType::List && index.column() == 0) return std::to_string(index.row());
    return at < row.size() ? row[at] : Bytes();
}

int ElementTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ElementTableModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid()) return 0;
    return m_type == ValueType::Set ? 1 : 2;
}

QVariant ElementTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_rows.size()) return {};
    if (role == Qt::TextAlignmentRole && isScore(index.column()))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const std::vector<Bytes> &row = m_rows[std::size_t(index.row())];
    if (m_type == ValueType::Stream && index.column() == 1) return shownFields(row);
    return shown(bytes(index));
}

QVariant ElementTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole && isScore(section))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (m_type) {
    case ValueType::Hash:
        return section == 0 ? tr("Field") : tr("Value");
    case ValueType::List:
        return section == 0 ? tr("Index") : tr("Value");
    case ValueType::SortedSet:
        return section == 0 ? tr("Member") : tr("Score");
    case ValueType::Stream:
        return section == 0 ? tr("Id") : tr("Fields");
    default:
        return tr("Member");
    }
}

bool ElementTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_store && !m_complete && !m_waiting;
}

void ElementTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) return;
    m_waiting = true;
    m_store->reader().readElements(
        m_key, m_type, m_cursor, kPage,
        m_lifetime.guard([this](Result<ElementPage> page) { accept(std::move(page)); }));
}

void ElementTableModel::accept(Result<ElementPage> page)
{
    m_waiting = false;
    if (!page) {
        emit failed(page.error());
        return;
    }
    if (page->total >= 0) m_total = page->total;
    m_cursor = page->next;
    m_complete = page->next.empty() || m_rows.size() + page->rows.size() >= std::size_t(kMaxRows);
    if (!page->rows.empty()) {
        const int first = int(m_rows.size());
        beginInsertRows({}, first, first + int(page->rows.size()) - 1);
        m_rows.insert(m_rows.end(), std::make_move_iterator(page->rows.begin()),
                      std::make_move_iterator(page->rows.end()));
        endInsertRows();
    }
    emit loaded();
    // SCAN-like pages may be empty before the last: a view asks again only when rows came.
    if (page->rows.empty()) fetchMore({});
}

} // namespace kvscope
