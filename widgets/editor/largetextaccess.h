// LargeTextAccess: what a screen reader is told of a text editor that holds a large text.
#pragma once

#include <QAccessibleWidget>

namespace kvscope {

class CodeEditor;

/// QScintilla's own interface knows every character by its number, and counts all those before the
/// caret at each repaint: 20–40 ms in the midst of 10 MB. This one reads out the caret's line.
class LargeTextAccess : public QAccessibleWidget
{
  public:
    explicit LargeTextAccess(CodeEditor *editor);
    QString text(QAccessible::Text kind) const override;

    /// Has it stand in for QScintilla's wherever a CodeEditor isLarge(). Once is enough.
    static void install();
    /// Has the one that fits made when it is asked for next.
    static void renew(CodeEditor *editor);
};

} // namespace kvscope
