// SaveDialog: what a save will change, before it does. Enter writes, Escape does not.
#pragma once

#include "widgets/editor/diffview.h"

#include <QDialog>

namespace kvscope {

/// Opened with open(); accepted() means write. Deletes itself when closed.
class SaveDialog : public QDialog
{
    Q_OBJECT

  public:
    SaveDialog(const Bytes &key, std::shared_ptr<const DiffView::Content> changes,
               const QString &summary, QWidget *parent);
};

} // namespace kvscope
