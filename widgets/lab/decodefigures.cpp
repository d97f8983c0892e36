// DecodeView: what a snapshot's figures say in words and curves.
#include "core/base/human.h"
#include "widgets/base/theme.h"
#include "widgets/lab/blockmap.h"
#include "widgets/lab/cellpanel.h"
#include "widgets/lab/decodeview.h"
#include "widgets/lab/divergencecurve.h"
#include "widgets/lab/figuretext.h"
#include "widgets/lab/labchart.h"
#include "widgets/lab/labwords.h"
#include "widgets/lab/originlegend.h"
#include "widgets/lab/sidesection.h"
#include "widgets/lab/tokenstrip.h"

#include <QLabel>
#include <QTreeWidget>

#include <array>
#include <cmath>
#include <numeric>

namespace kvscope {
namespace {

constexpr std::size_t kSmoothed = 8; // tokens
/// From here on people speak of a sink.
constexpr float kSinkShare = 0.05F;

QString speed(double tps)
{
    return QString::fromStdString(formatCount(static_cast<std::uint64_t>(std::llround(tps))));
}

QString percent(double share, int decimals = 1)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', decimals);
}

/// Tokens per second over the last few tokens, at each decoded one.
void addSpeeds(const LabSnapshot &snapshot, float LabToken::*time, QVector<double> &x,
               QVector<double> &y)
{
    double sum = 0;
    std::size_t count = 0;
    std::array<double, kSmoothed> last{};
    for (std::size_t i = snapshot.promptTokens; i < snapshot.tokens.size(); ++i) {
        const float micros = snapshot.tokens[i].*time;
        if (snapshot.tokens[i].isPrompt || std::isnan(micros)) continue;
        last[count % kSmoothed] = static_cast<double>(micros);
        ++count;
        const std::size_t most = std::min(count, kSmoothed);
        sum = std::accumulate(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(most), 0.0);
        x.append(static_cast<double>(i + 1));
        y.append(sum > 0 ? 1e6 * static_cast<double>(most) / sum : 0);
    }
}

} // namespace

void DecodeView::showTexts(const LabSnapshot &snapshot)
{
    const bool hasBeside = snapshot.hasOther && !snapshot.tokens.empty();
    for (QWidget *part : std::initializer_list<QWidget *>{m_caption, m_beside, m_divergence})
        if (part->isVisibleTo(this) != hasBeside) part->setVisible(hasBeside);
    if (!hasBeside) return;
    m_caption->setText(cacheText(snapshot.plan->session));
    m_otherCaption->setText(cacheText(*snapshot.plan->other));
}

QString DecodeView::differenceText(const LabSnapshot &snapshot) const
{
    QStringList parts;
    if (snapshot.turns > 1)
        parts += tr("turn %1: %n tokens were in the cache already", nullptr,
                    static_cast<int>(snapshot.keptTokens))
                     .arg(snapshot.turns);
    double divergence = 0;
    std::size_t compared = 0;
    for (const LabToken &token : snapshot.tokens) {
        if (std::isnan(token.divergence)) continue;
        divergence += static_cast<double>(token.divergence);
        ++compared;
    }
    if (compared > 0) {
        const QString other = cacheText(*snapshot.plan->other);
        const double mean = divergence / static_cast<double>(compared);
        parts +=
            snapshot.firstDifference
                ? tr("first difference from %1 at token %2 · mean KL %3 nats")
                      .arg(other)
                      .arg(*snapshot.firstDifference)
                      .arg(mean, 0, 'g', 2)
                : tr("no difference from %1 · mean KL %2 nats").arg(other).arg(mean, 0, 'g', 2);
    }
    return parts.join(QStringLiteral(" · "));
}

void DecodeView::showLegend(const LabSnapshot &snapshot)
{
    m_legend->setTokens(snapshot.tokens);
    m_difference->setText(differenceText(snapshot));
}

