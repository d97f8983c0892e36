// ConnectForm: the fields that make a profile and, beside it, a password that is never kept.
#pragma once

#include "core/config/profiles.h"
#include "core/redis/endpoint.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace kvscope {

class FileField;

class ConnectForm : public QWidget
{
    Q_OBJECT

  public:
    explicit ConnectForm(QWidget *parent = nullptr);

    void setProfile(const Profile &profile);
    Profile profile() const;
    QString password() const;
    enum class Mark : std::uint8_t { Ordinary, Production };
    /// As if it had been ticked, without edited().
    void setMark(Mark mark);

    /// What keeps the fields from being a connection, for people; empty: nothing. Marks the field.
    QString complaint();
    /// False while the URL line holds something the fields could not take: they are then another
    /// server's, and the line says why.
    bool isUrlTaken() const { return m_urlProblem.isEmpty(); }
    void focusFirst();

  signals:
    /// The person changed something.
    void edited();

  private:
    enum class Kind : std::uint8_t { Engine, Tcp, Tls, Unix };

    QWidget *makeKinds();
    QWidget *makeColors();
    void makeServerRows();
    void makeProfileRows();
    QLineEdit *makeField(const char *objectName, const QString &label);
    Kind kind() const;
    void setKind(Kind kind);
    void showRows();
    void takeUrl(const QString &url);
    void hidePassword();
    void judgeUrl();
    void fillFrom(const QString &url);
    void takePassword(const Endpoint &from);
    void nameField(QWidget *row, QLineEdit *field);
    QString urlFromFields() const;
    Endpoint endpoint() const;
    void noteEdited();
    void clearMarks();
    QString complain(QLineEdit *field, const QString &sentence);

    QFormLayout *m_rows;
    QLineEdit *m_url;
    QLabel *m_urlError;
    QString m_urlProblem;          ///< why the fields are not what the URL line says
    qsizetype m_urlLength = 0;     ///< before the last change: a paste changes more than a key
    bool m_urlHadPassword = false; ///< the last URL taken named one itself
    QButtonGroup *m_kinds;
    QLineEdit *m_host, *m_port, *m_path, *m_database, *m_user, *m_password;
    FileField *m_ca, *m_certificate, *m_key;
    QLineEdit *m_serverName;
    QLineEdit *m_memory;
    QComboBox *m_policy;
    QLineEdit *m_name, *m_delimiter;
    QButtonGroup *m_colors;
    QCheckBox *m_readOnly, *m_production;
};

} // namespace kvscope
