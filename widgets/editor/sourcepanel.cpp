// SourcePanel: verdict, row, and the store's value against the one the binding would make.
#include "widgets/editor/sourcepanel.h"

#include "core/base/human.h"
#include "core/value/jsonlayout.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/editor/diffview.h"
#include "widgets/editor/freshnesschip.h"
#include "widgets/editor/valuetext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr std::size_t kCellBytes = 2'000; // of a cell, on screen
constexpr int kLeastWidth = 300;
constexpr int kWidth = 400;
constexpr int kMostRowsInSight = 8;

QString cellText(BytesView bytes)
{
    return QString::fromStdString(escapeBytes(bytes.substr(0, kCellBytes)));
}

// A member a line, so that a narrow panel shows what differs; what is no JSON as an editor would.
SharedBytes laidOut(const SharedBytes &value)
{
    const auto document = JsonDocument::parse(value);
    if (!document) return prepareValue(value).display;
    return prepareValue(std::make_shared<const Bytes>(layOutJson(*document))).display;
}

QLabel *label(QWidget *parent, const char *name, const char *look)
{
    auto *made = new QLabel(parent);
    made->setObjectName(QString::fromLatin1(name));
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setContentsMargins(12, 6, 12, 6);
    setLook(made, look);
    return made;
}

} // namespace

SourcePanel::SourcePanel(FreshnessChip *chip, QWidget *parent)
    : QFrame(parent), m_chip(chip), m_title(label(this, "sourceTitle", "title")),
      m_state(label(this, "sourceState", "muted")), m_note(label(this, "sourceNote", "small")),
      m_close(new QToolButton(this)), m_row(new QTableWidget(this)), m_diff(new DiffView(this))
{
    setObjectName(QStringLiteral("sourcePanel"));
    setLook(this, "panel");
    setMinimumWidth(kLeastWidth);
    m_close->setObjectName(QStringLiteral("sourceClose"));
    m_close->setIcon(strokeIcon(QStringLiteral("close")));
    m_row->setObjectName(QStringLiteral("sourceRow"));
    m_row->setColumnCount(2);
    m_row->setFrameShape(QFrame::NoFrame);
    m_row->setFont(monoFont());
    m_row->setShowGrid(false);
    m_row->setWordWrap(false);
    m_row->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_row->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_row->verticalHeader()->hide();
    m_row->verticalHeader()->setDefaultSectionSize(metric::kRow);
    m_row->horizontalHeader()->setStretchLastSection(true);
    m_row->horizontalHeader()->setDefaultSectionSize(140);
    m_row->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_diff->setObjectName(QStringLiteral("sourceDiff"));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 2, 8, 2);
    head->addWidget(m_title, 1);
    head->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_state);
    layout->addWidget(m_row);
    layout->addWidget(m_note);
    layout->addWidget(m_diff, 1);
    layout->addStretch(0);
    connect(m_close, &QToolButton::clicked, m_chip, [this] { m_chip->setChecked(false); });
    connect(m_chip, &QPushButton::toggled, this, [this](bool on) {
        setVisible(on);
        if (on) refresh();
    });
    connect(m_chip, &FreshnessChip::answered, this, [this] {
        if (!isHidden()) refresh();
    });
    retranslate();
    hide();
}

QSize SourcePanel::sizeHint() const
{
    return {kWidth, QFrame::sizeHint().height()};
}

void SourcePanel::retranslate()
{
    m_close->setToolTip(tr("Close the source row"));
    m_close->setAccessibleName(m_close->toolTip());
    m_row->setHorizontalHeaderLabels({tr("Column"), tr("In the source")});
    m_row->setAccessibleName(tr("Source row"));
    m_diff->setAccessibleName(tr("The store's value against what the source says"));
}

void SourcePanel::refresh()
{
    const auto &now = m_chip->freshness();
    if (!now) return;
    m_title->setText(now->bindingName.isEmpty() ? tr("Source row")
                                                : tr("Source row · %1").arg(now->bindingName));
    m_state->setText(now->text + QStringLiteral(" · ") + now->detail);
    showRow(*now);
    compare(*now);
}

void SourcePanel::showRow(const KeyFreshness &freshness)
{
    const int rows = int(freshness.row.size());
    m_row->setVisible(rows > 0);
    if (m_row->rowCount() != rows) m_row->setRowCount(rows);
    for (int i = 0; i < rows; ++i) {
        const auto &[name, cell] = freshness.row[std::size_t(i)];
        const QString texts[] = {cellText(name), cell ? cellText(*cell) : QStringLiteral("NULL")};
        for (int column = 0; column < 2; ++column) {
            QTableWidgetItem *item = m_row->item(i, column);
            if (!item) m_row->setItem(i, column, item = new QTableWidgetItem);
            if (item->text() != texts[column]) item->setText(texts[column]);
            item->setToolTip(texts[column]);
            item->setForeground(column == 0 || !cell ? theme().muted : theme().text);
        }
    }
    m_row->setFixedHeight(m_row->horizontalHeader()->sizeHint().height() +
                          std::min(rows, kMostRowsInSight) * metric::kRow + 2);
}

void SourcePanel::compare(const KeyFreshness &freshness)
{
    const bool both = freshness.cache && freshness.source;
    if (!both) {
        m_comparing.renew();
        m_cache.reset();
        m_source.reset();
        m_diff->hide();
        m_note->setVisible(freshness.cache || freshness.source);
        if (freshness.source)
            m_note->setText(tr("The store has no such key; the row would make it."));
        if (freshness.cache) m_note->setText(tr("The source has no row that makes this key."));
        return;
    }
    m_note->show();
    if (m_cache == freshness.cache && m_source == freshness.source) return;
    m_cache = freshness.cache;
    m_source = freshness.source;
    m_comparing.renew();
    runOffThread(
        m_comparing,
        [cache = std::make_shared<const Bytes>(*m_cache),
         source = std::make_shared<const Bytes>(*m_source)] {
            // Laid out alike, so that spacing is no difference.
            return DiffView::compare(laidOut(cache), laidOut(source));
        },
        [this](std::shared_ptr<const DiffView::Content> content) {
            const bool same = content->rows.empty();
            m_note->setText(same ? tr("The binding makes the same value of it.")
                                 : tr("− in the store   + what the binding makes of the row"));
            m_diff->show(std::move(content));
            m_diff->setVisible(!same);
        });
}

void SourcePanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !isHidden()) refresh();
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    m_cache.reset();
    if (!isHidden()) refresh();
}

} // namespace kvscope
