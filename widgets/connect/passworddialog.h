// PasswordDialog: asks for what a server wants before it answers; kept in memory alone.
#pragma once

#include <QDialog>

class QLineEdit;

namespace kvscope {

class Error;

/// Opened with open(); deletes itself when closed.
class PasswordDialog : public QDialog
{
    Q_OBJECT

  public:
    PasswordDialog(const Error &reason, const QString &user, QWidget *parent = nullptr);

  signals:
    void entered(const QString &user, const QString &password);

  private:
    QLineEdit *m_user;
    QLineEdit *m_password;
};

} // namespace kvscope
