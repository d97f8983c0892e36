// ReportDialog: what a run was asked and what came of it, to read and to take along.
#pragma once

#include "core/jobs/runreport.h"

#include <QDialog>

namespace kvscope {

class ReportDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit ReportDialog(const RunRecord &record, QWidget *parent = nullptr);

  signals:
    void exportRequested(kvscope::ReportFormat format);
    /// The run's differences, in the page.
    void showRequested();
};

} // namespace kvscope
