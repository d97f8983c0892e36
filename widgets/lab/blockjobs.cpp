// BlockJobs: two buttons, a bar, what was found.
#include "widgets/lab/blockjobs.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobwords.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kMostShown = 200;

QToolButton *smallButton(const char *name, const char *icon, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(strokeIcon(QString::fromLatin1(icon)));
    return button;
}

/// What is neither copied nor parted on the window's thread.
using Prompts = std::shared_ptr<std::vector<Bytes>>;

void setName(QToolButton *button, const QString &name)
{
    button->setToolTip(name);
    button->setAccessibleName(name);
}

} // namespace

BlockJobs::BlockJobs(Lab &lab, LabJobs &jobs, std::function<llm::KvFormat()> format,
                     QWidget *parent)
    : QWidget(parent), m_lab(lab), m_jobs(jobs), m_format(std::move(format)),
      m_warm(new QPushButton(tr("Warm…"), this)), m_check(new QPushButton(tr("Check"), this)),
      m_running(new QWidget(this)), m_progress(new QProgressBar(this)),
      m_pause(smallButton("pauseBlocks", "pause", this)),
      m_cancel(smallButton("cancelBlocks", "close", this)), m_result(new QLabel(this)),
      m_found(new QTreeWidget(this)), m_delete(new QPushButton(this))
{
    setObjectName(QStringLiteral("blockJobs"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 6);
    column->setSpacing(6);
    column->addWidget(buildButtons());
    column->addWidget(buildProgress());
    m_result->setObjectName(QStringLiteral("blockResult"));
    m_result->setWordWrap(true);
    setLook(m_result, "small");
    column->addWidget(m_result);
    m_found->setObjectName(QStringLiteral("foundBlocks"));
    m_found->setAccessibleName(tr("Blocks that are not as they should be"));
    m_found->setHeaderHidden(true);
    m_found->setRootIsDecorated(false);
    m_found->setColumnCount(2);
    m_found->header()->setStretchLastSection(false);
    m_found->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_found->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_found->setTextElideMode(Qt::ElideMiddle);
    m_found->setFixedHeight(4 * metric::kRow);
    column->addWidget(m_found);
    m_delete->setObjectName(QStringLiteral("deleteBlocks"));
    setLook(m_delete, "danger");
    column->addWidget(m_delete, 0, Qt::AlignLeft);

    connect(m_warm, &QPushButton::clicked, this, &BlockJobs::chooseFile);
    connect(m_check, &QPushButton::clicked, this, &BlockJobs::startCheck);
    connect(m_delete, &QPushButton::clicked, this, &BlockJobs::askDelete);
    connect(m_pause, &QToolButton::clicked, this, [this] {
        if (const JobState *job = m_jobs.blockJob()) m_jobs.pauseOrResume(*job);
    });
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (const JobState *job = m_jobs.blockJob()) m_jobs.cancel(*job);
    });
    connect(&m_jobs, &LabJobs::blockJobChanged, this, &BlockJobs::showJob);
    connect(&m_jobs, &LabJobs::targetChanged, this, &BlockJobs::showJob);
    connect(&m_lab, &Lab::snapshotTaken, this, &BlockJobs::showTarget);
    m_found->hide();
    m_delete->hide();
    showTarget();
    showJob();
}

QWidget *BlockJobs::buildButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_warm->setObjectName(QStringLiteral("warmBlocks"));
    m_check->setObjectName(QStringLiteral("checkBlocks"));
    layout->addWidget(m_warm);
    layout->addStretch(1);
    layout->addWidget(m_check);
    return row;
}

QWidget *BlockJobs::buildProgress()
{
    auto *layout = new QHBoxLayout(m_running);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_progress->setObjectName(QStringLiteral("blockProgress"));
    m_progress->setTextVisible(false);
    setName(m_cancel, tr("Cancel"));
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_pause);
    layout->addWidget(m_cancel);
    m_running->hide();
    return m_running;
}

ModelFile BlockJobs::model() const
{
    const LabSnapshot &snapshot = *m_lab.snapshot();
    return {snapshot.model, QString::fromStdString(snapshot.modelPath)};
}

void BlockJobs::chooseFile()
{
    askOpenFile(this, tr("A file of system prompts"), tr("Text (*.txt *.md *.prompts);;All (*)"),
                [this](const QString &path) { warmFrom(path); });
}

void BlockJobs::warmFrom(const QString &path)
{
    const auto done = m_lifetime.guard([this, path](const Result<Prompts> &prompts) {
        if (!prompts) return emit failed(prompts.error());
        const auto start = [this, prompts = *prompts, store = m_jobs.storeName()](bool yes) {
            if (yes && isStill(store))
                m_jobs.warm({.model = model(),
                             .prompts = std::move(*prompts),
                             .format = m_format(),
                             .ttlMs = m_lab.blockTtl().count()});
        };
        if (!m_jobs.isProduction()) return start(true);
        askConfirmation(this,
                        {.objectName = QStringLiteral("confirmProduction"),
                         .title = tr("Warm KV blocks on a production store?"),
                         .text = tr("This writes to %1, which is marked as production. What is "
                                    "there already is left as it is.")
                                     .arg(m_jobs.storeName()),
                         .confirmText = tr("Warm"),
                         .destructive = true},
                        start);
    });
    // Millions of short lines take a while to part, too.
    QThreadPool::globalInstance()->start([path, done] {
        auto prompts = promptsOf(path);
        if (!prompts) return done(Result<Prompts>(failure(prompts.error())));
        done(Result<Prompts>(std::make_shared<std::vector<Bytes>>(std::move(*prompts))));
    });
}

