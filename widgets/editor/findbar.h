// FindBar: find within the text of the open value.
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

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

  private:
    void find(bool forward);
    void end();

    CodeEditor *m_editor;
    QLineEdit *m_field;
    QLabel *m_note;
};

} // namespace kvscope
