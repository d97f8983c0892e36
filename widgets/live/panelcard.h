// PanelCard: a titled card of figures in the Live page's side column.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace kvscope {

class PanelCard : public QFrame
{
    Q_OBJECT

  public:
    PanelCard(const QString &objectName, const QString &title, QWidget *parent = nullptr);

  protected:
    /// A name to the left, a figure to the right, a faint line below. Returns the figure.
    QLabel *addRow(const QString &objectName, const QString &name);
    /// Gives a row another name; by its figure.
    static void rename(QLabel *figure, const QString &name);
    /// A muted sentence over the whole width.
    QLabel *addSentence(const QString &objectName);

    QHBoxLayout *head() const { return m_head; }
    QVBoxLayout *body() const { return m_body; }

  private:
    QHBoxLayout *m_head;
    QVBoxLayout *m_body;
};

} // namespace kvscope
