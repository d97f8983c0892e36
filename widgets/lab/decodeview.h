// DecodeView: one generation as it goes: tokens, heat map, speed and memory, blocks and prefixes.
#pragma once

#include "core/labrun/lab.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QScrollArea;
class QTimer;
class QTableView;
class QTreeWidget;

namespace kvscope {

class BlockMap;
class CellPanel;
class DivergenceCurve;
class ExperimentModel;
class FigureText;
class HeatMap;
class LabChart;
class LabControls;
class OriginLegend;
class SideSection;
class TokenStrip;

/// Requires: the lab outlives it.
class DecodeView : public QWidget
{
    Q_OBJECT

  public:
    explicit DecodeView(Lab &lab, QWidget *parent = nullptr);

    void takeSnapshot();
    /// Starts what the fields say.
    void generate();
    /// The first visit's: a prompt with something to remember.
    void generateExample();

    /// What was measured of the policies, beside the decoding; hidden while nothing was.
    void showExperiments(ExperimentModel &model);

    LabControls &controls() { return *m_controls; }
    HeatMap &heatMap() { return *m_heat; }
    LabChart &speedChart() { return *m_speed; }
    LabChart &memoryChart() { return *m_memory; }
    QWidget &texts() { return *m_texts; }
    DivergenceCurve &divergence() { return *m_divergence; }
    BlockMap &blocks() { return *m_blocks; }

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    QWidget *buildTexts();
    QWidget *buildHeat();
    QWidget *buildSide();
    void buildPrefixes();
    void wire();
    void wireSide();
    void showTexts(const LabSnapshot &snapshot);
    void showLegend(const LabSnapshot &snapshot);
    QString differenceText(const LabSnapshot &snapshot) const;
    QString blocksText(const LabSnapshot &snapshot) const;
    void showHeatTexts(const LabSnapshot &snapshot);
    void showSide(const LabSnapshot &snapshot);
    void showPrefixes(const LabSnapshot &snapshot);
    void showCharts();
    void showSpeed(const LabSnapshot &snapshot);
    void showMemory(const LabSnapshot &snapshot);
    void togglePin(int index);
    void showSecondLevel();
    /// A long name must not widen the side.
    void fitSecondLevel();

    Lab &m_lab;
    LabControls *m_controls;
    QWidget *m_texts;
    FigureText *m_caption;
    TokenStrip *m_tokens;
    QWidget *m_beside; ///< the comparison's text
    FigureText *m_otherCaption;
    TokenStrip *m_otherTokens;
    DivergenceCurve *m_divergence;
    OriginLegend *m_legend;
    FigureText *m_difference;
    HeatMap *m_heat;
    FigureText *m_heatText;
    QButtonGroup *m_kinds;
    FigureText *m_sinks;
    LabChart *m_speed;
    LabChart *m_memory;
    QScrollArea *m_side;
    CellPanel *m_cell;
    SideSection *m_blockSection;
    BlockMap *m_blocks;
    QLabel *m_blockText;
    SideSection *m_prefixSection;
    QTreeWidget *m_prefixes;
    QCheckBox *m_second; ///< whether the connected store is the second level
    QComboBox *m_expiry; ///< of the blocks' entries
    std::shared_ptr<const PrefixRows> m_shownPrefixes;
    SideSection *m_policySection;
    QTableView *m_policies;
    QTimer *m_chartTime;
    bool m_isMemoryNext = false; ///< of the two charts, each tick draws one
};

} // namespace kvscope
