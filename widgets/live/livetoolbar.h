// LiveToolbar: what is shown of the Live page's time, and what can be taken from it.
#pragma once

#include "core/metrics/metrichistory.h"

#include <QWidget>

class QActionGroup;
class QLabel;
class QPushButton;

namespace kvscope {

class TimeAxis;

/// Requires: the axis outlives it.
class LiveToolbar : public QWidget
{
    Q_OBJECT

  public:
    explicit LiveToolbar(TimeAxis &axis, QWidget *parent = nullptr);

    void setFamily(LatencyFamily family);

  signals:
    void familyChosen(kvscope::LatencyFamily family);
    void pictureRequested();
    void tableRequested();

  private:
    void buildSpans();
    void buildFamilies();
    void buildExport();
    void showTimes();
    void showMode();

    TimeAxis &m_axis;
    QPushButton *m_span;
    QPushButton *m_pause;
    QPushButton *m_follow;
    QLabel *m_times;
    QPushButton *m_family;
    QPushButton *m_export;
    QActionGroup *m_spans;
    QActionGroup *m_families;
};

} // namespace kvscope
