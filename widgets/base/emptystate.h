// EmptyState: says what is not here and what to do next.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace kvscope {

class EmptyState : public QWidget
{
    Q_OBJECT

  public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// An empty `action` hides the button.
    void setContent(const QString &icon, const QString &title, const QString &text,
                    const QString &action = {});

  signals:
    void actionRequested();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void renewIcon();

    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_action;
    QString m_iconName;
};

} // namespace kvscope
