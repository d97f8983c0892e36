// BindingForm: a binding's members as fields, each with what is wrong with it right below.
#pragma once

#include <QJsonObject>
#include <QWidget>

#include <map>

class QButtonGroup;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace kvscope {

/// Knows the file's members and nothing of sources. UI thread.
class BindingForm : public QWidget
{
    Q_OBJECT

  public:
    explicit BindingForm(QWidget *parent = nullptr);

    /// The fields as the file's object, whether it is valid or not.
    QJsonObject object() const;
    void setObject(const QJsonObject &object);
    /// A sentence below the field of that member; of one it doesn't know: false.
    bool showProblem(const QString &member, const QString &sentence);
    void clearProblems();
    /// What the connection test said; `good` in green.
    void showConnection(const QString &sentence, bool good);
    QString source() const;
    /// Whether its button has the focus.
    bool isAtTest() const;

  signals:
    void edited();
    void testRequested();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    struct Row
    {
        QLabel *label;
        QWidget *field;
        QLabel *problem;
    };

    void orderTabs();
    QLineEdit *addLine(const QString &member, const char *objectName, const char *look = nullptr);
    void addRow(const QString &member, QWidget *field, QWidget *shown);
    void markBad(QWidget *field, bool bad);
    void retranslate();
    bool isString() const;

    QGridLayout *m_grid;
    std::map<QString, Row> m_rows; // by member
    QLineEdit *m_name, *m_source, *m_order, *m_key, *m_columns, *m_version, *m_versionField,
        *m_seconds, *m_jitter, *m_least;
    QPlainTextEdit *m_query;
    QLineEdit *m_lookup;
    QLineEdit *m_etcd;
    QButtonGroup *m_type;
    QPushButton *m_test;
    QLabel *m_connection;
    QJsonObject m_rest; ///< members that have no field
};

} // namespace kvscope
