// AdvancedFold: fields that most people never need, folded away, each with the verb's flag.
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;

namespace kvscope {

/// Closed until it is opened by a click or the space bar. Makes its dialog higher when it opens.
class AdvancedFold : public QWidget
{
    Q_OBJECT

  public:
    explicit AdvancedFold(QWidget *parent = nullptr);

    /// A field with its name and, at the right, the flag that the verb has for it ("--wait");
    /// `meaning` is its tooltip.
    void addRow(const QString &name, QWidget *field, const QString &flag, const QString &meaning);
    /// Something as wide as the fold, below the rows so far.
    void addWide(QWidget *shown);
    bool isOpen() const;

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    void toggle();

    QToolButton *m_button;
    QWidget *m_body;
    QFormLayout *m_rows;
};

} // namespace kvscope
