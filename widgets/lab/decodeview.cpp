// DecodeView: putting it together, and hands.
#include "widgets/lab/decodeview.h"

#include "widgets/base/theme.h"
#include "widgets/lab/blockmap.h"
#include "widgets/lab/cellpanel.h"
#include "widgets/lab/divergencecurve.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/figuretext.h"
#include "widgets/lab/heatmap.h"
#include "widgets/lab/labchart.h"
#include "widgets/lab/labcontrols.h"
#include "widgets/lab/originlegend.h"
#include "widgets/lab/sidesection.h"
#include "widgets/lab/tokenstrip.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTimer>
#include <QTreeWidget>

#include <algorithm>

namespace kvscope {
namespace {

constexpr int kSideWidth = 366;
constexpr int kNarrowSideWidth = 272;
constexpr int kNarrow = 1200;
/// Margins, a scroll bar and the box.
constexpr int kBesideSecondName = 64;
constexpr int kStripHeight = 94;
constexpr int kLowStripHeight = 71;
constexpr int kLow = 640;
/// Of the smallest window with a message above the page.
constexpr int kVeryLow = 560;
/// Curves change slower than the eye follows; a replot costs as much as all the rest.
constexpr int kChartMs = 120;

} // namespace

DecodeView::DecodeView(Lab &lab, QWidget *parent)
    : QWidget(parent), m_lab(lab), m_controls(new LabControls(this)), m_texts(new QFrame(this)),
      m_caption(new FigureText(1, 11, FigureText::Ink::Muted)),
      m_tokens(new TokenStrip(TokenStrip::Shows::Session)), m_beside(new QWidget),
      m_otherCaption(new FigureText(1, 11, FigureText::Ink::Muted)),
      m_otherTokens(new TokenStrip(TokenStrip::Shows::Comparison)),
      m_divergence(new DivergenceCurve), m_legend(new OriginLegend),
      m_difference(new FigureText(2, 11, FigureText::Ink::Muted)), m_heat(new HeatMap(this)),
      m_heatText(new FigureText(1, 13, FigureText::Ink::Muted)), m_kinds(new QButtonGroup(this)),
      m_sinks(new FigureText(2, 11, FigureText::Ink::Muted)),
      m_speed(new LabChart(QStringLiteral("speedChart"), tr("Tokens per second"), ChartUnit::Rate,
                           {{tr("with the cache"), Tone::Accent, LabChart::Curve::Look::Filled},
                            {{}, Tone::Bad, LabChart::Curve::Look::Line},
                            {tr("memory roofline"), Tone::Muted, LabChart::Curve::Look::Dashed}},
                           this)),
      m_memory(new LabChart(QStringLiteral("labMemoryChart"), tr("Memory"), ChartUnit::Size,
                            {{tr("this cache"), Tone::Accent, LabChart::Curve::Look::Filled},
                             {{}, Tone::Purple, LabChart::Curve::Look::Line},
                             {tr("formula, full f32"), Tone::Muted, LabChart::Curve::Look::Dashed}},
                            this)),
      m_side(new QScrollArea(this)), m_cell(new CellPanel),
      m_blockSection(new SideSection(QStringLiteral("blockSection"), tr("Blocks"))),
      m_blocks(new BlockMap), m_blockText(new QLabel),
      m_prefixSection(new SideSection(QStringLiteral("prefixSection"), tr("Prefixes"))),
      m_prefixes(new QTreeWidget), m_second(new QCheckBox), m_expiry(new QComboBox),
      m_policySection(new SideSection(QStringLiteral("policySection"), tr("Policies"))),
      m_policies(new QTableView), m_chartTime(new QTimer(this))
{
    setObjectName(QStringLiteral("decodeView"));
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_controls);
    left->addWidget(buildTexts());
    auto *figures = new QVBoxLayout;
    figures->setContentsMargins(12, 10, 12, 10);
    figures->setSpacing(10);
    figures->addWidget(buildHeat(), 3);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(10);
    charts->addWidget(m_speed, 1);
    charts->addWidget(m_memory, 1);
    figures->addLayout(charts, 2);
    left->addLayout(figures, 1);
    columns->addLayout(left, 1);
    columns->addWidget(buildSide());
    m_chartTime->setSingleShot(true);
    m_chartTime->setInterval(kChartMs);
    wire();
    wireSide();
}

