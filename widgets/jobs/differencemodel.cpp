// DifferenceModel: an index of the rows that fit, and lines compared on demand.
#include "widgets/jobs/differencemodel.h"

#include "widgets/jobs/jobwords.h"

#include <QThreadPool>

#include <algorithm>
#include <numeric>

namespace kvscope {
namespace {

constexpr int kMostCharacters = 400;
// Rows that are taken in one turn of the event loop: half a millisecond or so.
constexpr std::size_t kSlice = 4'000;
constexpr std::uint8_t kNoKey = 0x80;

std::uint8_t kindOf(const Difference &difference)
{
    const auto of = static_cast<std::uint8_t>(difference.what);
    return difference.key.empty() ? of | kNoKey : of;
}

EntryClass classOf(std::uint8_t kind)
{
    return static_cast<EntryClass>(kind & ~kNoKey);
}

// A hash's fields one behind the other: it is only to bring like ones together.
Bytes flat(const ShownValue &value)
{
    Bytes text = value.bytes;
    for (const auto &[name, content] : value.fields)
        text.append(name).append(1, '=').append(content).append(1, ' ');
    return text;
}

std::vector<std::uint32_t> sortedBy(const FoundDifferences &found, int column, Qt::SortOrder order)
{
    std::vector<std::uint32_t> rows(found.some.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const auto by = [&](auto valueOf) {
        const bool falls = order == Qt::DescendingOrder;
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (falls) std::swap(a, b);
            return valueOf(found.some[a]) < valueOf(found.some[b]);
        });
    };
    switch (column) {
    case DifferenceModel::Key:
        by([](const Difference &one) -> BytesView { return one.key; });
        break;
    case DifferenceModel::Class:
        by([](const Difference &one) { return one.what; });
        break;
    case DifferenceModel::Cache:
        by([](const Difference &one) { return flat(one.cache); });
        break;
    case DifferenceModel::Source:
        by([](const Difference &one) { return flat(one.source); });
        break;
    default:
        by([](const Difference &one) { return one.ageMs; });
    }
    return rows;
}

} // namespace

DifferenceModel::DifferenceModel(QObject *parent) : QAbstractTableModel(parent)
{
    m_more.setSingleShot(true);
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, &DifferenceModel::takeMore);
}

void DifferenceModel::show(std::shared_ptr<const FoundDifferences> found, Growth growth)
{
    const bool wasGrowing = m_growth == Growth::Growing;
    m_growth = growth;
    const bool same = found == m_found && (!found || found->some.size() >= m_kinds.size());
    if (!same) {
        if (found != m_found) m_repairs.clear();
        m_found = std::move(found);
        m_kinds.clear();
        m_mended.clear();
        m_sorted.clear();
        m_lines.clear();
        m_sorting.renew();
        restart();
    } else {
        takeMore();
    }
    if (growth == Growth::Whole && (!same || wasGrowing)) startSort();
}

void DifferenceModel::setAgainst(Against against)
{
    if (std::exchange(m_against, against) != against)
        emit headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
}

// From the first row on.
void DifferenceModel::restart()
{
    beginResetModel();
    m_rows.clear();
    m_next = 0;
    endResetModel();
    takeMore();
}

