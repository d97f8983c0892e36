// BindingEditor: a binding as fields, with the entries it would make beside them.
#pragma once

#include "core/async/lifetime.h"
#include "widgets/jobs/jobdesk.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTimer;

namespace kvscope {

class BindingForm;
class PreviewPanel;
class SourceBrowser;

/// Fields and text say the same: whichever is edited writes the other. Saved through the desk's
/// folder. Requires: the desk outlives it.
class BindingEditor : public QWidget
{
    Q_OBJECT

  public:
    /// An item without a path is a new binding.
    BindingEditor(JobDesk &desk, const std::optional<BindingShelf::Item> &item,
                  QWidget *parent = nullptr);

    bool isDirty() const { return m_dirty; }
    /// Where it was saved; empty: it was not.
    const QString &savedPath() const { return m_savedPath; }

  signals:
    void closed();

  protected:
    void keyPressEvent(QKeyEvent *event) override;

  private:
    void build();
    void takeForm();
    void takeText();
    void judge();
    void preview();
    void save();
    void askClose();
    void propose(const SourceTable &table);
    void showProblem(const Error &error, const QString &member);
    void setText(const Bytes &json);

    JobDesk &m_desk;
    QString m_path;
    QString m_folder; ///< relative sources lie there
    QString m_savedPath;
    QLabel *m_title;
    QLabel *m_problem;
    QPushButton *m_cancel;
    QPushButton *m_save;
    BindingForm *m_form;
    QTabWidget *m_tabs;
    PreviewPanel *m_preview;
    SourceBrowser *m_browser;
    QPlainTextEdit *m_text;
    QTimer *m_later; ///< a preview once the person stops typing
    bool m_dirty = false;
    bool m_writing = false; ///< one side is being set from the other
    bool m_isValid = false;
    Lifetime m_lifetime;
};

} // namespace kvscope
