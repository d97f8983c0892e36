// ShortcutsDialog: the shortcuts, grouped, with their keys.
#pragma once

#include <QDialog>

class QHBoxLayout;

namespace kvscope {

/// Opened with open(); deletes itself when closed.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit ShortcutsDialog(QWidget *parent = nullptr);

  private:
    void fill(QHBoxLayout *columns);
};

/// What the program is, its version and licence.
void openAboutDialog(QWidget *parent);

} // namespace kvscope
