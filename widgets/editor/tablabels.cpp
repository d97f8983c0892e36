// The longest beginning shared with another name is what tells least.
#include "widgets/editor/tablabels.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr qsizetype kKept = 3; // characters before the first that differs, within a long segment

qsizetype sharedBeginning(const QString &a, const QString &b)
{
    const qsizetype length = std::min(a.size(), b.size());
    return std::mismatch(a.begin(), a.begin() + length, b.begin()).first - a.begin();
}

bool isDelimiter(QChar c)
{
    return c == QLatin1Char(':') || c == QLatin1Char('/') || c == QLatin1Char('|') ||
           c == QLatin1Char('.');
}

QString labelOf(const QStringList &names, qsizetype at, const QFontMetrics &metrics, int width)
{
    const QString &name = names[at];
    if (metrics.horizontalAdvance(name) <= width) return name;
    qsizetype shared = 0;
    for (qsizetype i = 0; i < names.size(); ++i)
        if (i != at) shared = std::max(shared, sharedBeginning(name, names[i]));
    shared = std::min(shared, std::max<qsizetype>(name.size() - 1, 0));
    qsizetype start = shared;
    while (start > 0 && !isDelimiter(name[start - 1])) --start;
    const auto from = [&](qsizetype begin) {
        return begin > 0 ? QChar(0x2026) + name.mid(begin) : name;
    };
    if (metrics.horizontalAdvance(from(start)) > width && shared - start > kKept)
        start = shared - kKept;
    return metrics.elidedText(from(start), Qt::ElideMiddle, width);
}

} // namespace

QStringList tabLabels(const QStringList &names, const QFontMetrics &metrics, int width)
{
    QStringList labels;
    for (qsizetype i = 0; i < names.size(); ++i) labels << labelOf(names, i, metrics, width);
    return labels;
}

} // namespace kvscope
