// DifferenceTable: the strip above, what is chosen and what becomes of it.
#include "widgets/jobs/differencetable.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobwords.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

// So many rows are copied at once while more of them come.
constexpr std::size_t kMostWhileGrowing = 1'000;

QString escaped(BytesView bytes)
{
    return QString::fromStdString(escapeBytes(bytes));
}

// Keys as the contract writes them, so that they can be given to a verb; rows with tabs between.
QString linesOf(const ChosenDifferences &chosen, bool keysAlone)
{
    QString text;
    for (const std::uint32_t number : chosen.which) {
        const Difference &one = chosen.found->some[number];
        text += escaped(one.key);
        if (!keysAlone) {
            const QString age = one.ageMs ? QString::number(*one.ageMs) : QString();
            for (const QString &cell : {QString::fromLatin1(entryClassName(one.what)),
                                        valueLine(one.cache), valueLine(one.source), age})
                text += QLatin1Char('\t') + cell;
        }
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace

DifferenceTable::DifferenceTable(QWidget *parent)
    : QFrame(parent), m_model(new DifferenceModel(this)), m_table(new QTableView(this)),
      m_title(new QLabel(this)), m_counts(new QLabel(this)), m_empty(new QLabel(m_table)),
      m_all(new QPushButton(this)), m_export(new QToolButton(this)), m_repair(new QPushButton(this))
{
    setObjectName(QStringLiteral("differences"));
    setLook(this, "panel");
    setLook(m_title, "title");
    setLook(m_counts, "muted");
    m_counts->setObjectName(QStringLiteral("differenceCounts"));
    m_counts->setFont(uiFont(12));
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_repair->setObjectName(QStringLiteral("repairSelected"));
    m_repair->setEnabled(false);
    m_all->setObjectName(QStringLiteral("showAllDifferences"));
    m_all->setAutoDefault(false);
    m_all->hide();
    setLook(m_all, "chip");
    m_export->setObjectName(QStringLiteral("exportDifferences"));
    m_export->setIcon(strokeIcon(QStringLiteral("export")));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setMenu(new QMenu(m_export));
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->hide();
    m_empty->setObjectName(QStringLiteral("differencesEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setLook(m_empty, "muted");

    auto *strip = new QHBoxLayout;
    strip->setContentsMargins(12, 4, 12, 4);
    strip->setSpacing(12);
    strip->addWidget(m_title);
    strip->addWidget(m_all);
    strip->addWidget(m_counts, 1);
    strip->addWidget(m_export);
    strip->addWidget(m_repair);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(strip);
    layout->addWidget(m_table, 1);
    buildTable();
    connect(m_all, &QPushButton::clicked, this, &DifferenceTable::allRequested);
    connect(m_repair, &QPushButton::clicked, this,
            [this] { askRepair(selected(DifferenceModel::Which::Repairable)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DifferenceTable::showCounts);
    connect(m_model, &DifferenceModel::rowsInserted, this, &DifferenceTable::showCounts);
    connect(m_model, &DifferenceModel::dataChanged, this, &DifferenceTable::showCounts);
    connect(m_model, &DifferenceModel::modelReset, this, &DifferenceTable::showCounts);
    retranslate();
}

void DifferenceTable::show(std::shared_ptr<const FoundDifferences> found,
                           DifferenceModel::Growth growth, const QString &emptyText)
{
    m_emptyText = emptyText;
    const bool other = found != m_found;
    const bool first = m_model->rowCount() == 0;
    m_found = found;
    m_model->show(std::move(found), growth);
    if (other) m_table->scrollToTop();
    if (other || first) fitColumns();
    showCounts();
}

void DifferenceTable::setClass(std::optional<EntryClass> only)
{
    m_model->setClass(only);
    showCounts();
}

void DifferenceTable::becomePreview()
{
    m_isPreview = true;
    m_model->setAgainst(DifferenceModel::Against::Row);
    m_table->setColumnHidden(DifferenceModel::Age, true);
    m_table->setColumnHidden(DifferenceModel::Action, true);
    retranslate();
}

void DifferenceTable::setRepairObstacle(const QString &reason)
{
    if (std::exchange(m_obstacle, reason) == reason) return;
    showCounts();
    m_table->viewport()->update();
}

void DifferenceTable::setReport(Report report)
{
    m_export->setVisible(report == Report::There && !m_isPreview);
}

QString DifferenceTable::countsText() const
{
    const int rows = m_model->rowCount();
    QString counts;
    if (const auto only = m_model->onlyClass())
        counts = tr("%1 of class “%2”").arg(countText(rows), className(*only));
    else if (rows > 0)
        counts = countText(rows);
    // Transient ones are no verdicts and never in the table.
    if (m_found && m_found->some.size() >= FoundDifferences::kMost)
        counts += QStringLiteral(" · ") + tr("the first %1 are listed; the report has all")
                                              .arg(countText(FoundDifferences::kMost));
    return counts;
}

void DifferenceTable::showCounts()
{
    const int rows = m_model->rowCount();
    const auto repairable =
        static_cast<int>(selected(DifferenceModel::Which::Repairable).which.size());
    m_all->setVisible(m_model->onlyClass().has_value() && !m_isPreview);
    m_counts->setText(countsText());
    m_empty->setText(m_emptyText);
    m_empty->setVisible(rows == 0);
    m_repair->setVisible(rows > 0 && !m_isPreview);
    m_repair->setEnabled(repairable > 0 && m_obstacle.isEmpty());
    m_repair->setText(repairable > 1
                          ? tr("Repair %1 selected", nullptr, repairable).arg(countText(repairable))
                          : tr("Repair"));
    m_repair->setToolTip(m_obstacle.isEmpty() ? tr("Mend the selected entries (Enter)")
                                              : m_obstacle);
}

ChosenDifferences DifferenceTable::selected(DifferenceModel::Which which) const
{
    return m_model->chosen(m_table->selectionModel()->selection(), which);
}

void DifferenceTable::askRepair(const ChosenDifferences &chosen)
{
    if (!chosen.isEmpty() && m_obstacle.isEmpty() && !m_isPreview) emit repairRequested(chosen);
}

void DifferenceTable::openKey(const QModelIndex &index)
{
    const Difference *one = m_model->difference(index);
    if (one && one->cache.there) emit openRequested(one->key);
}

void DifferenceTable::copySelected(Copy what)
{
    ChosenDifferences chosen = selected(DifferenceModel::Which::All);
    if (chosen.isEmpty() || m_isCopying) return;
    const bool keys = what == Copy::Keys;
    if (m_model->growth() == DifferenceModel::Growth::Growing) {
        chosen.which.resize(std::min(chosen.which.size(), kMostWhileGrowing));
        return QGuiApplication::clipboard()->setText(linesOf(chosen, keys));
    }
    m_isCopying = true;
    const auto done = m_lifetime.guard([this](const QString &text) {
        m_isCopying = false;
        QGuiApplication::clipboard()->setText(text);
    });
    QThreadPool::globalInstance()->start(
        [chosen = std::move(chosen), keys, done] { done(linesOf(chosen, keys)); });
}

void DifferenceTable::showMenu(const QPoint &at)
{
    const QModelIndex index = m_table->indexAt(at);
    const Difference *one = m_model->difference(index);
    if (!one) return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("differenceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *repair = menu->addAction(
        tr("Repair"), this, [this] { askRepair(selected(DifferenceModel::Which::Repairable)); });
    repair->setEnabled(m_repair->isEnabled());
    repair->setVisible(!m_isPreview);
    QAction *open = menu->addAction(tr("Open the key in Browse"), this,
                                    [this, key = one->key] { emit openRequested(key); });
    open->setEnabled(one->cache.there);
    menu->addSeparator();
    menu->addAction(tr("Copy the keys"), this, [this] { copySelected(Copy::Keys); });
    menu->addAction(tr("Copy the rows"), this, [this] { copySelected(Copy::Rows); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool DifferenceTable::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress)
        return takeKey(*static_cast<QKeyEvent *>(event));
    if (watched == m_table->viewport() && takeMouse(event)) return true;
    return QFrame::eventFilter(watched, event);
}

void DifferenceTable::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void DifferenceTable::retranslate()
{
    m_title->setText(m_isPreview ? tr("First rows") : tr("Differences"));
    m_table->setAccessibleName(m_title->text());
    m_all->setText(tr("Show all"));
    m_all->setToolTip(tr("Every class again"));
    m_export->setToolTip(tr("Save the report of this check…"));
    m_export->setAccessibleName(tr("Save the report"));
    QMenu *menu = m_export->menu();
    menu->clear();
    menu->addAction(tr("Export JSON…"), this, [this] { emit exportRequested(ReportFormat::Json); });
    menu->addAction(tr("Export Markdown…"), this,
                    [this] { emit exportRequested(ReportFormat::Markdown); });
    emit m_model->headerDataChanged(Qt::Horizontal, 0, DifferenceModel::kColumns - 1);
    showCounts();
}

} // namespace kvscope
