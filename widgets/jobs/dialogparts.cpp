// DialogParts: sizes and looks, once.
#include "widgets/jobs/dialogparts.h"

#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace kvscope::dialogparts {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::DialogParts)
};

constexpr int kLeastWidth = 520;

} // namespace

QVBoxLayout *begin(QDialog *dialog, const char *objectName, const QString &title)
{
    dialog->setObjectName(QString::fromLatin1(objectName));
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    QLabel *top = heading(dialog, title);
    top->setMinimumWidth(kLeastWidth);
    layout->addWidget(top);
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
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setLook(label, "small");
    return label;
}

QLabel *complaint(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QStringLiteral("complaint"));
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
    button->setAutoDefault(true);
    setLook(button, look);
    row->addWidget(button);
    return button;
}

void fit(QWidget *dialog)
{
    QLayout *layout = dialog->layout();
    if (!layout) return;
    layout->activate();
    const int width = std::max(layout->totalSizeHint().width(), kLeastWidth);
    dialog->resize(width, layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                                      : layout->totalSizeHint().height());
    // What has grown stays on the screen.
    const QRect screen = dialog->screen()->availableGeometry();
    const QRect frame = dialog->frameGeometry();
    if (dialog->isVisible() && frame.bottom() > screen.bottom())
        dialog->move(frame.left(),
                     std::max(screen.top(), frame.top() - (frame.bottom() - screen.bottom())));
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