QWidget *DecodeView::buildTexts()
{
    m_texts->setObjectName(QStringLiteral("labTexts"));
    setLook(m_texts, "bar");
    m_caption->setObjectName(QStringLiteral("textCaption"));
    m_otherCaption->setObjectName(QStringLiteral("otherCaption"));
    m_legend->setObjectName(QStringLiteral("originLegend"));
    m_difference->setObjectName(QStringLiteral("firstDifference"));
    auto *layout = new QVBoxLayout(m_texts);
    layout->setContentsMargins(14, 8, 12, 6);
    layout->setSpacing(4);
    auto *pair = new QHBoxLayout;
    pair->setSpacing(14);
    auto *first = new QVBoxLayout;
    first->setSpacing(2);
    first->addWidget(m_caption);
    first->addWidget(m_tokens);
    pair->addLayout(first, 1);
    auto *second = new QVBoxLayout(m_beside);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(2);
    second->addWidget(m_otherCaption);
    second->addWidget(m_otherTokens);
    pair->addWidget(m_beside, 1);
    layout->addLayout(pair);
    layout->addWidget(m_divergence);
    auto *legend = new QHBoxLayout;
    legend->setSpacing(16);
    legend->addWidget(m_legend, 0, Qt::AlignTop);
    legend->addWidget(m_difference, 1, Qt::AlignTop);
    layout->addLayout(legend);
    for (QWidget *hidden : std::initializer_list<QWidget *>{m_caption, m_beside, m_divergence})
        hidden->hide();
    return m_texts;
}

QWidget *DecodeView::buildHeat()
{
    auto *card = new QFrame(this);
    card->setObjectName(QStringLiteral("heatCard"));
    setLook(card, "card");
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    auto *title = new QLabel(tr("Cache"), card);
    setLook(title, "title");
    head->addWidget(title);
    m_heatText->setObjectName(QStringLiteral("heatText"));
    head->addWidget(m_heatText, 1);
    const std::pair<HeatKind, QString> kinds[] = {{HeatKind::Mass, tr("mass")},
                                                  {HeatKind::Norm, tr("norm")},
                                                  {HeatKind::Age, tr("age")},
                                                  {HeatKind::Error, tr("quantisation error")}};
    for (const auto &[kind, name] : kinds) {
        auto *button = new QPushButton(name, card);
        button->setObjectName(QStringLiteral("heat%1").arg(static_cast<int>(kind)));
        button->setCheckable(true);
        button->setChecked(kind == HeatKind::Mass);
        setLook(button, "chip");
        m_kinds->addButton(button, static_cast<int>(kind));
        head->addWidget(button);
    }
    layout->addLayout(head);
    layout->addWidget(m_heat, 1);
    m_sinks->setObjectName(QStringLiteral("sinkMeter"));
    layout->addWidget(m_sinks);
    return card;
}

QWidget *DecodeView::buildSide()
{
    auto *content = new QWidget(m_side);
    content->setObjectName(QStringLiteral("labSideContent"));
    setLook(content, "panel");
    content->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_cell);
    m_blockText->setObjectName(QStringLiteral("blockText"));
    m_blockText->setWordWrap(true);
    setLook(m_blockText, "small");
    m_blockSection->body()->addWidget(m_blocks);
    m_blockSection->body()->addWidget(m_blockText);
    column->addWidget(m_blockSection);
    buildPrefixes();
    column->addWidget(m_prefixSection, 1);
    m_policies->setObjectName(QStringLiteral("policyTable"));
    m_policies->setAccessibleName(tr("What the policies lose"));
    m_policies->verticalHeader()->hide();
    m_policies->verticalHeader()->setDefaultSectionSize(metric::kRow);
    m_policies->horizontalHeader()->setHighlightSections(false);
    m_policies->setShowGrid(false);
    m_policies->setSelectionMode(QAbstractItemView::NoSelection);
    m_policies->setFocusPolicy(Qt::NoFocus);
    m_policies->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_policies->setFrameShape(QFrame::NoFrame);
    m_policies->setMinimumHeight(180);
    m_policySection->body()->setContentsMargins(0, 0, 0, 0);
    m_policySection->body()->addWidget(m_policies);
    m_policySection->hide();
    column->addWidget(m_policySection, 2);
    m_side->setObjectName(QStringLiteral("labSide"));
    m_side->setWidget(content);
    m_side->setWidgetResizable(true);
    m_side->setFrameShape(QFrame::NoFrame);
    m_side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_side->setFocusPolicy(Qt::NoFocus);
    m_side->setFixedWidth(kSideWidth);
    return m_side;
}

