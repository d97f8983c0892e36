// FileField: a path to type, or to pick.
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace kvscope {

class FileField : public QWidget
{
    Q_OBJECT

  public:
    FileField(const QString &objectName, const QString &label, const QString &filter,
              QWidget *parent = nullptr);

    QString path() const;
    void setPath(const QString &path);

  signals:
    void edited();

  private:
    QLineEdit *m_edit;
    QToolButton *m_pick;
    QString m_filter;
};

} // namespace kvscope
