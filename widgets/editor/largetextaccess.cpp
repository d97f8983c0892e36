// LargeTextAccess: made by a factory that is asked before QScintilla's.
#include "widgets/editor/largetextaccess.h"

#include "widgets/editor/codeeditor.h"

namespace kvscope {
namespace {

QAccessibleInterface *make(const QString &className, QObject *object)
{
    if (className != QLatin1String(CodeEditor::staticMetaObject.className())) return nullptr;
    auto *editor = static_cast<CodeEditor *>(object);
    return editor->isLarge() ? new LargeTextAccess(editor) : nullptr;
}

} // namespace

LargeTextAccess::LargeTextAccess(CodeEditor *editor)
    : QAccessibleWidget(editor, QAccessible::EditableText)
{}

QString LargeTextAccess::text(QAccessible::Text kind) const
{
    if (kind != QAccessible::Value) return QAccessibleWidget::text(kind);
    const auto *editor = static_cast<const CodeEditor *>(widget());
    return editor->text(editor->caretLine() - 1);
}

void LargeTextAccess::install()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(installed)
}

void LargeTextAccess::renew(CodeEditor *editor)
{
    if (QAccessibleInterface *old = QAccessible::queryAccessibleInterface(editor))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(old));
}

} // namespace kvscope
