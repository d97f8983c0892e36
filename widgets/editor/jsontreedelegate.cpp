// Colours by column and type.
#include "widgets/editor/jsontreedelegate.h"

#include "widgets/base/theme.h"
#include "widgets/models/jsontreemodel.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

namespace kvscope {
namespace {

QColor valueColour(JsonType type)
{
    const ThemeTokens &t = theme();
    switch (type) {
    case JsonType::String:
        return t.jsonString;
    case JsonType::Number:
        return t.jsonNumber;
    case JsonType::Boolean:
    case JsonType::Null:
        return t.purple;
    default:
        return t.muted;
    }
}

} // namespace

void JsonTreeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const ThemeTokens &t = theme();
    QColor colour = t.muted;
    if (index.column() == JsonTreeModel::TypeColumn) {
        option->font = uiFont(12);
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    } else {
        option->font = monoFont();
        const bool element = index.data(JsonTreeModel::IsElementRole).toBool();
        if (index.column() == JsonTreeModel::ValueColumn)
            colour = valueColour(JsonType(index.data(JsonTreeModel::TypeRole).toInt()));
        else if (!element)
            colour = t.jsonKey;
    }
    if (stale) colour = t.faint;
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    option->state &= ~QStyle::State_HasFocus;
}

void JsonTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    const QRect box = item.rect.adjusted(4, 0, -8, 0);
    painter->save();
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    painter->drawText(box, int(item.displayAlignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                      QFontMetrics(item.font).elidedText(item.text, Qt::ElideRight, box.width()));
    painter->restore();
}

QSize JsonTreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), metric::kRow};
}

QWidget *JsonTreeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                        const QModelIndex &) const
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QStringLiteral("treeField"));
    field->setFont(monoFont());
    field->setTextMargins(0, 0, 0, 0);
    field->setStyleSheet(
        QStringLiteral("QLineEdit { padding: 0px 4px; min-height: 0px; border-radius: 0px; }"));
    return field;
}

void JsonTreeDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                            const QModelIndex &) const
{
    editor->setGeometry(option.rect);
}

} // namespace kvscope
