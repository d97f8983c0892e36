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

    /// What keeps the fields from being a connection, for people; empty: nothing. Marks the field.
    QString complaint();
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
    void fillFrom(const QString &url);
    QString urlFromFields() const;
    Endpoint endpoint() const;
    void noteEdited();
    QString complain(QLineEdit *field, const QString &sentence);

    QFormLayout *m_rows;
    QLineEdit *m_url;
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
