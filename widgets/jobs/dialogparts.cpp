// DialogParts: sizes and looks, once.
#include "widgets/jobs/dialogparts.h"

#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope::dialogparts {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::DialogParts)
};

constexpr int kLeastWidth = 540;

} // namespace

QVBoxLayout *begin(QDialog *dialog, const char *objectName, const QString &title)
{
    dialog->setObjectName(QString::fromLatin1(objectName));
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setMinimumWidth(kLeastWidth);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    // What a fold hides and shows makes the dialog as high as it needs to be.
    layout->setSizeConstraint(QLayout::SetMinAndMaxSize);
    layout->addWidget(heading(dialog, title));
    return layout;
}

QLabel *heading(QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setLook(label, "heading");
    return label;
}

QLabel *hint(QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setLook(label, "small");
    return label;
}

QFormLayout *form()
{
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return rows;
}

QPushButton *button(QDialog *dialog, QHBoxLayout *row, const char *objectName, const QString &text,
                    const char *look)
{
    auto *button = new QPushButton(text, dialog);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAutoDefault(false);
    setLook(button, look);
    row->addWidget(button);
    return button;
}

QHBoxLayout *buttons(QDialog *dialog)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    QPushButton *cancel = button(dialog, row, "cancelButton", Words::tr("Cancel"), "");
    QObject::connect(cancel, &QPushButton::clicked, dialog, &QDialog::reject);
    return row;
}

} // namespace kvscope::dialogparts
