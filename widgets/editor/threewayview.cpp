// Three columns of equal width; the first line names them.
#include "widgets/editor/threewayview.h"

#include "core/value/jsondocument.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QEvent>
#include <QPainter>

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 1000; // of a line

BytesView lineOf(const std::vector<BytesView> &lines, int number)
{
    return number > 0 ? lines[std::size_t(number - 1)] : BytesView();
}

} // namespace

ThreeTexts::ThreeTexts(Kind kind, SharedBytes baseText, SharedBytes theirText, SharedBytes myText)
    : base(std::move(baseText)), theirs(std::move(theirText)), mine(std::move(myText)),
      baseLines(splitLines(*base)), theirLines(splitLines(*theirs)), myLines(splitLines(*mine)),
      rows(alignThreeWays(*base, *theirs, *mine)), m_kind(kind)
{
    if (isDump()) return;
    auto both = merge();
    if (!both || *both == *mine || *both == *theirs) return;
    auto text = std::make_shared<const Bytes>(std::move(*both));
    // Lines that are each right may not be together: a comma that either side needed once.
    const auto isJson = [](const SharedBytes &bytes) {
        return JsonDocument::parse(bytes).has_value();
    };
    if (isJson(mine) && isJson(theirs) && !isJson(text)) return;
    merged = replacementOf(*mine, std::move(text));
}

std::optional<Bytes> ThreeTexts::merge() const
{
    Bytes text;
    for (const ThreeWayRow &row : rows) {
        const BytesView my = lineOf(myLines, row.mine);
        const BytesView their = lineOf(theirLines, row.theirs);
        if (row.theirsChanged && row.mineChanged && my != their) return std::nullopt;
        text.append(row.mineChanged ? my : their);
    }
    return text;
}

ThreeWayView::ThreeWayView(QWidget *parent) : LineScroll(parent)
{
    setObjectName(QStringLiteral("threeWayView"));
    setAccessibleName(tr("Three versions"));
}

void ThreeWayView::show(std::shared_ptr<const ThreeTexts> texts)
{
    m_texts = std::move(texts);
    contentChanged();
}

void ThreeWayView::paintLine(QPainter &painter, int line, int, const QRect &rect)
{
    const ThemeTokens &t = theme();
    const int width = rect.width() / 3;
    const auto cell = [&](int column) {
        return QRect(rect.left() + column * width, rect.top(), width, rect.height());
    };
    if (line == 0) {
        const QString titles[] = {tr("When you opened it"), tr("In the store now"), tr("Yours")};
        painter.setFont(uiFont(11));
        painter.setPen(t.muted);
        for (int column = 0; column < 3; ++column)
            painter.drawText(cell(column).adjusted(16, 0, -8, 0), Qt::AlignVCenter, titles[column]);
        painter.setFont(monoFont());
        return;
    }
    const ThreeWayRow &row = m_texts->rows[std::size_t(line - 1)];
    const bool both = row.theirsChanged && row.mineChanged;
    const BytesView texts[] = {lineOf(m_texts->baseLines, row.base),
                               lineOf(m_texts->theirLines, row.theirs),
                               lineOf(m_texts->myLines, row.mine)};
    const bool changed[] = {false, row.theirsChanged, row.mineChanged};
    for (int column = 0; column < 3; ++column) {
        const QRect box = cell(column);
        if (changed[column])
            painter.fillRect(box, mixed(t.panel,
                                        both          ? t.bad
                                        : column == 1 ? t.warning
                                                      : t.good,
                                        0.16));
        painter.save();
        painter.setClipRect(box.adjusted(0, 0, -8, 0));
        painter.setPen(changed[column] ? t.text : t.muted);
        const BytesView text = withoutBreak(texts[column]).substr(0, kShownBytes);
        painter.drawText(box.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                         QString::fromUtf8(text.data(), qsizetype(text.size())));
        painter.restore();
        painter.setPen(t.faintLine);
        if (column > 0) painter.drawLine(box.topLeft(), box.bottomLeft());
    }
}

void ThreeWayView::changeEvent(QEvent *event)
{
    LineScroll::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Three versions"));
}

} // namespace kvscope
