// DifferenceModel: an index of the rows that fit, and lines compared on demand.
#include "widgets/jobs/differencemodel.h"

#include "core/value/diff.h"
#include "widgets/jobs/jobwords.h"

namespace kvscope {
namespace {

constexpr int kMostCharacters = 400;
constexpr int kContext = 24; // characters in front of the first difference when the line is cut

// Words and signs of a line, so that a changed name is marked whole and not letter by letter.
std::vector<BytesView> tokensOf(BytesView line)
{
    std::vector<BytesView> tokens;
    const auto isWord = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || (c & '\x80') || c == '_' ||
               c == '.' || c == '-';
    };
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        if (isWord(line[i]))
            while (end < line.size() && isWord(line[end])) ++end;
        tokens.push_back(line.substr(i, end - i));
        i = end;
    }
    return tokens;
}

// Where each token begins in the line as Qt counts characters; one more for the end.
std::vector<int> startsOf(const std::vector<BytesView> &tokens)
{
    std::vector<int> starts;
    int at = 0;
    for (const BytesView token : tokens) {
        starts.push_back(at);
        at += static_cast<int>(
            QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size())).size());
    }
    starts.push_back(at);
    return starts;
}

void shift(std::vector<ComparedLines::Range> &ranges, int by, int length)
{
    std::vector<ComparedLines::Range> kept;
    for (ComparedLines::Range range : ranges) {
        const int begin = std::max(range.begin - by, 0);
        const int end = std::min(range.begin + range.length - by, length);
        if (end > begin) kept.push_back({begin, end - begin});
    }
    ranges = std::move(kept);
}

void cut(QString &line, std::vector<ComparedLines::Range> &ranges, int begin, int most)
{
    const auto whole = line.size();
    line = line.mid(begin, most);
    shift(ranges, begin, static_cast<int>(line.size()));
    if (begin + most < whole) line += QChar(0x2026);
    if (begin == 0) return;
    line.prepend(QChar(0x2026));
    for (ComparedLines::Range &range : ranges) ++range.begin;
}

} // namespace

ComparedLines compareLines(const ShownValue &cache, const ShownValue &source, int most)
{
    ComparedLines out{valueLine(cache), valueLine(source), {}, {}};
    if (cache.there && source.there) {
        const Bytes before = out.cache.toStdString();
        const Bytes after = out.source.toStdString();
        const auto a = tokensOf(before);
        const auto b = tokensOf(after);
        const auto starts = startsOf(a);
        const auto ends = startsOf(b);
        for (const EditRun &run : shortestEdit(a, b)) {
            const auto range = [](const std::vector<int> &at, std::size_t first,
                                  std::size_t count) -> ComparedLines::Range {
                return {at[first], at[first + count] - at[first]};
            };
            if (run.beforeCount > 0)
                out.cacheChanged.push_back(range(starts, run.before, run.beforeCount));
            if (run.afterCount > 0)
                out.sourceChanged.push_back(range(ends, run.after, run.afterCount));
        }
    }
    int first = 0;
    if (out.cache.size() > most || out.source.size() > most) {
        int differs = static_cast<int>(std::max(out.cache.size(), out.source.size()));
        for (const auto *changed : {&out.cacheChanged, &out.sourceChanged})
            if (!changed->empty()) differs = std::min(differs, changed->front().begin);
        if (differs > most / 4 && differs < std::max(out.cache.size(), out.source.size()))
            first = std::max(differs - kContext, 0);
    }
    cut(out.cache, out.cacheChanged, std::min<int>(first, static_cast<int>(out.cache.size())),
        most);
    cut(out.source, out.sourceChanged, std::min<int>(first, static_cast<int>(out.source.size())),
        most);
    return out;
}

void DifferenceModel::show(std::shared_ptr<const FoundDifferences> found)
{
    beginResetModel();
    if (found != m_found) m_repaired.clear();
    m_found = std::move(found);
    m_rows.clear();
    m_seen = 0;
    m_lines.clear();
    for (; m_found && m_seen < m_found->some.size(); ++m_seen)
        if (fits(m_found->some[m_seen])) m_rows.push_back(static_cast<std::uint32_t>(m_seen));
    endResetModel();
}

void DifferenceModel::grow()
{
    if (!m_found) return;
    if (m_found->some.size() < m_seen) return show(m_found); // it was let go
    std::vector<std::uint32_t> added;
    for (; m_seen < m_found->some.size(); ++m_seen)
        if (fits(m_found->some[m_seen])) added.push_back(static_cast<std::uint32_t>(m_seen));
    if (added.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    m_rows.insert(m_rows.end(), added.begin(), added.end());
    endInsertRows();
}

void DifferenceModel::setClass(std::optional<EntryClass> only)
{
    if (m_only == only) return;
    m_only = only;
    show(m_found);
}

bool DifferenceModel::fits(const Difference &difference) const
{
    return m_only ? difference.what == *m_only : difference.what != EntryClass::Transient;
}

void DifferenceModel::markRepaired(const Bytes &key, const QString &run)
{
    m_repaired.insert(QByteArray::fromStdString(key), run);
    redraw();
}

void DifferenceModel::forgetRepairs(const QString &run)
{
    if (m_repaired.removeIf([&run](const auto &one) { return one.value() == run; }) > 0) redraw();
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
    const Difference *one = difference(index);
    return one && m_repaired.contains(QByteArray::fromStdString(one->key));
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
        return one->ageMs ? ageText(*one->ageMs) : QString();
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
        return m_preview ? tr("In the store now") : tr("In the cache");
    case Source:
        return m_preview ? tr("From the row") : tr("In the source");
    case Age:
        return tr("Age");
    default:
        return QString();
    }
}

} // namespace kvscope