void DecodeView::buildPrefixes()
{
    m_prefixes->setObjectName(QStringLiteral("prefixTree"));
    m_prefixes->setAccessibleName(tr("Beginnings that texts had in common"));
    m_prefixes->setColumnCount(2);
    m_prefixes->setHeaderHidden(true);
    m_prefixes->setIndentation(14);
    m_prefixes->header()->setStretchLastSection(false);
    m_prefixes->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_prefixes->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_prefixes->setMinimumHeight(130);
    m_prefixes->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_second->setObjectName(QStringLiteral("secondLevel"));
    m_expiry->setObjectName(QStringLiteral("blockExpiry"));
    m_expiry->setAccessibleName(tr("When blocks expire"));
    m_expiry->setToolTip(tr("Blocks are entries kv:… of the store: those written from now on "
                            "expire then"));
    m_expiry->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    using namespace std::chrono_literals;
    const std::pair<QString, std::chrono::milliseconds> expiries[] = {
        {tr("blocks expire after 10 minutes"), 10min},
        {tr("blocks expire after an hour"), 1h},
        {tr("blocks expire after a day"), 24h},
        {tr("blocks never expire"), 0ms}};
    for (const auto &[name, time] : expiries)
        m_expiry->addItem(name, static_cast<qlonglong>(time.count()));
    m_expiry->setCurrentIndex(m_expiry->findData(static_cast<qlonglong>(m_lab.blockTtl().count())));
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(12, 4, 12, 4);
    rows->setSpacing(6);
    rows->addWidget(m_second);
    rows->addWidget(m_expiry);
    m_prefixSection->body()->setContentsMargins(0, 4, 0, 4);
    m_prefixSection->body()->addLayout(rows);
    m_prefixSection->body()->addWidget(m_prefixes);
}

void DecodeView::wire()
{
    connect(m_controls, &LabControls::generateRequested, this, &DecodeView::generate);
    connect(m_controls, &LabControls::turnRequested, this, [this](const QString &text) {
        m_lab.run().setPace(m_controls->pace());
        m_lab.run().say(text.toStdString(), m_controls->plan().tokens, m_controls->sampler());
        m_controls->clearTurn();
    });
    connect(m_controls, &LabControls::newChatRequested, this, [this] { m_lab.run().clear(); });
    connect(m_controls, &LabControls::stopRequested, this, [this] { m_lab.run().stop(); });
    connect(m_controls, &LabControls::stepRequested, this, [this] { m_lab.run().step(); });
    connect(m_controls, &LabControls::paceChosen, this,
            [this](LabPace pace) { m_lab.run().setPace(pace); });
    connect(m_kinds, &QButtonGroup::idClicked, this,
            [this](int kind) { m_lab.run().showHeat(static_cast<HeatKind>(kind)); });
    connect(m_heat, &HeatMap::cellChosen, this, [this](int index, int row) {
        m_lab.run().choose(index, static_cast<std::size_t>(row));
    });
    connect(m_heat, &HeatMap::pinToggled, this, &DecodeView::togglePin);
    connect(m_heat, &HeatMap::evictRequested, this,
            [this](int index) { m_lab.run().evict(index); });
    const auto chooseToken = [this](int index) {
        const auto &cell = m_lab.snapshot()->cell;
        m_lab.run().choose(index, cell ? cell->row : 0);
    };
    connect(m_tokens, &TokenStrip::tokenChosen, this, chooseToken);
    connect(m_divergence, &DivergenceCurve::tokenChosen, this, chooseToken);
    connect(m_otherTokens, &TokenStrip::tokenChosen, this, [this](int index) {
        // Up to the first difference it is the session's token too.
        const auto difference = m_lab.snapshot()->firstDifference;
        if (!difference || index < static_cast<int>(*difference)) m_lab.run().choose(index, 0);
    });
    connect(m_chartTime, &QTimer::timeout, this, [this] {
        if (!isVisible()) return;
        m_isMemoryNext = !m_isMemoryNext;
        if (m_isMemoryNext)
            showSpeed(*m_lab.snapshot());
        else
            showMemory(*m_lab.snapshot());
    });
}

