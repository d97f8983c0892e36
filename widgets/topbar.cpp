// TopBar: store, access and the three figures that matter.
#include "widgets/topbar.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/config/profiles.h"
#include "widgets/base/theme.h"
#include "widgets/meter.h"
#include "widgets/storebutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <cmath>

namespace kvscope {
namespace {

constexpr std::size_t kCurveSeconds = 60;
constexpr std::int64_t kFreshMs = 3500;

std::optional<double> current(const Series &series)
{
    if (series.empty()) return std::nullopt;
    const auto value = series.latest(kFreshMs);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

} // namespace

TopBar::TopBar(const Profiles &profiles, QWidget *parent)
    : QFrame(parent), m_store(new StoreButton(profiles, this)), m_access(new QLabel(this)),
      m_hits(
          new Meter(QStringLiteral("100.0 %"), Sparkline::Tone::Accent, Meter::Curve::Shown, this)),
      m_latency(
          new Meter(QStringLiteral("0.00 ms"), Sparkline::Tone::Blue, Meter::Curve::Shown, this)),
      m_memory(
          new Meter(QStringLiteral("00.0 MB"), Sparkline::Tone::Purple, Meter::Curve::None, this))
{
    setObjectName(QStringLiteral("topBar"));
    setLook(this, "bar");
    setFixedHeight(metric::kTopBar);
    m_access->setObjectName(QStringLiteral("accessChip"));
    m_hits->setObjectName(QStringLiteral("hitMeter"));
    m_latency->setObjectName(QStringLiteral("latencyMeter"));
    m_memory->setObjectName(QStringLiteral("memoryMeter"));
    m_hits->sparkline()->setScale(0, 1);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 16, 0);
    layout->setSpacing(12);
    layout->addWidget(m_store);
    layout->addWidget(m_access, 0, Qt::AlignVCenter);
    layout->addStretch(1);
    layout->addWidget(m_hits);
    layout->addSpacing(4);
    layout->addWidget(m_latency);
    layout->addSpacing(4);
    layout->addWidget(m_memory);
    retranslate();
    showMetrics(nullptr);
}

void TopBar::showStore(const Store *store, const Profile &profile, const StoreState &state)
{
    m_store->showStore(store, profile, state);
    m_capabilities.reset();
    if (store && state.phase == StoreState::Phase::Ready) m_capabilities = store->capabilities();
    showAccess();
}

void TopBar::showAccess()
{
    m_access->setVisible(m_capabilities.has_value());
    if (!m_capabilities) return;
    if (m_capabilities->readOnly) {
        setLook(m_access, "chipWarning");
        m_access->setText(tr("read-only"));
        m_access->setToolTip(m_capabilities->readOnlyReason
                                 ? errorLine(*m_capabilities->readOnlyReason)
                                 : tr("Writes are refused, as this connection asks for."));
    } else {
        setLook(m_access, "chipAccent");
        m_access->setText(tr("read-write"));
        m_access->setToolTip(tr("Keys can be changed. Every save is a compare-and-set."));
    }
}

void TopBar::showMetrics(const MetricHistory *history)
{
    const auto text = [](const std::string &figure) { return QString::fromStdString(figure); };
    std::optional<double> hits, p99, bytes;
    if (history && !history->empty()) {
        const Series &ratio = history->series(Metric::HitRatio);
        const Series &latency = history->latency(LatencyFamily::Reads, Quantile::P99);
        m_hits->sparkline()->setSeries(ratio, kCurveSeconds);
        m_latency->sparkline()->setSeries(latency, kCurveSeconds);
        hits = current(ratio);
        p99 = current(latency);
        bytes = current(history->series(Metric::UsedBytes));
    } else {
        m_hits->sparkline()->setValues({});
        m_latency->sparkline()->setValues({});
    }
    m_hits->setReading(
        hits ? QString::number(*hits * 100, 'f', 1) + QStringLiteral(" %") : QString(), tr("hit"));
    m_latency->setReading(p99 ? text(formatMicros(*p99)) : QString(), tr("p99"));
    m_memory->setReading(bytes ? text(formatBytes(std::uint64_t(*bytes))) : QString(), {});
}

void TopBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void TopBar::retranslate()
{
    m_hits->setToolTip(tr("Hit ratio of the last second, net of our own reads"));
    m_latency->setToolTip(
        tr("99th percentile of read times as the store measures them, last second. T in "
           "the latency model is a whole request, the source included"));
    m_memory->setToolTip(tr("Memory in use by the store"));
    showAccess();
}

} // namespace kvscope
