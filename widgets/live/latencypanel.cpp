// LatencyPanel: figures, what they rest on, and the ⓘ.
#include "widgets/live/latencypanel.h"

#include "core/base/human.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

constexpr int kBasisLines = 3;

QString micros(const std::optional<double> &value)
{
    return value ? QString::fromStdString(formatMicros(*value)) : QStringLiteral("—");
}

QString percent(double share, int decimals = 1)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', decimals);
}

} // namespace

LatencyPanel::LatencyPanel(QWidget *parent)
    : PanelCard(QStringLiteral("latencyPanel"), tr("Latency model"), parent)
{
    auto *info = new QToolButton(this);
    info->setObjectName(QStringLiteral("explainModel"));
    info->setIcon(strokeIcon(QStringLiteral("info")));
    info->setAccessibleName(tr("About this model"));
    info->setToolTip(tr("What the model says, and where it comes from"));
    connect(info, &QToolButton::clicked, this, &LatencyPanel::explain);
    head()->addWidget(info);

    auto *formula = new QLabel(QStringLiteral("T = h·Tc + (1−h)·Td"), this);
    formula->setContentsMargins(8, 0, 0, 4);
    setLook(formula, "mono");
    body()->addWidget(formula);
    m_hitRatio = addRow(QStringLiteral("modelHitRatio"), tr("h, hit ratio"));
    m_tc = addRow(QStringLiteral("modelTc"), tr("Tc, a hit"));
    m_td = addRow(QStringLiteral("modelTd"), tr("Td, a miss"));
    m_predicted = addRow(QStringLiteral("modelPredicted"), tr("T predicted"));
    m_measured = addRow(QStringLiteral("modelMeasured"), tr("T measured"));
    m_error = addRow(QStringLiteral("modelError"), tr("error"));
    m_firstToken = addRow(QStringLiteral("firstToken"), tr("first token, p50"));
    m_slowToken = addRow(QStringLiteral("firstTokenSlow"), tr("first token, p99"));
    m_cold = addRow(QStringLiteral("firstTokenCold"), tr("cold, mean"));
    m_cold->setToolTip(tr("To the first token where most blocks were missing"));
    m_warm = addRow(QStringLiteral("firstTokenWarm"), tr("warm, mean"));
    m_warm->setToolTip(tr("To the first token where most blocks were cached"));
    setFirstToken({});

    m_assumedRow = new QWidget(this);
    auto *assumed = new QHBoxLayout(m_assumedRow);
    assumed->setContentsMargins(8, 8, 8, 0);
    auto *label = new QLabel(tr("Td, as you know it"), m_assumedRow);
    m_assumed = new QDoubleSpinBox(m_assumedRow);
    m_assumed->setObjectName(QStringLiteral("assumedTd"));
    m_assumed->setAccessibleName(label->text());
    m_assumed->setRange(0, 600'000);
    m_assumed->setDecimals(1);
    m_assumed->setSuffix(tr(" ms"));
    m_assumed->setSpecialValueText(tr("unknown"));
    m_assumed->setKeyboardTracking(false);
    label->setBuddy(m_assumed);
    assumed->addWidget(label, 1);
    assumed->addWidget(m_assumed);
    body()->addWidget(m_assumedRow);
    connect(m_assumed, &QDoubleSpinBox::valueChanged, this, [this](double milliseconds) {
        emit assumedTdChanged(milliseconds > 0 ? std::optional(milliseconds * 1000) : std::nullopt);
    });

    m_target = addSentence(QStringLiteral("modelTarget"));
    m_basis = addSentence(QStringLiteral("modelBasis"));
    // Sentences come and go with the traffic; what stands below must not move with them.
    m_basis->setMinimumHeight(m_basis->contentsMargins().top() +
                              kBasisLines * m_basis->fontMetrics().lineSpacing());
    m_basis->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    setEstimate({});
}

void LatencyPanel::setTraffic(Traffic traffic)
{
    m_traffic = traffic;
}

void LatencyPanel::setEstimate(const LatencyEstimate &estimate)
{
    m_hitRatio->setText(estimate.hitRatio ? percent(*estimate.hitRatio) : QStringLiteral("—"));
    m_tc->setText(micros(estimate.tcUs));
    m_td->setText(micros(estimate.tdUs));
    m_predicted->setText(micros(estimate.predictedUs));
    m_measured->setText(micros(estimate.measuredUs));
    m_error->setText(estimate.error ? percent(std::abs(*estimate.error)) : QStringLiteral("—"));
    setSentences(estimate);
}

void LatencyPanel::setFirstToken(const FirstTokenTimes &times)
{
    for (QLabel *figure : {m_firstToken, m_slowToken, m_cold, m_warm})
        figure->parentWidget()->setVisible(times.isKnown());
    m_firstToken->setText(micros(times.p50Us));
    m_slowToken->setText(micros(times.p99Us));
    m_cold->setText(micros(times.coldUs));
    m_warm->setText(micros(times.warmUs));
}

void LatencyPanel::setSentences(const LatencyEstimate &estimate)
{
    using Basis = LatencyEstimate::Basis;
    const bool foreign = estimate.basis == Basis::Foreign;
    const bool ours = estimate.basis == Basis::OurOwn;
    m_assumedRow->setVisible(foreign || (m_traffic == Traffic::OthersToo && !ours));
    m_target->setVisible(!m_assumedRow->isVisibleTo(this));
    m_target->setText(tr("p99 ≤ %1 needs h ≥ <b>%2</b>")
                          .arg(micros(estimate.targetP99Us.value_or(LatencyModel::kTargetP99Us)),
                               estimate.neededHitRatio ? percent(*estimate.neededHitRatio)
                                                       : QStringLiteral("—")));
    QString basis;
    switch (estimate.basis) {
    case Basis::None:
        basis = tr("Waiting for two windows of two seconds with traffic.");
        break;
    case Basis::OurOwn:
        basis = tr("h is of this window, Tc and Td are of the one before.");
        break;
    case Basis::Foreign:
        basis = tr("This traffic is not ours: T and Td can't be seen from here. ");
        basis += estimate.tcFromProbe
                     ? tr("Tc is the round trip of a probe.")
                     : tr("Tc is the server's read time and the round trip of a probe.");
        break;
    }
    m_basis->setText(basis);
    m_basis->show();
}

void LatencyPanel::explain()
{
    auto *card = new QFrame(this, Qt::Popup);
    card->setObjectName(QStringLiteral("modelExplanation"));
    card->setAttribute(Qt::WA_DeleteOnClose);
    setLook(card, "card");
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 14, 16, 16);
    auto *text = new QLabel(tr("<p><b>T = h·Tc + (1−h)·Td</b> is the mean time to an answer: the "
                               "share h of requests is answered "
                               "by the cache in Tc, the rest goes to the source and takes Td.</p>"
                               "<p>The hit ratio is this window's; Tc and Td are the window's "
                               "before. Taken from the same window the "
                               "prediction would equal the measurement by definition, and the "
                               "error would say nothing.</p>"
                               "<p>The article this tool grew from writes T1 = C·P + (1−P)·T2 with "
                               "C the <i>size</i> of the cache. "
                               "That adds bytes to milliseconds, and its example goes from 10 ms "
                               "to 10 ms: no gain at all. A time must "
                               "stand in that place: the time of a hit. With it, 10 ms and a hit "
                               "ratio of 90 % at 0.2 ms "
                               "become 0.9·0.2 + 0.1·10 = 1.18 ms.</p>"),
                            card);
    text->setWordWrap(true);
    text->setMinimumWidth(360);
    text->setMaximumWidth(360);
    layout->addWidget(text);
    card->adjustSize();
    card->move(mapToGlobal(QPoint(width() - card->width(), 40)));
    card->show();
}

} // namespace kvscope
