// ReplayView: bar, chart, table, and the sentence that they come to.
#include "widgets/lab/replayview.h"

#include "core/base/human.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/theme.h"
#include "widgets/lab/figuretext.h"
#include "widgets/lab/replaychart.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include <algorithm>

namespace kvscope {
namespace {

using trace::PrefixPolicy;

constexpr int kUsualRate = 10'000; // tokens/s
// Beside a checkout; elsewhere a trace is made up.
constexpr const char *kKnownTrace = "/../../shared/traces/mooncake_conversation.jsonl.zst";

QString countText(std::uint64_t count)
{
    return QString::fromStdString(formatCount(count));
}

QString timeText(double seconds)
{
    // "1 h 30 m" stays in one line.
    return QString::fromStdString(formatDuration(std::int64_t(seconds * 1000)))
        .replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1);
}

QString knownTrace()
{
    return QFileInfo(QCoreApplication::applicationDirPath() + QLatin1String(kKnownTrace))
        .canonicalFilePath();
}

} // namespace

ReplayView::ReplayView(Lab &lab, QWidget *parent)
    : QWidget(parent), m_lab(lab), m_open(new QPushButton(tr("Open a trace…"), this)),
      m_generated(new QPushButton(tr("Made-up trace"), this)),
      m_source(new FigureText(1, 13, FigureText::Ink::Muted, this)), m_rate(new QSpinBox(this)),
      m_measured(new QPushButton(this)), m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_chart(new ReplayChart(this)),
      m_table(new QTableWidget(this)), m_finding(new QLabel(this))
{
    setObjectName(QStringLiteral("replayView"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    auto *middle = new QHBoxLayout;
    middle->setContentsMargins(12, 12, 12, 0);
    middle->setSpacing(10);
    middle->addWidget(m_chart, 3);
    middle->addWidget(buildTable(), 2);
    layout->addLayout(middle, 1);
    m_finding->setObjectName(QStringLiteral("replayFinding"));
    m_finding->setWordWrap(true);
    m_finding->setContentsMargins(14, 10, 14, 12);
    m_finding->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setLook(m_finding, "muted");
    layout->addWidget(m_finding);

    m_replay = std::make_unique<ServingReplay>(m_lifetime.guard(
        [this](const std::shared_ptr<const ServingReplayState> &state) { take(state); }));
    connect(m_open, &QPushButton::clicked, this, &ReplayView::chooseFile);
    connect(m_generated, &QPushButton::clicked, this, [this] { replay({}); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_replay->cancel(); });
    connect(m_rate, &QSpinBox::valueChanged, this, [this] {
        showTable();
        showFinding();
    });
    connect(m_measured, &QPushButton::clicked, this,
            [this] { m_rate->setValue(int(m_measuredRate)); });
    connect(m_chart, &ReplayChart::chosen, this,
            [this](qulonglong blocks) { choose(std::size_t(blocks)); });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        const auto all = sizes();
        if (row >= 0 && std::size_t(row) < all.size()) choose(all[std::size_t(row)]);
    });
    connect(&m_lab, &Lab::snapshotTaken, this, &ReplayView::showMeasuredRate);
    showMeasuredRate();
    showState();
}

