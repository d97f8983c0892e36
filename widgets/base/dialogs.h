// Dialogs: questions to the person, asked with open() and answered by a callback, never exec().
// Tests find each by its object name and click; nothing is answered behind their back.
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace kvscope {

struct Question
{
    QString objectName; ///< for tests, e.g. "confirmDelete"
    QString title{};
    QString text{};
    QString confirmText{}; ///< the verb on the button, e.g. tr("Delete")
    bool destructive = false;
    QString typeToConfirm{}; ///< if set, the button is enabled once this was typed
};

/// `answered(true)` for the confirm button, false for anything else. Dropped if `parent` dies
/// first.
void askConfirmation(QWidget *parent, const Question &question, std::function<void(bool)> answered);

/// A choice of several buttons; `answered(index)`, or -1 when dismissed.
void askChoice(QWidget *parent, const Question &question, const QStringList &choices,
               std::function<void(int)> answered);

struct TextQuestion
{
    QString objectName{};
    QString title{};
    QString label{};
    QString initial{};
    QString confirmText{};
    std::function<QString(const QString &)> complaint{}; ///< what is wrong with the text, or empty
};

/// Called with the text when confirmed; not at all when dismissed.
void askText(QWidget *parent, const TextQuestion &question, std::function<void(QString)> answered);

/// File dialogs through the same seam: called with the path when one was chosen.
void askOpenFile(QWidget *parent, const QString &title, const QString &filter,
                 std::function<void(QString)> chosen);
void askSaveFile(QWidget *parent, const QString &title, const QString &suggested,
                 const QString &filter, std::function<void(QString)> chosen);

} // namespace kvscope
