// SideSection: one titled stretch of the lab's side column, a line below its title.
#pragma once

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace kvscope {

class SideSection : public QFrame
{
    Q_OBJECT

  public:
    SideSection(const QString &objectName, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// To the right of the title.
    void setNote(const QString &note);
    QString note() const;
    QVBoxLayout *body() const { return m_body; }

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QWidget *m_head;
    QLabel *m_title;
    QLabel *m_note;
    QVBoxLayout *m_body;
};

} // namespace kvscope