void DecodeView::showHeatTexts(const LabSnapshot &snapshot)
{
    const LabHeat &heat = snapshot.heat;
    m_heatText->setText(heat.rows == 0 ? QString()
                                       : tr("%1 · %2 kv heads × %3 positions")
                                             .arg(heatName(heat.kind))
                                             .arg(heat.rows)
                                             .arg(snapshot.memory.cells));
    QString sinks;
    if (!std::isnan(snapshot.sinkMass))
        sinks = snapshot.sinkMass < kSinkShare
                    ? tr("Position 0 gets %1 of the attention of all heads together: hardly a "
                         "sink. Larger models have strong ones.")
                          .arg(percent(static_cast<double>(snapshot.sinkMass)))
                    : tr("Position 0 gets %1 of the attention: it is a sink.")
                          .arg(percent(static_cast<double>(snapshot.sinkMass)));
    m_sinks->setText(sinks);
    m_sinks->setToolTip(sinks);
}

void DecodeView::showSide(const LabSnapshot &snapshot)
{
    m_cell->setSnapshot(snapshot);
    const std::size_t room =
        snapshot.model
            ? ((snapshot.context > 0 ? snapshot.context : snapshot.model->shape().context) +
               llm::kBlockTokens - 1) /
                  llm::kBlockTokens
            : 0;
    m_blocks->setBlocks(snapshot.blocks, room);
    m_blockSection->setNote(
        tr("16 tokens each · %1 of %2 in use").arg(snapshot.blocks.size()).arg(room));
    const QString text = blocksText(snapshot);
    m_blockText->setText(text);
    m_blockText->setVisible(!text.isEmpty());
    showPrefixes(snapshot);
}

QString DecodeView::blocksText(const LabSnapshot &snapshot) const
{
    QStringList lines;
    if (snapshot.shifts > 0)
        lines += tr("The context of %1 tokens was full %n times: half of what lay behind the first "
                    "%2 was dropped, the rest moved down.",
                    nullptr, static_cast<int>(snapshot.shifts))
                     .arg(snapshot.context)
                     .arg(snapshot.keep);
    std::size_t shared = 0;
    for (const LabBlock &block : snapshot.blocks) shared += block.isShared ? 1 : 0;
    if (shared > 0)
        lines += tr("%n blocks (a dot) are shared with the prefix cache: the sequence reads them "
                    "where the store keeps them.",
                    nullptr, static_cast<int>(shared));
    else if (!snapshot.blocks.empty() && snapshot.shifts == 0 &&
             snapshot.plan->session.policy.kind != llm::PolicyKind::Full)
        lines += tr("No block is shared: only the policy “full” gives blocks to the prefix cache.");
    return lines.join(QLatin1Char('\n'));
}

void DecodeView::showPrefixes(const LabSnapshot &snapshot)
{
    const KvBlocksCounters counters = m_lab.counters();
    const double asked =
        static_cast<double>(counters.hits + counters.secondLevelHits + counters.misses);
    m_prefixSection->setNote(
        asked > 0 ? tr("hit %1").arg(percent(
                        static_cast<double>(counters.hits + counters.secondLevelHits) / asked, 0))
                  : QString());
    if (m_shownPrefixes == snapshot.prefixes || !snapshot.prefixes) return;
    m_shownPrefixes = snapshot.prefixes;
    m_prefixes->clear();
    std::vector<QTreeWidgetItem *> path;
    for (const PrefixRow &row : *snapshot.prefixes) {
        const QString text =
            QString::fromUtf8(row.text.data(), static_cast<qsizetype>(row.text.size()))
                .simplified();
        auto *item = new QTreeWidgetItem(
            {text, tr("%1 blocks · %2")
                       .arg(row.blocks)
                       .arg(tr("%n texts", nullptr, static_cast<int>(row.runs)))});
        item->setToolTip(0, text);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(1, theme().muted);
        path.resize(static_cast<std::size_t>(row.depth));
        if (path.empty())
            m_prefixes->addTopLevelItem(item);
        else
            path.back()->addChild(item);
        path.push_back(item);
    }
    m_prefixes->expandToDepth(1);
}

void DecodeView::showCharts()
{
    if (!isVisible()) return;
    const LabSnapshot &snapshot = *m_lab.snapshot();
    showSpeed(snapshot);
    showMemory(snapshot);
}

