// ClassCards: cards that fold into two rows where it is narrow.
#include "widgets/jobs/classcards.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/jobs/jobwords.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

namespace kvscope {
namespace {

constexpr EntryClass kShown[] = {EntryClass::Match, EntryClass::Stale, EntryClass::Missing,
                                 EntryClass::Orphan, EntryClass::Corrupt};
constexpr EntryClass kOthers[] = {EntryClass::Ahead,    EntryClass::Diverged, EntryClass::TtlNone,
                                  EntryClass::TtlLong,  EntryClass::TtlShort, EntryClass::Unknown,
                                  EntryClass::Transient};
constexpr int kNarrow = 620;

} // namespace

ClassCard::ClassCard(const QString &objectName, QWidget *parent) : QWidget(parent)
{
    setObjectName(objectName);
    setAttribute(Qt::WA_Hover);
}

void ClassCard::set(const QString &figure, const QString &caption, const QColor &color)
{
    if (figure == m_figure && caption == m_caption && color == m_color) return;
    m_figure = figure;
    m_caption = caption;
    m_color = color;
    setAccessibleName(figure + QLatin1Char(' ') + caption);
    update();
}

void ClassCard::setFilter(bool possible, bool on)
{
    m_possible = possible;
    m_on = on;
    setFocusPolicy(possible ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(possible ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void ClassCard::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge = m_on || hasFocus()           ? t.accent
                        : m_possible && underMouse() ? mixed(t.line, t.text, 0.25)
                                                     : t.line;
    painter.setPen(QPen(edge, 1));
    painter.setBrush(m_on ? t.onSelection : t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kCardRadius,
                            metric::kCardRadius);
    const QRect inside = rect().adjusted(12, 8, -8, -8);
    QFont font = uiFont(19);
    font.setWeight(QFont::DemiBold);
    while (font.pixelSize() > 12 && QFontMetrics(font).horizontalAdvance(m_figure) > inside.width())
        font.setPixelSize(font.pixelSize() - 1);
    painter.setFont(font);
    painter.setPen(m_color);
    painter.drawText(QRect(inside.left(), inside.top(), inside.width(), 26),
                     Qt::AlignLeft | Qt::AlignVCenter, m_figure);
    const QFont small = uiFont(11);
    painter.setFont(small);
    painter.setPen(t.muted);
    painter.drawText(QRect(inside.left(), inside.top() + 28, inside.width(), inside.height() - 26),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_caption);
}

void ClassCard::mousePressEvent(QMouseEvent *event)
{
    if (m_possible && event->button() == Qt::LeftButton)
        emit clicked();
    else
        QWidget::mousePressEvent(event);
}

void ClassCard::keyPressEvent(QKeyEvent *event)
{
    const bool chosen = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return ||
                        event->key() == Qt::Key_Enter;
    if (m_possible && chosen)
        emit clicked();
    else
        QWidget::keyPressEvent(event);
}

ClassCards::ClassCards(QWidget *parent)
    : QWidget(parent), m_grid(new QGridLayout(this)),
      m_others(new ClassCard(QStringLiteral("card_others"), this)),
      m_nines(new ClassCard(QStringLiteral("card_nines"), this))
{
    setObjectName(QStringLiteral("classCards"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(10);
    for (const EntryClass of : kShown) {
        auto *card =
            new ClassCard(QStringLiteral("card_") + QLatin1String(entryClassName(of)), this);
        card->setToolTip(classMeaning(of));
        connect(card, &ClassCard::clicked, this, [this, of] { choose(of); });
        m_cards.emplace_back(of, card);
    }
    connect(m_others, &ClassCard::clicked, this, &ClassCards::showOthers);
    arrange();
    clear();
}

void ClassCards::arrange()
{
    const int columns = width() < kNarrow ? 4 : static_cast<int>(m_cards.size()) + 2;
    if (columns == m_columns) return;
    m_columns = columns;
    std::vector<ClassCard *> all;
    for (const auto &[of, card] : m_cards) all.push_back(card);
    all.push_back(m_others);
    all.push_back(m_nines);
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        m_grid->addWidget(all[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (int i = 0; i < 7; ++i) m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    m_grid->setColumnMinimumWidth(0, 0);
    updateGeometry();
}

void ClassCards::show(const ClassCounts &counts, const FoundDifferences *found,
                      const QJsonObject &result, std::optional<double> recheckSeconds)
{
    const ThemeTokens &t = theme();
    m_counts = counts;
    m_known = true;
    for (const auto &[of, card] : m_cards) {
        QString caption = className(of);
        if (of == EntryClass::Stale && found) {
            if (const auto oldest = found->oldestMs[static_cast<std::size_t>(of)])
                caption = tr("stale, oldest %1").arg(ageText(*oldest));
        }
        const bool any = counts[of] > 0;
        QColor color = any ? classColor(of) : t.muted;
        // What differs is no verdict before it was looked at again: until then nothing agrees.
        if (of == EntryClass::Match && !result.contains(QLatin1String("counts"))) {
            caption = tr("compared so far");
            color = t.text;
        }
        card->set(countText(counts[of]), caption, color);
        card->setFilter(any && of != EntryClass::Match, m_only == of);
    }
    std::int64_t others = 0;
    QStringList parts;
    EntryClass worst = EntryClass::Transient;
    for (const EntryClass of : kOthers) {
        if (counts[of] == 0) continue;
        others += counts[of];
        parts << QStringLiteral("%1 %2").arg(countText(counts[of]), className(of));
        if (worst == EntryClass::Transient) worst = of;
    }
    m_others->set(countText(others),
                  parts.isEmpty()     ? tr("others")
                  : parts.size() == 1 ? parts.front().section(QLatin1Char(' '), 1)
                                      : parts.join(QStringLiteral(", ")),
                  others > 0 ? classColor(worst) : t.muted);
    m_others->setToolTip(parts.isEmpty() ? tr("Ahead, diverged, TTL, unknown, transient: none")
                                         : parts.join(QStringLiteral("\n")));
    m_others->setFilter(others > counts[EntryClass::Transient],
                        m_only && std::find(std::begin(kOthers), std::end(kOthers), *m_only) !=
                                      std::end(kOthers));
    if (result.contains(QLatin1String("nines_low"))) {
        const double low = result.value(QLatin1String("nines_low")).toDouble();
        QStringList bounds;
        if (recheckSeconds && *recheckSeconds > 0)
            bounds
                << tr("within %1").arg(ageText(static_cast<std::int64_t>(*recheckSeconds * 1000)));
        else if (recheckSeconds)
            bounds << tr("at once");
        bounds << tr("≥ %1 at 95 %").arg(low, 0, 'f', 1);
        m_nines->set(ninesText(result), bounds.join(QStringLiteral(" · ")), t.accent);
        m_nines->setToolTip(
            tr("Nines of the share that agrees: 3 nines are 99.9 %. At 95 % confidence it is at "
               "least %1.")
                .arg(low, 0, 'f', 2));
    } else {
        m_nines->set(QStringLiteral("–"), tr("nines, once it is done"), t.muted);
    }
}

void ClassCards::clear()
{
    m_known = false;
    for (const auto &[of, card] : m_cards) {
        card->set(QStringLiteral("–"), className(of), theme().muted);
        card->setFilter(false, false);
    }
    m_others->set(QStringLiteral("–"), tr("others"), theme().muted);
    m_others->setFilter(false, false);
    m_nines->set(QStringLiteral("–"), tr("nines"), theme().muted);
}

void ClassCards::setFilter(std::optional<EntryClass> only)
{
    m_only = only;
    for (const auto &[of, card] : m_cards)
        card->setFilter(m_known && m_counts[of] > 0 && of != EntryClass::Match, m_only == of);
}

void ClassCards::choose(EntryClass of)
{
    emit filterChosen(m_only == of ? std::nullopt : std::optional(of));
}

void ClassCards::showOthers()
{
    std::vector<EntryClass> some;
    for (const EntryClass of : kOthers)
        if (m_counts[of] > 0 && of != EntryClass::Transient) some.push_back(of);
    if (some.size() == 1) return choose(some.front());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("othersMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const EntryClass of : some)
        menu->addAction(QStringLiteral("%1 %2").arg(countText(m_counts[of]), className(of)), this,
                        [this, of] { choose(of); });
    menu->popup(m_others->mapToGlobal(QPoint(0, m_others->height())));
}

void ClassCards::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ClassCards::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    for (const auto &[of, card] : m_cards) card->setToolTip(classMeaning(of));
    if (!m_known) clear();
}

} // namespace kvscope