void DecodeView::wireSide()
{
    connect(m_cell, &CellPanel::pinToggled, this, &DecodeView::togglePin);
    connect(m_cell, &CellPanel::evictRequested, this,
            [this](int index) { m_lab.run().evict(index); });
    connect(m_cell, &CellPanel::closed, this, [this] {
        m_lab.run().choose(std::nullopt);
        m_heat->setFocus();
    });
    connect(m_second, &QCheckBox::toggled, this, [this](bool used) {
        m_lab.setSecondLevel(used ? Lab::SecondLevel::Used : Lab::SecondLevel::Unused);
    });
    connect(m_expiry, &QComboBox::currentIndexChanged, this, [this] {
        m_lab.setBlockTtl(std::chrono::milliseconds(m_expiry->currentData().toLongLong()));
    });
    connect(&m_lab, &Lab::secondLevelOffered, this, &DecodeView::showSecondLevel);
    showSecondLevel();
}

void DecodeView::showSecondLevel()
{
    const QString &name = m_lab.secondLevelName();
    m_second->setVisible(!name.isEmpty());
    fitSecondLevel();
    m_second->setToolTip(
        name + QLatin1Char('\n') +
        tr("Full blocks are written there as entries kv:… and read back after a restart"));
    m_second->setChecked(m_lab.secondLevel() == Lab::SecondLevel::Used);
}

void DecodeView::fitSecondLevel()
{
    const QString text = tr("Keep blocks in %1 too (L2)");
    const QFontMetrics metrics = m_second->fontMetrics();
    const int room =
        m_side->width() - kBesideSecondName - metrics.horizontalAdvance(text.arg(QString()));
    m_second->setText(text.arg(metrics.elidedText(m_lab.secondLevelName(), Qt::ElideMiddle, room)));
}

void DecodeView::showExperiments(ExperimentModel &model)
{
    if (m_policies->model() == nullptr) {
        m_policies->setModel(&model);
        QHeaderView *header = m_policies->horizontalHeader();
        header->setSectionResizeMode(QHeaderView::ResizeToContents);
        header->setSectionResizeMode(ExperimentModel::Policy, QHeaderView::Stretch);
        m_policies->hideColumn(ExperimentModel::Speed);
        m_policies->hideColumn(ExperimentModel::Memory);
    }
    m_policySection->setVisible(std::ranges::any_of(model.rows(), &ExperimentRow::isMeasured));
}

void DecodeView::togglePin(int index)
{
    const LabHeat &heat = m_lab.snapshot()->heat;
    const auto at = static_cast<std::size_t>(index);
    const bool isHeld = at < heat.held.size() && heat.held[at] != 0;
    m_lab.run().hold(index, isHeld ? LabRun::Hold::Free : LabRun::Hold::Pinned);
}

void DecodeView::generate()
{
    m_lab.run().setPace(m_controls->pace());
    m_lab.start(m_controls->plan());
    m_controls->clearTurn();
}

void DecodeView::generateExample()
{
    // Not translated: the model reads English.
    m_controls->setPrompt(QStringLiteral(
        "The code of Anna's key is 7391. The code of Henry's box is 2846. The code of Emma's boat "
        "is 5170. The ship sailed at dawn and the captain said to his men that the wind was fair. "
        "The code of Anna's key is"));
    if (m_controls->plan().kind == LabPlan::Kind::Text) generate();
}

void DecodeView::takeSnapshot()
{
    const std::shared_ptr<const LabSnapshot> &snapshot = m_lab.snapshot();
    m_controls->showSnapshot(*snapshot);
    showTexts(*snapshot);
    m_tokens->setSnapshot(snapshot);
    m_tokens->setChosen(snapshot->cell ? snapshot->cell->index : -1);
    if (m_beside->isVisibleTo(this)) {
        m_otherTokens->setSnapshot(snapshot);
        m_divergence->setSnapshot(snapshot);
    }
    m_heat->setSnapshot(snapshot);
    showLegend(*snapshot);
    showHeatTexts(*snapshot);
    showSide(*snapshot);
    const bool ended = snapshot->phase != LabPhase::Running;
    if (ended)
        showCharts();
    else if (!m_chartTime->isActive())
        m_chartTime->start();
}

void DecodeView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showCharts();
}

void DecodeView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_side->setFixedWidth(width() < kNarrow ? kNarrowSideWidth : kSideWidth);
    fitSecondLevel();
    for (LabChart *chart : {m_speed, m_memory})
        chart->setRoom(height() < kVeryLow ? LabChart::Room::Little : LabChart::Room::Usual);
    for (TokenStrip *strip : {m_tokens, m_otherTokens})
        strip->setUsualHeight(height() < kLow ? kLowStripHeight : kStripHeight);
}

void DecodeView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
    m_lab.run().stop();
    event->accept();
}

} // namespace kvscope
