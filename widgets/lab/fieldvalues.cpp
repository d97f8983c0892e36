// FieldValues: one kind of field after the other.
#include "widgets/lab/fieldvalues.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableWidget>

namespace kvscope {
namespace {

/// Buttons first: they choose which of the other fields there are.
template<class Visit>
void eachField(const QWidget &page, Visit visit)
{
    const auto all = page.findChildren<QWidget *>();
    for (QWidget *widget : all)
        if (qobject_cast<QAbstractButton *>(widget)) visit(*widget);
    for (QWidget *widget : all)
        if (!qobject_cast<QAbstractButton *>(widget)) visit(*widget);
}

QVariant valueOf(const QWidget &field)
{
    if (const auto *button = qobject_cast<const QAbstractButton *>(&field))
        return button->isCheckable() ? QVariant(button->isChecked()) : QVariant();
    if (const auto *box = qobject_cast<const QComboBox *>(&field)) return box->currentIndex();
    if (const auto *box = qobject_cast<const QSpinBox *>(&field)) return box->value();
    if (const auto *box = qobject_cast<const QDoubleSpinBox *>(&field)) return box->value();
    if (const auto *line = qobject_cast<const QLineEdit *>(&field)) return line->text();
    if (const auto *table = qobject_cast<const QTableWidget *>(&field)) return table->currentRow();
    return {};
}

void setValue(QWidget &field, const QVariant &value)
{
    if (auto *button = qobject_cast<QAbstractButton *>(&field)) {
        if (button->isChecked() != value.toBool()) button->click();
    } else if (auto *box = qobject_cast<QComboBox *>(&field))
        box->setCurrentIndex(value.toInt());
    else if (auto *number = qobject_cast<QSpinBox *>(&field))
        number->setValue(value.toInt());
    else if (auto *fraction = qobject_cast<QDoubleSpinBox *>(&field))
        fraction->setValue(value.toDouble());
    else if (auto *line = qobject_cast<QLineEdit *>(&field))
        line->setText(value.toString());
    else if (auto *table = qobject_cast<QTableWidget *>(&field); table && value.toInt() >= 0)
        table->setCurrentCell(value.toInt(), 0);
}

/// Those inside a number field, a combo box or a scroll area are parts of it.
bool isField(const QWidget &widget)
{
    return !widget.objectName().isEmpty() && !widget.objectName().startsWith(QLatin1String("qt_"));
}

} // namespace

FieldValues FieldValues::of(const QWidget &page)
{
    FieldValues out;
    eachField(page, [&](const QWidget &field) {
        if (!isField(field)) return;
        const QVariant value = valueOf(field);
        if (value.isValid()) out.m_values.insert(field.objectName(), value);
    });
    return out;
}

void FieldValues::putInto(const QWidget &page) const
{
    eachField(page, [&](QWidget &field) {
        const auto value = isField(field) ? m_values.find(field.objectName()) : m_values.end();
        // Of buttons that exclude one another only the chosen one is pressed.
        const auto *button = qobject_cast<QAbstractButton *>(&field);
        const bool isOneOf = button && button->group() && button->group()->exclusive();
        if (value == m_values.end() || (isOneOf && !value->toBool())) return;
        setValue(field, *value);
    });
}

} // namespace kvscope