QWidget *ReplayView::buildBar()
{
    auto *bar = new QFrame(this);
    setLook(bar, "bar");
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 10, 12, 10);
    row->setSpacing(8);
    m_open->setObjectName(QStringLiteral("openTrace"));
    m_open->setToolTip(tr("A serving trace in Mooncake's schema: JSON Lines with hash_ids and "
                          "input_length, plain or zstd"));
    m_generated->setObjectName(QStringLiteral("madeUpTrace"));
    m_generated->setToolTip(tr("6,000 requests of people who talk to 48 assistants, made up by a "
                               "generator"));
    setLook(m_generated, "quiet");
    m_source->setObjectName(QStringLiteral("traceSource"));
    m_source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setObjectName(QStringLiteral("replayProgress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(120);
    m_cancel->setObjectName(QStringLiteral("cancelReplay"));
    m_cancel->setToolTip(tr("Ends the replay (Esc)"));
    auto *rateName = new QLabel(tr("Prefill, tokens/s"), this);
    setLook(rateName, "muted");
    rateName->setBuddy(m_rate);
    m_rate->setObjectName(QStringLiteral("prefillRate"));
    m_rate->setAccessibleName(rateName->text());
    m_rate->setRange(1, 100'000'000);
    m_rate->setValue(kUsualRate);
    m_rate->setSingleStep(1000);
    m_rate->setGroupSeparatorShown(true);
    m_rate->setToolTip(tr("How fast the servers read prompts: it turns saved tokens into time"));
    m_measured->setObjectName(QStringLiteral("measuredRate"));
    setLook(m_measured, "chip");
    row->addWidget(m_open);
    row->addWidget(m_generated);
    row->addWidget(m_source, 1, Qt::AlignVCenter);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addWidget(rateName);
    row->addWidget(m_rate);
    row->addWidget(m_measured);
    return bar;
}

QWidget *ReplayView::buildTable()
{
    auto *card = new QFrame(this);
    setLook(card, "card");
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 8, 1, 8);
    QStringList columns{tr("blocks")};
    for (const PrefixPolicy policy : trace::prefixPolicies()) columns << prefixPolicyText(policy);
    columns << tr("prefill saved");
    m_table->setObjectName(QStringLiteral("replayTable"));
    m_table->setAccessibleName(tr("Hit ratio by blocks and policy"));
    m_table->setColumnCount(int(columns.size()));
    m_table->setHorizontalHeaderLabels(columns);
    m_table->horizontalHeaderItem(int(columns.size()) - 1)->setToolTip(tr("By the best policy"));
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metric::kRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    layout->addWidget(m_table);
    return card;
}

void ReplayView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_wasShown, true)) return;
    replay(knownTrace());
}

void ReplayView::chooseFile()
{
    askOpenFile(this, tr("Open a serving trace"), tr("Traces (*.jsonl *.jsonl.zst *.zst);;All (*)"),
                [this](const QString &path) { replay(path); });
}

void ReplayView::replay(const QString &path)
{
    m_chosen = 0;
    m_replay->start(path);
}

void ReplayView::take(const std::shared_ptr<const ServingReplayState> &state)
{
    m_state = state;
    m_chart->show(state->cells);
    showState();
    showTable();
    showFinding();
    if (!state->isRunning && state->error) emit failed(*state->error);
}

void ReplayView::showState()
{
    const bool runs = isRunning();
    m_progress->setVisible(runs);
    m_cancel->setVisible(runs);
    if (!m_state) return;
    m_progress->setRange(0, int(m_state->steps));
    m_progress->setValue(int(m_state->cells.size()));
    const QString name =
        m_state->path.isEmpty() ? tr("A made-up trace") : QFileInfo(m_state->path).fileName();
    if (m_state->error)
        m_source->setText(name);
    else if (m_state->steps == 0)
        m_source->setText(runs ? tr("reading %1…").arg(name) : tr("%1: cancelled").arg(name));
    else
        m_source->setText((m_state->wasCancelled
                               ? tr("%1: %2 requests, %3 blocks of %4 tokens (cancelled)")
                               : tr("%1: %2 requests, %3 blocks of %4 tokens"))
                              .arg(name, countText(m_state->requests), countText(m_state->distinct))
                              .arg(trace::ServingTrace::kBlockTokens));
    m_source->setToolTip(m_source->text() + QLatin1Char('\n') + m_state->path);
}

std::vector<std::size_t> ReplayView::sizes() const
{
    std::vector<std::size_t> all;
    if (!m_state) return all;
    for (const ReplayCell &one : m_state->cells)
        if (one.blocks && (all.empty() || all.back() != *one.blocks)) all.push_back(*one.blocks);
    return all;
}

const ReplayCell *ReplayView::cell(PrefixPolicy policy, std::optional<std::size_t> blocks) const
{
    if (!m_state) return nullptr;
    for (const ReplayCell &one : m_state->cells)
        if (one.blocks == blocks && (!blocks || one.policy == policy)) return &one;
    return nullptr;
}

