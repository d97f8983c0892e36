// ThemeStyle: Fusion with our own check marks, arrows, combo boxes and focus.
#include "widgets/base/themestyle.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QCheckBox>
#include <QPainter>
#include <QPainterPath>
#include <QRadioButton>
#include <QStyleOption>

namespace kvscope {
namespace {

QPen stroke(const QColor &color)
{
    return {color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void drawChevron(QPainter *painter, const QRect &rect, int degrees, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(stroke(color));
    painter->translate(QRectF(rect).center());
    painter->rotate(degrees);
    painter->drawPolyline(QPolygonF{{-3.5, -1.75}, {0, 1.75}, {3.5, -1.75}});
    painter->restore();
}

void drawBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &line,
             double radius)
{
    painter->setPen(QPen(line, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void drawIndicator(QPainter *painter, const QStyleOption *option, bool round)
{
    const ThemeTokens &t = theme();
    const bool on = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const bool enabled = option->state & QStyle::State_Enabled;
    const QPoint gap((option->rect.width() - 14) / 2, (option->rect.height() - 14) / 2);
    const QRectF box(option->rect.topLeft() + gap, QSizeF(14, 14)); // on whole pixels
    const QColor line = on                                       ? t.accent
                        : option->state & QStyle::State_HasFocus ? t.accent
                                                                 : mixed(t.line, t.text, 0.25);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!enabled) painter->setOpacity(0.45);
    drawBox(painter, box, on ? t.accent : t.dark ? t.background : t.panel, line, round ? 7 : 3);
    painter->setPen(stroke(t.dark ? t.background : t.panel));
    if (round && on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.dark ? t.background : t.panel);
        painter->drawEllipse(box.center(), 3, 3);
    } else if (option->state & QStyle::State_NoChange) {
        painter->drawLine(box.center() - QPointF(3, 0), box.center() + QPointF(3, 0));
    } else if (on) {
        painter->drawPolyline(QPolygonF{box.topLeft() + QPointF(3.5, 7.2),
                                        box.topLeft() + QPointF(6, 9.7),
                                        box.topLeft() + QPointF(10.5, 4.6)});
    }
    painter->restore();
}

} // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStringLiteral("fusion"))
{}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    const QColor arrow = enabled ? theme().muted : theme().faint;
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawIndicator(painter, option, false);
    case PE_IndicatorRadioButton:
        return drawIndicator(painter, option, true);
    case PE_IndicatorMenuCheckMark:
        if (option->state & State_On) drawIndicator(painter, option, false);
        return;
    case PE_IndicatorArrowDown:
        return drawChevron(painter, option->rect, 0, arrow);
    case PE_IndicatorArrowUp:
        return drawChevron(painter, option->rect, 180, arrow);
    case PE_IndicatorArrowRight:
        return drawChevron(painter, option->rect, -90, arrow);
    case PE_IndicatorArrowLeft:
        return drawChevron(painter, option->rect, 90, arrow);
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawChevron(painter, option->rect, option->state & State_Open ? 0 : -90, arrow);
        return;
    case PE_IndicatorTabClose: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(stroke(option->state & State_MouseOver ? theme().text : theme().muted));
        painter->translate(QRectF(option->rect).center());
        painter->drawLine(QPointF(-3.5, -3.5), QPointF(3.5, 3.5));
        painter->drawLine(QPointF(-3.5, 3.5), QPointF(3.5, -3.5));
        painter->restore();
        return;
    }
    case PE_FrameFocusRect: {
        if (qobject_cast<const QAbstractButton *>(widget) &&
            !qobject_cast<const QCheckBox *>(widget) && !qobject_cast<const QRadioButton *>(widget))
            return; // their border shows it
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(theme().accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    if (control != CC_ComboBox) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const ThemeTokens &t = theme();
    const bool enabled = option->state & State_Enabled;
    const QColor line = option->state & State_HasFocus    ? t.accent
                        : option->state & State_MouseOver ? mixed(t.line, t.text, 0.25)
                                                          : t.line;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawBox(painter, option->rect, t.raised, line, metric::kControlRadius);
    painter->restore();
    drawChevron(painter,
                QRect(option->rect.right() - 20, option->rect.top(), 12, option->rect.height()), 0,
                enabled ? t.muted : t.faint);
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                 SubControl part, const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(8, 1, -24, -1);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_SplitterWidth:
        return 1;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_TreeViewIndentation:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_DialogButtonLayout:
        return 3; // GNOME's order: the confirming button stands at the right end
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_ComboBox) result = QSize(result.width() + 12, 30);
    return result;
}

} // namespace kvscope