bool BlockJobs::isStill(const QString &store)
{
    if (store == m_jobs.storeName()) return true;
    emit failed(Error(ErrorCode::LabFailed, {tr("another store was opened meanwhile")}));
    return false;
}

void BlockJobs::startCheck()
{
    m_jobs.check({.model = model()});
}

void BlockJobs::askDelete()
{
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmDeleteBlocks"),
                     .title = tr("Delete %n KV blocks?", nullptr, int(m_wrong.size())),
                     .text = tr("Each is compared once more first, and kept in the journal: the "
                                "run can be undone on the Jobs page. What is deleted is computed "
                                "anew when it is asked for."),
                     .confirmText = tr("Delete"),
                     .destructive = true},
                    [this, store = m_jobs.storeName()](bool yes) {
                        if (yes && isStill(store))
                            m_jobs.check({.model = model(),
                                          .repair = BlockCheckOptions::Repair::Delete,
                                          .only = m_wrong});
                    });
}

void BlockJobs::showTarget()
{
    const JobState *job = m_jobs.blockJob();
    const bool isFree = job == nullptr || !job->isActive();
    const bool hasModel = m_lab.hasModel();
    const QString write = m_jobs.writeObstacle();
    const QString read = m_jobs.obstacle();
    m_warm->setEnabled(isFree && hasModel && write.isEmpty());
    m_check->setEnabled(isFree && hasModel && read.isEmpty());
    m_delete->setEnabled(isFree && hasModel && write.isEmpty());
    m_warm->setToolTip(write.isEmpty()
                           ? tr("Compute the KV blocks of a file of system prompts (paragraphs, "
                                "or a prompt a line) and keep them in %1")
                                 .arg(m_jobs.storeName())
                           : write);
    m_check->setToolTip(read.isEmpty()
                            ? tr("Compute every KV block of this model in %1 anew and compare "
                                 "bit for bit")
                                  .arg(m_jobs.storeName())
                            : read);
}

void BlockJobs::showJob()
{
    showTarget();
    const JobState *job = m_jobs.blockJob();
    // What was found elsewhere says nothing of the store that is open now.
    if (job != nullptr && !job->isActive() && job->store != m_jobs.storeName()) job = nullptr;
    m_running->setVisible(job != nullptr && job->isActive());
    m_result->setVisible(job != nullptr);
    if (job == nullptr) {
        m_found->hide();
        m_delete->hide();
        return;
    }
    if (job->number != m_shownJob) {
        m_shownJob = job->number;
        m_wrong.clear();
        m_found->clear();
    }
    const QString name = jobName(job->kind, job->options);
    if (job->isActive()) {
        const auto share = job->share();
        m_progress->setRange(0, share ? 1000 : 0);
        if (share) m_progress->setValue(int(*share * 1000));
        m_pause->setIcon(
            strokeIcon(job->paused ? QStringLiteral("play") : QStringLiteral("pause")));
        setName(m_pause, job->paused ? tr("Resume") : tr("Pause"));
        m_result->setText(name + QStringLiteral(" · ") + progressText(*job));
    } else {
        const auto state = !job->error ? RunRecord::State::Done
                           : job->error->code() == ErrorCode::Cancelled
                               ? RunRecord::State::Cancelled
                               : RunRecord::State::Failed;
        m_result->setText(name + QStringLiteral(" · ") +
                          resultText(job->kind, job->options, state, job->result));
    }
    showFindings(*job);
}

void BlockJobs::showFindings(const JobState &job)
{
    const bool isCheck = job.kind == QLatin1String(kBlockCheckJob);
    const std::vector<Difference> &some = job.differences->some;
    const bool deleted = job.result.value(QLatin1String("repaired")).toInteger() > 0;
    m_found->setVisible(isCheck && !some.empty());
    m_delete->setVisible(isCheck && !some.empty() && !job.isActive() && !deleted);
    for (auto i = std::size_t(m_found->topLevelItemCount());
         i < some.size() && i < std::size_t(kMostShown); ++i) {
        const QString key = QString::fromStdString(escapeBytes(some[i].key));
        auto *item = new QTreeWidgetItem(m_found, {key, className(some[i].what)});
        item->setForeground(1, classColor(some[i].what));
        const QString remark = QString::fromStdString(some[i].remark);
        item->setToolTip(0, remark.isEmpty() ? key : key + QLatin1Char('\n') + remark);
        item->setToolTip(1, classMeaning(some[i].what));
    }
    if (job.isActive()) return;
    for (const Difference &one : some)
        if (one.what != EntryClass::Unknown) m_wrong.insert(one.key);
    m_delete->setText(tr("Delete these %n", nullptr, int(m_wrong.size())));
    if (m_wrong.empty()) m_delete->hide();
}

} // namespace kvscope
