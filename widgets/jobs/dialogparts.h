// DialogParts: what the dialogs of the Jobs page are put together from.
#pragma once

#include <QDialog>

class QFormLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kvscope::dialogparts {

/// Gives `dialog` its margins, its title as a heading, and a layout for the rest.
QVBoxLayout *begin(QDialog *dialog, const char *objectName, const QString &title);
QLabel *heading(QWidget *parent, const QString &text);
/// A sentence in small print that wraps.
QLabel *hint(QWidget *parent, const QString &text);
/// What keeps the dialog from going on, in small print; empty.
QLabel *complaint(QWidget *parent);
/// Labels at the left, fields that take the width.
QFormLayout *form();
/// Return presses it where it has the focus, not the dialog's default.
QPushButton *button(QDialog *dialog, QHBoxLayout *row, const char *objectName, const QString &text,
                    const char *look);
/// Tab goes as the dialog reads, from the top down. Once all is in.
void orderTabs(QDialog *dialog);
/// As high as its sentences need it to be at its width. Once all is in, and whenever that changes.
void fit(QWidget *dialog);
/// A row of buttons at the right, Cancel first. The caller adds its own.
QHBoxLayout *buttons(QDialog *dialog);

} // namespace kvscope::dialogparts
