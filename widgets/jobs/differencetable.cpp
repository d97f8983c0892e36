// DifferenceTable: view, delegate and the strip above.
#include "widgets/jobs/differencetable.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/jobs/jobpaint.h"
#include "widgets/jobs/jobwords.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace kvscope {

class DifferenceTable::Delegate final : public QStyledItemDelegate
{
  public:
    explicit Delegate(const DifferenceTable *table) : m_table(table) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const DifferenceModel &model = *m_table->m_model;
        const Difference *one = model.difference(index);
        if (!one) return;
        const ThemeTokens &t = theme();
        jobpaint::background(*painter, option);
        switch (index.column()) {
        case DifferenceModel::Key:
            return jobpaint::text(*painter, option.rect, index.data().toString(), monoFont(),
                                  t.text);
        case DifferenceModel::Class:
            jobpaint::pill(*painter, option.rect, className(one->what), classColor(one->what));
            return;
        case DifferenceModel::Cache:
            if (!one->cache.there) break;
            return jobpaint::marked(*painter, option.rect, model.lines(index).cache,
                                    model.lines(index).cacheChanged, mixed(t.panel, t.bad, 0.24));
        case DifferenceModel::Source:
            if (!one->source.there) break;
            return jobpaint::marked(*painter, option.rect, model.lines(index).source,
                                    model.lines(index).sourceChanged, mixed(t.panel, t.good, 0.24));
        case DifferenceModel::Age:
            return jobpaint::text(*painter, option.rect, index.data().toString(), uiFont(), t.text,
                                  Qt::AlignRight | Qt::AlignVCenter);
        default:
            return paintAction(*painter, option, index);
        }
        jobpaint::text(*painter, option.rect, index.data().toString(), uiFont(12), t.muted);
    }

  private:
    void paintAction(QPainter &painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const
    {
        if (m_table->m_model->isRepaired(index))
            return jobpaint::text(painter, option.rect, tr("repaired"), uiFont(12), theme().good,
                                  Qt::AlignRight | Qt::AlignVCenter);
        const QRect rect = m_table->buttonRect(index);
        if (rect.isNull()) return;
        const auto look = !m_table->m_obstacle.isEmpty()      ? jobpaint::ButtonLook::Disabled
                          : m_table->m_hovered == index.row() ? jobpaint::ButtonLook::Hovered
                                                              : jobpaint::ButtonLook::Normal;
        jobpaint::button(painter, rect, DifferenceTable::tr("Repair"), look);
    }

    const DifferenceTable *m_table;
};

