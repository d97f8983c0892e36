// Foot: what is going on, how many keys there are, and the language.
#include "widgets/foot.h"

#include "core/base/human.h"
#include "widgets/base/language.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobstrip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <cmath>

namespace kvscope {
namespace {

constexpr std::int64_t kFreshMs = 3500;

std::optional<double> current(const MetricHistory *history, Metric metric)
{
    if (!history || history->empty()) return std::nullopt;
    const auto value = history->series(metric).latest(kFreshMs);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

} // namespace

Foot::Foot(QWidget *parent)
    : QFrame(parent), m_row(new QHBoxLayout(this)), m_left(new QLabel(this)),
      m_keys(new QLabel(this)), m_rate(new QLabel(this)), m_language(new QToolButton(this))
{
    setObjectName(QStringLiteral("foot"));
    setLook(this, "foot");
    setFixedHeight(metric::kFoot);
    m_left->setObjectName(QStringLiteral("footStatus"));
    m_left->setTextFormat(Qt::PlainText);
    m_left->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_keys->setObjectName(QStringLiteral("footKeys"));
    m_rate->setObjectName(QStringLiteral("footRate"));
    m_language->setObjectName(QStringLiteral("languageButton"));
    m_language->setText(QStringLiteral("中 / EN"));
    for (QLabel *label : {m_left, m_keys, m_rate}) {
        setLook(label, "muted");
        label->setFont(uiFont(12));
    }
    m_language->setFont(uiFont(12));

    m_row->setContentsMargins(16, 0, 8, 0);
    m_row->setSpacing(16);
    m_row->addWidget(m_left, 1);
    m_row->addWidget(m_keys);
    m_row->addWidget(m_rate);
    m_row->addWidget(m_language);
    connect(m_language, &QToolButton::clicked, this, &Foot::languageToggled);
    retranslate();
}

void Foot::setQueue(JobQueue &queue)
{
    auto *strip = new JobStrip(queue, this);
    m_row->insertWidget(0, strip);
    connect(strip, &JobStrip::chosen, this, &Foot::jobsChosen);
}

void Foot::showState(const Store *store, const StoreState &state)
{
    m_state = state;
    m_storeName = store ? store->name() : QString();
    m_product.clear();
    if (store && state.phase == StoreState::Phase::Ready) {
        const Capabilities can = store->capabilities();
        m_isEngine = can.mode == QLatin1String("engine");
        m_product = (can.product + u' ' + can.version).trimmed();
        if (!can.mode.isEmpty()) m_product += QStringLiteral(" · ") + can.mode;
    }
    compose();
}

void Foot::showActivity(const QString &text)
{
    m_activity = text;
    compose();
}

void Foot::showMetrics(const MetricHistory *history)
{
    m_keyCount = current(history, Metric::Keys);
    m_commands = current(history, Metric::Commands);
    compose();
}

QString Foot::stateText() const
{
    switch (m_state.phase) {
    case StoreState::Phase::Idle:
        return tr("Not connected");
    case StoreState::Phase::Connecting:
        if (m_state.error && m_state.error->code() == ErrorCode::Loading)
            return tr("%1 is loading its data set…").arg(m_storeName);
        return tr("Connecting to %1…").arg(m_storeName);
    case StoreState::Phase::Ready:
        return m_isEngine ? tr("Built-in engine") : tr("%1 on %2").arg(m_product, m_storeName);
    case StoreState::Phase::Waiting:
        return tr("Lost %1; next attempt in %2 (number %3)")
            .arg(m_storeName, QString::fromStdString(formatDuration(m_state.retryInMs)))
            .arg(m_state.attempt);
    case StoreState::Phase::Failed:
        return m_storeName.isEmpty() ? tr("Not connected")
                                     : tr("Not connected to %1").arg(m_storeName);
    }
    return {};
}

void Foot::compose()
{
    QString left = stateText();
    if (!m_activity.isEmpty()) left += QStringLiteral("  ·  ") + m_activity;
    m_left->setText(left);
    m_keys->setVisible(m_keyCount.has_value());
    m_rate->setVisible(m_commands.has_value());
    if (m_keyCount)
        m_keys->setText(tr("%1 keys", nullptr, static_cast<int>(std::min(*m_keyCount, 1e9)))
                            .arg(QString::fromStdString(formatCount(std::uint64_t(*m_keyCount)))));
    if (m_commands) {
        QString rate = QString::fromStdString(formatRate(*m_commands));
        rate.chop(2); // formatRate() ends in "/s"
        m_rate->setText(tr("%1 ops/s").arg(rate.trimmed()));
    }
}

void Foot::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void Foot::retranslate()
{
    const QString tip =
        language() == QLatin1String("en") ? QStringLiteral("简体中文") : QStringLiteral("English");
    m_language->setToolTip(tip);
    m_language->setAccessibleName(tip);
    m_keys->setToolTip(tr("Keys in this database"));
    m_rate->setToolTip(tr("All commands that the store carried out in the last second, this "
                          "window's own among them"));
    compose();
}

} // namespace kvscope
