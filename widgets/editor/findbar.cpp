// A field, two arrows and a note when nothing is found.
#include "widgets/editor/findbar.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/editor/codeeditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace kvscope {

FindBar::FindBar(CodeEditor *editor, QWidget *parent)
    : QFrame(parent), m_editor(editor), m_field(new QLineEdit(this)), m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("findBar"));
    setLook(this, "bar");
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    setLook(m_note, "small");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_note);
    const auto addButton = [&](const char *icon, auto action) {
        auto *button = new QToolButton(this);
        button->setIcon(strokeIcon(QString::fromLatin1(icon)));
        connect(button, &QToolButton::clicked, this, action);
        layout->addWidget(button);
        return button;
    };
    m_previous = addButton("chevron-up", [this] { find(false); });
    m_next = addButton("chevron-down", [this] { find(true); });
    m_close = addButton("close", [this] { end(); });
    retranslate();
    hide();
}

void FindBar::retranslate()
{
    m_field->setPlaceholderText(tr("Find in this value"));
    m_field->setAccessibleName(tr("Find in this value"));
    m_note->clear();
    const auto name = [](QToolButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_previous, tr("Previous match (Shift+Enter)"));
    name(m_next, tr("Next match (Enter, F3)"));
    name(m_close, tr("Close (Esc)"));
}

void FindBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void FindBar::begin()
{
    show();
    if (m_editor->hasSelectedText() && !m_editor->selectedText().contains(QLatin1Char('\n')))
        m_field->setText(m_editor->selectedText());
    m_field->selectAll();
    m_field->setFocus();
}

void FindBar::findNext()
{
    m_field->text().isEmpty() ? begin() : find(true);
}

void FindBar::find(bool forward)
{
    const auto direction =
        forward ? CodeEditor::Direction::Forward : CodeEditor::Direction::Backward;
    const bool found = m_editor->findText(m_field->text(), direction);
    m_note->setText(found || m_field->text().isEmpty() ? QString() : tr("Not found"));
}

void FindBar::end()
{
    hide();
    m_editor->setFocus();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) return end(), true;
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        return find(!(key->modifiers() & Qt::ShiftModifier)), true;
    return QFrame::eventFilter(watched, event);
}

} // namespace kvscope