DifferenceTable::DifferenceTable(QWidget *parent)
    : QFrame(parent), m_model(new DifferenceModel(this)), m_table(new QTableView(this)),
      m_title(new QLabel(this)), m_counts(new QLabel(this)), m_empty(new QLabel(m_table)),
      m_repair(new QPushButton(this))
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
    m_empty->setObjectName(QStringLiteral("differencesEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setLook(m_empty, "muted");

    auto *strip = new QHBoxLayout;
    strip->setContentsMargins(12, 4, 12, 4);
    strip->setSpacing(12);
    strip->addWidget(m_title);
    strip->addWidget(m_counts, 1);
    strip->addWidget(m_repair);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(strip);
    layout->addWidget(m_table, 1);

    m_table->setObjectName(QStringLiteral("differenceTable"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new Delegate(this));
    jobpaint::dress(m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::customContextMenuRequested, this, &DifferenceTable::showMenu);
    connect(m_repair, &QPushButton::clicked, this, [this] { askRepair(selectedKeys()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DifferenceTable::showCounts);
    connect(m_model, &DifferenceModel::dataChanged, this, &DifferenceTable::showCounts);
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        const Difference *one = m_model->difference(index);
        if (one && one->cache.there) emit openRequested(one->key);
    });
    retranslate();
}

void DifferenceTable::show(std::shared_ptr<const FoundDifferences> found, const QString &emptyText)
{
    m_emptyText = emptyText;
    if (found != m_found) {
        m_found = found;
        m_model->show(std::move(found));
        m_table->scrollToTop();
        fitColumns();
    } else {
        m_model->grow();
    }
    showCounts();
}

void DifferenceTable::grow()
{
    const bool first = m_model->rowCount() == 0;
    m_model->grow();
    if (first) fitColumns();
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
    m_model->setPreview();
    m_table->setColumnHidden(DifferenceModel::Age, true);
    m_table->setColumnHidden(DifferenceModel::Action, true);
    retranslate();
}

void DifferenceTable::setRepairObstacle(const QString &reason)
{
    m_obstacle = reason;
    showCounts();
    m_table->viewport()->update();
}

void DifferenceTable::showCounts()
{
    const int rows = m_model->rowCount();
    const QModelIndexList chosen = m_table->selectionModel()->selectedRows();
    const auto selected = static_cast<int>(
        std::count_if(chosen.begin(), chosen.end(),
                      [this](const QModelIndex &index) { return mayRepair(index); }));
    QString counts;
    if (const auto only = m_model->onlyClass())
        counts = tr("%1 of class “%2”").arg(countText(rows), className(*only));
    else if (rows > 0)
        counts = countText(rows);
    // Transient ones are no verdicts and never in the table.
    const bool capped = m_found && m_found->some.size() >= FoundDifferences::kMost;
    if (capped)
        counts += QStringLiteral(" · ") + tr("the first %1 are listed; the report has all")
                                              .arg(countText(FoundDifferences::kMost));
    m_counts->setText(counts);
    m_empty->setText(m_emptyText);
    m_empty->setVisible(rows == 0);
    m_repair->setVisible(rows > 0 && !m_isPreview);
    m_repair->setEnabled(selected > 0 && m_obstacle.isEmpty());
    m_repair->setText(selected > 1 ? tr("Repair %n selected", nullptr, selected) : tr("Repair"));
    m_repair->setToolTip(m_obstacle.isEmpty() ? tr("Mend the selected entries (Enter)")
                                              : m_obstacle);
}

bool DifferenceTable::mayRepair(const QModelIndex &index) const
{
    const Difference *one = m_model->difference(index);
    return one && !one->key.empty() && !m_model->isRepaired(index);
}

std::vector<Bytes> DifferenceTable::selectedKeys() const
{
    std::vector<Bytes> keys;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        if (mayRepair(index)) keys.push_back(m_model->difference(index)->key);
    return keys;
}

void DifferenceTable::askRepair(std::vector<Bytes> keys)
{
    if (!keys.empty() && m_obstacle.isEmpty() && !m_isPreview) emit repairRequested(keys);
}

QRect DifferenceTable::buttonRect(const QModelIndex &index) const
{
    if (m_isPreview || !mayRepair(index)) return {};
    const QRect cell = m_table->visualRect(m_model->index(index.row(), DifferenceModel::Action));
    const QSize size = jobpaint::buttonSize(tr("Repair"));
    return {cell.right() - size.width() - 11, cell.center().y() - size.height() / 2, size.width(),
            size.height()};
}

void DifferenceTable::showMenu(const QPoint &at)
{
    const QModelIndex index = m_table->indexAt(at);
    const Difference *one = m_model->difference(index);
    if (!one) return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("differenceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *repair = menu->addAction(tr("Repair"), this, [this] { askRepair(selectedKeys()); });
    repair->setEnabled(m_repair->isEnabled());
    repair->setVisible(!m_isPreview);
    QAction *open = menu->addAction(tr("Open the key in Browse"), this,
                                    [this, key = one->key] { emit openRequested(key); });
    open->setEnabled(one->cache.there);
    menu->addAction(tr("Copy the key"), this, [key = one->key] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(escapeBytes(key)));
    });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool DifferenceTable::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            askRepair(selectedKeys());
            return true;
        }
    }
    if (watched != m_table->viewport()) return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::Resize) {
        m_empty->setGeometry(m_table->viewport()->geometry());
        fitColumns();
    }
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_table->indexAt(mouse->pos());
        const bool over = buttonRect(index).contains(mouse->pos());
        if (event->type() == QEvent::MouseButtonPress && over &&
            mouse->button() == Qt::LeftButton) {
            const Difference *one = m_model->difference(index);
            askRepair({one->key});
            return true;
        }
        const int hovered = over ? index.row() : -1;
        if (std::exchange(m_hovered, hovered) != hovered) m_table->viewport()->update();
    }
    return QFrame::eventFilter(watched, event);
}

void DifferenceTable::fitColumns()
{
    const int width = m_table->viewport()->width();
    if (width <= 0) return;
    QHeaderView *header = m_table->horizontalHeader();
    int key = 120;
    const QFontMetrics metrics(monoFont());
    for (int row = 0; row < std::min(m_model->rowCount(), 40); ++row)
        key = std::max(key, metrics.horizontalAdvance(
                                m_model->index(row, DifferenceModel::Key).data().toString()) +
                                2 * jobpaint::kCellMargin);
    const int action = m_isPreview ? 0 : jobpaint::buttonSize(tr("Repair")).width() + 24;
    const int age = m_isPreview ? 0 : 84;
    const int kind = 116;
    key = std::min(key, width / 4);
    const int rest = std::max(width - key - kind - age - action, 160);
    header->resizeSection(DifferenceModel::Key, key);
    header->resizeSection(DifferenceModel::Class, kind);
    header->resizeSection(DifferenceModel::Cache, rest / 2);
    header->resizeSection(DifferenceModel::Source, rest - rest / 2);
    header->resizeSection(DifferenceModel::Age, age);
    header->resizeSection(DifferenceModel::Action, action);
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
    emit m_model->headerDataChanged(Qt::Horizontal, 0, DifferenceModel::kColumns - 1);
    showCounts();
}

} // namespace kvscope
