// Rows of a diff, painted one by one.
#include "widgets/editor/diffview.h"

#include "core/value/format.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 2000; // of a line

QString asText(BytesView bytes)
{
    QString text = QString::fromUtf8(bytes.data(), qsizetype(std::min(bytes.size(), kShownBytes)));
    return text.replace(QLatin1Char('\t'), QStringLiteral("    "));
}

} // namespace

DiffView::DiffView(QWidget *parent) : LineScroll(parent)
{
    setObjectName(QStringLiteral("diffView"));
    setAccessibleName(tr("Changes"));
}

std::shared_ptr<const DiffView::Content> DiffView::compare(SharedBytes before, SharedBytes after)
{
    auto content = std::make_shared<Content>();
    content->lines = diffLines(*before, *after, kContext);
    const std::vector<DiffLine> &lines = content->lines;
    std::vector<Row> &rows = content->rows;
    int next = 1; // the line of `after` that would follow without a gap
    const auto fold = [&](std::size_t at, int until) {
        if (until > next) rows.push_back({at, until - next});
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].after > 0) {
            fold(i, lines[i].after);
            next = lines[i].after + 1;
        } else if (i == 0) {
            // Removed at the top, without context: what precedes it was told by neither side.
            fold(i, lines[i].before);
            next = lines[i].before;
        }
        rows.push_back({i, 0});
        content->widest = std::max(content->widest, std::min(lines[i].text.size(), kShownBytes));
    }
    fold(lines.empty() ? 0 : lines.size() - 1, int(countLines(*after)) + 1);
    content->before = std::move(before);
    content->after = std::move(after);
    return content;
}

std::shared_ptr<const DiffView::Content> compareDumps(BytesView before, BytesView after)
{
    return DiffView::compare(std::make_shared<const Bytes>(hexDump(before)),
                             std::make_shared<const Bytes>(hexDump(after)));
}

void DiffView::show(std::shared_ptr<const Content> content)
{
    m_content = std::move(content);
    contentChanged();
}

void DiffView::changeEvent(QEvent *event)
{
    LineScroll::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Changes"));
}

int DiffView::gutterWidth() const
{
    return characterWidth() * 12 + 16;
}
int DiffView::contentWidth() const
{
    return gutterWidth() + (int(m_content ? m_content->widest : 0) + 4) * characterWidth();
}

void DiffView::paintLine(QPainter &painter, int line, int x, const QRect &rect)
{
    const Row &row = m_content->rows[std::size_t(line)];
    if (row.folded > 0) return paintFold(painter, row.folded, rect);
    const DiffLine &diff = m_content->lines[row.line];
    const ThemeTokens &t = theme();
    const bool removed = diff.kind == DiffLine::Kind::Removed;
    const bool changed = diff.kind != DiffLine::Kind::Same;
    const QColor tone = removed ? t.bad : t.good;
    if (changed) painter.fillRect(rect, mixed(t.panel, tone, 0.10));
    const int character = characterWidth();
    const QString numbers = QStringLiteral("%1 %2")
                                .arg(diff.before ? QString::number(diff.before) : QString(), 5)
                                .arg(diff.after ? QString::number(diff.after) : QString(), 5);
    painter.setPen(t.faint);
    painter.drawText(QRect(rect.left() + x, rect.top(), character * 11, rect.height()),
                     Qt::AlignVCenter, numbers);
    const int left = x + gutterWidth() + 2 * character;
    const QFontMetrics metrics(painter.font());
    for (const ByteRange &range : diff.changed) {
        if (range.begin >= kShownBytes) break;
        const int from = metrics.horizontalAdvance(asText(diff.text.substr(0, range.begin)));
        const int to = metrics.horizontalAdvance(asText(diff.text.substr(0, range.end)));
        painter.fillRect(QRect(left + from, rect.top() + 1, to - from, rect.height() - 2),
                         mixed(t.panel, tone, 0.32));
    }
    painter.setPen(changed ? tone : t.faint);
    painter.drawText(QRect(left - 2 * character, rect.top(), character, rect.height()),
                     Qt::AlignVCenter,
                     removed   ? QStringLiteral("−")
                     : changed ? QStringLiteral("+")
                               : QString());
    painter.setPen(changed ? t.text : t.muted);
    painter.drawText(QRect(left, rect.top(), qMax(contentWidth(), rect.width()), rect.height()),
                     Qt::AlignVCenter | Qt::TextSingleLine, asText(diff.text));
}

void DiffView::paintFold(QPainter &painter, int count, const QRect &rect) const
{
    const ThemeTokens &t = theme();
    painter.fillRect(rect, t.raised);
    painter.setPen(t.muted);
    painter.setFont(uiFont(11));
    painter.drawText(rect.adjusted(16, 0, -16, 0), Qt::AlignVCenter,
                     tr("%n equal line(s)", nullptr, count));
    painter.setFont(monoFont());
}

} // namespace kvscope
