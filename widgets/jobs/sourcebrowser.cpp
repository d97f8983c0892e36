// SourceBrowser: a tree of tables, a table of rows.
#include "widgets/jobs/sourcebrowser.h"

#include "core/async/errortext.h"
#include "core/jobs/jobspec.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobpaint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QThreadPool>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kSampleRows = 20;
constexpr std::size_t kMostTables = 2'000;
constexpr int kMostColumnWidth = 260;
constexpr std::size_t kMostCellBytes = 200;

} // namespace

SourceBrowser::SourceBrowser(QWidget *parent)
    : QWidget(parent), m_tree(new QTreeWidget(this)), m_rows(new QTableWidget(this)),
      m_note(new QLabel(this)), m_propose(new QPushButton(this))
{
    setObjectName(QStringLiteral("sourceBrowser"));
    m_tree->setObjectName(QStringLiteral("tableTree"));
    m_tree->setColumnCount(2);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(true);
    m_rows->setObjectName(QStringLiteral("sampleRows"));
    m_rows->setFont(monoFont());
    m_rows->setTabKeyNavigation(false);
    jobpaint::dress(m_rows);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setFocusProxy(m_tree);
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_note->setObjectName(QStringLiteral("browserNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    setLook(m_note, "muted");
    m_propose->setObjectName(QStringLiteral("proposeBinding"));
    m_propose->setAutoDefault(false);
    m_propose->setEnabled(false);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 8);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_propose);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_rows);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addLayout(foot);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &SourceBrowser::showSample);
    connect(m_propose, &QPushButton::clicked, this, [this] {
        if (const SourceTable *table = chosen()) emit proposed(*table);
    });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this] {
        if (const SourceTable *table = chosen()) emit proposed(*table);
    });
    retranslate();
}

SourceBrowser::~SourceBrowser()
{
    m_stop.request_stop();
}

void SourceBrowser::open(const QString &url, const QString &folder)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_connecting.renew();
    m_sampling.renew();
    m_url = url;
    m_folder = folder;
    m_tables.clear();
    m_tree->clear();
    m_rows->setRowCount(0);
    m_rows->setColumnCount(0);
    m_propose->setEnabled(false);
    m_note->setText(tr("Connecting…"));
    const auto done =
        m_connecting.guard([this](Result<SourceSketch> sketch) { take(std::move(sketch)); });
    QThreadPool::globalInstance()->start([url, folder, stop = m_stop.get_token(), done] {
        if (const auto made = makeDemoSourceFor(url, {}, stop); !made)
            return done(Result<SourceSketch>(failure(made.error())));
        done(sketchSource(url, folder, stop));
    });
}

void SourceBrowser::take(Result<SourceSketch> sketch)
{
    if (!sketch) {
        m_note->setText(errorLine(sketch.error()));
        emit connected(failure(sketch.error()));
        return;
    }
    m_tables = std::move(sketch->tables);
    const std::size_t shown = std::min(m_tables.size(), kMostTables);
    m_note->setText(m_tables.empty() ? tr("The source has no tables.")
                                     : tr("Choose a table to see some of its rows."));
    QList<QTreeWidgetItem *> items;
    for (std::size_t i = 0; i < shown; ++i) {
        const SourceTable &table = m_tables[i];
        auto *item = new QTreeWidgetItem({table.name});
        item->setIcon(0, strokeIcon(QStringLiteral("table")));
        item->setData(0, Qt::UserRole, static_cast<qulonglong>(i));
        for (const SourceColumn &column : table.columns)
            item->addChild(new QTreeWidgetItem(
                {QString::fromStdString(escapeBytes(column.name)), column.type.toLower()}));
        items << item;
    }
    m_tree->addTopLevelItems(items);
    m_tree->header()->resizeSection(0, std::max(m_tree->width() * 3 / 5, 160));
    if (shown == 1) m_tree->expandAll();
    if (shown > 0) m_tree->setCurrentItem(m_tree->topLevelItem(0));
    emit connected(static_cast<int>(m_tables.size()));
}

const SourceTable *SourceBrowser::chosen() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    if (item && item->parent()) item = item->parent();
    if (!item) return nullptr;
    const auto at = item->data(0, Qt::UserRole).toULongLong();
    return at < m_tables.size() ? &m_tables[at] : nullptr;
}

void SourceBrowser::showSample()
{
    const SourceTable *table = chosen();
    m_propose->setEnabled(table != nullptr && !table->columns.empty());
    m_sampling.renew();
    if (!table) return;
    const auto done =
        m_sampling.guard([this](const Result<BindingPreview> &sample) { takeSample(sample); });
    QThreadPool::globalInstance()->start(
        [url = m_url, folder = m_folder, table = *table, stop = m_stop.get_token(), done] {
            done(sampleRows(url, folder, table, kSampleRows, stop));
        });
}

// A file's rows have columns of their own beside the table's: where each one lies.
std::vector<int> SourceBrowser::columnsToShow(const BindingPreview &sample) const
{
    const SourceTable *table = chosen();
    std::vector<int> shown;
    for (std::size_t i = 0; i < sample.columns.size(); ++i) {
        const Bytes &name = sample.columns[i].name;
        const bool known = table && std::any_of(table->columns.begin(), table->columns.end(),
                                                [&](const auto &one) { return one.name == name; });
        if (known || !table || table->columns.empty()) shown.push_back(static_cast<int>(i));
    }
    return shown;
}

void SourceBrowser::takeSample(const Result<BindingPreview> &sample)
{
    m_rows->clear();
    m_rows->setRowCount(0);
    if (!sample) return m_note->setText(errorLine(sample.error()));
    const std::vector<int> shown = columnsToShow(*sample);
    QStringList names;
    for (const int at : shown)
        names << QString::fromStdString(sample->columns[static_cast<std::size_t>(at)].name);
    m_rows->setColumnCount(static_cast<int>(names.size()));
    m_rows->setHorizontalHeaderLabels(names);
    m_rows->setRowCount(static_cast<int>(sample->rows.size()));
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        const FieldTuple &cells = sample->rows[static_cast<std::size_t>(row)].cells;
        for (int column = 0; column < static_cast<int>(shown.size()); ++column) {
            const auto at = static_cast<std::size_t>(shown[static_cast<std::size_t>(column)]);
            if (at >= cells.size()) continue;
            const Field &cell = cells[at];
            const QString text =
                cell.isNull() ? QStringLiteral("NULL")
                              : QString::fromStdString(
                                    escapeBytes(BytesView(cell.text).substr(0, kMostCellBytes)));
            m_rows->setItem(row, column, new QTableWidgetItem(text));
        }
    }
    m_rows->resizeColumnsToContents();
    for (int column = 0; column < m_rows->columnCount(); ++column)
        m_rows->setColumnWidth(column, std::min(m_rows->columnWidth(column), kMostColumnWidth));
    m_note->setText(tr("The first %n rows.", nullptr, m_rows->rowCount()));
}

void SourceBrowser::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SourceBrowser::retranslate()
{
    m_tree->setHeaderLabels({tr("Table"), tr("Type")});
    m_tree->setAccessibleName(tr("Tables"));
    m_rows->setAccessibleName(tr("Sample rows"));
    m_propose->setText(tr("Propose a binding"));
    m_propose->setToolTip(tr("Fills the fields for the chosen table (Enter)"));
    if (m_tables.empty() && m_url.isEmpty())
        m_note->setText(tr("Write a source and press Test to see its tables."));
}

} // namespace kvscope
