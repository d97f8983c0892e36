// ShortcutsDialog: the shortcuts, grouped, with their keys; and the About box beside it.
#include "widgets/shortcutsdialog.h"

#include "widgets/actions.h"
#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::About)
};

QLayout *closeRow(QDialog *dialog, const QString &text)
{
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *close = new QPushButton(text, dialog);
    close->setObjectName(QStringLiteral("closeButton"));
    close->setDefault(true);
    row->addWidget(close);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    return row;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    // No least width of its own: it would be less than the list's, which a small screen then cuts.
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *heading = new QLabel(windowTitle(), this);
    setLook(heading, "heading");
    layout->addWidget(heading);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(40);
    layout->addLayout(columns);
    fill(columns);
    layout->addSpacing(4);
    layout->addLayout(closeRow(this, tr("Close")));
}

// In two columns, no group torn apart: one would be taller than a small screen.
void ShortcutsDialog::fill(QHBoxLayout *columns)
{
    const std::vector<Shortcut> all = shortcuts();
    QGridLayout *grid = nullptr;
    QString group;
    int row = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Shortcut &shortcut = all[i];
        if (shortcut.group != group) {
            group = shortcut.group;
            if (!grid || (columns->count() == 1 && i >= all.size() / 2)) {
                auto *column = new QVBoxLayout;
                grid = new QGridLayout;
                grid->setHorizontalSpacing(24);
                grid->setVerticalSpacing(6);
                grid->setColumnStretch(0, 1);
                column->addLayout(grid);
                column->addStretch(1);
                columns->addLayout(column);
                row = 0;
            }
            auto *title = new QLabel(group, this);
            setLook(title, "small");
            title->setContentsMargins(0, row ? 8 : 0, 0, 0);
            grid->addWidget(title, row++, 0, 1, 2);
        }
        grid->addWidget(new QLabel(shortcut.text, this), row, 0);
        auto *keys = new QLabel(shortcut.keys, this);
        setLook(keys, "chip");
        grid->addWidget(keys, row++, 1, Qt::AlignRight);
    }
}

void openAboutDialog(QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("aboutDialog"));
    dialog->setWindowTitle(Words::tr("About KV Scope"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(8);
    auto *heading = new QLabel(QStringLiteral("KV Scope " KVSCOPE_VERSION), dialog);
    setLook(heading, "heading");
    layout->addWidget(heading);
    for (const QString &text :
         {Words::tr(
              "Shows a cache from the inside, proves whether it is right, measures how well it "
              "works, and changes it safely."),
          Words::tr("Free software under the GNU General Public License, version 3 or later. Built "
                    "with Qt %1, QCustomPlot, QScintilla and hiredis.")
              .arg(QString::fromLatin1(qVersion()))}) {
        auto *label = new QLabel(text, dialog);
        label->setWordWrap(true);
        label->setMinimumWidth(400);
        layout->addWidget(label);
    }
    layout->addSpacing(8);
    layout->addLayout(closeRow(dialog, Words::tr("Close")));
    dialog->open();
}

} // namespace kvscope
