// PreviewPanel: the first rows as the entries they would become, beside what the store holds.
#pragma once

#include "core/async/lifetime.h"
#include "core/jobs/entrypreview.h"
#include "widgets/jobs/jobstarget.h"

#include <QWidget>

#include <stop_token>

class QLabel;

namespace kvscope {

class DifferenceTable;

/// Reads in the background; a newer binding takes the place of an older one. UI thread.
class PreviewPanel : public QWidget
{
    Q_OBJECT

  public:
    static constexpr std::size_t kRows = 12;

    explicit PreviewPanel(const JobsTarget &target, QWidget *parent = nullptr);
    ~PreviewPanel() override;

    void show(const Binding &binding);
    /// Nothing to show; why.
    void showNote(const QString &note);

  signals:
    /// What the source said of it; nothing: it is fine.
    void judged(const std::optional<kvscope::BindingProblem> &problem);

  private:
    void take(const Binding &binding, const std::shared_ptr<EntryPreview> &preview);
    void compare(const Binding &binding, const EntryPreview &preview, const BulkPage *page);
    void readStore(const Binding &binding, const std::shared_ptr<EntryPreview> &preview);

    JobsTarget m_target;
    DifferenceTable *m_table;
    QLabel *m_status;
    std::stop_source m_stop;
    Lifetime m_reading; // renewed with each binding
};

} // namespace kvscope