void DifferenceModel::takeMore()
{
    if (!m_found) return;
    const std::size_t all = m_found->some.size();
    const std::size_t end = std::min(all, m_next + kSlice);
    std::vector<std::uint32_t> added;
    for (; m_next < end; ++m_next) {
        const std::size_t number = m_sorted.empty() ? m_next : m_sorted[m_next];
        if (number >= m_kinds.size()) { // only while they are in the order they were found
            m_kinds.push_back(kindOf(m_found->some[number]));
            m_mended.push_back(false);
        }
        if (fits(number)) added.push_back(static_cast<std::uint32_t>(number));
    }
    if (m_next < all) m_more.start();
    if (added.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    m_rows.insert(m_rows.end(), added.begin(), added.end());
    endInsertRows();
}

void DifferenceModel::setClass(std::optional<EntryClass> only)
{
    if (std::exchange(m_only, only) != only) restart();
}

void DifferenceModel::sort(int column, Qt::SortOrder order)
{
    if (column == Action || (column == m_column && order == m_order)) return;
    m_column = column;
    m_order = order;
    startSort();
}

void DifferenceModel::startSort()
{
    m_sorting.renew();
    if (m_column < 0) {
        if (!m_sorted.empty()) takeSorted({});
        return;
    }
    // What grows may move while the pool reads it.
    if (!m_found || m_growth == Growth::Growing) return;
    const auto done = m_sorting.guard(
        [this](std::vector<std::uint32_t> sorted) { takeSorted(std::move(sorted)); });
    QThreadPool::globalInstance()->start([found = m_found, column = m_column, order = m_order,
                                          done] { done(sortedBy(*found, column, order)); });
}

void DifferenceModel::takeSorted(std::vector<std::uint32_t> sorted)
{
    // Rows are known one by one before they are shown in any order.
    if (!sorted.empty() && m_kinds.size() < m_found->some.size()) {
        if (m_sorted.empty() && m_more.isActive())
            QTimer::singleShot(0, this, m_sorting.guard([this, sorted] { takeSorted(sorted); }));
        return;
    }
    m_sorted = std::move(sorted);
    restart();
}

bool DifferenceModel::fits(std::size_t number) const
{
    const EntryClass of = classOf(m_kinds[number]);
    return m_only ? of == *m_only : of != EntryClass::Transient;
}

void DifferenceModel::markRepaired(const ChosenDifferences &mended, const QString &run)
{
    if (mended.found != m_found) return;
    for (const std::uint32_t number : mended.which)
        if (number < m_mended.size()) m_mended[number] = true;
    m_repairs.insert(run, mended.which);
    redraw();
}

void DifferenceModel::forgetRepairs(const QString &run)
{
    const auto mended = m_repairs.find(run);
    if (mended == m_repairs.end()) return;
    for (const std::uint32_t number : *mended)
        if (number < m_mended.size()) m_mended[number] = false;
    m_repairs.erase(mended);
    redraw();
}

void DifferenceModel::redraw()
{
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

const Difference *DifferenceModel::difference(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (!index.isValid() || !m_found || row >= m_rows.size() || m_rows[row] >= m_found->some.size())
        return nullptr;
    return &m_found->some[m_rows[row]];
}

bool DifferenceModel::isRepaired(const QModelIndex &index) const
{
    return difference(index) && m_mended[m_rows[static_cast<std::size_t>(index.row())]];
}

bool DifferenceModel::mayRepair(std::uint32_t number) const
{
    return !m_mended[number] && (m_kinds[number] & kNoKey) == 0;
}

bool DifferenceModel::mayRepair(const QModelIndex &index) const
{
    return difference(index) && mayRepair(m_rows[static_cast<std::size_t>(index.row())]);
}

ChosenDifferences DifferenceModel::chosen(const QItemSelection &selection, Which which) const
{
    ChosenDifferences chosen{m_found, {}};
    for (const QItemSelectionRange &range : selection) {
        if (range.left() > Key) continue; // rows are chosen whole
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const std::uint32_t number = m_rows[static_cast<std::size_t>(row)];
            if (which == Which::All || mayRepair(number)) chosen.which.push_back(number);
        }
    }
    return chosen;
}

ClassCounts DifferenceModel::countsOf(const ChosenDifferences &chosen) const
{
    ClassCounts counts;
    if (chosen.found != m_found) return counts;
    for (const std::uint32_t number : chosen.which) ++counts[classOf(m_kinds[number])];
    return counts;
}

ComparedLines DifferenceModel::lines(const QModelIndex &index) const
{
    const Difference *one = difference(index);
    if (!one) return {};
    const std::uint32_t row = m_rows[static_cast<std::size_t>(index.row())];
    if (const ComparedLines *known = m_lines.object(row)) return *known;
    auto *made = new ComparedLines(compareLines(one->cache, one->source, kMostCharacters));
    ComparedLines copy = *made;
    m_lines.insert(row, made);
    return copy;
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    const Difference *one = difference(index);
    if (!one) return {};
    if (role == Qt::TextAlignmentRole && index.column() == Age)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole) {
        if (index.column() == Class) return classMeaning(one->what);
        if (index.column() == Action) return {};
        if (!one->remark.empty()) return QString::fromStdString(one->remark);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Key:
        return QString::fromStdString(escapeBytes(one->key));
    case Class:
        return className(one->what);
    case Cache:
        return lines(index).cache;
    case Source:
        return one->source.there || one->remark.empty() ? lines(index).source
                                                        : QString::fromStdString(one->remark);
    case Age:
        if (!one->ageMs) return QString();
        return role == Qt::ToolTipRole ? ageText(*one->ageMs) : shortAge(*one->ageMs);
    default:
        return isRepaired(index) ? tr("repaired") : QString();
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Key:
        return tr("Key");
    case Class:
        return tr("Class");
    case Cache:
        return m_against == Against::Row       ? tr("In the store now")
               : m_against == Against::Primary ? tr("In the replica")
                                               : tr("In the cache");
    case Source:
        return m_against == Against::Row       ? tr("From the row")
               : m_against == Against::Primary ? tr("In the primary")
                                               : tr("In the source");
    case Age:
        return tr("Age");
    default:
        return QString();
    }
}

} // namespace kvscope
