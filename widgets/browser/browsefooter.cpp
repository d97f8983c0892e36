// BrowseFooter: a line that stays, and a line while a scan runs.
#include "widgets/browser/browsefooter.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

QString count(std::size_t n)
{
    return QString::fromStdString(formatCount(n));
}

} // namespace

BrowseFooter::BrowseFooter(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("browseFooter"));
    setLook(this, "foot");
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(12, 6, 12, 6);
    lines->setSpacing(6);

    m_scan = new QFrame(this);
    m_scan->setObjectName(QStringLiteral("scanStrip"));
    auto *scan = new QHBoxLayout(m_scan);
    scan->setContentsMargins(0, 0, 0, 0);
    scan->setSpacing(8);
    m_progress = new QProgressBar(m_scan);
    m_progress->setObjectName(QStringLiteral("scanProgress"));
    m_progress->setTextVisible(false);
    m_rate = new QLabel(m_scan);
    m_rate->setObjectName(QStringLiteral("scanRate"));
    setLook(m_rate, "small");
    m_stop = new QPushButton(m_scan);
    m_stop->setObjectName(QStringLiteral("stopScanButton"));
    setLook(m_stop, "quiet");
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (isRemoving()) {
            emit stopRemovalRequested();
        } else {
            emit stopRequested();
        }
    });
    scan->addWidget(m_progress, 1);
    scan->addWidget(m_rate);
    scan->addWidget(m_stop);
    lines->addWidget(m_scan);

    auto *line = new QHBoxLayout;
    m_shown = new QLabel(this);
    m_shown->setObjectName(QStringLiteral("shownKeys"));
    setLook(m_shown, "small");
    m_memory = new QLabel(this);
    m_memory->setObjectName(QStringLiteral("indexMemory"));
    setLook(m_memory, "small");
    line->addWidget(m_shown);
    line->addStretch(1);
    line->addWidget(m_memory);
    lines->addLayout(line);
    m_scan->hide();
    retranslate();
}

void BrowseFooter::retranslate()
{
    m_stop->setText(tr("Stop"));
    const bool removing = isRemoving();
    m_stop->setToolTip(removing ? tr("Stop deleting; what is deleted stays so")
                                : tr("Stop the scan and keep what it has brought"));
    m_progress->setAccessibleName(removing ? tr("Progress of the deletion") : tr("Scan progress"));
    m_memory->setToolTip(tr("Memory that the key index takes beside the keys' own bytes"));
}

QString BrowseFooter::scanText(const KeyFeed &feed) const
{
    QString rate = QString::fromStdString(formatRate(feed.rate()));
    const std::int64_t left = feed.secondsLeft();
    if (left < 0) return rate;
    return tr("%1 · %2 left").arg(rate, QString::fromStdString(formatDuration(left * 1000)));
}

void BrowseFooter::setRemoval(std::size_t done, std::size_t total)
{
    m_removed = done;
    m_toRemove = total;
    retranslate();
}

void BrowseFooter::showState(const KeyFeed &feed, std::size_t selected)
{
    const keyindex::IndexFigures &figures = feed.tree()->figures();
    m_scan->setVisible(feed.isScanning() || isRemoving());
    if (isRemoving()) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(static_cast<int>(m_removed * 1000 / m_toRemove));
        m_rate->setText(tr("deleted %1 of %2").arg(count(m_removed), count(m_toRemove)));
    } else if (feed.isScanning()) {
        const double progress = feed.progress();
        m_progress->setRange(0, progress < 0 ? 0 : 1000);
        if (progress >= 0) m_progress->setValue(static_cast<int>(progress * 1000));
        m_rate->setText(scanText(feed));
    }
    m_shown->setText(shownText(feed, selected));
    const std::size_t beside = figures.bytesUsed - std::min(figures.bytesUsed, figures.keyBytes);
    m_memory->setText(
        figures.keys == 0
            ? QString()
            : tr("memory %1 + keys").arg(QString::fromStdString(formatBytes(beside))));
}

QString BrowseFooter::shownText(const KeyFeed &feed, std::size_t selected) const
{
    const keyindex::IndexFigures &figures = feed.tree()->figures();
    const QString keys = count(figures.keys);
    const int plural = static_cast<int>(std::min<std::size_t>(figures.keys, 1'000'000'000));
    if (!m_sorting.isEmpty()) return tr("Sorting %1 …").arg(m_sorting);
    if (figures.full) return tr("%1 keys, the most the index holds").arg(keys);
    if (selected > 1) return tr("%1 selected of %2").arg(count(selected), keys);
    if (figures.filtered)
        return tr("%1 of %2 keys", nullptr, plural).arg(count(figures.matching), keys);
    if (!feed.isComplete() && !feed.isScanning() && figures.keys > 0)
        return tr("%1 keys, stopped", nullptr, plural).arg(keys);
    return tr("%1 keys", nullptr, plural).arg(keys);
}

void BrowseFooter::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace kvscope
