// FileField: a path to type, or to pick.
#include "widgets/connect/filefield.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace kvscope {

FileField::FileField(const QString &objectName, const QString &label, const QString &filter,
                     QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_pick(new QToolButton(this)), m_filter(filter)
{
    m_edit->setObjectName(objectName);
    m_edit->setAccessibleName(label);
    m_pick->setIcon(strokeIcon(QStringLiteral("folder")));
    m_pick->setToolTip(tr("Choose a file…"));
    m_pick->setAccessibleName(tr("Choose a file"));
    setLook(m_pick, "framed");
    setFocusProxy(m_edit);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_pick);
    connect(m_edit, &QLineEdit::textEdited, this, &FileField::edited);
    connect(m_pick, &QToolButton::clicked, this, [this] {
        askOpenFile(this, tr("Choose a file"), m_filter, [this](const QString &chosen) {
            setPath(chosen);
            emit edited();
        });
    });
}

QString FileField::path() const
{
    return m_edit->text().trimmed();
}

void FileField::setPath(const QString &path)
{
    m_edit->setText(path);
}

} // namespace kvscope
