// AdvancedFold: fields that most people never need, folded away, each with the verb's flag.
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;

namespace kvscope {

/// Closed until it is opened by a click or the space bar, or a field in it is not as it was.
class AdvancedFold : public QWidget
{
    Q_OBJECT

  public:
    explicit AdvancedFold(QWidget *parent = nullptr);

    /// A field with its name; `meaning` stands below it behind the flag that the verb has for it
    /// ("--wait").
    void addRow(const QString &name, QWidget *field, const QString &flag, const QString &meaning);
    /// Something as wide as the fold, below the rows so far.
    void addWide(QWidget *shown);
    void open();
    bool isOpen() const;

  private:
    QToolButton *m_button;
    QWidget *m_body;
    QFormLayout *m_rows;
};

} // namespace kvscope
