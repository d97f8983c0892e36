// The diff, a sentence on how it is written, and two buttons.
#include "widgets/editor/savedialog.h"

#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {

SaveDialog::SaveDialog(const Bytes &key, std::shared_ptr<const DiffView::Content> changes,
                       const QString &summary, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("saveDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save changes"));
    auto *heading = new QLabel(tr("Save these changes?"), this);
    setLook(heading, "heading");
    const QString name = QString::fromStdString(escapeBytes(key));
    auto *keyLabel = new QLabel(this);
    setLook(keyLabel, "mono");
    keyLabel->setTextFormat(Qt::PlainText);
    keyLabel->setText(fontMetrics().elidedText(name, Qt::ElideMiddle, 600));
    keyLabel->setToolTip(name.left(1000));
    auto *view = new DiffView(this);
    view->show(std::move(changes));
    auto *note = new QLabel(summary, this);
    note->setObjectName(QStringLiteral("saveSummary"));
    note->setWordWrap(true);
    setLook(note, "muted");
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    cancel->setAutoDefault(false);
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("confirmButton"));
    setLook(save, "primary");
    save->setDefault(true);
    save->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);

    auto *frame = new QFrame(this);
    setLook(frame, "card");
    auto *inside = new QVBoxLayout(frame);
    inside->setContentsMargins(1, 4, 1, 4);
    inside->addWidget(view);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(note, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(keyLabel);
    layout->addWidget(frame, 1);
    layout->addLayout(buttons);
    resize(720, 440);
}

} // namespace kvscope
