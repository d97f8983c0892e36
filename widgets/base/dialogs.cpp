// Dialogs: questions to the person, asked with open() and answered by a callback.
#include "widgets/base/dialogs.h"

#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Dialogs)
};

/// A dialog with its heading and text in place; the caller adds fields and buttons.
struct Sheet
{
    QDialog *dialog;
    QVBoxLayout *layout;
    QHBoxLayout *buttons;

    Sheet(QWidget *parent, const QString &objectName, const QString &title, const QString &text)
        : dialog(new QDialog(parent)), layout(new QVBoxLayout(dialog)), buttons(new QHBoxLayout)
    {
        dialog->setObjectName(objectName);
        dialog->setWindowTitle(title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setMinimumWidth(400);
        layout->setContentsMargins(24, 20, 24, 20);
        layout->setSpacing(12);
        auto *heading = new QLabel(title, dialog);
        heading->setWordWrap(true);
        setLook(heading, "heading");
        layout->addWidget(heading);
        if (!text.isEmpty()) {
            auto *body = new QLabel(text, dialog);
            body->setObjectName(QStringLiteral("dialogText"));
            body->setWordWrap(true);
            body->setTextFormat(Qt::PlainText);
            body->setMaximumWidth(560);
            body->setTextInteractionFlags(Qt::TextSelectableByMouse);
            layout->addWidget(body);
        }
        buttons->setSpacing(8);
        buttons->addStretch(1);
    }

    QPushButton *addButton(const QString &objectName, const QString &text, const char *look)
    {
        auto *button = new QPushButton(text, dialog);
        button->setObjectName(objectName);
        button->setAutoDefault(false);
        if (look) setLook(button, look);
        buttons->addWidget(button);
        return button;
    }

    QPushButton *addCancel()
    {
        auto *cancel = addButton(QStringLiteral("cancelButton"), Words::tr("Cancel"), nullptr);
        QObject::connect(cancel, &QPushButton::clicked, dialog, &QDialog::reject);
        return cancel;
    }

    void open()
    {
        layout->addSpacing(4);
        layout->addLayout(buttons);
        dialog->open();
    }
};

QLineEdit *addField(Sheet &sheet, const QString &label, const QString &objectName)
{
    auto *caption = new QLabel(label, sheet.dialog);
    caption->setWordWrap(true);
    setLook(caption, "muted");
    auto *field = new QLineEdit(sheet.dialog);
    field->setObjectName(objectName);
    // A key of 64 KiB, each byte written \xHH, is longer than Qt's own limit.
    field->setMaxLength(1 << 20);
    caption->setBuddy(field);
    sheet.layout->addWidget(caption);
    sheet.layout->addWidget(field);
    field->setFocus();
    return field;
}

void openFileDialog(QFileDialog *dialog, std::function<void(QString)> chosen)
{
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog,
                     [chosen = std::move(chosen)](const QString &path) { chosen(path); });
    dialog->open();
}

} // namespace

void askConfirmation(QWidget *parent, const Question &question, std::function<void(bool)> answered)
{
    Sheet sheet(parent, question.objectName, question.title, question.text);
    QLineEdit *typed = nullptr;
    if (!question.typeToConfirm.isEmpty())
        typed = addField(sheet, Words::tr("Type “%1” to confirm").arg(question.typeToConfirm),
                         QStringLiteral("confirmField"));
    QPushButton *cancel = sheet.addCancel();
    QPushButton *confirm = sheet.addButton(QStringLiteral("confirmButton"), question.confirmText,
                                           question.destructive ? "danger" : "primary");
    if (typed) {
        confirm->setEnabled(false);
        QObject::connect(typed, &QLineEdit::textChanged, confirm,
                         [confirm, wanted = question.typeToConfirm](const QString &text) {
                             confirm->setEnabled(text == wanted);
                         });
    }
    // Enter must not destroy anything that was not looked at.
    QPushButton *preset = question.destructive ? cancel : confirm;
    preset->setDefault(true);
    // But it presses the button that Tab led to.
    cancel->setAutoDefault(true);
    confirm->setAutoDefault(true);
    if (!typed) preset->setFocus();
    QObject::connect(confirm, &QPushButton::clicked, sheet.dialog, &QDialog::accept);
    QObject::connect(
        sheet.dialog, &QDialog::finished, sheet.dialog,
        [answered = std::move(answered)](int result) { answered(result == QDialog::Accepted); });
    sheet.open();
}

void askChoice(QWidget *parent, const Question &question, const QStringList &choices,
               std::function<void(int)> answered)
{
    Sheet sheet(parent, question.objectName, question.title, question.text);
    sheet.addCancel();
    for (int i = 0; i < choices.size(); ++i) {
        const bool last = i == choices.size() - 1;
        auto *button = sheet.addButton(QStringLiteral("choice%1").arg(i), choices[i],
                                       !last                  ? nullptr
                                       : question.destructive ? "danger"
                                                              : "primary");
        if (last && !question.destructive) {
            button->setDefault(true);
            button->setFocus();
        }
        QObject::connect(button, &QPushButton::clicked, sheet.dialog,
                         [dialog = sheet.dialog, i] { dialog->done(QDialog::Accepted + i); });
    }
    QObject::connect(sheet.dialog, &QDialog::finished, sheet.dialog,
                     [answered = std::move(answered)](int result) {
                         answered(result == QDialog::Rejected ? -1 : result - QDialog::Accepted);
                     });
    sheet.open();
}

void askText(QWidget *parent, const TextQuestion &question, std::function<void(QString)> answered)
{
    Sheet sheet(parent, question.objectName, question.title, {});
    QLineEdit *field = addField(sheet, question.label, QStringLiteral("textField"));
    auto *complaint = new QLabel(sheet.dialog);
    complaint->setObjectName(QStringLiteral("complaint"));
    complaint->setWordWrap(true);
    setLook(complaint, "small");
    sheet.layout->addWidget(complaint);
    sheet.addCancel();
    auto *confirm =
        sheet.addButton(QStringLiteral("confirmButton"), question.confirmText, "primary");
    confirm->setDefault(true);

    const auto judge = [confirm, complaint, check = question.complaint](const QString &text) {
        const QString wrong = check ? check(text) : QString();
        complaint->setText(wrong);
        confirm->setEnabled(wrong.isEmpty());
    };
    QObject::connect(field, &QLineEdit::textChanged, confirm, judge);
    field->setText(question.initial);
    field->selectAll();
    judge(question.initial);
    QObject::connect(confirm, &QPushButton::clicked, sheet.dialog, &QDialog::accept);
    QObject::connect(sheet.dialog, &QDialog::accepted, field,
                     [field, answered = std::move(answered)] { answered(field->text()); });
    sheet.open();
}

void askOpenFile(QWidget *parent, const QString &title, const QString &filter,
                 std::function<void(QString)> chosen)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openFileDialog(dialog, std::move(chosen));
}

void askSaveFile(QWidget *parent, const QString &title, const QString &suggested,
                 const QString &filter, std::function<void(QString)> chosen)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggested);
    openFileDialog(dialog, std::move(chosen));
}

} // namespace kvscope