void ReplayView::showTable()
{
    const QSignalBlocker quiet(m_table);
    const auto all = sizes();
    const bool hasBound = cell(PrefixPolicy::Lru, std::nullopt) != nullptr;
    const int rows = int(all.size()) + (hasBound ? 1 : 0);
    m_table->setRowCount(rows);
    const auto put = [this](int row, int column, const QString &text) {
        auto *item = new QTableWidgetItem(text);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, column, item);
    };
    for (int row = 0; row < rows; ++row) {
        const auto size =
            std::size_t(row) < all.size() ? std::optional(all[std::size_t(row)]) : std::nullopt;
        put(row, 0, size ? countText(*size) : tr("no bound"));
        double saved = -1;
        int column = 1;
        for (const PrefixPolicy policy : trace::prefixPolicies()) {
            const ReplayCell *one = cell(policy, size);
            put(row, column++, one ? percent(one->result.hitRatio()) : QString());
            if (one) saved = std::max(saved, one->savedSeconds(m_rate->value()));
        }
        put(row, column, saved >= 0 ? timeText(saved) : QString());
    }
    const auto chosen = std::ranges::find(all, m_chosen);
    if (chosen != all.end()) m_table->selectRow(int(chosen - all.begin()));
}

void ReplayView::choose(std::size_t blocks)
{
    m_chosen = blocks;
    const QSignalBlocker quiet(m_table);
    const auto all = sizes();
    const auto found = std::ranges::find(all, blocks);
    if (found != all.end()) m_table->selectRow(int(found - all.begin()));
    showFinding();
}

void ReplayView::showFinding()
{
    const ReplayCell *bound = cell(PrefixPolicy::Lru, std::nullopt);
    const auto all = sizes();
    if (!bound || all.empty()) return m_finding->clear();
    const std::size_t size = m_chosen > 0 ? m_chosen : all[all.size() * 2 / 3];
    m_chart->mark(size);
    const ReplayCell *best = nullptr;
    for (const PrefixPolicy policy : trace::prefixPolicies()) {
        const ReplayCell *one = cell(policy, size);
        if (one && (!best || one->result.savedTokens > best->result.savedTokens)) best = one;
    }
    if (!best) return;
    const double rate = m_rate->value();
    m_finding->setText(
        tr("With %1 blocks %2 does best: %3 of the blocks asked for are there, and %4 of %5 prompt "
           "tokens need no prefill. At %6 tokens/s that is %7 of %8; without a bound it would be "
           "%9.")
            .arg(countText(size), prefixPolicyText(best->policy), percent(best->result.hitRatio()),
                 countText(best->result.savedTokens), countText(best->result.tokens),
                 countText(std::uint64_t(rate)), timeText(best->savedSeconds(rate)),
                 timeText(double(best->result.tokens) / rate),
                 timeText(bound->savedSeconds(rate))) +
        QLatin1Char('\n') +
        tr("A hit is a block whose whole beginning is there as well; a request's own blocks are "
           "held while it runs. Click the chart or a row for another size."));
}

void ReplayView::showMeasuredRate()
{
    const LabSnapshot &snapshot = *m_lab.snapshot();
    const std::size_t computed = snapshot.promptTokens > snapshot.prefixHits
                                     ? snapshot.promptTokens - snapshot.prefixHits
                                     : 0;
    // A handful of tokens says little about a prefill.
    if (computed >= 32 && snapshot.prefillMs > 0)
        m_measuredRate = double(computed) / snapshot.prefillMs * 1000;
    m_measured->setVisible(m_measuredRate >= 1);
    m_measured->setText(tr("measured here: %1").arg(countText(std::uint64_t(m_measuredRate))));
    m_measured->setToolTip(tr("Take the rate of the lab's last prompt"));
}

void ReplayView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !isRunning()) return QWidget::keyPressEvent(event);
    m_replay->cancel();
    event->accept();
}

QByteArray ReplayView::toCsv() const
{
    QByteArray out("policy,blocks,references,hits,hit_ratio,prompt_tokens,saved_tokens,"
                   "saved_seconds\n");
    if (!m_state) return out;
    for (const ReplayCell &one : m_state->cells) {
        out += QByteArray(trace::prefixPolicyName(one.policy)) + ',' +
               (one.blocks ? QByteArray::number(qulonglong{*one.blocks}) : QByteArray("inf")) +
               ',' + QByteArray::number(qulonglong{one.result.references}) + ',' +
               QByteArray::number(qulonglong{one.result.hits}) + ',' +
               QByteArray::number(one.result.hitRatio(), 'g', 9) + ',' +
               QByteArray::number(qulonglong{one.result.tokens}) + ',' +
               QByteArray::number(qulonglong{one.result.savedTokens}) + ',' +
               QByteArray::number(one.savedSeconds(m_rate->value()), 'f', 3) + '\n';
    }
    return out;
}

} // namespace kvscope
