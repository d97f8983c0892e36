// LabPage: a language model whose KV cache can be watched, held and measured.
#pragma once

#include "core/labrun/lab.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace kvscope {

class CapacityView;
class DecodeView;
class EmptyState;
class ErrorBar;
class ExperimentView;
class LabJobs;
class ReplayView;

/// Requires: lab and jobs outlive it.
class LabPage : public QWidget
{
    Q_OBJECT

  public:
    LabPage(Lab &lab, LabJobs &jobs, QWidget *parent = nullptr);

    DecodeView &decoding() { return *m_decode; }
    ExperimentView &experiments() { return *m_experiments; }

    /// What the Export menu does once a path is chosen.
    enum class Figure : std::uint8_t {
        Page,
        Tokens,
        Divergence,
        Heat,
        Speed,
        Memory,
        Blocks,
        Experiments,
        Replay,
        Capacity,
        Run, ///< all of a generation's numbers, as JSON
    };
    void savePicture(Figure figure, const QString &path);
    /// Comma-separated; Run as JSON.
    void saveTable(Figure figure, const QString &path);

  signals:
    /// A file was written.
    void exported(const QString &path);

  protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    QWidget *buildHeader();
    // labpageexport.cpp
    void buildExport();
    void showExports();
    void addExport(QMenu &menu, const char *name, const QString &text, Figure figure,
                   void (LabPage::*ask)(Figure, const QString &), const QString &file);
    QByteArray tableOf(Figure figure) const;
    void buildCacheMenu();
    void addTab(const QString &objectName, const QString &name, QWidget *view);
    void addBlockJobs();
    void wireLab();
    void takeSnapshot();
    void showModel(const LabSnapshot &snapshot);
    void chooseModel();
    void askTable(Figure figure, const QString &suggested);
    void askPicture(Figure figure, const QString &suggested);
    void askRun(Figure figure, const QString &suggested);
    QWidget *widgetOf(Figure figure);
    void report(const QString &path, const QString &problem);

    Lab &m_lab;
    LabJobs &m_jobs;
    ErrorBar *m_errors;
    QPushButton *m_model;
    QLabel *m_shape;
    QButtonGroup *m_tabs;
    QWidget *m_tabRow;
    QPushButton *m_export;
    QStackedWidget *m_views;
    DecodeView *m_decode;
    ExperimentView *m_experiments;
    ReplayView *m_replay;
    CapacityView *m_capacity;
    EmptyState *m_empty;
    QStackedWidget *m_stack; ///< the views, or that there is no model
    bool m_wasShown = false;
    std::shared_ptr<const llm::Model> m_shownModel; ///< whose example was begun
    std::optional<Error> m_shownError;
    Lifetime m_lifetime;
};

} // namespace kvscope
