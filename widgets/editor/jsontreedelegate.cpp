// Colours by column and type.
#include "widgets/editor/jsontreedelegate.h"

#include "widgets/base/theme.h"
#include "widgets/models/jsontreemodel.h"

#include <QLineEdit>

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
