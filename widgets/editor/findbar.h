// FindBar: find within the text of the open value.
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace kvscope {

class CodeEditor;

/// Hidden until begin(). Enter and F3 find the next, Shift+Enter the previous, Escape closes.
class FindBar : public QFrame
{
    Q_OBJECT

  public:
    FindBar(CodeEditor *editor, QWidget *parent);
    void begin();
    void findNext();

  protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void find(bool forward);
    void end();

    CodeEditor *m_editor;
    QLineEdit *m_field;
    QLabel *m_note;
    QToolButton *m_previous, *m_next, *m_close;
};

} // namespace kvscope
