// SourceBrowser: tables and columns of a source, some of their rows, and a binding proposed.
#pragma once

#include "core/async/lifetime.h"
#include "core/binding/bindingpreview.h"

#include <QWidget>

#include <stop_token>

class QLabel;
class QPushButton;
class QTableWidget;
class QTreeWidget;

namespace kvscope {

/// Works in the background. UI thread.
class SourceBrowser : public QWidget
{
    Q_OBJECT

  public:
    explicit SourceBrowser(QWidget *parent = nullptr);
    ~SourceBrowser() override;

    /// Connects to `url` and lists what is there; connected() tells how it went.
    void open(const QString &url, const QString &folder);
    const QString &url() const { return m_url; }

  signals:
    void connected(const kvscope::Result<int> &tables);
    void proposed(const kvscope::SourceTable &table);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void take(Result<SourceSketch> sketch);
    void showSample();
    std::vector<int> columnsToShow(const BindingPreview &sample) const;
    void takeSample(const Result<BindingPreview> &sample);
    const SourceTable *chosen() const;
    void retranslate();

    QString m_url;
    QString m_folder;
    std::vector<SourceTable> m_tables;
    QTreeWidget *m_tree;
    QTableWidget *m_rows;
    QLabel *m_note;
    QPushButton *m_propose;
    std::stop_source m_stop;
    Lifetime m_connecting; // renewed with each source
    Lifetime m_sampling;   // renewed with each table
};

} // namespace kvscope
