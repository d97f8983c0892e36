// LiveToolbar: buttons, menus and the time shown.
#include "widgets/live/livetoolbar.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/charts/timeaxis.h"
#include "widgets/live/livecharts.h"

#include <QActionGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace kvscope {
namespace {

QString clockTime(std::int64_t wallMs)
{
    return QDateTime::fromMSecsSinceEpoch(wallMs).toString(QStringLiteral("hh:mm:ss"));
}

QPushButton *menuButton(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setIcon(strokeIcon(QStringLiteral("chevron-down")));
    button->setIconSize({12, 12});
    button->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the text
    button->setMenu(new QMenu(button));
    button->menu()->setLayoutDirection(Qt::LeftToRight);
    return button;
}

} // namespace

LiveToolbar::LiveToolbar(TimeAxis &axis, QWidget *parent)
    : QWidget(parent), m_axis(axis),
      m_span(menuButton(QStringLiteral("span"), tr("How much time is shown"), this)),
      m_pause(new QPushButton(this)), m_follow(new QPushButton(tr("Follow"), this)),
      m_times(new QLabel(this)),
      m_family(menuButton(QStringLiteral("family"), tr("Which commands' latency is shown"), this)),
      m_export(menuButton(QStringLiteral("export"), tr("Save the page or its figures"), this)),
      m_spans(new QActionGroup(this)), m_families(new QActionGroup(this))
{
    setObjectName(QStringLiteral("liveToolbar"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(this, "bar");
    setFixedHeight(46);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 0, 12, 0);
    layout->setSpacing(8);

    auto *title = new QLabel(tr("Live"), this);
    setLook(title, "title");
    auto *pace = new QLabel(tr("1 Hz"), this);
    pace->setToolTip(tr("One sample a second"));
    setLook(pace, "chip");

    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setCheckable(true);
    m_follow->setObjectName(QStringLiteral("follow"));
    m_follow->setToolTip(tr("Follow the newest sample again (Home)"));
    m_times->setObjectName(QStringLiteral("times"));
    setLook(m_times, "muted");
    m_times->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    layout->addWidget(title);
    layout->addWidget(pace, 0, Qt::AlignVCenter);
    layout->addSpacing(2);
    layout->addWidget(m_span);
    layout->addWidget(m_pause);
    layout->addWidget(m_follow);
    layout->addSpacing(4);
    layout->addWidget(m_times, 1);
    layout->addWidget(m_family);
    layout->addWidget(m_export);

    buildSpans();
    buildFamilies();
    buildExport();
    connect(m_pause, &QPushButton::toggled, this,
            [this](bool paused) { m_axis.setPaused(paused); });
    connect(m_follow, &QPushButton::clicked, &m_axis, &TimeAxis::follow);
    connect(&m_axis, &TimeAxis::rangeChanged, this, &LiveToolbar::showTimes);
    connect(&m_axis, &TimeAxis::cursorChanged, this, &LiveToolbar::showTimes);
    connect(&m_axis, &TimeAxis::modeChanged, this, &LiveToolbar::showMode);
    showMode();
    showTimes();
}

void LiveToolbar::buildSpans()
{
    const std::pair<std::int64_t, QString> spans[] = {{TimeAxis::kMinute, tr("Last minute")},
                                                      {10 * TimeAxis::kMinute, tr("Last 10 min")},
                                                      {60 * TimeAxis::kMinute, tr("Last hour")},
                                                      {0, tr("All")}};
    for (const auto &[ms, name] : spans) {
        QAction *action = m_span->menu()->addAction(name);
        action->setCheckable(true);
        action->setChecked(ms == m_axis.span());
        m_spans->addAction(action);
        if (action->isChecked()) m_span->setText(name);
        connect(action, &QAction::triggered, this, [this, span = ms, text = name] {
            m_span->setText(text);
            m_axis.setSpan(span);
        });
    }
}

void LiveToolbar::buildFamilies()
{
    for (const LatencyFamily family :
         {LatencyFamily::Reads, LatencyFamily::Writes, LatencyFamily::Scans, LatencyFamily::Other,
          LatencyFamily::Requests, LatencyFamily::FirstToken}) {
        QAction *action = m_family->menu()->addAction(familyName(family));
        action->setCheckable(true);
        action->setData(static_cast<int>(family));
        m_families->addAction(action);
        connect(action, &QAction::triggered, this, [this, family] {
            setFamily(family);
            emit familyChosen(family);
        });
    }
    setFamily(LatencyFamily::Reads);
}

void LiveToolbar::setFamily(LatencyFamily family)
{
    for (QAction *action : m_families->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(family));
    m_family->setText(tr("Latency of %1").arg(familyName(family)));
}

void LiveToolbar::buildExport()
{
    m_export->setText(tr("Export"));
    connect(m_export->menu()->addAction(tr("This page as PNG…")), &QAction::triggered, this,
            &LiveToolbar::pictureRequested);
    connect(m_export->menu()->addAction(tr("All series as CSV…")), &QAction::triggered, this,
            &LiveToolbar::tableRequested);
}

void LiveToolbar::showTimes()
{
    QString text =
        QStringLiteral("%1 → %2").arg(clockTime(m_axis.fromMs()), clockTime(m_axis.toMs()));
    if (m_axis.cursor()) text += tr(" · cursor %1").arg(clockTime(*m_axis.cursor()));
    m_times->setText(text);
}

void LiveToolbar::showMode()
{
    const bool paused = m_axis.isPaused();
    const QSignalBlocker quiet(m_pause);
    m_pause->setChecked(paused);
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(strokeIcon(paused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pause->setToolTip(paused ? tr("Show new samples again (Space)")
                               : tr("Hold the charts still; samples are still taken (Space)"));
    m_follow->setVisible(!m_axis.isFollowing());
}

} // namespace kvscope
