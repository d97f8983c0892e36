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

// What takes the focus by Tab, in the order in which it was put there.
void collect(const QLayout *layout, QList<QWidget *> &order)
{
    for (int i = 0; i < layout->count(); ++i) {
        if (QWidget *widget = layout->itemAt(i)->widget()) {
            if (widget->focusPolicy() & Qt::TabFocus) order << widget;
            if (widget->layout()) collect(widget->layout(), order);
        } else if (QLayout *inner = layout->itemAt(i)->layout()) {
            collect(inner, order);
        }
    }
}

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

void orderTabs(QDialog *dialog)
{
    QList<QWidget *> order;
    collect(dialog->layout(), order);
    for (qsizetype i = 1; i < order.size(); ++i) QWidget::setTabOrder(order[i - 1], order[i]);
}

void fit(QWidget *dialog)
{
    QLayout *layout = dialog->layout();
    if (!layout) return;
    // Before it is shown its texts have not the size yet that their look gives them.
    for (const QWidget *each : dialog->findChildren<QWidget *>()) each->ensurePolished();
    const auto take = [&] {
        layout->activate();
        const int width = std::max(layout->totalSizeHint().width(), kLeastWidth);
        dialog->resize(width, layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                                          : layout->totalSizeHint().height());
        layout->setGeometry(dialog->contentsRect()); // also before it is shown
    };
    take();
    // A form gives each sentence the lines that it would need in a width of its own liking.
    for (QLabel *label : dialog->findChildren<QLabel *>())
        if (label->wordWrap() && !label->text().isEmpty() && label->isVisibleTo(dialog))
            label->setFixedHeight(label->heightForWidth(label->width()));
    take();
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