void DecodeView::showSpeed(const LabSnapshot &snapshot)
{
    QVector<double> x, y, otherX, otherY, roofX, roofY;
    const QString otherName = snapshot.hasOther ? cacheText(*snapshot.plan->other) : QString();
    addSpeeds(snapshot, &LabToken::micros, x, y);
    addSpeeds(snapshot, &LabToken::otherMicros, otherX, otherY);
    if (!x.isEmpty() && snapshot.rooflineTps > 0) {
        roofX = {x.front(), x.back()};
        roofY = {snapshot.rooflineTps, snapshot.rooflineTps};
    }
    m_speed->setPoints(0, x, y);
    m_speed->setPoints(1, otherX, otherY);
    m_speed->setPoints(2, roofX, roofY);
    m_speed->setName(1, otherName);
    QString headline = snapshot.decodeTps > 0 ? speed(snapshot.decodeTps) : QString();
    QStringList note;
    if (snapshot.otherTps > 0) {
        headline += QStringLiteral(" · ") + tr("%1 %2").arg(otherName, speed(snapshot.otherTps));
        note += tr("%1 × at %2 tokens")
                    .arg(snapshot.decodeTps / snapshot.otherTps, 0, 'f', 1)
                    .arg(snapshot.tokens.size());
    }
    if (snapshot.rooflineTps > 0 && snapshot.decodeTps > 0)
        note += tr("%1 of the memory roofline, %2/s, while being watched")
                    .arg(snapshot.decodeTps / snapshot.rooflineTps, 0, 'f', 2)
                    .arg(speed(snapshot.rooflineTps));
    m_speed->setHeadline(headline);
    m_speed->setNote(note.join(QStringLiteral(" · ")));
    m_speed->refresh();
}

void DecodeView::showMemory(const LabSnapshot &snapshot)
{
    QVector<double> x, y, otherX, otherY, fullX, fullY;
    for (std::size_t i = 0; i < snapshot.tokens.size(); ++i) {
        const LabToken &token = snapshot.tokens[i];
        x.append(static_cast<double>(i + 1));
        y.append(static_cast<double>(token.bytes));
        if (token.otherBytes == 0) continue;
        otherX.append(static_cast<double>(i + 1));
        otherY.append(static_cast<double>(token.otherBytes));
    }
    if (!x.isEmpty()) {
        const double perToken =
            static_cast<double>(snapshot.model->shape().kvValuesPerToken() * sizeof(float));
        fullX = {0, x.back()};
        fullY = {0, x.back() * perToken};
    }
    m_memory->setPoints(0, x, y);
    m_memory->setPoints(1, otherX, otherY);
    m_memory->setPoints(2, fullX, fullY);
    if (snapshot.hasOther) m_memory->setName(1, cacheText(*snapshot.plan->other));
    QString headline;
    QStringList note;
    const llm::KvMemory &memory = snapshot.memory;
    if (memory.cells > 0) {
        headline = memory.payload == snapshot.formulaBytes
                       ? tr("%1 = formula").arg(exactBytes(memory.payload))
                       : tr("%1, formula %2")
                             .arg(exactBytes(memory.payload), exactBytes(snapshot.formulaBytes));
        const llm::ModelShape &shape = snapshot.model->shape();
        const std::size_t bits =
            snapshot.formulaBytes * 8 /
            (memory.cells * std::max<std::size_t>(1, shape.kvValuesPerToken()));
        note += tr("2 · %1 layers · %2 kv heads · %3 dims · %4 bits · %5 cells")
                    .arg(shape.layers)
                    .arg(shape.kvHeads)
                    .arg(shape.headDim)
                    .arg(bits)
                    .arg(memory.cells);
        if (memory.scales > 0) note += tr("scales %1").arg(exactBytes(memory.scales));
        note += tr("slack %1")
                    .arg(percent(static_cast<double>(memory.slack) /
                                 static_cast<double>(memory.total)));
    }
    m_memory->setHeadline(headline);
    m_memory->setNote(note.join(QStringLiteral(" · ")));
    m_memory->refresh();
}

} // namespace kvscope
