// JobStrip: one line about the queue's first job.
#include "widgets/jobs/jobstrip.h"

#include "core/jobs/jobqueue.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobwords.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace kvscope {
namespace {

constexpr int kBarWidth = 128;
constexpr int kSteps = 1'000;

} // namespace

JobStrip::JobStrip(JobQueue &queue, QWidget *parent)
    : QWidget(parent), m_queue(queue), m_name(new QToolButton(this)), m_bar(new QProgressBar(this)),
      m_text(new QLabel(this)), m_pause(new QToolButton(this)), m_cancel(new QToolButton(this))
{
    setObjectName(QStringLiteral("jobStrip"));
    m_name->setObjectName(QStringLiteral("jobName"));
    m_name->setFont(uiFont(12));
    m_bar->setObjectName(QStringLiteral("jobBar"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(kBarWidth);
    m_text->setObjectName(QStringLiteral("jobText"));
    m_text->setFont(uiFont(12));
    m_text->setTextFormat(Qt::PlainText);
    setLook(m_text, "muted");
    m_pause->setObjectName(QStringLiteral("jobPause"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setIcon(strokeIcon(QStringLiteral("close")));
    for (QToolButton *button : {m_pause, m_cancel}) button->setIconSize(QSize(14, 14));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_bar);
    layout->addWidget(m_text);
    layout->addWidget(m_pause);
    layout->addWidget(m_cancel);
    connect(m_name, &QToolButton::clicked, this, &JobStrip::chosen);
    connect(m_pause, &QToolButton::clicked, this, [this] {
        const JobState *job = m_queue.find(m_number);
        if (!job) return;
        job->paused ? m_queue.resume(m_number) : m_queue.pause(m_number);
    });
    connect(m_cancel, &QToolButton::clicked, this, [this] { m_queue.cancel(m_number); });
    connect(&queue, &JobQueue::changed, this, &JobStrip::refresh);
    refresh();
}

void JobStrip::refresh()
{
    const JobState *job = m_queue.active();
    setVisible(job != nullptr);
    if (!job) return;
    m_number = job->number;
    QString name = jobName(job->kind, job->options) + QLatin1Char(' ') + job->bindingName;
    if (const int more = m_queue.activeCount() - 1; more > 0)
        name += QStringLiteral(" · ") + tr("%n more", nullptr, more);
    m_name->setText(name);
    m_name->setToolTip(job->store + QStringLiteral(" · ") + job->progress.phase);
    const auto share = job->share();
    m_bar->setRange(0, share || job->paused || job->phase == JobState::Phase::Waiting ? kSteps : 0);
    m_bar->setValue(share ? static_cast<int>(*share * kSteps) : 0);
    m_text->setText(progressText(*job));
    m_text->setToolTip(job->progress.slowedBy);
    m_pause->setIcon(strokeIcon(job->paused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pause->setEnabled(job->phase == JobState::Phase::Running && !job->ending);
    m_cancel->setEnabled(!job->ending);
    const QString pause = job->paused ? tr("Go on") : tr("Pause the job");
    m_pause->setToolTip(pause);
    m_pause->setAccessibleName(pause);
    const QString cancel = tr("Cancel the job");
    m_cancel->setToolTip(cancel);
    m_cancel->setAccessibleName(cancel);
}

void JobStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace kvscope
